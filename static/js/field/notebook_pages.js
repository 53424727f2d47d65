/** What stands in the notebook of one visit: what was written, and above it what is just being typed. */
import { isAskedNow, missingIn } from "#js/field/completeness.js"
import { hiddenFrom } from "#js/field/conditions.js"
import { isGood } from "#js/field/photo_states.js"
import { fold } from "#js/field/registers.js"
import { wasMade } from "#js/field/short_path.js"

const MOST_PHOTOS = 20

export class Pages {
  /** By register: what stands there of all that was written. */
  book = new Map()
  /** By register: {kind, value, base, isKept}, not yet a change. */
  typed = new Map()
  records = []
  photos = new Map()

  constructor({ document, visit }) {
    this.document = document
    this.visit = visit
  }

  /** Take in what lasts: the changes and the photos of this phone. */
  takeIn(records, photos = this.photos) {
    this.records = records
    this.photos = photos
    this.book = fold(this.records.filter(({ disposition, mine }) => this.visit.isOpen || mine || disposition !== "after_hand_in"))
  }

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
    const names = new Set([...this.book.keys(), ...this.typed.keys()])
    return [...names].filter((register) => register.startsWith(prefix)).map((register) => ({ name: register.slice(prefix.length), value: this.#valueOf(register) }))
  }

  #valueOf(register) {
    return this.typed.has(register) ? this.typed.get(register).value : this.book.get(register)?.value
  }

  /** What differs between two phones at this question: changes of its answer, comment and photos, none when all agree. */
  rivalsOf(key) {
    return this.#differing().filter((page) => this.#placeOf(page) === key && !this.typed.has(page.register)).flatMap(({ rivals }) => rivals)
  }

  /** The keys of questions at which two phones differ. */
  get conflicts() {
    return [...new Set(this.#differing().map((page) => this.#placeOf(page)).filter(Boolean))]
  }

  #differing() {
    return [...this.book.values()].filter(({ inConflict, register }) => inConflict && !/^(?:timer|watch):/.test(register))
  }

  #placeOf({ register, value }) {
    return register.startsWith("photo:") ? value?.question : this.#textOf({ register })
  }

  /** The photos at a question, in the order in which they were taken. */
  photosOf(key) {
    return [...this.book.values()]
      .filter(({ register, value }) => register.startsWith("photo:") && value?.question === key)
      .map(({ value, current }) => this.#photo(value, current))
      .sort((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))
  }

  #photo({ photo }, change) {
    const here = this.photos.get(photo.id)
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
    const bad = this.records.find(({ change, state }) => (state === "attention" || state === "frozen") && this.#textOf(change) === key)
    return bad ? { state: bad.state, message: bad.message ?? "" } : null
  }

  #textOf({ register }) {
    const [sort, name] = register.split(":")
    return ["answer", "comment", "timer"].includes(sort) ? name : null
  }

  /** Whether this phone altered anything at the question since it was sent back. */
  isMended(key) {
    const isNew = ({ mine, round }) => mine && round === this.visit.round
    return this.records.some((record) => isNew(record) && this.#questionOf(record.change) === key)
  }

  /** The registers of what was asked here in which this phone said what no receipt names: it came after the hand-in, apart from it. */
  afterHandIn() {
    const { receipts } = this.visit
    if (!receipts.length || receipts.some(({ changes }) => !changes)) return []
    const named = new Set(receipts.flatMap(({ changes }) => changes))
    const asked = new Set(this.document.touchpoints.flatMap(({ questions }) => questions).filter(isAskedNow).map(({ key }) => key))
    const isLate = ({ id, mine, state, change }) => mine && state === "acknowledged" && !named.has(id) && asked.has(this.#questionOf(change))
    return [...new Set(this.records.filter(isLate).map(({ change }) => change.register))]
  }

  #questionOf(change) {
    const isPlaced = (other) => other.change.register === change.register && other.change.value?.question
    return this.#textOf(change) ?? this.records.find(isPlaced)?.change.value.question
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
    return [...this.typed.values()].some(({ isKept }) => !isKept)
  }

  get drafts() {
    return this.typed.size
  }

  get isLocked() {
    return !this.visit.isOpen || this.visit.isReady
  }
}
