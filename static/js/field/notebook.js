/**
 * The shopper's notebook of one visit: what the screens read and write. It holds what is typed until that
 * lasts, turns it into changes at the right moments, and knows what is still missing.
 */
import { canonical } from "#js/field/canonical.js"
import { Clocks } from "#js/field/clocks.js"
import { missingIn } from "#js/field/completeness.js"
import { hiddenFrom } from "#js/field/conditions.js"
import { isGood } from "#js/field/photo_states.js"
import { fold } from "#js/field/registers.js"
import { wasMade } from "#js/field/short_path.js"
import { clean } from "#js/field/texts.js"
import { Timers } from "#js/field/timers.js"

const DRAFT_MS = 120
const SEAL_MS = 10_000
const MOST_PHOTOS = 20

export class Notebook {
  #log
  #shelf
  #later
  #stopwatches
  #book = new Map()
  #records = []
  #photos = new Map()
  #typed = new Map()
  #timers = new Map()
  #listeners = new Set()
  #chain = Promise.resolve()
  unsaved = null

  constructor({ document, visit, log, shelf, later = setTimeout, clocks = new Clocks() }) {
    this.document = document
    this.visit = visit
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
      this.#typed.set(register, { kind, value, base, isKept: true })
    }
    await this.seal()
  }

  /** Read again what lasts: the outbox, another tab or the server may have altered it. */
  async refresh() {
    const [{ records }, photos] = await Promise.all([this.#log.read(), this.#shelf.read()])
    this.#records = records
    this.#photos = new Map(photos.map((photo) => [photo.id, photo]))
    this.#fold()
    this.#tell()
  }

  #fold() {
    this.#book = fold(this.#records.filter(({ disposition, mine }) => this.visit.isOpen || mine || disposition !== "after_hand_in"))
  }

  // ---- reading

  /** The answer {state, value} to the question `key`, as last typed or said; null when there is none. */
  answerOf(key) {
    return this.#valueOf(`answer:${key}`) ?? null
  }

  commentOf(key) {
    return this.#valueOf(`comment:${key}`) ?? ""
  }

  /** The timer of the question `key`: {started_ms} while it runs, {seconds, …} afterwards, null before. */
  timerOf(key) {
    return this.#valueOf(`timer:${key}`) ?? null
  }

  get checkIn() {
    return this.#valueOf("visit:check_in") ?? null
  }

  get checkOut() {
    return this.#valueOf("visit:check_out") ?? null
  }

  /** How the visit ended, {outcome, note}, or null while nothing is said of it. */
  get ending() {
    return this.#valueOf("visit:outcome") ?? null
  }

  /** Whether the visit takes or took place, as far as anybody said. */
  get wasMade() {
    return wasMade(this.ending?.outcome)
  }

  /** What stands in all registers whose names begin with `prefix`: {name, value} each. */
  standing(prefix) {
    const names = new Set([...this.#book.keys(), ...this.#typed.keys()])
    return [...names].filter((register) => register.startsWith(prefix)).map((register) => ({ name: register.slice(prefix.length), value: this.#valueOf(register) }))
  }

  #valueOf(register) {
    return this.#typed.has(register) ? this.#typed.get(register).value : this.#book.get(register)?.value
  }

  /** What differs between two phones at this question: changes of its answer, comment and photos, none when all agree. */
  rivalsOf(key) {
    return this.#differing().filter((page) => this.#placeOf(page) === key && !this.#typed.has(page.register)).flatMap(({ rivals }) => rivals)
  }

  /** The keys of questions at which two phones differ. */
  get conflicts() {
    return [...new Set(this.#differing().map((page) => this.#placeOf(page)).filter(Boolean))]
  }

  #differing() {
    return [...this.#book.values()].filter(({ inConflict, register }) => inConflict && !/^(?:timer|watch):/.test(register))
  }

  #placeOf({ register, value }) {
    return register.startsWith("photo:") ? value?.question : this.#textOf({ register })
  }

  /** The photos at a question, in the order in which they were taken. */
  photosOf(key) {
    return [...this.#book.values()]
      .filter(({ register, value }) => register.startsWith("photo:") && value?.question === key)
      .map(({ value, current }) => this.#photo(value, current))
      .sort((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))
  }

  #photo({ photo }, change) {
    const here = this.#photos.get(photo.id)
    const order = change.wall_ms
    const taken_ms = photo.captured_wall_ms ?? order
    if (here && here.state !== "removed") {
      const { state, shrunk, bytesId, message, mime } = here
      return { id: photo.id, order, taken_ms, state, shrunk, bytesId, message, mime }
    }
    return { id: photo.id, order, taken_ms, state: this.visit.holdsPhoto(photo.id) ? "acknowledged" : "elsewhere" }
  }

  /** How many photos a question takes. */
  mostAt(question) {
    return question.kind === "signature" ? 1 : (question.max_count ?? MOST_PHOTOS)
  }

  /** How many more photos a question takes. */
  roomAt(question) {
    return Math.max(0, this.mostAt(question) - this.photosOf(question.key).filter(isGood).length)
  }

  /** The editor's remarks on a question, in the round that was returned. */
  remarksOf(key) {
    return this.visit.remarks[key] ?? []
  }

  /** The keys of questions that the editor wants mended. */
  remarked() {
    return Object.keys(this.visit.remarks)
  }

  /** What is said of an answer or comment that the server would not take, or null. */
  troubleOf(key) {
    const bad = this.#records.find(({ change, state }) => (state === "attention" || state === "frozen") && this.#textOf(change) === key)
    return bad ? { state: bad.state, message: bad.message ?? "" } : null
  }

  #textOf({ register }) {
    const [sort, name] = register.split(":")
    return ["answer", "comment", "timer"].includes(sort) ? name : null
  }

  /** Whether this phone altered anything at the question since it was sent back. */
  isMended(key) {
    const isNew = ({ mine, round }) => mine && round === this.visit.round
    return this.#records.some((record) => isNew(record) && this.#questionOf(record.change) === key)
  }

  #questionOf(change) {
    const isPlaced = (other) => other.change.register === change.register && other.change.value?.question
    return this.#textOf(change) ?? this.#records.find(isPlaced)?.change.value.question
  }

  /** All that is still missing at questions, as completeness.js tells it; a visit that was not made answers none. */
  missing() {
    return this.wasMade ? missingIn(this) : []
  }

  /** The keys of the questions that are not asked, as the answers now stand. */
  get hidden() {
    return hiddenFrom(this)
  }

  /** Whether anything was noted at this question. */
  isTouched(key) {
    return this.answerOf(key) !== null || this.commentOf(key) !== "" || this.photosOf(key).length > 0
  }

  get isTyping() {
    return [...this.#typed.values()].some(({ isKept }) => !isKept)
  }

  get drafts() {
    return this.#typed.size
  }

  get isLocked() {
    return !this.visit.isOpen || this.visit.isReady
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

  /** Write one change of `register`; it lasts before this resolves. */
  write(register, kind, value) {
    if (this.isLocked) return Promise.resolve()
    this.#typed.set(register, { kind, value, isKept: false })
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
    for (const { register, kind, value } of all) this.#typed.set(register, { kind, value, isKept: false })
    this.#tell()
    await this.#inTurn(async () => {
      const records = await this.#log.writeAll(all.map((one) => ({ ...one, base: this.#book.get(one.register)?.heads ?? [] })))
      for (const { register } of all) this.#typed.delete(register)
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
    const earlier = this.#typed.get(register)
    this.#typed.set(register, { ...earlier, kind, value, isKept: false })
    if (!earlier) this.#later(() => this.seal(register), SEAL_MS)
    if (!this.#timers.has(register)) {
      this.#timers.set(register, this.#later(() => this.#keepDraft(register), DRAFT_MS))
    }
    this.#tell({ typed: true })
  }

  #keepDraft(register) {
    return this.#inTurn(async () => {
      this.#timers.delete(register)
      const typed = this.#typed.get(register)
      if (!typed || typed.isKept) return
      typed.base ??= this.#book.get(register)?.heads ?? []
      await this.#log.draft(register, typed.kind, typed.value, typed.base)
      if (this.#typed.get(register) !== typed) return
      typed.isKept = true
      this.#tell({ typed: true })
    })
  }

  /** Turn what was typed (in `register`, or everywhere) into changes. */
  seal(register = null) {
    return this.#inTurn(async () => {
      for (const name of register ? [register] : [...this.#typed.keys()]) await this.#sealOne(name)
    })
  }

  async #sealOne(register) {
    const typed = this.#typed.get(register)
    if (!typed) return
    const page = this.#book.get(register)
    const base = typed.base ?? page?.heads ?? []
    const isNews = page?.inConflict || canonical(page?.value ?? null) !== canonical(typed.value ?? null)
    if (isNews) this.#take(await this.#log.write({ register, kind: typed.kind, value: typed.value }, base))
    else await this.#log.dropDraft(register)
    if (this.#typed.get(register) === typed) this.#typed.delete(register)
    else delete this.#typed.get(register)?.base // typed on meanwhile: above what was just written
    this.#tell({ written: isNews })
  }

  #take(record) {
    this.#records = [...this.#records.filter(({ id }) => id !== record.id), record]
    this.#fold()
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
      await this.#shelf.remove(id, this.#book.get(`photo:${id}`)?.heads ?? [])
      await this.refresh()
    })
    this.#tell({ written: true })
  }

  /** Give a photo to the question `key`, or to none with null. */
  async placePhoto(id, key) {
    const { heads, value } = this.#book.get(`photo:${id}`)
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
