/** The line at an answer's box that says what is wanted, and at once where an answer lies outside of it. */
import { isBroken, isReadable } from "#js/field/readings.js"
import { icon, make, setText } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

/** `hint` stands there quietly; `unreadable` is said of what cannot be an answer. Returns {element, show(answer)}. */
export function limitNote(question, { hint = "", unreadable = "", say }) {
  const words = make("span", {}, hint)
  const element = make("p", { class: "limit", role: "status" }, icon("alert-circle"), words)
  return {
    element,
    show(answer) {
      const trouble = troubleWords(question, answer, { hint, unreadable, say })
      element.classList.toggle("limit-broken", trouble !== "")
      setText(words, trouble || hint)
    },
  }
}

/** What is said of an answer that does not count; nothing of one that does. */
export function troubleWords(question, answer, { hint = "", unreadable = "", say }) {
  if (answer?.state !== "answered") return ""
  if (!isReadable(question, answer)) return unreadable
  if (!isBroken(question, answer)) return ""
  return say(question.constraint_message) || hint || t("This does not fit the question. Please look at it again.")
}

/** "From 1 to 60", as far as there are limits; `write` puts a limit into words. */
export function rangeWords(from, to, write) {
  if (from !== null && to !== null) return t("From %(first)s to %(last)s", { first: write(from), last: write(to) })
  if (from !== null) return t("At least %(first)s", { first: write(from) })
  return to === null ? "" : t("At most %(last)s", { last: write(to) })
}
