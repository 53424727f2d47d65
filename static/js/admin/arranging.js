/** Where the focus goes when rows of a form have changed their places: with the row that was moved. */

const ARRANGES = /^(.+)-(up|down|drop|retire|revive)-(\d+)$/

/** Whether the button with this id moves a row or takes it away. */
export function arranges(id) {
  return ARRANGES.test(id ?? "")
}

/** The ids of what may have the focus after the button `id` was pressed, the best first. */
export function heirs(id) {
  const [, rows, verb, digits] = id.match(ARRANGES)
  const place = Number(digits)
  const at = (name, number) => `${rows}-${name}-${number}`
  if (verb === "up") return [at("up", place - 1), at("down", place - 1)]
  if (verb === "down") return [at("down", place + 1), at("up", place + 1)]
  if (verb === "retire") return [at("revive", place)]
  if (verb === "revive") return [at("retire", place)]
  return [at("drop", place), at("retire", place), at("drop", place - 1), at("retire", place - 1), `${rows}-add`]
}

/** Give the focus to the row that the button `id` moved, or to what stands now where one was taken away. */
export function followRow(id) {
  for (const heir of heirs(id)) {
    const there = document.getElementById(heir)
    if (there && !there.disabled && there.checkVisibility()) return there.focus({ preventScroll: true })
  }
}
