/** The rows of a condition take the shape of what was chosen in them, and of a row that was added the first box is at hand. */

// What a comparison needs beside it.
const NEEDS = { is: "answer", is_not: "answer", chosen: "answer", one_of: "answers", at_least: "figure", at_most: "figure" }

export function attach(condition) {
  const { form } = condition.querySelector("button") ?? {}
  const show = condition.querySelector("[data-shows]")
  if (show) {
    show.hidden = true
    for (const select of condition.querySelectorAll("[data-reshapes]")) reshapes(select, show)
  }
  const { arranged } = condition.dataset
  if (!form || arranged === undefined) return
  if (/:(add|group)/.test(arranged)) condition.querySelector(".test-row.is-new select")?.focus()
  form.dispatchEvent(new Event("input", { bubbles: true })) // what was arranged is not saved yet
}

function reshapes(select, show) {
  const before = shapeOf(select)
  select.addEventListener("change", () => {
    if (shapeOf(select) !== before) select.form.requestSubmit(show)
  })
}

function shapeOf({ dataset: { reshapes: what }, value }) {
  return what === "question" ? value : (NEEDS[value] ?? "")
}
