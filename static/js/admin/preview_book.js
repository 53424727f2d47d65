/** Stands for a shopper's notebook in the preview: answers and comments, and a drawing for every photo. */
import { missingIn } from "#js/field/completeness.js"
import { hiddenFrom } from "#js/field/conditions.js"
import { isDuration, isRunning, secondsOf } from "#js/field/durations.js"

export class PreviewBook {
  #answers = new Map()
  #comments = new Map()
  #timers = new Map()
  #photos = []
  #drawing
  #left = { answers: {}, comments: {}, photos: {} } // of questions that are gone: whoever restored it is to say so
  #listener = () => {}

  visit = { isOpen: true, isReady: false, isReturned: false }
  isLocked = false
  unsaved = null

  /** `drawing` is the address of the picture that stands for every photo. */
  constructor(document, drawing = "") {
    this.document = document
    this.#drawing = drawing
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

  /** A drawing stands for every photo: a trial shows nobody's pictures, and keeps none. */
  addPhoto(question) {
    const id = crypto.randomUUID()
    this.#photos.push({ id, question, state: "kept", bytesId: id, address: this.#drawing })
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

  /** What was found, as it is kept and travels: {answers, comments, photos}, where photos are counts. */
  get found() {
    const photos = {}
    for (const { question } of this.#photos) photos[question] = (photos[question] ?? 0) + 1
    const comments = Object.fromEntries([...this.#comments].filter(([, text]) => text !== ""))
    return {
      answers: { ...this.#left.answers, ...this.answers },
      comments: { ...this.#left.comments, ...comments },
      photos: { ...this.#left.photos, ...photos },
    }
  }

  /** What is asked at each question of which something was found, by its key. */
  wordsOfFound(say) {
    const { answers, comments, photos } = this.found
    const keys = new Set([answers, comments, photos].flatMap((part) => Object.keys(part)))
    const questions = this.document.touchpoints.flatMap((touchpoint) => touchpoint.questions)
    return Object.fromEntries(questions.filter(({ key }) => keys.has(key)).map(({ key, text }) => [key, say(text)]))
  }

  /** Take in what was found before in place of what is here; of questions that are gone it is kept unseen. */
  restore({ answers = {}, comments = {}, photos = {} }) {
    const gone = (part) => Object.fromEntries(Object.entries(part).filter(([key]) => !this.holds(key)))
    this.#left = { answers: gone(answers), comments: gone(comments), photos: gone(photos) }
    const held = (part) => Object.entries(part).filter(([key]) => this.holds(key))
    this.#answers = new Map(held(answers))
    this.#comments = new Map(held(comments))
    this.#timers = new Map()
    this.#photos = held(photos).flatMap(([question, count]) => Array.from({ length: count }, (_, place) => {
      const id = `${question} ${place}`
      return { id, question, state: "kept", bytesId: id, address: this.#drawing }
    }))
    this.#listener()
  }
}
