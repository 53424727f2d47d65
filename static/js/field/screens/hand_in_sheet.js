/** The question before a hand-in that leaves something open: it goes to the editor as it is. */
import { icon, make } from "#js/field/dom.js"
import { unmendedKeys } from "#js/field/screens/journey.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { t } from "#js/lib/words.js"

/** Ask whether to hand in what is in `book` although something is open or was not mended, and call `handIn()` on a yes. */
export function askBeforeHandIn(book, handIn) {
  const stay = make("button", { type: "button", class: "wide wide-filled", autofocus: true, onclick: () => sheet.close() }, t("Go on answering"))
  const leave = make("button", { type: "button", class: "wide wide-quiet", onclick: () => (sheet.close(), handIn()) }, icon("send"), t("Hand in as it is"))
  const [open, unmended] = [countOpen(book), unmendedKeys(book).length]
  const sheet = openSheet(open.n ? leftOpenWords(open) : unmendedWords(unmended), [
    open.n && unmended ? make("p", {}, `${unmendedWords(unmended)}.`) : null,
    make("p", {}, open.n ? t("What you hand in open, the editor will see as open, and may send back to you.") : t("The editor may send it back to you once more.")),
    make("div", { class: "stack" }, stay, leave),
  ])
}

/** How many questions of `book` are open, and how many of these are critical. */
export function countOpen(book) {
  const keys = new Set(book.missing().map(({ question }) => question))
  const open = book.document.touchpoints.flatMap(({ questions }) => questions).filter(({ key }) => keys.has(key))
  return { n: open.length, critical: open.filter(({ critical }) => critical).length }
}

function unmendedWords(n) {
  return n === 1 ? t("1 thing that the editor asked for is as it was") : t("%(n)s things that the editor asked for are as they were", { n })
}

/** "26 questions are open, 1 of them critical", in words. */
export function leftOpenWords({ n, critical }) {
  if (n === 1) return critical ? t("1 question is open, and it is critical") : t("1 question is open")
  if (!critical) return t("%(n)s questions are open", { n })
  return t("%(n)s questions are open, %(critical)s of them critical", { n, critical })
}
