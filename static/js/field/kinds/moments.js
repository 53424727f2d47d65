/** A day or a time: the phone's own control for it, and one tap for the present one. */
import { chosenOf } from "#js/field/kinds/choosing.js"
import { icon, make } from "#js/field/dom.js"

/** `type`: "date" or "time"; `now()` gives the present one. Returns what a kind's `render` returns. */
export function moment({ type, min, max, labelledBy, note, now, nowWords, on }) {
  const field = make("input", {
    type, min, max, class: "moment", "aria-labelledby": labelledBy,
    oninput: () => on.typeValue(field.value === "" ? null : field.value.slice(0, type === "time" ? 5 : 10)),
    onblur: on.leave,
  })
  const present = make("button", { type: "button", class: "wide", onclick: () => on.say({ state: "answered", value: now() }, { byTouch: false }) }, icon(type === "time" ? "clock" : "calendar"), nowWords)
  return {
    element: make("div", {}, make("div", { class: "moment-row" }, field, present), note.element),
    show(answer) {
      const value = chosenOf(answer) ?? ""
      if (field !== document.activeElement && field.value !== value) field.value = value
      note.show(answer)
    },
    lock(isLocked) {
      field.readOnly = isLocked
      present.hidden = isLocked
    },
  }
}
