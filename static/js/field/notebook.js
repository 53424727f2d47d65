/**
 * The shopper's notebook of one visit: what the screens read and write. It holds what is typed until that
 * lasts, turns it into changes at the right moments, and knows what is still missing.
 */
import { canonical } from "#js/field/canonical.js"
import { Clocks } from "#js/field/clocks.js"
import { Pages } from "#js/field/notebook_pages.js"
import { clean } from "#js/field/texts.js"
import { Timers } from "#js/field/timers.js"

const DRAFT_MS = 120
const SEAL_MS = 10_000

export class Notebook extends Pages {
  #log
  #shelf
  #later
  #stopwatches
  #timers = new Map()
  #sealing = new Set() // registers whose words will become a change by themselves
  #listeners = new Set()
  #chain = Promise.resolve()
  unsaved = null

  constructor({ document, visit, log, shelf, later = setTimeout, clocks = new Clocks() }) {
    super({ document, visit })
    this.#log = log
    this.#shelf = shelf
    this.#later = (act, ms) => later(act, ms)
    this.#stopwatches = new Timers(this, clocks)
  }

  /** Call `listener({written, typed})` after each alteration; `written`: there is something new to send. */
  onChange(listener) {
    this.#listeners.add(listener)
  }

  #tell({ written = false, typed = false } = {}) {
    for (const listener of this.#listeners) listener({ written, typed })
  }

  /** Read what is on this phone; drafts left by a page that was killed become changes. */
  async open() {
    await this.refresh()
    const { drafts } = await this.#log.read()
    for (const { register, kind, value, base } of drafts.values()) {
      this.typed.set(register, { kind, value, base, isKept: true })
    }
    await this.seal()
  }

