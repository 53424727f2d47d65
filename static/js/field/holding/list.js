/** Draws what is only on this phone: visit by visit, each item with its state, its last error and its next try. */
import { icon, make } from "#js/field/dom.js"
import { errorWords, itemWords, nextWords, sortIcon, sortWords } from "#js/field/holding/telling.js"
import { handInWords } from "#js/field/status.js"
import { speakerOf } from "#js/field/wordings.js"
import { t } from "#js/lib/words.js"

/** The section of one visit; `pictures` are addresses of thumbnails by photo id. */
export function visitSection({ visit, eid, parcel, handIn, isOpen, items }, { pump, language, clock, pictures }) {
  const document = parcel ? JSON.parse(parcel.document) : { languages: [], touchpoints: [] }
  const questions = new Map(document.touchpoints.flatMap((touchpoint) => touchpoint.questions.map((question) => [question.key, question])))
  const say = speakerOf(document, language)
  const name = parcel?.location.name ?? t("A visit")
  const heading = make("h2", { class: "group", id: `held-${eid}` }, make("a", { href: `/field/visits/${visit}` }, name))
  const lines = items.map((item) => line(item, questions.get(item.key), { pump, clock, say, picture: pictures.get(item.id) }))
  const notes = [handInNote(handIn), !isOpen && items.length ? make("p", { class: "muted" }, t("This visit was handed in without it.")) : null]
  return make("section", { class: "held", "aria-labelledby": `held-${eid}` }, heading, notes, make("ul", { class: "held-items" }, lines))
}

function handInNote(handIn) {
  if (!handIn) return null
  if (handIn.state === "refused") return make("p", { class: "note note-bad" }, icon("alert-triangle"), make("span", {}, t("The hand-in was not accepted."), " ", handIn.message ?? ""))
  const [ready, notYet] = handInWords()
  return make("p", { class: "note note-remark" }, icon("send"), make("span", {}, `${ready} `, make("b", {}, notYet)))
}

function line(item, question, { pump, clock, say, picture }) {
  const { sort, state } = item
  const title = question ? say(question.text) : sortWords(sort)
  const isBad = state === "attention" || state === "frozen"
  return make(
    "li", { class: "held-item", "data-state": state },
    picture ? make("img", { class: "held-picture", src: picture, alt: "" }) : icon(sortIcon(sort)),
    make(
      "div", {},
      make("p", { class: "held-title" }, title),
      make("p", { class: "held-state" }, isBad ? icon("alert-triangle") : null, question ? `${sortWords(sort)} · ` : "", make("b", {}, itemWords(item))),
      make("p", { class: "muted" }, [errorWords(item, pump, clock), nextWords(item, pump, clock)].filter(Boolean).join(" ")),
    ),
  )
}

/** What stands there when nothing is only on this phone. */
export function nothingHeld(acknowledged) {
  const [name, heading, words] = acknowledged > 0
    ? ["shield-check", t("Everything is safe on the server"), t("Nothing is on this phone alone.")]
    : ["device-mobile", t("Nothing of yours is kept here yet"), t("What you write and photograph on a visit is kept here until the server has it.")]
  return make("div", { class: "page nothing" }, make("div", { class: "seal" }, icon(name)), make("h2", {}, heading), make("p", { class: "muted" }, words))
}
