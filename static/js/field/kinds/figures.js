/** A box for a figure: large, with the keyboard of figures, and what it counts beside it. */
import { languageOfPage, readTyped, written } from "#js/field/decimals.js"
import { make } from "#js/field/dom.js"

const LONGEST = 40

/**
 * A box of one figure. `onType(text)` after each key, `onLeave()` when left. `around`: elements beside it.
 * Returns {element, field, show(text), lock(isLocked)}.
 */
export function figureBox({ label, labelledBy, describedBy, isWhole = false, onType, onLeave, before = null, after = null }) {
  const field = make("input", {
    type: "text", inputmode: isWhole ? "numeric" : "decimal", autocomplete: "off", enterkeyhint: "done", maxlength: LONGEST,
    "aria-label": label, "aria-labelledby": labelledBy, "aria-describedby": describedBy,
    oninput: () => onType(field.value),
    onblur: onLeave,
    onkeydown: (event) => event.key === "Enter" && !event.isComposing && field.blur(),
  })
  return {
    element: make("label", { class: "figure" }, before, field, after),
    field,
    show(text) {
      if (field !== document.activeElement && field.value !== text) field.value = text
    },
    lock: (isLocked) => (field.readOnly = isLocked),
  }
}

/** What typing `text` answers: the decimal that it means, the text itself where it means none, null where there is none. */
export function answerTyped(text, point) {
  return text.trim() === "" ? null : (readTyped(text, point) ?? text.trim())
}

/** What a box shows of a decimal, or of a text that is none. */
export function textShown(value, point) {
  return typeof value !== "string" ? "" : readTyped(value, ".") === null ? value : written(value, point).replace("−", "-")
}

/** What stands for a unit of money beside a figure, and whether it stands before it, as the page's language has it. */
export function currencySign(currency, language = languageOfPage()) {
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
  const parts = format.formatToParts(1).map(({ type }) => type)
  const sign = format.formatToParts(1).find(({ type }) => type === "currency").value
  return { sign, isFirst: parts.indexOf("currency") < parts.indexOf("integer") }
}

/** A button that turns the sign of a figure round: many keyboards of figures have no minus. */
export function turnSign(words, turn) {
  return make("button", { type: "button", class: "sign", "aria-label": words, onclick: turn }, "±")
}
