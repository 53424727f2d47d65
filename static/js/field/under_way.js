/** What was begun and has not ended yet: a photo that is being read, a place that is being looked for. A hand-in waits for it. */

const PATIENCE_MS = 15_000

export class UnderWay {
  #all = new Set()
  #later

  constructor(later = (ms) => new Promise((done) => setTimeout(done, ms))) {
    this.#later = later
  }

  /** Count `doing` until it ends, however it ends; answers `doing` itself. */
  add(doing) {
    const end = () => this.#all.delete(counted)
    const counted = doing.then(end, end)
    this.#all.add(counted)
    return doing
  }

  /** Resolves when all that was begun has ended, and in time where something does not; to whether there was anything. */
  async ended() {
    if (this.#all.size === 0) return false
    await Promise.race([Promise.all(this.#all), this.#later(PATIENCE_MS)])
    return true
  }
}
