/** An amount of money in the currency of the question. */
import { chosenOf } from "#js/field/kinds/choosing.js"
import { answerTyped, currencySign, figureBox, textShown } from "#js/field/kinds/figures.js"
import { limitNote, rangeWords } from "#js/field/kinds/limits.js"
import { placesOfCurrency } from "#js/field/readings.js"
import { isDecimal, padded, written } from "#js/field/decimals.js"
import { make } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, labelledBy, on }) {
  const { currency } = question
  const { sign, isFirst } = currencySign(currency)
  const places = placesOfCurrency(currency)
  const unit = make("span", { class: "unit", "aria-hidden": "true" }, sign)
  const note = limitNote(question, { hint: hintWords(question), unreadable: unreadableWords(places), say })
  const { element, show, lock } = figureBox({
    labelledBy, isWhole: places === 0, onLeave: on.leave,
    onType: (text) => on.typeValue(valueOf(answerTyped(bare(text, [sign, currency])), question)),
    [isFirst ? "before" : "after"]: unit,
  })
  return {
    element: make("div", {}, element, note.element),
    show(answer) {
      const value = chosenOf(answer)
      show(textShown(value?.amount ?? value))
      note.show(answer)
    },
    lock,
  }
}

/** `text` without the signs of its currency, one of which stands beside the box already. */
export function bare(text, signs) {
  return signs.reduce((rest, sign) => rest.replace(sign, ""), text)
}

/** The value that an amount makes; what is no amount travels as it was typed. */
export function valueOf(typed, { currency }) {
  if (!isDecimal(typed)) return typed
  return { amount: padded(typed, placesOfCurrency(currency)), currency }
}

/** An amount with its currency, as the page's language writes it. */
export function amountWords(amount, currency) {
  const { sign, isFirst } = currencySign(currency)
  return isFirst ? `${sign}${written(amount)}` : `${written(amount)}\u00a0${sign}`
}

function hintWords({ minimum, maximum, currency }) {
  return rangeWords(minimum, maximum, (limit) => amountWords(padded(limit, placesOfCurrency(currency)), currency))
}

function unreadableWords(places) {
  if (places === 0) return t("Please write a whole amount, in figures.")
  return t("Please write an amount in figures, with at most %(n)s decimals.", { n: places })
}

export function inWords(_question, value) {
  return typeof value === "string" ? value : amountWords(value.amount, value.currency)
}
