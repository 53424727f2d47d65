/**
 * How long something takes by two clocks: that of the day, which may be set anew meanwhile, and one that only ever goes
 * on, which ends with the page and on many phones stands still while they sleep. Where they disagree, what is known decides.
 */

const SLACK_MS = 1_000
const FORGOTTEN_MS = 4 * 3_600_000

export class Clocks {
  #now
  #steady
  #begun = new Map()

  /** `now()`: ms since 1970; `steady()`: ms that only go on, or null where there is no such clock. */
  constructor({ now = Date.now, steady = null } = {}) {
    this.#now = now
    this.#steady = steady
  }

  /** The moment from which something is measured. */
  begin() {
    const started_ms = this.#now()
    if (this.#steady) this.#begun.set(started_ms, { steady_ms: this.#steady(), mayHaveSlept: false })
    return started_ms
  }

  /** The page is out of sight: from here on the phone may sleep. */
  lookAway() {
    for (const one of this.#begun.values()) one.mayHaveSlept = true
  }

  /** The ms since `started_ms`, and whether that is to be doubted: a clock was set back, or it is absurdly long. */
  since(started_ms) {
    const wall = this.#now() - started_ms
    const one = this.#begun.get(started_ms)
    const steady = one ? this.#steady() - one.steady_ms : null
    const isBack = wall < (steady ?? 0) - SLACK_MS
    if (steady !== null && (isBack || !one.mayHaveSlept)) return { ms: steady, isDoubtful: (isBack && one.mayHaveSlept) || steady > FORGOTTEN_MS }
    return { ms: Math.max(0, wall), isDoubtful: isBack || wall > FORGOTTEN_MS }
  }
}

/** The clocks of this page. */
export const clocks = new Clocks({ steady: () => performance.now() })
globalThis.document?.addEventListener("visibilitychange", () => document.hidden && clocks.lookAway())
