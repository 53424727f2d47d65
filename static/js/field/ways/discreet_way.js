/** The discreet way: from the check-in to the check-out there is the dark screen and nothing else; answers come afterwards. */
import { icon, make } from "#js/field/dom.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { timeOfDay } from "#js/field/times.js"
import { darkScreen } from "#js/field/ways/dark_screen.js"
import { t } from "#js/lib/words.js"

const DARK = "#050607"

export class DiscreetWay {
  place = "/discreet"
  #book
  #frame
  #clock
  #on
  #watches
  #sorting
  #isDiscreet
  #screen = null
  #colours = null

  constructor({ book, frame, clock, on, watches, sorting, isDiscreet }) {
    this.#book = book
    this.#frame = frame
    this.#clock = clock
    this.#on = on
    this.#watches = watches
    this.#sorting = sorting
    this.#isDiscreet = isDiscreet
  }

  /** Whether the shopper is in the store and wants to be seen by nobody. */
  get isOn() {
    const { visit, checkIn, checkOut, wasMade } = this.#book
    return this.#isDiscreet && Boolean(checkIn) && !checkOut && wasMade && visit.isOpen && !visit.isReady && !visit.isReturned
  }

  start() {
    return this.isOn ? this.place : null
  }

  leads(place) {
    if (this.isOn) return this.place
    if (place !== this.place) return null
    if (!this.#book.checkIn) return "/briefing"
    return this.#sorting.isDue ? this.#sorting.place : "/hand-in"
  }

  show() {
    this.#screen = darkScreen({ on: this.#listeners(), time: () => timeOfDay(Date.now(), this.#clock) })
    this.refresh()
    this.#frame.put({ stage: this.#screen.element, bar: [] })
    this.#darken(true)
  }

  refresh() {
    const isRunning = (half) => this.#watches.running(half) !== null
    this.#screen.show({
      running: { upper: isRunning("upper"), lower: isRunning("lower") },
      photos: this.#book.photosOf(null).length, trouble: this.#on.trouble(),
    })
  }

  leave() {
    if (!this.#screen) return
    this.#screen.close()
    this.#screen = null
    this.#darken(false)
  }

  /** Everything around the screen is out of reach, and the browser's own bar is dark too. */
  #darken(isDark) {
    const { root } = this.#frame
    for (const part of root.querySelectorAll(".top, .strip, .bottom")) part.inert = isDark
    document.documentElement.classList.toggle("darkened", isDark)
    const metas = [...document.querySelectorAll("meta[name=theme-color]")]
    this.#colours ??= metas.map(({ content }) => content)
    for (const [place, meta] of metas.entries()) meta.content = isDark ? DARK : this.#colours[place]
  }

  #listeners() {
    const { callbacks } = this.#on
    return {
      press: (half) => this.#watches.press(half),
      beforeCamera: () => callbacks.beforeCamera(null),
      pick: (files) => callbacks.pick(null, files, "camera", () => {}),
      cancelled: callbacks.cancelled,
      leave: async () => {
        await this.#watches.stopAll()
        await this.#on.checkOut()
      },
    }
  }

  /** Before the check-in the shopper is told what the dark screen does: it does not say so itself. True where it asks. */
  asksBeforeCheckIn(checkIn) {
    if (!this.#isDiscreet || this.#book.visit.isReturned) return false
    const fact = (name, words) => make("li", {}, icon(name), make("span", {}, words))
    const begin = make("button", { type: "button", class: "wide wide-filled", autofocus: true, onclick: () => (sheet.close(), checkIn()) }, t("Check in, and go dark"), icon("moon"))
    const sheet = openSheet(t("A discreet visit"), [
      make(
        "ul", { class: "facts" },
        fact("moon", t("After the check-in the screen is dark and shows the time.")),
        fact("stopwatch", t("Above and below the time are two timers: tap to start, tap to stop.")),
        fact("camera", t("A tap on the time takes a photo.")),
        fact("logout", t("Hold the time for two seconds to check out. The questions come then.")),
        fact("bell", t("Mute the phone, and its camera, before you go in.")),
      ),
      begin,
    ])
    return true
  }
}
