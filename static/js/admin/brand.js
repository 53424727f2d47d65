/** The first page follows what is being settled: one picture is asked for at a time, the newest wish last. */

import { t } from "#js/lib/words.js"

const REST_MS = 400

export function attach(desk) {
  const form = desk.querySelector("[data-brand]")
  const picture = new Picture(desk.querySelector("[data-page]"), desk.querySelector("[data-state]"))
  let rest = 0
  form.addEventListener("input", () => {
    clearTimeout(rest)
    rest = setTimeout(() => picture.wish(addressOf(picture.page, form)), REST_MS)
  })
}

/** The address of the page that the form would make. */
export function addressOf(page, form) {
  const wishes = new URLSearchParams()
  for (const name of ["colour", "paper", "footer"]) wishes.set(name, new FormData(form).get(name) ?? "")
  for (const box of form.querySelectorAll("input[type=checkbox]")) wishes.set(box.name, box.checked ? "yes" : "no")
  return `${page}?${wishes}`
}

class Picture {
  #next = null
  #busy = true

  constructor(image, state) {
    this.image = image
    this.state = state
    this.page = image.dataset.page
    this.said = state.textContent
    image.addEventListener("load", () => this.#arrived(true))
    image.addEventListener("error", () => this.#arrived(false))
    if (!image.complete) return this.#wait()
    this.#arrived(image.naturalWidth > 0)
  }

  wish(address) {
    if (this.#busy) {
      this.#next = address
      return
    }
    this.#wait()
    this.image.src = address
  }

  #wait() {
    this.#busy = true
    this.image.setAttribute("aria-busy", "true")
    this.state.textContent = t("The page is being made. The first time takes some seconds.")
  }

  #arrived(isThere) {
    this.#busy = false
    this.image.removeAttribute("aria-busy")
    this.image.toggleAttribute("data-failed", !isThere)
    this.state.textContent = isThere ? this.said : t("The page could not be shown. Settings can be saved all the same; change one to try again.")
    const next = this.#next
    this.#next = null
    if (next) this.wish(next)
  }
}
