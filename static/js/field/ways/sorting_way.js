/** After a discreet visit: every photo and time that was taken is given to a question, or left; what is left blocks nothing. */
import { isAskedNow } from "#js/field/completeness.js"
import { icon, make } from "#js/field/dom.js"
import { sortingPage } from "#js/field/ways/sorting_page.js"
import { t } from "#js/lib/words.js"

export class SortingWay {
  place = "/sort"
  #book
  #frame
  #say
  #clock
  #on
  #watches
  #page = null
  #sorted = new Set()

  constructor({ book, frame, say, clock, on, watches }) {
    this.#book = book
    this.#frame = frame
    this.#say = say
    this.#clock = clock
    this.#on = on
    this.#watches = watches
  }

  get #loose() {
    return this.#book.photosOf(null).length + this.#watches.unsorted().length
  }

  /** Whether something waits to be sorted and the answers were not begun. */
  get isDue() {
    const { visit, checkOut, wasMade } = this.#book
    const isBegun = this.#book.standing("answer:").some(({ value }) => value)
    return visit.isOpen && !visit.isReady && wasMade && Boolean(checkOut) && this.#loose > 0 && !isBegun
  }

  start() {
    return this.isDue ? this.place : null
  }

  leads(place) {
    const { visit, checkIn } = this.#book
    if (place !== this.place || !visit.isOpen) return null
    if (!checkIn) return "/briefing"
    return visit.isReady ? "/hand-in" : place
  }

  show() {
    this.#page = sortingPage({ clock: this.#clock, on: this.#listeners(), pictureOf: this.#on.callbacks.pictureOf })
    this.refresh()
    const next = make("button", { type: "button", class: "wide wide-filled", onclick: this.#on.toQuestions }, t("To the questions"), icon("chevron-right"))
    this.#frame.put({ stage: this.#page.element, bar: [next] })
  }

  refresh() {
    const photos = this.#photos()
    const watches = this.#watches.all().filter(({ seconds }) => seconds !== undefined && seconds !== null)
    const takes = (question) => question.kind === "photo" || question.photos_allowed
    this.#page.show({
      photos: photos.map((photo) => ({ ...photo, choices: this.#choices((question) => takes(question) && (question.key === photo.question || this.#book.roomAt(question) > 0)) })),
      watches: watches.map((watch) => ({ ...watch, choices: this.#choices(({ kind }) => kind === "duration") })),
      isLocked: this.#book.isLocked,
    })
  }

  /** Photos without a question, and those that were given one here, in the order in which they were taken. */
  #photos() {
    const keys = [null, ...this.#questions().map(({ question }) => question.key)]
    return keys
      .flatMap((key) => this.#book.photosOf(key).map((photo) => ({ ...photo, question: key })))
      .filter(({ id, question }) => question === null || this.#sorted.has(id))
      .sort((one, other) => one.taken_ms - other.taken_ms || (one.id < other.id ? -1 : 1))
  }

  #questions() {
    const { document, hidden } = this.#book
    const isAsked = (question) => isAskedNow(question) && !hidden.has(question.key)
    return document.touchpoints.flatMap((touchpoint) => touchpoint.questions.filter(isAsked).map((question) => ({ touchpoint, question })))
  }

  /** The questions that can have it, by touchpoint: {name, questions: [{key, text}]} each. */
  #choices(fits) {
    const groups = new Map()
    for (const { touchpoint, question } of this.#questions().filter((one) => fits(one.question))) {
      if (!groups.has(touchpoint)) groups.set(touchpoint, { name: this.#say(touchpoint.name), questions: [] })
      groups.get(touchpoint).questions.push({ key: question.key, text: this.#say(question.text) })
    }
    return [...groups.values()]
  }

  #listeners() {
    return {
      place: (photo, key) => {
        this.#sorted.add(photo.id)
        return this.#book.placePhoto(photo.id, key)
      },
      give: (watch, key) => this.#watches.give(watch.id, key),
      remove: (id) => this.#book.removePhoto(id),
      fullPicture: this.#on.callbacks.fullPicture,
    }
  }

  /** From the hand-in back to what is not sorted. */
  link() {
    if (this.#book.isLocked || !this.#book.checkOut || this.#loose === 0) return null
    const words = this.#loose === 1 ? t("1 photo or time belongs to no question") : t("%(n)s photos and times belong to no question", { n: this.#loose })
    return make("button", { type: "button", class: "quiet", onclick: () => this.#on.goTo(this.place) }, icon("photo"), words)
  }
}
