/**
 * Texts in two languages: each is saved by itself when its box is left or after a pause, with what stood there before, so
 * that two who translate keep both. Where somebody else wrote the same text too, both are shown and one is chosen.
 */
import { TextQueue } from "#js/admin/text_queue.js"
import { t } from "#js/lib/words.js"

const PAUSE_MS = 1200

export function attach(page) {
  const form = page.querySelector("[data-texts]")
  if (form) new Translating(page, form).begin()
}

class Translating {
  #timer = null

  constructor(page, form) {
    this.page = page
    this.form = form
    this.queue = new TextQueue({ send: (texts) => this.#send(texts), onState: (state) => this.#tellState(state), onAnswer: (answer, sent) => this.#take(answer, sent) })
  }

  begin() {
    this.form.addEventListener("input", ({ target }) => this.#typed(target))
    this.form.addEventListener("change", ({ target }) => this.#left(target))
    this.form.addEventListener("keydown", (event) => this.#onKey(event))
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.key.toLowerCase() !== "n") return
      event.preventDefault()
      this.#next()
    })
    this.page.querySelector("[data-next]")?.addEventListener("click", (event) => {
      event.preventDefault()
      this.#next()
    })
    this.form.addEventListener("click", ({ target }) => target.closest("[data-theirs]") && this.#takeTheirs(target.closest("[data-pair]")))
    document.addEventListener("visibilitychange", () => document.hidden && this.#flush())
    globalThis.addEventListener("beforeunload", (event) => { if (!this.#isLeaving && this.queue.isBusy) event.preventDefault() })
    this.form.addEventListener("submit", () => { this.#isLeaving = true })
    for (const box of this.form.querySelectorAll("textarea")) if (box.value !== box.defaultValue) this.#left(box)
  }

  #isLeaving = false

  #typed(box) {
    if (!box.matches("textarea")) return
    this.queue.hold(nameOf(box), { base: baseOf(box).value, text: box.value })
    this.#say(box, "")
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#flush(), PAUSE_MS)
  }

  #left(box) {
    if (!box.matches("textarea")) return
    this.queue.hold(nameOf(box), { base: baseOf(box).value, text: box.value })
    this.#flush()
  }

  #flush() {
    clearTimeout(this.#timer)
    this.queue.flush()
  }

  /** Control and Enter: this one is done, on to the next that is missing. */
  #onKey(event) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.#flush()
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.#left(event.target)
    this.#next()
  }

  #next() {
    const boxes = [...this.form.querySelectorAll("textarea")]
    const here = boxes.indexOf(document.activeElement)
    const order = [...boxes.slice(here + 1), ...boxes.slice(0, here + 1)]
    const next = order.find((box) => box.value.trim() === "")
    if (!next) return this.#tellAll(t("Nothing is missing here"))
    next.scrollIntoView({ block: "center" })
    next.focus({ preventScroll: true })
  }

  async #send(texts) {
    const body = new URLSearchParams({ stay: "1" })
    for (const name of ["csrf_token", "edition", "to"]) body.set(name, this.form.elements.namedItem(name).value)
    for (const [name, { base, text }] of texts) {
      body.set(`base-${name}`, base)
      body.set(`text-${name}`, text)
    }
    const response = await fetch(this.form.action, { method: "POST", body })
    const isTold = response.headers.get("Content-Type")?.startsWith("application/json")
    return isTold ? response.json() : null
  }

  #take(answer, sent) {
    if (answer.fault) return sent.forEach((_text, name) => this.#say(this.#box(name), answer.fault, { isBad: true }))
    this.form.elements.namedItem("edition").value = answer.edition
    const clashes = new Map(answer.clashes.map((clash) => [clash.name, clash]))
    for (const [name, { text }] of sent) {
      const box = this.#box(name)
      const clash = clashes.get(name)
      if (clash) this.#showClash(box, clash)
      else if (answer.gone.includes(name)) this.#say(box, t("Its place is no longer in the checklist; it was not kept."), { isBad: true })
      else this.#kept(box, text)
    }
    for (const [language, part] of Object.entries(answer.percents)) this.page.querySelector(`[data-percent="${language}"]`).textContent = `${part} %`
    this.page.querySelector("[data-missing]").textContent = missingWords(answer.missing)
    this.page.querySelector("[data-next]").hidden = answer.missing === 0
  }

  #kept(box, text) {
    baseOf(box).value = text.trim()
    const pair = box.closest("[data-pair]")
    pair.classList.toggle("pair-missing", text.trim() === "")
    const original = pair.querySelector(".pair-original p").textContent
    this.#say(box, isMuchLonger(original, text.trim()) ? this.form.dataset.longer : t("Saved"))
  }

  /** Theirs stands in the draft; saving again puts what is typed in its place. */
  #showClash(box, { theirs, words }) {
    baseOf(box).value = theirs
    const state = this.#say(box, `${words} `, { isBad: true })
    const quote = document.createElement("q")
    quote.lang = box.lang
    quote.textContent = theirs || t("nothing")
    const take = document.createElement("button")
    take.type = "button"
    take.dataset.theirs = theirs
    take.textContent = t("Take theirs")
    const keep = document.createElement("button")
    keep.type = "button"
    keep.textContent = t("Keep mine")
    keep.addEventListener("click", () => this.#left(box))
    state.append(quote, " ", take, " · ", keep)
  }

  #takeTheirs(pair) {
    const box = pair.querySelector("textarea")
    box.value = pair.querySelector("[data-theirs]").dataset.theirs
    this.#kept(box, box.value)
    box.focus()
  }

  #box(name) {
    return this.form.elements.namedItem(`text-${name}`)
  }

  #say(box, words, { isBad = false } = {}) {
    const state = box.closest("[data-pair]").querySelector("[data-state]")
    state.textContent = words
    state.classList.toggle("text-poor", isBad)
    return state
  }

  #tellState(state) {
    const words = { saving: t("Saving …"), saved: t("Saved"), waiting: t("Not saved yet") }
    this.#tellAll(words[state])
  }

  #tellAll(words) {
    this.form.querySelector("[data-all]").textContent = words
  }
}

function missingWords(count) {
  if (count === 0) return t("No text is missing")
  return count === 1 ? t("1 text missing") : t("%(n)s texts missing", { n: count })
}

function nameOf(box) {
  return box.name.replace("text-", "")
}

function baseOf(box) {
  return box.form.elements.namedItem(`base-${nameOf(box)}`)
}

/** As `evaluations.designing.texts` says it. */
function isMuchLonger(original, translation) {
  return original !== "" && translation.length > Math.max(original.length * 1.6, original.length + 20)
}