  /** Read again what lasts: the outbox, another tab or the server may have altered it. */
  async refresh() {
    const [{ records }, photos] = await Promise.all([this.#log.read(), this.#shelf.read()])
    this.takeIn(records, new Map(photos.map((photo) => [photo.id, photo])))
    this.#tell()
  }

  // ---- writing

  /** Say the answer {state, value} to a question, or take it back with null. Lasts before this resolves. */
  say(key, answer) {
    return this.write(`answer:${key}`, answer ? "answer.set" : "answer.clear", answer ?? undefined)
  }

  /** Note the check-in or check-out ("check_in", "check_out") as {at_ms, place}. */
  note(kind, value) {
    return this.write(`visit:${kind}`, kind, value)
  }

  /** Note what belongs to a check-in or check-out and was found later, also when the hand-in waits already. */
  noteAfter(kind, value) {
    return this.visit.isOpen ? this.#write(`visit:${kind}`, kind, value) : Promise.resolve()
  }

  /** Write one change of `register`; it lasts before this resolves. */
  write(register, kind, value) {
    return this.isLocked ? Promise.resolve() : this.#write(register, kind, value)
  }

  #write(register, kind, value) {
    this.typed.set(register, { kind, value, isKept: false })
    this.#tell()
    return this.seal(register)
  }

  startTimer(key) {
    return this.#stopwatches.start(key)
  }

  stopTimer(key) {
    return this.#stopwatches.stop(key)
  }

  typeDuration(key, value) {
    this.#stopwatches.type(key, value)
  }

  /** Write several changes ({register, kind, value} each) that last together, or not at all. */
  async writeTogether(all) {
    if (this.isLocked) return
    const written = new Map(all.map(({ register, kind, value }) => [register, { kind, value, isKept: false }]))
    for (const [register, one] of written) this.typed.set(register, one)
    this.#tell()
    await this.#inTurn(async () => {
      const records = await this.#log.writeAll(all.map((one) => ({ ...one, base: this.book.get(one.register)?.heads ?? [] })))
      for (const [register, one] of written) this.#isWritten(register, one)
      for (const record of records) this.#take(record)
    })
    this.#tell({ written: true })
  }

  /** Take in the text as typed so far for an answer; it lasts at once and becomes a change later. */
  typeAnswer(key, text, longest) {
    const value = clean(text, longest)
    if (value === "") this.type(`answer:${key}`, "answer.clear", undefined)
    else this.type(`answer:${key}`, "answer.set", { state: "answered", value })
  }

  /** Take in a value as entered so far, null for none, as a text is taken in. */
  typeValue(key, value) {
    if (value === null) this.type(`answer:${key}`, "answer.clear", undefined)
    else this.type(`answer:${key}`, "answer.set", { state: "answered", value })
  }

  typeComment(key, text) {
    this.type(`comment:${key}`, "comment.set", clean(text))
  }

  /** Take in what is being typed in `register`; it lasts at once and becomes a change later. */
  type(register, kind, value) {
    if (this.isLocked) return
    const earlier = this.typed.get(register)
    this.typed.set(register, { ...earlier, kind, value, isKept: false })
    if (!this.#sealing.has(register)) {
      this.#sealing.add(register)
      this.#later(() => (this.#sealing.delete(register), this.seal(register)), SEAL_MS)
    }
    if (!this.#timers.has(register)) {
      this.#timers.set(register, this.#later(() => this.#keepDraft(register), DRAFT_MS))
    }
    this.#tell({ typed: true })
  }

  #keepDraft(register) {
    return this.#inTurn(async () => {
      this.#timers.delete(register)
      const typed = this.typed.get(register)
      if (!typed || typed.isKept) return
      typed.base ??= this.book.get(register)?.heads ?? []
      await this.#log.draft(register, typed.kind, typed.value, typed.base)
      if (this.typed.get(register) !== typed) return
      typed.isKept = true
      this.#tell({ typed: true })
    })
  }

  /** Turn what was typed (in `register`, or everywhere) into changes. */
  seal(register = null) {
    return this.#inTurn(async () => {
      for (const name of register ? [register] : [...this.typed.keys()]) await this.#sealOne(name)
    })
  }

  async #sealOne(register) {
    const typed = this.typed.get(register)
    if (!typed) return
    const page = this.book.get(register)
    const base = typed.base ?? page?.heads ?? []
    const isNews = page?.inConflict || canonical(page?.value ?? null) !== canonical(typed.value ?? null)
    if (isNews) this.#take(await this.#log.write({ register, kind: typed.kind, value: typed.value }, base))
    else await this.#log.dropDraft(register)
    this.#isWritten(register, typed)
    this.#tell({ written: isNews })
  }

  /** What was `typed` lasts as a change; what was typed on meanwhile stays, above what was just written. */
  #isWritten(register, typed) {
    if (this.typed.get(register) === typed) this.typed.delete(register)
    else delete this.typed.get(register)?.base
  }

  #take(record) {
    this.takeIn([...this.records.filter(({ id }) => id !== record.id), record])
  }

  /** Settle a conflict with one of its rivals. */
  settle({ register, kind, value }) {
    if (kind === "photo.detach") return this.removePhoto(register.split(":")[1])
    return this.write(register, kind, value)
  }

  /** One write after the other; what could not be kept is said loudly and tried again on demand. */
  #inTurn(act) {
    const done = this.#chain.then(act).then(
      () => this.#calm(),
      (error) => this.#alarm(error),
    )
    this.#chain = done.catch(() => {}) // the caller is told; those who come after go on
    return done
  }

  /** Do `act`, which keeps something besides the notebook; what could not be kept is said as loudly. */
  orAlarm(act) {
    return this.#inTurn(act)
  }

  #calm() {
    if (!this.unsaved) return
    this.unsaved = null
    this.#tell()
  }

  #alarm(error) {
    if (error.name !== "NotKept") throw error
    this.unsaved = error
    this.#tell()
  }

  // ---- photos

  /** Keep a picture at a question; resolves to its id once it was read back, to null where that failed. */
  async addPhoto(key, bytes, facts) {
    let id = null
    await this.#inTurn(async () => {
      const kept = await this.#shelf.keep(bytes, facts, key)
      id = kept.id
      await this.refresh()
    })
    this.#tell({ written: id !== null })
    return id
  }

  async removePhoto(id) {
    await this.#inTurn(async () => {
      await this.#shelf.remove(id, this.book.get(`photo:${id}`)?.heads ?? [])
      await this.refresh()
    })
    this.#tell({ written: true })
  }

  /** Give a photo to the question `key`, or to none with null. */
  async placePhoto(id, key) {
    const { heads, value } = this.book.get(`photo:${id}`)
    await this.#inTurn(async () => {
      await this.#shelf.place(id, key, heads, value)
      await this.refresh()
    })
    this.#tell({ written: true })
  }

  /** The bytes to show for a photo of this phone. */
  async pictureOf({ id, bytesId }) {
    return (await this.#shelf.bytes(`${id}/thumbnail`)) ?? (bytesId ? this.#shelf.bytes(bytesId) : null)
  }
}
