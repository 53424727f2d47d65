/** The way through a visit: dots for its touchpoints, one question in view, and the bar below. */
import { commentLacks, demandsComment, demandsPhoto, isAskedNow } from "#js/field/completeness.js"
import { icon, make, setText } from "#js/field/dom.js"
import { isGood } from "#js/field/photo_states.js"
import { renderQuestion } from "#js/field/screens/question.js"
import { runningTimers } from "#js/field/screens/running.js"
import { t } from "#js/lib/words.js"

const PAUSE_MS = 420
const BY_TAP = new Set(["yes_no", "single_choice", "rating"])

/** Every question that may be asked during the visit, with its touchpoint. */
export function stepsOf(document) {
  return document.touchpoints.flatMap((touchpoint) => touchpoint.questions.filter(isAskedNow).map((question) => ({ touchpoint, question })))
}

export class Journey {
  #book
  #say
  #all
  #goTo
  #goOn
  #view = null
  #here = null
  #timer = null
  #isMending = false
  #callbacks

  /**
   * `book` is a Notebook or what stands for one; `goTo(key)` moves to a question, `goOn()` beyond the last one;
   * `callbacks`: {pick(key, files, source, busy), beforeCamera(key), cancelled(), pictureOf(photo), referenceOf(picture)}.
   */
  constructor({ book, say, goTo, goOn, callbacks }) {
    this.#book = book
    this.#say = say
    this.#all = stepsOf(book.document)
    this.#goTo = goTo
    this.#goOn = goOn
    this.#callbacks = callbacks
    this.dots = make("nav", { class: "dots", "aria-label": t("Touchpoints") })
    this.place = make("p", { class: "here" }, make("b"), make("span"))
    this.running = runningTimers({ say, goTo })
    this.main = make("div", { class: "step" })
    this.bar = this.#makeBar()
    this.#makeDots()
  }

