/** A few words. */
import { writing } from "#js/field/kinds/writing.js"
import { t } from "#js/lib/words.js"

export function render(question, { labelledBy, on }) {
  const longest = question.max_length
  const count = (length) => (length > longest * 0.8 ? t("%(n)s of at most %(all)s characters", { n: length, all: longest }) : "")
  return writing(question, { rows: 1, count, labelledBy, on })
}

export function inWords(_question, value) {
  return value
}
