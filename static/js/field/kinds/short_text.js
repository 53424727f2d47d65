/** A few words, where there is a pattern written as it says. */
import { make } from "#js/field/dom.js"
import { limitNote } from "#js/field/kinds/limits.js"
import { writing } from "#js/field/kinds/writing.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, labelledBy, on }) {
  const longest = question.max_length
  const count = (length) => (length > longest * 0.8 ? t("%(n)s of at most %(all)s characters", { n: length, all: longest }) : "")
  const written = writing(question, { rows: 1, count, labelledBy, on })
  if (!question.pattern) return written
  const note = limitNote(question, { say })
  return {
    ...written,
    element: make("div", { class: "patterned" }, written.element, note.element),
    show(answer) {
      written.show(answer)
      note.show(answer)
    },
  }
}

export function inWords(_question, value) {
  return value
}
