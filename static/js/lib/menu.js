/** A `<details>` menu that closes by Escape, by a click elsewhere, and by its own button that does nothing else. */

export function attach(menu) {
  document.addEventListener("click", event => {
    if (!menu.contains(event.target)) menu.open = false
  })
  menu.addEventListener("keydown", event => {
    if (event.key === "Escape" && menu.open) close(menu)
  })
  for (const button of menu.querySelectorAll("[data-close]")) {
    button.hidden = false
    button.addEventListener("click", () => close(menu))
  }
}

function close(menu) {
  menu.open = false
  menu.querySelector("summary").focus()
}
