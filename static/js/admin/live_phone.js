/**
 * The phone at the designer's side, where the screen is wide enough: it follows what is worked on, is drawn anew
 * after each save, and keeps the answers that were given in it or in the preview, so that the score moves with the marking.
 */
import { scorer } from "#js/admin/preview_score.js"
import { TestDrive } from "#js/admin/test_drive.js"

const WIDE = "(min-width: 90rem)"
const attached = new WeakSet()

export function attach(side) {
  if (attached.has(side) || !matchMedia(WIDE).matches) return
  attached.add(side)
  new LivePhone(side).begin()
}

class LivePhone {
  #edition = null
  #next = null
  #isRestored = false

  constructor(side) {
    this.side = side
    this.drive = new TestDrive(side.dataset.checklist, sessionStorage)
    this.tell = scorer({ address: side.dataset.scores, token: side.dataset.token, element: side.querySelector("[data-score]") })
  }

  begin() {
    this.#edition = editionOf(document)
    this.phone = this.#made()
    this.side.querySelector(".handset").append(this.phone)
    this.side.hidden = false
    this.side.closest(".designer").classList.add("has-phone")
    document.addEventListener("designer:shown", () => this.#follow())
    globalThis.addEventListener("message", (event) => this.#hear(event))
  }

  #follow() {
    const edition = editionOf(document)
    if (edition === this.#edition) return this.#say({ show: keyOfWork() })
    this.#edition = edition
    this.#renew()
  }

  /** The new page is made behind the old one, and takes its place when it is ready: nothing flickers. */
  #renew() {
    this.#isRestored = false
    this.#next?.remove()
    this.#next = this.#made()
    this.#next.classList.add("is-coming")
    this.side.querySelector(".handset").append(this.#next)
  }

  #made() {
    const phone = document.createElement("iframe")
    phone.title = this.side.getAttribute("aria-label")
    phone.src = this.side.dataset.frame
    return phone
  }

  #arrive() {
    if (this.#next) {
      this.phone.remove()
      this.phone = this.#next
      this.phone.classList.remove("is-coming")
      this.#next = null
    }
    this.#isRestored = true
    this.#say({ found: this.drive.found, show: keyOfWork() })
  }

  #hear({ source, origin, data }) {
    const newest = this.#next ?? this.phone
    if (source !== newest.contentWindow || origin !== location.origin) return
    if (data.isReady) return this.#arrive()
    if (!this.#isRestored || !data.answers) return
    this.drive.keep(data)
    this.tell(data.answers)
  }

  #say(words) {
    this.phone.contentWindow.postMessage(words, location.origin)
  }
}

function editionOf(page) {
  return page.querySelector(".designer input[name=edition]")?.value ?? null
}

/** The question that is open, else the first of the touchpoint that is shown. */
function keyOfWork() {
  const open = document.querySelector(".question.is-open[id^=question-]")
  if (open) return open.id.replace("question-", "")
  return document.querySelector("#questions .question[data-key]")?.dataset.key ?? null
}
