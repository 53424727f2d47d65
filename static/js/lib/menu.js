/** A `<details>` menu that closes by Escape and by a click elsewhere. */

export function attach(menu) {
  document.addEventListener("click", event => {
    if (!menu.contains(event.target)) menu.open = false
  })
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !menu.open) return
    menu.open = false
    menu.querySelector("summary").focus()
  })
}
