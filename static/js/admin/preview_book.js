/** Stands for a shopper's notebook in the preview: answers, comments and photos live as long as the page. */
import { missingIn } from "#js/field/completeness.js"
import { hiddenFrom } from "#js/field/conditions.js"
import { isDuration, isRunning, secondsOf } from "#js/field/durations.js"

export class PreviewBook {
  #answers = new Map()
  #comments = new Map()
  #timers = new Map()
  #photos = []
  #listener = () => {}

  visit = { isOpen: true, isReady: false, isReturned: false }
  isLocked = false
  unsaved = null

  constructor(document) {
    this.document = document
  }

  onChange(listener) {
    this.#listener = listener
  }

  /** The answers by question key, as they travel. */
  get answers() {
    return Object.fromEntries(this.#answers)
  }

  answerOf(key) {
    return this.#answers.get(key) ?? null
  }

  commentOf(key) {
    return this.#comments.get(key) ?? ""
  }

  timerOf(key) {
    return this.#timers.get(key) ?? null
  }

  photosOf(key) {
    return this.#photos.filter(({ question }) => question === key)
  }

  remarksOf() {
    return []
  }

  remarked() {
    return []
  }

  isMended() {
    return false
  }

  troubleOf() {
    return null
  }

  rivalsOf() {
    return []
  }

  isTouched(key) {
    return this.#answers.has(key) || this.commentOf(key) !== "" || this.photosOf(key).length > 0
  }

  missing() {
    return missingIn(this)
  }

  /** The keys of the questions that are not asked, as the answers now stand. */
  get hidden() {
    return hiddenFrom(this)
  }

  say(key, answer) {
    if (answer) this.#answers.set(key, answer)
    else this.#answers.delete(key)
    this.#listener()
  }

  typeAnswer(key, text) {
    this.say(key, text === "" ? null : { state: "answered", value: text })
  }

  typeValue(key, value) {
    this.say(key, value === null ? null : { state: "answered", value })
  }

  typeDuration(key, value) {
    const timer = this.timerOf(key)
    const measured = timer?.measured ?? timer?.seconds ?? null
    if (measured !== null && isDuration(value)) this.#timers.set(key, { seconds: value, measured })
    this.typeValue(key, value)
  }

  startTimer(key) {
    this.#timers.set(key, { started_ms: Date.now() })
    this.#listener()
  }

  stopTimer(key) {
    const timer = this.timerOf(key)
    if (!isRunning(timer)) return
    const seconds = secondsOf(Date.now() - timer.started_ms)
    this.#timers.set(key, { ...timer, seconds })
    this.typeValue(key, seconds)
  }

  typeComment(key, text) {
    this.#comments.set(key, text)
    this.#listener()
  }

  addPhoto(question, file) {
    const id = crypto.randomUUID()
    this.#photos.push({ id, question, state: "kept", bytesId: id, address: URL.createObjectURL(file) })
    this.#listener()
  }

  removePhoto(id) {
    this.#photos = this.#photos.filter((photo) => photo.id !== id)
    this.#listener()
  }

  seal() {}

  /** Whether the document asks the question `key`. */
  holds(key) {
    return this.document.touchpoints.some(({ questions }) => questions.some((question) => question.key === key))
  }

  /** Take in answers that were given before, as far as their questions still exist. */
  restore(answers) {
    for (const [key, answer] of Object.entries(answers)) if (this.holds(key)) this.#answers.set(key, answer)
    this.#listener()
  }
}
