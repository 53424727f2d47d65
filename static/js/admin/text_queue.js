/** Texts that wait to be saved: what is typed while others travel waits for the next journey, and what fails goes again. */

const AGAIN_MS = 3000

export class TextQueue {
  #held = new Map()
  #running = null
  #timer = null

  /**
   * `send(texts)` answers what became of a Map of texts by name, null where that cannot be told, or fails; `onAnswer(answer, texts)` takes it
   * in; `onState(state)` hears "saving", "saved" or "waiting".
   */
  constructor({ send, onAnswer, onState, again = AGAIN_MS }) {
    this.send = send
    this.onAnswer = onAnswer
    this.onState = onState
    this.again = again
  }

  get isBusy() {
    return this.#held.size > 0 || this.#running !== null
  }

  /** Keep {base, text} of the text `name` until it is saved; what equals its base need not be. */
  hold(name, { base, text }) {
    if (text.trim() === base) this.#held.delete(name)
    else this.#held.set(name, { base, text })
  }

  /** Save everything that is held; resolves when nothing is under way any more. */
  async flush() {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (this.#held.size === 0) return
    this.#running = this.#drain()
    try {
      await this.#running
    } finally {
      this.#running = null
    }
  }

  async #drain() {
    const texts = this.#held
    this.#held = new Map()
    this.onState("saving")
    const answer = await this.#sent(texts)
    if (answer) {
      this.onAnswer(answer, texts)
      return this.onState(this.#held.size ? "waiting" : "saved")
    }
    for (const [name, text] of texts) if (!this.#held.has(name)) this.#held.set(name, text)
    this.onState("waiting")
    this.#timer = setTimeout(() => this.flush(), this.again)
  }

  async #sent(texts) {
    try {
      return await this.send(texts)
    } catch {
      return null
    }
  }
}
