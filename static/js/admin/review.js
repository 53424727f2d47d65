/** The review page by keys: j and k walk the questions, r opens a remark, c puts the question right, p its photos, a asks to approve. */

import { browserStorage, Remarks } from "#js/admin/review_remarks.js"
import { t } from "#js/lib/words.js"

export function attach(review) {
  const questions = [...review.querySelectorAll("[data-question]")]
  const desk = new Desk(review, questions)
  document.addEventListener("keydown", event => desk.press(event))
  document.addEventListener("input", () => desk.keep())
  review.addEventListener("click", event => desk.click(event))
  desk.prepare()
}

class Desk {
  #questions
  #lightbox = new Lightbox(document.getElementById("lightbox"))
  #leaving = false
  #remarks
  #kept = true

  constructor(review, questions) {
    this.review = review
    this.#questions = questions
    const boxes = [...document.querySelectorAll("[data-remark] textarea, #return-form textarea")]
    this.#remarks = new Remarks(review.dataset.remarks, boxes, browserStorage())
  }

  prepare() {
    const keys = document.querySelector("[data-keys]")
    keys.hidden = false
    keys.addEventListener("click", () => this.#tellKeys())
    for (const hint of document.querySelectorAll("[data-enter]")) hint.hidden = false
    for (const sheet of this.#acts()) sheet.addEventListener("toggle", () => this.#closeOthers(sheet))
    document.querySelector("[data-asked]")?.addEventListener("keydown", event => {
      if (event.key === "Enter" && event.target.matches("[data-asked]")) event.target.requestSubmit()
    })
    for (const form of document.querySelectorAll(".decide form")) {
      form.addEventListener("submit", () => { this.#leaving = true })
    }
    addEventListener("beforeunload", event => {
      if (!this.#leaving && !this.#kept && this.#typed().length) event.preventDefault()
    })
    this.#bringBack()
    this.count()
  }

  /** What was typed and neither sent nor thrown away is there again, and a quiet note says so. */
  #bringBack() {
    if (!this.#remarks.restore()) return
    for (const box of this.#typed()) box.closest("[data-remark]").open = true
    document.querySelector("[data-back]").hidden = false
  }

  keep() {
    this.#kept = this.#remarks.keep()
    this.count()
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Escape") return this.#escape(event)
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return
    const act = this.#keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #keys = {
    j: () => this.#step(1),
    k: () => this.#step(-1),
    r: () => this.#remark(),
    c: () => this.#questions[this.#here()]?.querySelector("[data-correct]")?.click(),
    p: () => this.#photos(),
    a: () => this.#approve(),
    "?": () => this.#tellKeys(),
  }

  click(event) {
    const photo = event.target.closest("[data-photo]")
    if (!photo || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.#lightbox.show([...photo.closest("ul").querySelectorAll("[data-photo]")], photo)
  }

  count() {
    const typed = this.#typed().length
    const badge = document.querySelector("[data-count]")
    if (!badge) return
    badge.textContent = typed || ""
    badge.setAttribute("aria-label", typed ? t("%(count)s remarks", { count: typed }) : "")
    document.querySelector("[data-unsent]").hidden = !typed
  }

  #typed() {
    return [...this.review.querySelectorAll("[data-remark] textarea")].filter(box => box.value.trim())
  }

  #here() {
    return this.#questions.indexOf(document.activeElement?.closest("[data-question]"))
  }

  #step(by) {
    const here = this.#here()
    const next = here < 0 ? this.#nearest(by) : here + by
    this.#questions[Math.max(0, Math.min(next, this.#questions.length - 1))]?.focus()
  }

  /** The first question below the top of the window, or the last one above it. */
  #nearest(by) {
    const below = this.#questions.findIndex(question => question.getBoundingClientRect().top > 0)
    if (below < 0) return this.#questions.length - 1
    return by > 0 ? below : below - 1
  }

  #remark() {
    const here = Math.max(0, this.#here())
    const remark = this.#questions[here]?.querySelector("[data-remark]")
    if (!remark) return
    remark.open = true
    remark.querySelector("textarea").focus()
  }

  #photos() {
    const photos = [...(this.#questions[this.#here()]?.querySelectorAll("[data-photo]") ?? [])]
    if (photos.length) this.#lightbox.show(photos, photos[0])
  }

  /**
   * Opens the question, and leaves the button to Enter or Tab: a stray space bar must not release anything.
   * Where something is open, the box for the reason comes first, and Enter is a new line in it.
   */
  #approve() {
    const sheet = document.querySelector('[data-act="approve"]')
    if (!sheet) return
    sheet.open = true
    sheet.querySelector("textarea, [data-asked]").focus()
  }

  #tellKeys() {
    document.getElementById("keys").showModal()
  }

  #escape(event) {
    for (const sheet of this.#acts()) sheet.open = false
    const question = isTyping(event.target) ? event.target.closest("[data-question]") : null
    question?.focus()
  }

  #acts() {
    return [...document.querySelectorAll(".decide details")]
  }

  #closeOthers(sheet) {
    if (!sheet.open) return
    for (const other of this.#acts()) if (other !== sheet) other.open = false
  }
}

/** Photos of one question, as large as the window allows; arrows step through them. */
class Lightbox {
  #photos = []
  #place = 0

  constructor(dialog) {
    this.dialog = dialog
    dialog.addEventListener("keydown", event => {
      if (event.key === "ArrowRight") this.#step(1)
      if (event.key === "ArrowLeft") this.#step(-1)
    })
    dialog.addEventListener("click", event => {
      const by = event.target.closest("[data-step]")?.dataset.step
      if (by) this.#step(Number(by))
      else if (event.target === dialog) dialog.close()
    })
  }

  show(photos, first) {
    this.#photos = photos
    this.#place = photos.indexOf(first)
    this.#step(0)
    this.dialog.showModal()
  }

  #step(by) {
    this.#place = (this.#place + by + this.#photos.length) % this.#photos.length
    const link = this.#photos[this.#place]
    const image = this.dialog.querySelector("img")
    image.src = link.href
    image.alt = link.querySelector("img").alt
    const where = { place: this.#place + 1, count: this.#photos.length }
    this.dialog.querySelector("p").textContent = `${t("%(place)s of %(count)s", where)} · ${image.alt}`
    for (const button of this.dialog.querySelectorAll("[data-step]")) button.hidden = this.#photos.length < 2
  }
}

function isTyping(element) {
  return element instanceof HTMLElement && element.matches("textarea, input, select")
}
