/** A scale of numbers with words at both ends. */
import { make } from "#js/field/dom.js"
import { choosing } from "#js/field/kinds/choosing.js"

export function render(question, { say, on }) {
  const { lo, hi } = question
  const steps = Array.from({ length: hi - lo + 1 }, (_, n) => ({ value: lo + n, text: String(lo + n) }))
  const scale = choosing(steps, { layout: "scale", read: Number, on })
  const ends = make("div", { class: "ends" }, end(lo, say(question.lo_text)), end(hi, say(question.hi_text)))
  return { ...scale, element: make("div", {}, scale.element, ends) }
}

function end(number, words) {
  return words ? make("span", {}, make("b", {}, String(number)), ` ${words}`) : make("span")
}

export function inWords(_question, value) {
  return String(value)
}
