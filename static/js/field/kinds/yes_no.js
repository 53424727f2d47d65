/** Yes and No, side by side. */
import { choosing } from "#js/field/kinds/choosing.js"
import { t } from "#js/lib/words.js"

export function render(_question, { on }) {
  return choosing([{ value: "yes", text: t("Yes") }, { value: "no", text: t("No") }], { layout: "pair", on })
}

/** An answer in words. */
export function inWords(_question, value) {
  return value === "yes" ? t("Yes") : t("No")
}
