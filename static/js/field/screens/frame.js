/** The frame of the phone's page: header, strip, stage and bar, and the words about safety in the header. */
import { icon, make, setText } from "#js/field/dom.js"
import { wordsOf } from "#js/field/status.js"
import { Strip } from "#js/field/screens/strip.js"

const CALM_MS = 500
const SETTLE_MS = 250
const ANNOUNCE_MS = 1_500

export class Frame {
  #safetyWords = make("span", { class: "safety-words" })
  #announced = make("p", { class: "unseen", role: "status" })
  #announcing = null
  #sendingSince = null
  #unkeptAt = -Infinity
  #settling = null

  /** `root` is the server's page; `on`: {openSafety(), retry(), takeBack(), dismiss()}. */
  constructor(root, on) {
    this.root = root
    this.stage = root.querySelector("[data-stage]")
    this.bar = root.querySelector("[data-bar]")
    this.journey = root.querySelector("[data-journey]")
    this.strip = new Strip(root.querySelector("[data-strip]"), on)
    this.safety = root.querySelector("[data-safety]")
    this.safety.append(this.#safetyWords)
    this.safety.addEventListener("click", on.openSafety)
    root.append(this.#announced)
    keepAboveKeyboard(this.bar)
  }

  /**
   * Say where everything is. That something is not kept yet is said at once; a stronger word comes when nothing
   * was written for a moment, so that the words stay calm without ever saying too much.
   */
  tellSafety(safety, now = performance.now()) {
    this.#sendingSince = safety.sending ? (this.#sendingSince ?? now) : null
    const sending = this.#sendingSince !== null && now - this.#sendingSince > CALM_MS ? safety.sending : null
    const { tone, text } = wordsOf({ ...safety, sending, typing: this.#isUnsettled(safety, now) })
    this.safety.hidden = text === ""
    if (this.safety.dataset.tone !== tone) this.#sign(tone)
    setText(this.#safetyWords, text)
    clearTimeout(this.#announcing)
    this.#announcing = setTimeout(() => text !== "…" && setText(this.#announced, text), ANNOUNCE_MS)
  }

  #isUnsettled(safety, now) {
    clearTimeout(this.#settling)
    if (safety.typing) this.#unkeptAt = now
    const restMs = this.#unkeptAt + SETTLE_MS - now
    if (!safety.typing && restMs > 0) this.#settling = setTimeout(() => this.tellSafety(safety), restMs)
    return safety.typing || restMs > 0
  }

  #sign(tone) {
    const name = { good: "shield-check", quiet: "device-mobile" }[tone] ?? "alert-triangle"
    this.safety.dataset.tone = tone
    this.safety.replaceChildren(icon(name), this.#safetyWords)
  }

  /** Put a screen up: what stands in the header below the name, on the stage and in the bar. */
  put({ header = [], stage, bar }) {
    this.journey.replaceChildren(...header)
    this.stage.replaceChildren(stage)
    this.bar.replaceChildren(...bar)
    stage.classList.add("rise")
    scrollTo({ top: 0, behavior: "instant" })
  }
}

/** Where the keyboard lies over the page instead of pushing it up (iPhones), the bar rises above it. */
function keepAboveKeyboard(bar) {
  const seen = globalThis.visualViewport
  if (!seen) return
  const place = () => {
    const covered = Math.max(0, Math.round(innerHeight - seen.height - seen.offsetTop))
    bar.style.transform = covered > 80 && seen.scale === 1 ? `translateY(-${covered}px)` : ""
  }
  seen.addEventListener("resize", place)
  seen.addEventListener("scroll", place)
}
