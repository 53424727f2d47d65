/** Locations to choose, by area: a box for each area, a box for all, and how many are chosen in words. */

import { tickAll } from "#js/admin/tick_all.js"
import { t } from "#js/lib/words.js"

export function attach(fieldset) {
  const all = [...fieldset.querySelectorAll("input[name=locations]")]
  const told = fieldset.querySelector("[data-told]")
  const shows = [tickAll(fieldset.querySelector(".pick-tools [data-all] input"), all, () => update())]
  for (const group of fieldset.querySelectorAll("[data-group]")) {
    const master = group.querySelector("[data-all] input")
    const boxes = [...group.querySelectorAll("input[name=locations]")]
    if (master) shows.push(tickAll(master, boxes, () => update()))
  }
  const update = () => {
    for (const show of shows) show()
    const chosen = all.filter(box => box.checked).length
    told.textContent = t("%(chosen)s of %(total)s chosen", { chosen, total: all.length })
  }
  fieldset.addEventListener("change", update)
  update()
}
