/** The screens of one follow-up: its question with its own hand-in, then its receipt. */
import { icon, make } from "#js/field/dom.js"
import { dayIn, daysUntil } from "#js/field/later/asking.js"
import { dueWords } from "#js/field/later/words.js"
import { handInButtonWords } from "#js/field/screens/hand_in.js"
import { askBeforeHandIn } from "#js/field/screens/hand_in_sheet.js"
import { Journey } from "#js/field/screens/journey.js"
import { receiptPage } from "#js/field/screens/receipt.js"
import { t } from "#js/lib/words.js"

export class FollowUpScreens {
  #frame
  #book
  #say
  #clock
  #on
  #journey
  #shown = null
  #barShown = ""

  /** As VisitScreens is made; the book holds this one question. */
  constructor({ frame, book, say, clock, on }) {
    this.#frame = frame
    this.#book = book
    this.#say = say
    this.#clock = clock
    this.#on = on
    this.#journey = new Journey({ book, say, goTo: () => this.goTo(), goOn: () => {}, callbacks: on.callbacks })
  }

  get #question() {
    return this.#journey.steps[0].question
  }

  start() {
    return this.#question.key
  }

  /** There is one place to go to: the question. */
  goTo() {
    this.#put("question")
    this.#journey.focus()
  }

  show() {
    this.#journey.leave()
    this.#book.seal()
    this.#put(this.#due())
  }

  /** The screen that goes with where it stands. */
  #due() {
    const { visit } = this.#book
    if (!visit.isAsked) return "early"
    if (visit.isOpen) return "question"
    return visit.state === "not_observed" ? "closed" : "receipt"
  }

  /** Draw the present screen again after something was altered. */
  refresh() {
    if (this.#shown === null) return
    if (this.#shown === "answer") return this.#journey.refresh()
    if (this.#due() !== this.#shown) return this.show()
    if (this.#shown !== "question") return
    this.#journey.refresh()
    if (this.#barName() !== this.#barShown) this.#frame.bar.replaceChildren(...this.#bar())
  }

  /** What the bar depends on, so that it is not drawn anew while somebody types. */
  #barName() {
    const { visit } = this.#book
    return `${visit.isReady} ${this.#book.missing().length > 0}`
  }

  #put(name) {
    this.#shown = name
    const screens = { question: () => this.#ask(), answer: () => this.#ask(), receipt: () => this.#receipt(), closed: () => this.#closed(), early: () => this.#early() }
    this.#frame.put({ stage: screens[name](), bar: this.#bar() })
  }

  #ask() {
    this.#journey.show(this.#question.key)
    return make("div", { class: "follow-up" }, this.#when(), this.#journey.main)
  }

  #when() {
    const { dueOn, isOpen } = this.#book.visit
    if (!isOpen || !dueOn) return null
    const clock = { language: this.#clock.language, today: dayIn(Date.now(), this.#clock.zone) }
    const early = daysUntil(dueOn, clock.today) > 0 ? make("small", {}, t("Answer it then, or earlier if you already know.")) : null
    return make("p", { class: "fact" }, icon("calendar-event"), make("span", { class: "link-words" }, make("span", {}, dueWords(dueOn, clock)), early))
  }

  #receipt() {
    return make("div", { class: "follow-up" }, this.#asked(), receiptPage({ book: this.#book, clock: this.#clock }))
  }

  #closed() {
    const words = t("Its day is over, so the office closed this question without an answer. It counts neither for nor against the store.")
    return make("section", { class: "page" }, make("h2", { tabindex: "-1" }, t("Closed without an answer")), this.#asked(), make("p", {}, words))
  }

  #early() {
    const words = t("It is asked after the visit: hand the visit in first.")
    return make("section", { class: "page" }, make("h2", { tabindex: "-1" }, t("Not yet")), this.#asked(), make("p", {}, words))
  }

  #asked() {
    return make("p", { class: "muted" }, this.#say(this.#question.text))
  }

  #bar() {
    if (this.#shown === "question") return [this.#handIn()]
    const home = make("a", { class: "wide wide-filled", href: this.#frame.root.dataset.home }, t("My visits"))
    if (this.#shown !== "receipt") return [home]
    return [wide(t("Look at my answer"), "eye", () => this.#put("answer"), "wide"), home]
  }

  #handIn() {
    const { visit } = this.#book
    this.#barShown = this.#barName()
    if (visit.isReady) return wide(t("Take it back"), "arrow-back-up", this.#on.takeBack, "wide")
    const countOpen = () => (this.#book.missing().length ? 1 : 0)
    const open = countOpen()
    const handIn = () => this.#on.handIn(countOpen)
    return wide(handInButtonWords(open), "send", open ? () => askBeforeHandIn(this.#book, handIn) : handIn, open ? "wide" : "wide wide-filled")
  }
}

function wide(words, name, act, look = "wide wide-filled") {
  return make("button", { type: "button", class: look, onclick: act }, words, icon(name))
}
