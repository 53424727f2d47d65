/** A story in whole sentences, with a counter. */
import { writing } from "#js/field/kinds/writing.js"
import { t } from "#js/lib/words.js"

export function render(question, { labelledBy, on }) {
  return writing(question, { rows: 5, count: (length) => counted(question, length), labelledBy, on })
}

function counted({ min_length: least, max_length: most }, length) {
  if (length < least) return t("%(n)s of at least %(all)s characters", { n: length, all: least })
  return t("%(n)s of at most %(all)s characters", { n: length, all: most })
}

export function inWords(_question, value) {
  return value
}
