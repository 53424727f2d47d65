/** One of several options, a row each. */
import { choosing, offered } from "#js/field/kinds/choosing.js"

export function render(question, { say, on }) {
  return choosing(offered(question).map(({ key, text }) => ({ value: key, text: say(text) })), { layout: "list", on })
}

export function inWords(question, value, say) {
  return say(question.options.find(({ key }) => key === value)?.text)
}
