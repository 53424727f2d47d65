/** One box that ticks many, and shows whether all, some or none of them are ticked. */

/** Let `master` tick all of `boxes`; `changed` is called after each change. */
export function tickAll(master, boxes, changed = () => {}) {
  master.closest("[data-all]").hidden = boxes.length === 0
  const show = () => {
    const ticked = boxes.filter(box => box.checked).length
    master.checked = ticked === boxes.length && ticked > 0
    master.indeterminate = ticked > 0 && ticked < boxes.length
  }
  master.addEventListener("change", () => {
    for (const box of boxes) box.checked = master.checked
    changed()
  })
  show()
  return show
}