  #makeDots() {
    this.dotOf = new Map()
    const list = make("ol")
    for (const touchpoint of new Set(this.#all.map((step) => step.touchpoint))) {
      const dot = make("button", { type: "button", class: "dot", onclick: () => this.#goTo(this.#stepsIn(touchpoint)[0].question.key) }, make("span", { class: "unseen" }))
      this.dotOf.set(touchpoint.key, dot)
      list.append(make("li", {}, dot))
    }
    this.dots.append(list)
  }

  #makeBar() {
    this.back = make("button", { type: "button", class: "round", "aria-label": t("Back"), onclick: () => this.#step(-1) }, icon("chevron-left"))
    this.next = make("button", { type: "button", class: "round round-filled", onclick: () => this.forward() }, icon("chevron-right"), make("span", { class: "unseen" }))
    this.open = make("button", { type: "button", class: "open-here", onclick: () => this.#toOpen() })
    return make("div", { class: "bar", role: "group", "aria-label": t("Move") }, this.back, this.open, this.next)
  }

  get here() {
    return this.#here
  }

  /** What stands in the header below the location's name. */
  get header() {
    return [this.dots, this.place, this.running.element]
  }

  /** The key of the first question at which something is missing; of the first of all where nothing was entered yet. */
  firstOpen() {
    const first = this.steps[0]?.question.key ?? null
    return this.#isUntouched() ? first : (this.#book.missing()[0]?.question ?? first)
  }

  /** An optional question at the start must be met too, so a fresh visit does not begin behind it. */
  #isUntouched() {
    return this.#all.every(({ question: { key } }) => !this.#book.answerOf(key) && !this.#book.photosOf(key).length)
  }

  /** Show the question `key`, sliding up; `mending`: then on through what is open only. */
  show(key, { isMending = this.#isMending } = {}) {
    const step = this.#all.find(({ question }) => question.key === key) ?? this.steps[0]
    this.#isMending = isMending
    clearTimeout(this.#timer)
    this.leave()
    this.#book.seal()
    this.#here = step
    const { question, touchpoint } = step
    this.#view = renderQuestion(question, { say: this.#say, on: this.#listenersOf(question), pictureOf: this.#callbacks.pictureOf, referenceOf: this.#callbacks.referenceOf })
    const guidance = step === this.#stepsIn(touchpoint)[0] ? this.#say(touchpoint.guidance) : ""
    this.main.replaceChildren(...[guidance && make("p", { class: "guidance" }, guidance), this.#view.element].filter(Boolean))
    this.refresh()
  }

  /** The question in view is left: what waits for a last tap there is kept all the same. */
  leave() {
    clearTimeout(this.#timer) // whoever goes elsewhere after an answer is not fetched to the next question
    this.#view?.leave()
  }

  /** The question stands on the stage now: bring its touchpoint's dot into view. */
  arrive() {
    this.#scrollDots()
  }

  /** The questions that are asked, as the answers now stand. */
  get steps() {
    const { hidden } = this.#book
    return this.#all.filter(({ question }) => !hidden.has(question.key))
  }

  #stepsIn(touchpoint) {
    return this.steps.filter((step) => step.touchpoint === touchpoint)
  }

  focus() {
    this.#view.heading.focus({ preventScroll: true })
  }

  /** Draw what is there now; fields that are being typed in stay as they are. */
  refresh() {
    if (!this.#here) return
    const { question } = this.#here
    const book = this.#book
    this.#view.show({
      answer: book.answerOf(question.key), timer: book.timerOf(question.key), comment: book.commentOf(question.key), photos: book.photosOf(question.key),
      remarks: book.remarksOf(question.key), isMended: book.isMended(question.key), trouble: book.troubleOf(question.key), rivals: book.rivalsOf(question.key),
      isLocked: book.isLocked,
    })
    this.#refreshFrame(book.missing())
  }

  #refreshFrame(missing) {
    const { touchpoint, question } = this.#here
    const steps = this.steps
    this.running.show(this.#book, question)
    setText(this.place.firstChild, this.#say(touchpoint.name))
    setText(this.place.lastChild, placeWords(steps.filter((step) => step.touchpoint === touchpoint), this.#here))
    for (const { key, name } of this.#book.document.touchpoints) {
      const dot = this.dotOf.get(key)
      const questions = steps.filter((step) => step.touchpoint.key === key).map((step) => step.question)
      if (dot) dot.parentElement.hidden = questions.length === 0
      if (dot) this.#showDot(dot, { name: this.#say(name), open: openIn(missing, key), questions, isHere: key === touchpoint.key })
    }
    const open = this.#isMending ? openKeys(this.#book).size : openIn(missing, touchpoint.key)
    setText(this.open, this.#isMending ? openWords(open) : openHereWords(open))
    this.open.disabled = open === 0
    this.back.disabled = !this.#beside(-1)
    this.next.classList.toggle("has-words", this.#isLast())
    this.next.lastChild.classList.toggle("unseen", !this.#isLast())
    setText(this.next.lastChild, this.#isLast() ? t("Hand in") : t("Next"))
  }

  #showDot(dot, { name, open, questions, isHere }) {
    const touched = questions.some(({ key }) => this.#book.isTouched(key))
    const isDone = open === 0 && (touched || questions.every(({ required }) => !required) && isHere)
    dot.dataset.state = isDone ? "done" : touched ? "begun" : "untouched"
    dot.toggleAttribute("data-remark", questions.some(({ key }) => this.#book.remarksOf(key).length > 0 && !this.#book.isMended(key)))
    if (isHere) dot.setAttribute("aria-current", "step")
    else dot.removeAttribute("aria-current")
    setText(dot.firstChild, open === 0 ? name : `${name}, ${openWords(open)}`)
  }

  #scrollDots() {
    const dot = this.dotOf.get(this.#here.touchpoint.key)
    const { offsetLeft, offsetWidth } = dot.parentElement
    this.dots.scrollTo?.({ left: offsetLeft - this.dots.clientWidth / 2 + offsetWidth / 2, behavior: "auto" })
  }

  /** The next question before (-1) or after (1) this one that is asked; this one itself may be hidden meanwhile. */
  #beside(by) {
    const { hidden } = this.#book
    const way = by < 0 ? this.#all.slice(0, this.#all.indexOf(this.#here)).reverse() : this.#all.slice(this.#all.indexOf(this.#here) + 1)
    return way.find(({ question }) => !hidden.has(question.key)) ?? null
  }

  #isLast() {
    return this.#isMending ? !this.#nextOpen() : !this.#beside(1)
  }

  #step(by) {
    const next = this.#beside(by)
    if (next) this.#goTo(next.question.key)
    else if (by > 0) this.#goOn()
  }

  forward() {
    if (!this.#isMending) return this.#step(1)
    const next = this.#nextOpen()
    if (next) this.#goTo(next)
    else this.#goOn()
  }

  /** The next question after this one at which something is missing, round to the beginning. */
  #nextOpen(among = this.steps) {
    const open = openKeys(this.#book)
    const from = among.indexOf(this.#here)
    const round = [...among.slice(from + 1), ...among.slice(0, Math.max(0, from))]
    return round.find(({ question }) => open.has(question.key))?.question.key ?? null
  }

  #toOpen() {
    const here = this.#isMending ? this.steps : this.#stepsIn(this.#here.touchpoint)
    const next = this.#nextOpen(here)
    if (next) this.#goTo(next)
    else this.focus()
  }

  #listenersOf(question) {
    const book = this.#book
    const { key } = question
    return {
      say: (answer, { byTouch }) => {
        book.say(key, answer)
        if (byTouch && answer) this.#moveOnSoon(question, answer)
      },
      type: (text, longest) => book.typeAnswer(key, text, longest),
      typeValue: (value) => book.typeValue(key, value),
      typeDuration: (seconds) => book.typeDuration(key, seconds),
      startTimer: () => book.startTimer(key),
      stopTimer: () => book.stopTimer(key),
      comment: (text) => book.typeComment(key, text),
      leave: () => book.seal(),
      settle: (rival) => book.settle(rival),
      pick: (files, source) => this.#callbacks.pick(key, files, source, (step) => this.#view.busy(step)),
      beforeCamera: () => this.#callbacks.beforeCamera(key),
      cancelled: () => this.#callbacks.cancelled(),
      fullPicture: (photo) => this.#callbacks.fullPicture(photo),
      remove: (id) => book.removePhoto(id),
    }
  }

  #wantsMore(question, answer) {
    const wantsWords = demandsComment(question, answer) && commentLacks(question, this.#book.commentOf(question.key)).length > 0
    return wantsWords || (demandsPhoto(question, answer) && !this.#book.photosOf(question.key).some(isGood))
  }

  /** The next question slides up after an answer by thumb, unless this one asks for more. */
  #moveOnSoon(question, answer) {
    clearTimeout(this.#timer)
    const isEnough = answer.state !== "answered" || (BY_TAP.has(question.kind) && !this.#wantsMore(question, answer))
    if (!isEnough || this.#isLast()) return
    this.#timer = setTimeout(() => this.#here?.question === question && this.forward(), PAUSE_MS)
  }
}

function questionsOf(missing) {
  return [...new Set(missing.map(({ question }) => question))]
}

/** The questions at which something is missing, or that the editor wants mended and that are as they were. */
export function openKeys(book) {
  return new Set([...questionsOf(book.missing()), ...unmendedKeys(book)])
}

/** The questions that the editor wants mended and that are as they were. */
export function unmendedKeys(book) {
  const { hidden } = book
  const asked = new Set(stepsOf(book.document).map(({ question }) => question.key).filter((key) => !hidden.has(key)))
  return book.remarked().filter((key) => asked.has(key) && !book.isMended(key))
}

/** "Question 2 of 6", counting what is asked; another phone's answer may have hidden the one in view. */
function placeWords(steps, here) {
  const place = steps.indexOf(here)
  return place < 0 ? t("Not asked any more") : t("Question %(n)s of %(all)s", { n: place + 1, all: steps.length })
}

function openIn(missing, touchpoint) {
  return questionsOf(missing.filter((lack) => lack.touchpoint === touchpoint)).length
}

function openHereWords(open) {
  if (open === 0) return t("All done here")
  return open === 1 ? t("1 still open here") : t("%(n)s still open here", { n: open })
}

/** "3 still open", in words. */
export function openWords(open) {
  if (open === 0) return t("All done")
  return open === 1 ? t("1 still open") : t("%(n)s still open", { n: open })
}
