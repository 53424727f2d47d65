/** The receipt: proof that the server holds everything, with the characters to read out on the telephone. */
import { icon, make } from "#js/field/dom.js"
import { stillAsked } from "#js/field/later/asking.js"
import { laterWords } from "#js/field/screens/hand_in.js"
import { codeOf } from "#js/field/status.js"
import { moment } from "#js/field/times.js"
import { t } from "#js/lib/words.js"

export function receiptPage({ book, clock }) {
  const { receipts, receipt: last } = book.visit
  if (book.visit.isCalledOff) return calledOff()
  const late = book.afterHandIn().length
  return make(
    "section",
    { class: "page receipt" },
    make("div", { class: "seal" }, icon("check")),
    make("h2", { tabindex: "-1" }, t("Handed in")),
    last ? make("p", { class: "receipt-code" }, make("span", {}, t("Receipt")), ` ${codeOf(last)}`) : null,
    last?.at ? make("p", { class: "muted" }, heldWords(last, book.wasMade), make("br"), moment(Date.parse(last.at), clock)) : null,
    last?.open ? make("p", { class: "note note-wait" }, icon("circle"), make("span", {}, openWords(last.open, book.wasMade))) : null,
    late ? make("p", { class: "note note-wait" }, icon("clock"), make("span", {}, lateWords(late))) : null,
    make("p", {}, readWords(book.visit)),
    later(book),
    receipts.length > 1 ? make("ul", { class: "earlier" }, receipts.slice(0, -1).map((one) => make("li", {}, earlier(one, clock)))) : null,
  )
}

function readWords({ isDecided }) {
  if (isDecided) return t("An editor has read it.")
  return t("An editor reads it now; if something is to be mended, it comes back to you here.")
}

function lateWords(n) {
  return n === 1 ? t("1 thing came after the hand-in; the editor sees it apart.") : t("%(n)s things came after the hand-in; the editor sees them apart.", { n })
}

/** What is asked days after the visit, and where to find it. */
function later({ document, visit, wasMade }) {
  const days = stillAsked(document, visit.followUps).map(({ due_days: days }) => days)
  if (!days.length || !wasMade) return null
  return make("p", { class: "note note-wait" }, icon("calendar-event"), make("span", {}, laterWords(days), " ", t("You find it in your visits, under “Later”.")))
}

function calledOff() {
  return make("section", { class: "page" }, make("h2", { tabindex: "-1" }, t("This visit was called off")), make("p", {}, t("What you noted is kept and goes to the office all the same.")))
}

function heldWords({ photos }, wasMade) {
  if (!wasMade) return t("What you noted is on the server.")
  if (photos.length === 0) return t("All answers are on the server.")
  if (photos.length === 1) return t("All answers and 1 photo are on the server.")
  return t("All answers and %(n)s photos are on the server.", { n: photos.length })
}

function openWords(n, wasMade) {
  if (!wasMade) return n === 1 ? t("1 thing that was asked for is missing; the editor sees it.") : t("%(n)s things that were asked for are missing; the editor sees them.", { n })
  return n === 1 ? t("1 question was left open; the editor sees it as open.") : t("%(n)s questions were left open; the editor sees them as open.", { n })
}

function earlier(receipt, clock) {
  return t("Round %(n)s: receipt %(code)s, %(time)s", { n: receipt.round, code: codeOf(receipt), time: moment(Date.parse(receipt.at), clock) })
}
