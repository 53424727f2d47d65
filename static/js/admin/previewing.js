/** Beside the phone: how it is filled, what the answers would score and why, and what the client would read of them. */
import { scoreOf, scorer } from "#js/admin/preview_score.js"
import { TestDrive, keysOf } from "#js/admin/test_drive.js"
import { t } from "#js/lib/words.js"

export function attach(page) {
  new Desk(page, new TestDrive(page.dataset.checklist, sessionStorage)).begin()
}

class Desk {
  #isRestored = false

  constructor(page, drive) {
    this.page = page
    this.drive = drive
    this.phone = page.querySelector("iframe")
    const { scores: address, token } = page.dataset
    this.scores = { address, token }
    this.score = scorer({ ...this.scores, element: page.querySelector("[data-score]"), said: page.querySelector("[data-said]") })
  }

  begin() {
    globalThis.addEventListener("message", (event) => this.#hear(event))
    const ways = this.page.querySelector("[data-fill-ways]")
    ways.hidden = false
    ways.addEventListener("click", ({ target }) => this.#fill(target.closest("[data-fill]")?.dataset.fill))
    this.page.querySelector("[data-score]").addEventListener("click", ({ target }) => {
      const key = target.closest("[data-show]")?.dataset.show
      if (key) this.#show(key)
    })
    this.page.querySelector("[data-drive]").addEventListener("submit", ({ target }) => {
      target.elements.namedItem("found").value = this.drive.written
    })
    this.#say({ ask: "ready" })
  }

  async #hear({ source, origin, data }) {
    if (source !== this.phone.contentWindow || origin !== location.origin) return
    if (data.isReady) return this.#restore()
    if (!this.#isRestored || !data.answers) return
    this.drive.keep(data)
    this.score(data.answers)
  }

  /** Give back what was answered before; what the checklist no longer takes is dropped, and said. */
  async #restore() {
    this.#isRestored = false
    const before = this.drive.found
    if (!this.drive.isEmpty) {
      const told = await scoreOf(before.answers, this.scores)
      const gone = told ? [...keysOf(before)].filter((key) => !told.asked.includes(key)) : []
      if (told) this.#tellLeft(this.drive.drop([...new Set([...told.left, ...gone])]))
    }
    this.#isRestored = true
    this.#say({ found: this.drive.found })
  }

  async #fill(way) {
    if (!way) return
    if (way === "clear") return this.#put({})
    const number = this.page.querySelector("[data-number]").value || "1"
    const response = await fetch(`${this.page.dataset.fills}&fill=${way}&number=${number}`).catch(() => null)
    if (response?.ok) this.#put(await response.json())
    else this.#tell(t("The server does not answer. What was answered is still here; try again."))
  }

  /** Kept first, so that a phone that is not there yet finds it when it comes. */
  #put(found) {
    this.#tell("")
    this.drive.keep(found)
    this.#say({ found: { answers: {}, comments: {}, photos: {}, ...found } })
  }

  #show(key) {
    this.#say({ show: key })
    this.phone.scrollIntoView({ block: "nearest" })
    this.phone.focus({ preventScroll: true })
  }

  #tellLeft(names) {
    if (names.length === 0) return
    this.#tell(t("No longer fits the checklist and was dropped: %(names)s", { names: names.map((name) => `“${name}”`).join(", ") }))
  }

  #tell(words) {
    const note = this.page.querySelector("[data-left]")
    note.textContent = words
    note.hidden = words === ""
  }

  #say(words) {
    this.phone.contentWindow.postMessage(words, location.origin)
  }
}
