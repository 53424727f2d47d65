/** The screens of one visit, and the way from one to the other: the address's fragment says which is shown. */
import { icon, make } from "#js/field/dom.js"
import { Journey, openKeys } from "#js/field/screens/journey.js"
import { handInButtonWords, handInPage } from "#js/field/screens/hand_in.js"
import { askBeforeHandIn, countOpen } from "#js/field/screens/hand_in_sheet.js"
import { receiptPage } from "#js/field/screens/receipt.js"
import { returnedPage } from "#js/field/screens/returned.js"
import { Ways } from "#js/field/ways/ways.js"
import { t } from "#js/lib/words.js"

export class VisitScreens {
  #frame
  #book
  #say
  #clock
  #on
  #journey
  #briefing
  #ways
  #links = make("div", { class: "stack" })
  #shown = null
  #mending = false
  #wasOpen

  /** `on`: {checkIn(), checkOut(), handIn(countOpen), takeBack(), counts(), callbacks} – see Journey for the callbacks. */
  constructor({ frame, book, say, clock, on, ...capture }) {
    this.#frame = frame
    this.#book = book
    this.#say = say
    this.#clock = clock
    this.#wasOpen = book.visit.isOpen
    this.#on = on
    this.#briefing = frame.stage.firstElementChild
    this.#journey = new Journey({ book, say, goTo: (key) => this.goTo(key), goOn: () => this.goTo("/hand-in"), callbacks: on.callbacks })
    this.#ways = new Ways({ ...capture, book, frame, say, clock, on: { ...on, goTo: (place) => this.goTo(place), toQuestions: () => this.goTo(this.#journey.firstOpen() ?? "/hand-in") } })
    addEventListener("hashchange", () => this.show({ focus: true }))
  }

