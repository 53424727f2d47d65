/** The timers of durations: what they measured stays, and makes the answer unless it is to be doubted. */
import { isDuration, isRunning, secondsOf } from "#js/field/durations.js"

export class Timers {
  #book
  #clocks

  /** `book` is the Notebook, `clocks` are its Clocks. */
  constructor(book, clocks) {
    this.#book = book
    this.#clocks = clocks
  }

  /** Start the timer of the question `key`; the answer that is there stays until it is stopped. */
  start(key) {
    return this.#book.write(`timer:${key}`, "timer.start", { started_ms: this.#clocks.begin() })
  }

  /** Stop it: what it measured and the answer that this makes are kept together, or neither is. Of a doubtful one the shopper is asked. */
  stop(key) {
    const timer = this.#book.timerOf(key)
    if (!isRunning(timer)) return Promise.resolve()
    const { started_ms } = timer
    const { ms, isDoubtful } = this.#clocks.since(started_ms)
    const seconds = secondsOf(ms)
    const stop = { register: `timer:${key}`, kind: "timer.stop", value: { started_ms, seconds, ...(isDoubtful && { doubtful: true }) } }
    return this.#book.writeTogether(isDoubtful ? [stop] : [stop, answering(key, seconds)])
  }

  /** Take in a duration entered by hand; where a timer had measured one, that is recorded as its correction. */
  type(key, value) {
    this.#book.typeValue(key, value)
    const timer = this.#book.timerOf(key)
    const measured = timer?.measured ?? timer?.seconds ?? null
    if (measured !== null && isDuration(value)) this.#book.type(`timer:${key}`, "timer.correct", { seconds: value, measured })
  }
}

/** The change by which `seconds` become the answer to the question `key`. */
export function answering(key, seconds) {
  return { register: `answer:${key}`, kind: "answer.set", value: { state: "answered", value: seconds } }
}
