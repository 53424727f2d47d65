/** A visit that came back: what the editor asks for, by question, and until when. */
import { icon, make } from "#js/field/dom.js"
import { moment } from "#js/field/times.js"
import { t } from "#js/lib/words.js"

/** `on`: {goTo(key)}. Returns the page's element. */
export function returnedPage({ book, say, clock }, on) {
  const { note, deadline, remarks } = book.visit
  const questions = book.document.touchpoints.flatMap(({ questions }) => questions).filter(({ key }) => remarks[key])
  return make(
    "section",
    { class: "page" },
    make("h2", { tabindex: "-1" }, t("Sent back to you")),
    deadline ? make("p", { class: "fact" }, icon("clock"), t("Please hand in again by %(time)s.", { time: moment(Date.parse(deadline), clock) })) : null,
    note ? make("p", { class: "note note-remark" }, icon("message-2"), note) : null,
    make("ul", { class: "links" }, questions.map((question) => remark(question, remarks[question.key], book, say, on))),
  )
}

function remark(question, texts, book, say, on) {
  const isMended = book.isMended(question.key)
  const words = make(
    "span",
    { class: "link-words" },
    make("span", {}, say(question.text)),
    texts.map((text) => make("small", {}, text)),
    isMended ? make("small", { class: "mended" }, icon("check"), t("You changed something here.")) : null,
  )
  return make("li", {}, make("button", { type: "button", onclick: () => on.goTo(question.key) }, words, icon("chevron-right")))
}