  /** Where somebody who opens the visit should be. */
  start() {
    const { visit } = this.#book
    if (!visit.isOpen) return "/receipt"
    const way = this.#ways.start()
    if (way) return way
    if (!this.#book.checkIn) return "/briefing"
    if (visit.isReady) return "/hand-in"
    return visit.isReturned ? "/returned" : (this.#journey.firstOpen() ?? "/hand-in")
  }

  /** Go to a screen or question; questions replace each other, so that "back" leads out of the visit. */
  goTo(place, { isMending = null } = {}) {
    const isQuestion = (name) => !this.#isScreen(name)
    this.#mending = isQuestion(place) ? (isMending ?? this.#mending) : false
    if (isQuestion(place) && this.#shown && isQuestion(this.#shown)) history.replaceState(null, "", `#${place}`)
    else history.pushState(null, "", `#${place}`)
    this.show({ focus: true })
  }

  /** Show what the address names, as far as the visit's state lets. */
  show({ focus = false } = {}) {
    const wanted = location.hash.slice(1)
    const place = this.#permitted(wanted || this.start())
    this.#journey.leave()
    this.#ways.leave()
    this.#book.seal()
    this.#shown = place
    if (place === "/briefing") this.#showBriefing()
    else if (place === "/hand-in") this.#showHandIn()
    else if (place === "/returned") this.#showReturned()
    else if (place === "/receipt") this.#showReceipt()
    else if (this.#ways.has(place)) this.#ways.show(place)
    else this.#showQuestion(place)
    if (focus) this.#focus()
  }

  #isScreen(place) {
    return SCREENS.has(place) || this.#ways.has(place)
  }

  #permitted(place) {
    if (!this.#book.visit.isOpen && place !== "/briefing") return this.#isScreen(place) ? "/receipt" : place
    const way = this.#ways.leads(place)
    if (way) return way
    if (!this.#book.checkIn && place !== "/briefing") return "/briefing"
    if (!this.#isScreen(place) && !this.#journey.steps.length) return "/hand-in"
    if (place === "/receipt" || (place === "/returned" && !this.#book.visit.isReturned)) return this.start()
    return place
  }

  #focus() {
    const heading = this.#frame.stage.querySelector("h2[tabindex]")
    heading?.focus({ preventScroll: true })
  }

  /** Draw the present screen again after something was altered. */
  refresh() {
    if (this.#shown === null) return
    const { isOpen } = this.#book.visit
    const isNews = isOpen !== this.#wasOpen || this.#permitted(this.#shown) !== this.#shown
    this.#wasOpen = isOpen
    if (isNews) return this.goTo(this.start())
    if (this.#ways.has(this.#shown)) return this.#ways.refresh(this.#shown)
    if (!SCREENS.has(this.#shown)) return this.#journey.refresh()
    if (this.#shown !== "/briefing") this.#redraw()
  }

  #redraw() {
    const focused = [...this.#frame.root.querySelectorAll("button, a")].indexOf(document.activeElement)
    const top = scrollY
    this.show()
    this.#frame.stage.firstElementChild.classList.remove("rise")
    scrollTo({ top, behavior: "instant" })
    if (focused >= 0) this.#frame.root.querySelectorAll("button, a")[focused]?.focus({ preventScroll: true })
  }

  #showQuestion(key) {
    const journey = this.#journey
    journey.show(key, { isMending: this.#mending })
    this.#frame.put({ header: journey.header, stage: journey.main, bar: [journey.bar] })
    journey.arrive()
  }

  #showBriefing() {
    const { checkIn, visit } = this.#book
    const begin = checkIn || !visit.isOpen
      ? wide(t("Continue"), "chevron-right", () => this.goTo(this.start()))
      : wide(t("Check in"), "map-pin", () => this.#ways.checkIn(this.#on.checkIn))
    this.#links.replaceChildren(...this.#ways.links())
    this.#briefing.append(this.#links)
    this.#frame.put({ stage: this.#briefing, bar: [begin] })
  }

  #showHandIn() {
    const { visit } = this.#book
    const page = handInPage(
      { book: this.#book, say: this.#say, counts: this.#on.counts(), clock: this.#clock },
      { goTo: (key) => this.goTo(key, { isMending: true }), checkOut: this.#on.checkOut },
    )
    page.append(...this.#ways.links())
    const back = round(t("Back to the questions"), "chevron-left", () => this.goTo(this.#journey.here?.question.key ?? this.#journey.firstOpen() ?? "/briefing"))
    const open = openKeys(this.#book).size
    const handIn = () => this.#on.handIn(() => countOpen(this.#book).n)
    const act = visit.isReady
      ? wide(t("Take it back"), "arrow-back-up", this.#on.takeBack, "wide")
      : wide(handInButtonWords(open), "send", open ? () => askBeforeHandIn(this.#book, handIn) : handIn, open ? "wide" : "wide wide-filled")
    this.#frame.put({ stage: page, bar: [back, act] })
  }

  #showReturned() {
    const page = returnedPage({ book: this.#book, say: this.#say, clock: this.#clock }, { goTo: (key) => this.goTo(key, { isMending: true }) })
    const next = () => this.goTo([...openKeys(this.#book)][0] ?? "/hand-in", { isMending: true })
    this.#frame.put({ stage: page, bar: [wide(openKeys(this.#book).size ? t("Begin") : t("To the hand-in"), "chevron-right", next)] })
  }

  #showReceipt() {
    const page = receiptPage({ book: this.#book, clock: this.#clock })
    const home = make("a", { class: "wide wide-filled", href: this.#frame.root.dataset.home }, t("My visits"))
    const look = wide(t("Look at my answers"), "eye", () => this.goTo(this.#journey.steps[0]?.question.key ?? "/briefing"), "wide")
    this.#frame.put({ stage: page, bar: [look, home] })
  }
}

const SCREENS = new Set(["/briefing", "/hand-in", "/returned", "/receipt"])

function wide(words, name, act, look = "wide wide-filled") {
  return make("button", { type: "button", class: look, onclick: act }, words, icon(name))
}

function round(words, name, act) {
  return make("button", { type: "button", class: "round", "aria-label": words, onclick: act }, icon(name))
}
