/**
 * One question: its words, its control by kind, the quiet ways out, comment and photos. It draws what it is
 * told with `show(state)` and says what the shopper does through `on`; it knows neither store nor network.
 */
import { commentLacks, demanding, demandsComment, demandsPhoto } from "#js/field/completeness.js"
import { icon, make, setText, uniqueName } from "#js/field/dom.js"
import { KINDS } from "#js/field/kinds/index.js"
import { box } from "#js/field/kinds/writing.js"
import { isGood } from "#js/field/photo_states.js"
import { photoRow } from "#js/field/screens/photo_row.js"
import { references } from "#js/field/screens/references.js"
import { t } from "#js/lib/words.js"

/**
 * `on`: {say(answer, {byTouch}), type(text, longest), typeValue(value), typeDuration(seconds), startTimer(), stopTimer(),
 * comment(text), leave(), pick(files, source), beforeCamera(), cancelled(), remove(photo), settle(rival)}. Returns
 * {element, heading, show(state), busy(step), leave()} where state is {answer, timer, comment, photos, remarks, isMended,
 * trouble, rivals, isLocked}.
 */
export function renderQuestion(question, { say, on, pictureOf, referenceOf }) {
  const id = uniqueName("question")
  const kind = KINDS[question.kind]
  const heading = make("h2", { id, tabindex: "-1" }, say(question.text) || t("A question without words"), optional(question))
  const control = kind.render(question, { say, labelledBy: id, on, pictureOf })
  const help = say(question.help) ? make("p", { class: "help" }, say(question.help)) : null
  const parts = [remarkBox(), troubleBox(), rivalBox(question, kind, say, on), waysOut(question, on), commentPart(question, kind, say, on), photoPart(question, on, pictureOf), clearing(question, on)]
  const [remarks, trouble, rivals, ways, comment, photos, clear] = parts
  const group = control.role ? { role: control.role, "aria-labelledby": id } : {}
  const element = make(
    "section",
    { class: `question question-${question.kind}`, "data-question": question.key },
    question.kind === "instruction" ? make("div", { class: "answer" }, icon("info-circle")) : null,
    heading, help, references(question, { say, addressOf: referenceOf }), remarks.element, trouble.element, rivals.element,
    question.kind === "instruction" ? null : make("div", { class: "answer", ...group }, control.element),
    question.kind === "photo" ? photos.element : null,
    ways.element, comment.element,
    question.kind === "photo" ? null : photos.element,
    clear.element,
  )
  return {
    element, heading,
    show(state) {
      control.show(state.answer, state.photos, state.timer)
      control.lock(state.isLocked)
      for (const part of parts) part.show(state)
    },
    busy: photos.busy,
    leave: () => control.leave?.(),
  }
}

function optional(question) {
  return question.required || question.kind === "instruction" ? null : make("span", { class: "optional" }, ` (${t("optional")})`)
}

/** What the editor asks for at this question. */
function remarkBox() {
  const element = make("div", { class: "remarks" })
  return {
    element,
    show({ remarks, isMended }) {
      element.hidden = remarks.length === 0
      element.replaceChildren(
        ...remarks.map((text) => make("p", { class: "note note-remark" }, icon("message-2"), make("span", {}, make("b", {}, t("The editor asks:")), ` ${text}`))),
        isMended && remarks.length ? make("p", { class: "mended" }, icon("check"), t("You changed something here.")) : "",
      )
    },
  }
}

/** What the server would not take of this question's words, and that nothing of it is lost. */
function troubleBox() {
  const element = make("div", { class: "troubles" })
  return {
    element,
    show({ trouble }) {
      element.hidden = !trouble
      const why = trouble?.message || t("The server would not take what is written here.")
      element.replaceChildren(trouble ? make("p", { class: "note note-bad" }, icon("alert-triangle"), make("span", {}, make("b", {}, t("Needs attention")), ` ${why} `, t("It is kept on this phone."))) : "")
    },
  }
}

/** Two phones say different things: both stay visible until one is chosen. */
function rivalBox(question, kind, say, on) {
  const element = make("div", { class: "rivals" })
  return {
    element,
    show({ rivals, photos, isLocked }) {
      const ids = rivals.map(({ id }) => id).join()
      if (element.dataset.ids === ids) return
      element.dataset.ids = ids
      element.hidden = rivals.length === 0
      const choices = rivals.map((rival) => make("button", { type: "button", class: "wide", disabled: isLocked, onclick: () => on.settle(rival) }, rivalWords(question, kind, rival, { say, photos })))
      element.replaceChildren(make("p", { class: "note note-remark" }, icon("device-mobile"), t("Two of your phones say different things here. Which one is right?")), ...choices)
    },
  }
}

function rivalWords(question, kind, { register, kind: act, value }, { say, photos }) {
  const photo = photos.findIndex(({ id }) => register === `photo:${id}`)
  if (photo >= 0) return act === "photo.detach" ? t("Remove photo %(n)s", { n: photo + 1 }) : t("Keep photo %(n)s", { n: photo + 1 })
  if (register.startsWith("comment:")) return value || t("No comment")
  return answerWords(question, kind, value, say)
}

