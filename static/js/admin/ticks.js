/** A list whose rows can be ticked: one box for all of them, and the number of ticked ones on the button. */

import { tickAll } from "#js/admin/tick_all.js"

export function attach(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")]
  const count = form.querySelector("[data-count]")
  const show = tickAll(form.querySelector("[data-all] input"), boxes, () => update())
  const update = () => {
    show()
    const ticked = boxes.filter(box => box.checked).length
    if (count) count.textContent = ticked ? ` ${ticked}` : ""
  }
  form.addEventListener("change", update)
  update()
}
