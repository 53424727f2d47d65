/** A box for words that grows with them, counts them, and never moves what stands around it. */
import { make, setText } from "#js/field/dom.js"
import { clean, lengthOf } from "#js/field/texts.js"
import { t } from "#js/lib/words.js"

/**
 * A text box; `count(length)` says what stands below it. `onType(text)` after each key, `onLeave()` when left.
 * Returns {element, box, show(text), lock(isLocked)}.
 */
export function box({ rows = 1, longest, label, labelledBy, count = () => "", onType, onLeave }) {
  const counter = make("p", { class: "counter" })
  const cut = make("p", { class: "cut", role: "alert" })
  const field = make("textarea", {
    rows, "aria-label": label, "aria-labelledby": labelledBy, autocomplete: "off", enterkeyhint: rows === 1 ? "done" : "enter",
    onkeydown: (event) => {
      if (rows > 1 || event.key !== "Enter" || event.isComposing) return
      event.preventDefault() // a few words are one line: Enter means that they are done
      field.blur()
    },
    oninput: () => {
      const written = clean(rows > 1 ? field.value : field.value.replace(/\n+/g, " "), Infinity)
      const text = clean(written, longest)
      if (text !== field.value) replace(field, text)
      fit(field)
      setText(counter, count(lengthOf(text)))
      const over = lengthOf(written) - lengthOf(text)
      if (over > 1) setText(cut, t("%(n)s characters did not fit and were left out.", { n: over }))
      else if (over === 0) setText(cut, "")
      onType(text)
    },
    onblur: onLeave,
  })
  return {
    element: make("div", { class: "writing" }, field, counter, cut),
    field,
    show(text) {
      if (field !== document.activeElement && field.value !== text) field.value = text
      setText(counter, count(lengthOf(field.value)))
      fit(field)
    },
    lock: (isLocked) => (field.readOnly = isLocked),
  }
}

/** Put `text` in place of what is there, and leave the cursor where it was. */
function replace(field, text) {
  const at = field.selectionStart - (field.value.length - text.length)
  field.value = text
  field.setSelectionRange(Math.max(0, at), Math.max(0, at))
}

function fit(field) {
  if (CSS.supports("field-sizing", "content")) return
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight + 2}px`
}

/** What an answer wrote, or nothing. */
export function textOf(answer) {
  return answer?.state === "answered" ? (answer.value ?? "") : ""
}

/** A question that is answered in words. */
export function writing(question, { rows, count, labelledBy, on }) {
  const longest = question.max_length
  const made = box({ rows, longest, labelledBy, count, onType: (text) => on.type(text, longest), onLeave: on.leave })
  return { element: made.element, field: made.field, show: (answer) => made.show(textOf(answer)), lock: made.lock }
}