/** An answer in words. */
export function answerWords(question, kind, answer, say) {
  if (!answer) return t("No answer")
  if (answer.state === "na") return t("Not applicable")
  if (answer.state === "not_observed") return t("Did not observe")
  return kind.inWords(question, answer.value, say)
}

/** "Did not observe" and N/A: quiet, below, never beside the answers. */
function waysOut(question, on) {
  const ways = [
    question.not_observed_allowed && way(t("Did not observe"), "not_observed", on),
    question.na_allowed && way(t("Not applicable"), "na", on),
  ].filter(Boolean)
  return {
    element: make("div", { class: "ways" }, ways.map(({ button }) => button)),
    show({ answer, isLocked }) {
      for (const { button, state } of ways) {
        button.setAttribute("aria-pressed", String(answer?.state === state))
        button.disabled = isLocked
      }
    },
  }
}

const CLEARED = new Set(["yes_no", "single_choice", "rating", "duration", "date", "time", "place"])

/** Taking an answer back: last of all, so that nothing moves when it appears. */
function clearing(question, on) {
  const isCleared = CLEARED.has(question.kind)
  const element = make("button", { type: "button", class: "quiet clear", onclick: () => on.say(null, { byTouch: false }) }, icon("arrow-back-up"), t("Clear answer"))
  return {
    element,
    show({ answer, isLocked }) {
      element.hidden = isLocked || !isCleared || answer?.state !== "answered"
    },
  }
}

function way(words, state, on) {
  const press = (event) => {
    const isOn = button.getAttribute("aria-pressed") === "true"
    on.say(isOn ? null : { state }, { byTouch: !isOn && event.detail > 0 })
  }
  const button = make("button", { type: "button", class: "quiet", "aria-pressed": "false", onclick: press }, icon("circle"), icon("circle-check"), words)
  return { button, state }
}

/** The comment opens by itself when the answer demands it, and says why. */
function commentPart(question, kind, say, on) {
  if (question.kind === "instruction" || question.kind === "narrative") return NOTHING
  const why = make("p", { class: "why", id: uniqueName("why") })
  let isDemanded = false
  const count = (length) => (isDemanded && length < question.explain_min ? t("%(n)s of at least %(all)s characters", { n: length, all: question.explain_min }) : "")
  const written = box({ rows: 2, label: t("Comment"), count, onType: (text) => on.comment(text), onLeave: on.leave })
  written.field.setAttribute("aria-describedby", why.id)
  const area = make("div", { class: "comment" }, why, written.element)
  const open = make("button", { type: "button", class: "quiet", onclick: () => unfold(true) }, icon("message"), t("Add a comment"))
  const element = make("div", { class: "comment-part" }, open, area)
  let isUnfolded = false
  function unfold(byHand) {
    isUnfolded = true
    area.hidden = false
    open.hidden = true
    if (byHand) written.field.focus()
  }
  return {
    element,
    show({ answer, comment, isLocked }) {
      isDemanded = demandsComment(question, answer)
      const shows = isDemanded || comment !== "" || isUnfolded
      area.hidden = !shows
      open.hidden = shows || isLocked
      area.classList.toggle("demanded", isDemanded && commentLacks(question, comment).length > 0)
      setText(why, isDemanded ? whyWords(question, demandedWords(question, kind, answer, say)) : t("Comment"))
      written.show(comment)
      written.lock(isLocked)
    },
  }
}

/** The answer, or those of several choices that are to be explained, in words. */
function demandedWords(question, kind, answer, say) {
  const value = Array.isArray(answer.value) ? demanding(question, answer) : answer.value
  return answerWords(question, kind, { ...answer, value }, say)
}

function whyWords({ kind }, answer) {
  if (kind === "yes_no") return t("You answered “%(answer)s”. What happened instead?", { answer })
  return t("You answered “%(answer)s”. Please say why.", { answer })
}

/** The photos of a question: its answer, or evidence beside it. */
function photoPart(question, on, pictureOf) {
  if (question.kind !== "photo" && !question.photos_allowed) return NOTHING
  const row = photoRow({ most: question.max_count, on, pictureOf })
  if (question.kind === "photo") return { element: row.element, show: ({ photos, isLocked }) => row.show(photos, isLocked), busy: row.busy }
  const open = make("button", { type: "button", class: "quiet", onclick: () => { isUnfolded = true; fold(false) } }, icon("camera"), t("Add a photo"))
  const fold = (isFolded) => { row.element.hidden = isFolded; open.hidden = !isFolded }
  const why = make("p", { class: "why" }, t("A photo is needed for this answer."))
  const element = make("div", { class: "photo-part" }, open, why, row.element)
  let isUnfolded = false
  return {
    element,
    busy: row.busy,
    show({ answer, photos, isLocked }) {
      const isDemanded = demandsPhoto(question, answer)
      why.hidden = !isDemanded
      element.classList.toggle("demanded", isDemanded && !photos.some(isGood))
      fold(photos.length === 0 && !isUnfolded && !isDemanded)
      if (isLocked) open.hidden = true
      row.show(photos, isLocked)
    },
  }
}

const NOTHING = { get element() { return make("div", { hidden: true }) }, show() {}, busy() {} }
