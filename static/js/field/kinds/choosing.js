/** Rows of which one is chosen: radio buttons as wide as a thumb needs them. */
import { icon, make, uniqueName } from "#js/field/dom.js"

const TOUCH_MS = 1_000

/**
 * A group of rows for `options` ({value, text}); `onChoose(value, {byTouch, isChosen})` is called with a new choice.
 * `type`: "radio" for one of them, "checkbox" for several. Returns {element, choose(values), lock(isLocked)}.
 */
export function rows(options, { layout, onChoose, type = "radio" }) {
  const name = uniqueName("choice")
  let touchedAt = -Infinity
  const inputs = options.map(({ value }) => make("input", { type, name, value, class: "unseen" }))
  const element = make(
    "div",
    {
      class: `rows rows-${layout}`,
      "data-count": options.length,
      onpointerdown: () => (touchedAt = performance.now()),
      onchange: ({ target }) => onChoose(target.value, { byTouch: performance.now() - touchedAt < TOUCH_MS, isChosen: target.checked }),
    },
    options.map(({ text }, place) => make("label", { class: "row" }, inputs[place], make("span", { class: "row-text" }, text), icon("check"))),
  )
  return {
    element,
    choose(values) {
      for (const input of inputs) input.checked = values.includes(input.value)
    },
    lock(isLocked) {
      for (const input of inputs) input.disabled = isLocked
    },
  }
}

/** The options of a question that are still offered. */
export function offered({ options }) {
  return options.filter(({ retired }) => !retired)
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
    show: (answer) => group.choose([String(chosenOf(answer))]),
    lock: group.lock,
  }
}
