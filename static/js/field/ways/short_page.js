/** The short path of a visit that cannot be made: what happened, a photo of it, where the shopper is, and the hand-in. */
import { icon, make, setText, uniqueName } from "#js/field/dom.js"
import { rows } from "#js/field/kinds/choosing.js"
import { box } from "#js/field/kinds/writing.js"
import { checkedInWords } from "#js/field/screens/hand_in.js"
import { photoRow } from "#js/field/screens/photo_row.js"
import { wasMade } from "#js/field/short_path.js"
import { t } from "#js/lib/words.js"

/** What is missing of the short path, in words. */
export function shortLackWords(code) {
  return {
    check_in_missing: t("The check-in is missing."),
    reason_missing: t("What happened is missing."),
    front_missing: t("A photo of the front is missing."),
  }[code]
}

/**
 * `on`: {say(outcome), type(note), leave(), checkIn(), undo(), pick(files, source, busy), beforeCamera(), cancelled(),
 * fullPicture(photo), remove(id)}. Returns {element, show(state)}, where state is {outcome, note, photos, checkIn,
 * lacks, isLocked}.
 */
export function shortPage({ clock, on, pictureOf }) {
  const options = [
    { value: "closed_store", text: t("The store was closed") },
    { value: "could_not", text: t("The visit could not be made") },
  ]
  const choices = rows(options, { layout: "list", onChoose: on.say })
  const group = make("div", { role: "radiogroup", "aria-label": t("Why can it not be made?") }, choices.element)
  const why = make("p", { class: "why", id: uniqueName("why") })
  const words = box({ rows: 3, label: t("What happened?"), onType: on.type, onLeave: on.leave })
  words.field.setAttribute("aria-describedby", why.id)
  const pictures = photoRow({ on: { ...on, pick: (files, source) => on.pick(files, source, (step) => pictures.busy(step)) }, pictureOf })
  const shown = make("h3", {}, "")
  const here = make("div", { class: "stack" })
  const lacking = make("ul", { class: "short-lacks" })
  const rest = make("div", { class: "page" }, make("h3", {}, t("What happened?")), why, words.element, shown, pictures.element, make("h3", {}, t("Where you are")), here, make("div", { role: "status" }, lacking))
  const undo = make("button", { type: "button", class: "quiet", onclick: on.undo }, icon("arrow-back-up"), t("The visit can be made after all"))
  const heading = make("h2", { tabindex: "-1" }, t("The visit cannot be made"))
  const ready = make("p", {}, t("It goes by itself as soon as there is signal. Keep this page open, or open it again later; until then you can take it back."))
  return {
    element: make("section", { class: "page short" }, heading, ready, group, rest, undo),
    show({ outcome, note, photos, checkIn, lacks, isLocked, isReady }) {
      setText(heading, isReady ? t("Ready") : t("The visit cannot be made"))
      ready.hidden = !isReady
      choices.choose([outcome])
      choices.lock(isLocked)
      rest.hidden = wasMade(outcome)
      undo.hidden = rest.hidden || isLocked
      setText(why, outcome === "closed_store" ? t("One or two sentences: what did you find, and was there a notice?") : t("One or two sentences: what stood in the way?"))
      setText(shown, outcome === "closed_store" ? t("A photo of the closed front") : t("A photo, where it helps"))
      words.show(note)
      words.lock(isLocked)
      pictures.show(photos, isLocked)
      showHere(here, { checkIn, clock, isLocked, checkInNow: on.checkIn })
      showLacks(lacking, lacks)
    },
  }
}

function showHere(here, { checkIn, clock, isLocked, checkInNow }) {
  const words = checkIn ? checkedInWords(checkIn, clock) : ""
  if (here.dataset.words === words + isLocked) return
  here.dataset.words = words + isLocked
  const tap = make("button", { type: "button", class: "wide", onclick: checkInNow }, icon("map-pin"), t("Check in"))
  here.replaceChildren(checkIn ? make("p", { class: "fact" }, icon("map-pin"), words) : isLocked ? "" : tap)
}

function showLacks(list, lacks) {
  if (list.dataset.codes === lacks.join()) return
  list.dataset.codes = lacks.join()
  list.replaceChildren(...lacks.map((code) => make("li", { class: "fact" }, icon("alert-circle"), shortLackWords(code))))
}
