/** How long to wait before trying again: full jitter below a ceiling that doubles from 2 s to 5 min. */

const FIRST_MS = 2_000
const LAST_MS = 300_000

export class Backoff {
  #random
  #failures = 0

  constructor({ random = Math.random } = {}) {
    this.#random = random
  }

  /** The next wait in milliseconds, never shorter than what the server asked for. */
  next(askedMs = 0) {
    const ceiling = Math.min(LAST_MS, FIRST_MS * 2 ** this.#failures)
    this.#failures = Math.min(this.#failures + 1, 20)
    return Math.max(askedMs, Math.round(this.#random() * ceiling))
  }

  /** Something got through: begin again from the shortest wait. */
  reset() {
    this.#failures = 0
  }
}
