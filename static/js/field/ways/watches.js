/**
 * The blind timers of the dark screen. What one measures is a register of its own, {half, started_ms, seconds, question},
 * and belongs to no question before it is given to one; the answer that this makes is kept together with it.
 */
import { secondsOf } from "#js/field/durations.js"
import { answering } from "#js/field/timers.js"

const WATCH = "watch:"

export class Watches {
  #book
  #clocks
  #makeId

  constructor({ book, clocks, makeId }) {
    this.#book = book
    this.#clocks = clocks
    this.#makeId = makeId
  }

  /** Everything that is or was measured, {id, half, started_ms, seconds, question, doubtful}, in the order of its beginning. */
  all() {
    return this.#book
      .standing(WATCH)
      .filter(({ value }) => value)
      .map(({ name, value }) => ({ id: name, ...value }))
      .sort((one, other) => one.started_ms - other.started_ms || (one.id < other.id ? -1 : 1))
  }

  /** What the timer of this half is measuring, or null. */
  running(half) {
    return this.all().findLast((watch) => watch.half === half && isRunning(watch)) ?? null
  }

  /** Start the timer of this half, or stop it. */
  press(half) {
    const watch = this.running(half)
    return watch ? this.#stop(watch) : this.#book.write(WATCH + this.#makeId(), "watch.set", { half, started_ms: this.#clocks.begin() })
  }

  /** Stop whatever runs: the shopper leaves. */
  async stopAll() {
    for (const watch of this.all().filter(isRunning)) await this.#stop(watch)
  }

  #stop({ id, half, started_ms }) {
    const { ms, isDoubtful } = this.#clocks.since(started_ms)
    return this.#book.write(WATCH + id, "watch.set", { half, started_ms, seconds: secondsOf(ms), question: null, ...(isDoubtful && { doubtful: true }) })
  }

  /** What was measured and not yet given to a question. */
  unsorted() {
    return this.all().filter((watch) => !isRunning(watch) && watch.question === null)
  }

  /**
   * Give what was measured to the question `key`, or to none with null. A question has one time: one that it had from
   * another timer is unsorted again, and the answer that this one made elsewhere goes.
   */
  give(id, key) {
    const watch = this.all().find((one) => one.id === id)
    if (watch.question === key) return Promise.resolve()
    const before = this.all().find((one) => key !== null && one.question === key)
    return this.#book.writeTogether([
      this.#placing(watch, key),
      ...(before ? [this.#placing(before, null)] : []),
      ...(watch.question !== null && this.#isAnswer(watch) ? [{ register: `answer:${watch.question}`, kind: "answer.clear", value: undefined }] : []),
      ...(key !== null ? timing(watch, key) : []),
    ])
  }

  #placing({ id, half, started_ms, seconds, doubtful }, question) {
    return { register: WATCH + id, kind: "watch.set", value: { half, started_ms, seconds, question, ...(doubtful && { doubtful }) } }
  }

  #isAnswer({ question, seconds }) {
    return this.#book.answerOf(question)?.value === seconds
  }
}

/** The question's own timer says the same; of a doubtful time the shopper is asked there. */
function timing({ started_ms, seconds, doubtful }, key) {
  const stop = { register: `timer:${key}`, kind: "timer.stop", value: { started_ms, seconds, ...(doubtful && { doubtful }) } }
  return doubtful ? [stop] : [stop, answering(key, seconds)]
}

function isRunning({ seconds }) {
  return seconds === undefined || seconds === null
}
