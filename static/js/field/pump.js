/** Decides when the outbox runs: one tab at a time, backing off when the network fails, at once when it may be back. */

const SETTLE_MS = 800

export class Pump {
  #outbox
  #backoff
  #prepare
  #locks
  #clock
  #onChange
  #report
  #whenReady
  #timer = null
  #running = null
  #again = false
  isSignedOut = false
  progress = null
  /** Why the last run left something: {reason, at}, or null; and when the next one is, or null. */
  trouble = null
  nextAt = null

  /** `prepare` makes things ready to be sent and answers the server's verdict, where it was asked something; `clock` is {now, later, cancel}; `onChange` is called after every step, `report` with what broke; a run begins when `whenReady()` resolves. */
  constructor({ outbox, backoff, prepare = async () => {}, locks, clock = CLOCK, onChange = () => {}, report = (error) => globalThis.reportError(error), whenReady = async () => {} }) {
    this.#outbox = outbox
    this.#backoff = backoff
    this.#prepare = prepare
    this.#locks = locks
    this.#clock = clock
    this.#onChange = onChange
    this.#report = report
    this.#whenReady = whenReady
  }

  /** Try at once: the network came back, the page became visible, somebody asked. */
  nudge() {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#unset()
    return (this.#running = this.#run().finally(() => (this.#running = null)))
  }

  /** Something new is there: send it soon, but do not cut short a wait for the network. */
  offer() {
    if (this.#running) this.#again = true
    else if (!this.#timer && !this.isSignedOut) this.#set(SETTLE_MS)
  }

  /** Take note of how far the outbox is. */
  advance(progress) {
    this.progress = progress
    this.#onChange()
  }

  async #run() {
    await this.#whenReady()
    const { result, waitMs, reason } = await this.#locks.request("shopper-outbox", () => this.#sendAll()).catch((error) => {
      this.#report(error)
      return { result: "later", reason: "broke" } // whatever it was, what is here is tried again
    })
    this.progress = null
    this.isSignedOut = result === "signed_out"
    this.trouble = result === "empty" ? null : { reason: reason ?? result, at: this.#clock.now() }
    const again = this.#again
    this.#again = false
    if (result === "later") this.#set(this.#backoff.next(waitMs))
    else this.#backoff.reset()
    if (result === "empty" && again) this.#set(SETTLE_MS)
    this.#onChange()
  }

  async #sendAll() {
    const verdict = await this.#prepare()
    return verdict?.kind === "signed_out" ? { result: "signed_out" } : this.#outbox.drain()
  }

  #set(ms) {
    this.nextAt = this.#clock.now() + ms
    this.#timer = this.#clock.later(() => {
      this.#timer = null
      this.nextAt = null
      this.nudge()
    }, ms)
  }

  #unset() {
    if (this.#timer) this.#clock.cancel(this.#timer)
    this.#timer = null
    this.nextAt = null
  }
}

const CLOCK = { now: () => Date.now(), later: (act, ms) => setTimeout(act, ms), cancel: (timer) => clearTimeout(timer) }
