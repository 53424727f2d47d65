/** Rows of which one is chosen: radio buttons as wide as a thumb needs them. */
import { icon, make, uniqueName } from "#js/field/dom.js"

const TOUCH_MS = 1_000

/**
 * A group of rows for `options` ({value, text}); `onChoose(value, {byTouch})` is called with a new choice.
 * Returns {element, choose(value)}.
 */
export function rows(options, { layout, onChoose }) {
  const name = uniqueName("choice")
  let touchedAt = -Infinity
  const inputs = options.map(({ value }) => make("input", { type: "radio", name, value, class: "unseen" }))
  const element = make(
    "div",
    {
      class: `rows rows-${layout}`,
      "data-count": options.length,
      onpointerdown: () => (touchedAt = performance.now()),
      onchange: ({ target }) => onChoose(target.value, { byTouch: performance.now() - touchedAt < TOUCH_MS }),
    },
    options.map(({ text }, place) => make("label", { class: "row" }, inputs[place], make("span", { class: "row-text" }, text), icon("check"))),
  )
  return {
    element,
    choose(value) {
      for (const input of inputs) input.checked = value !== null && input.value === String(value)
    },
    lock(isLocked) {
      for (const input of inputs) input.disabled = isLocked
    },
  }
}

/** What an answer chose, or null. */
export function chosenOf(answer) {
  return answer?.state === "answered" ? answer.value : null
}

/** A question that is answered by choosing one of `options`, read back from a row's value by `read`. */
export function choosing(options, { layout, read = (value) => value, on }) {
  const group = rows(options, {
    layout,
    onChoose: (value, how) => on.say({ state: "answered", value: read(value) }, how),
  })
  return {
    element: group.element,
    role: "radiogroup",
    show: (answer) => group.choose(chosenOf(answer)),
    lock: group.lock,
  }
}
