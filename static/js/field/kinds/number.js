/** A number, with what it counts beside it. */
import { chosenOf } from "#js/field/kinds/choosing.js"
import { answerTyped, figureBox, textShown, turnSign } from "#js/field/kinds/figures.js"
import { limitNote, rangeWords } from "#js/field/kinds/limits.js"
import { isWithin, readTyped, written } from "#js/field/decimals.js"
import { make, uniqueName } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, labelledBy, on }) {
  const unit = say(question.unit)
  const id = uniqueName("unit")
  const note = limitNote(question, { hint: hintWords(question, unit), unreadable: unreadableWords(question), say })
  const type = (text) => on.typeValue(answerTyped(text))
  const turn = () => {
    field.value = field.value.startsWith("-") ? field.value.slice(1) : `-${field.value}`
    type(field.value)
    on.leave()
  }
  const mayBeNegative = question.minimum !== null && !isWithin(question.minimum, { minimum: "0" })
  const sign = mayBeNegative ? turnSign(t("Turn plus and minus round"), turn) : null
  const { element, field, show, lock } = figureBox({
    labelledBy: unit ? `${labelledBy} ${id}` : labelledBy, isWhole: question.decimals === 0, onType: type, onLeave: on.leave,
    before: sign,
    after: unit ? make("span", { class: "unit", id }, unit) : null,
  })
  return {
    element: make("div", {}, element, note.element),
    show(answer) {
      show(textShown(chosenOf(answer)))
      note.show(answer)
    },
    lock(isLocked) {
      lock(isLocked)
      if (sign) sign.hidden = isLocked
    },
  }
}

/** "From 1 to 60 minutes", or nothing where any number will do. */
export function hintWords({ minimum, maximum }, unit) {
  const range = rangeWords(minimum, maximum, written)
  return range && unit ? `${range} ${unit}` : range
}

function unreadableWords({ decimals }) {
  if (decimals === 0) return t("Please write a whole number, in figures.")
  if (decimals === 1) return t("Please write a number in figures, with at most one decimal.")
  return t("Please write a number in figures, with at most %(n)s decimals.", { n: decimals })
}

export function inWords(question, value, say) {
  const unit = say(question.unit)
  const text = readTyped(String(value), ".") === null ? String(value) : written(value)
  return unit ? `${text} ${unit}` : text
}
