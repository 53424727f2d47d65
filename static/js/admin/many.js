/** Ticked questions: one box for all of them, how many they are, and they stay ticked while the page around them changes. */

import { tickAll } from "#js/admin/tick_all.js"
import { t } from "#js/lib/words.js"

let ticked = new Set()
let listening = false

export function attach(section) {
  const form = section.querySelector("form")
  for (const box of boxes()) if (ticked.has(box.value)) box.checked = true
  const show = tickAll(section.querySelector("[data-all] input"), boxes(), () => update())
  const update = () => {
    show()
    ticked = new Set(boxes().filter(box => box.checked).map(box => box.value))
    section.querySelector("[data-count]").textContent = t("%(count)s ticked", { count: ticked.size })
  }
  for (const box of boxes()) box.addEventListener("change", update)
  form.addEventListener("submit", () => { ticked = new Set() })
  update()
  if (listening) return
  listening = true
  document.addEventListener("designer:shown", () => {
    for (const box of boxes()) if (ticked.has(box.value)) box.checked = true
  })
}

function boxes() {
  return [...document.querySelectorAll(".row-tick")]
}
