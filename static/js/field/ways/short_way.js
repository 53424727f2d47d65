/** The way of a visit that cannot be made: a few words, a photo and the hand-in, with signal or without. */
import { icon, make } from "#js/field/dom.js"
import { isGood } from "#js/field/photo_states.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { shortLacks } from "#js/field/short_path.js"
import { shortLackWords, shortPage } from "#js/field/ways/short_page.js"
import { t } from "#js/lib/words.js"

const ENDING = "visit:outcome"

export class ShortWay {
  place = "/short"
  #book
  #frame
  #clock
  #on
  #page = null
  #barOf = null

  constructor({ book, frame, clock, on }) {
    this.#book = book
    this.#frame = frame
    this.#clock = clock
    this.#on = on
  }

  start() {
    const { visit, wasMade } = this.#book
    return wasMade || visit.isReturned ? null : this.place
  }

  /** Until it is taken back that the visit cannot be made, questions are shut; what an editor wants mended is open. */
  leads(place) {
    const { visit, wasMade } = this.#book
    if (!visit.isOpen) return null
    if (place === this.place) return wasMade && visit.isReady ? "/hand-in" : place
    if (wasMade || place === "/briefing" || place === "/returned") return null
    return place === "/hand-in" || !visit.isReturned ? this.place : null
  }

  #lacks() {
    const book = this.#book
    const places = new Set(book.standing("photo:").filter(({ value }) => value).map(({ value }) => value.question))
    const photos = [...places].flatMap((key) => book.photosOf(key)).filter(isGood).length
    return shortLacks({ note: "", ...book.ending, isCheckedIn: book.checkIn !== null, photos })
  }

  show() {
    this.#page = shortPage({ clock: this.#clock, on: this.#listeners(), pictureOf: this.#on.callbacks.pictureOf })
    this.#barOf = null
    this.#draw()
    this.#frame.put({ stage: this.#page.element, bar: this.#bar() })
  }

  refresh() {
    this.#draw()
    const bar = this.#bar()
    if (bar) this.#frame.bar.replaceChildren(...bar)
  }

  #draw() {
    const book = this.#book
    this.#page.show({
      outcome: book.ending?.outcome ?? null, note: book.ending?.note ?? "", photos: book.photosOf(null), checkIn: book.checkIn,
      lacks: this.#lacks(), isLocked: book.isLocked, isReady: book.visit.isReady,
    })
  }

  /** The bar's buttons, or null where they are there already. */
  #bar() {
    const { visit, wasMade } = this.#book
    const lacks = this.#lacks()
    const of = [visit.isReady, wasMade, lacks].join()
    if (of === this.#barOf) return null
    this.#barOf = of
    if (visit.isReady) return [wide(t("Take it back"), "arrow-back-up", this.#on.takeBack, "wide")]
    const back = make("button", { type: "button", class: "round", "aria-label": t("Back"), onclick: () => this.#on.goTo(wasMade && this.#book.checkIn ? "/hand-in" : "/briefing") }, icon("chevron-left"))
    return wasMade ? [back] : [back, this.#handIn(lacks)]
  }

  #handIn(lacks) {
    const handIn = () => this.#on.handIn(() => this.#lacks().length)
    if (!lacks.length) return wide(t("Hand in"), "send", handIn)
    const words = lacks.length === 1 ? t("Hand in with 1 open") : t("Hand in with %(n)s open", { n: lacks.length })
    return wide(words, "send", () => askFirst(lacks, handIn), "wide")
  }

  #listeners() {
    const { callbacks, checkIn } = this.#on
    const book = this.#book
    return {
      say: (outcome) => book.write(ENDING, "outcome.set", { outcome, note: book.ending?.note ?? "" }),
      type: (note) => book.type(ENDING, "outcome.set", { outcome: book.ending.outcome, note }),
      leave: () => book.seal(),
      checkIn,
      undo: () => book.write(ENDING, "outcome.set", { outcome: "made", note: "" }),
      pick: (files, source, busy) => callbacks.pick(null, files, source, busy),
      beforeCamera: () => callbacks.beforeCamera(null),
      cancelled: callbacks.cancelled,
      fullPicture: callbacks.fullPicture,
      remove: (id) => book.removePhoto(id),
    }
  }

  /** The way in, from the briefing and from the hand-in. */
  link() {
    if (this.#book.isLocked) return null
    return make("button", { type: "button", class: "quiet", onclick: () => this.#on.goTo(this.place) }, icon("circle-x"), t("The visit cannot be made"))
  }
}

/** What is missing goes to the editor as it is, but not by a slip of the thumb. */
function askFirst(lacks, handIn) {
  const stay = make("button", { type: "button", class: "wide wide-filled", autofocus: true, onclick: () => sheet.close() }, t("Add it"))
  const leave = make("button", { type: "button", class: "wide wide-quiet", onclick: () => (sheet.close(), handIn()) }, icon("send"), t("Hand in as it is"))
  const sheet = openSheet(t("Something is missing"), [
    make("ul", { class: "facts" }, lacks.map((code) => make("li", {}, icon("alert-circle"), shortLackWords(code)))),
    make("p", {}, t("What you hand in open, the editor will see as open, and may send back to you.")),
    make("div", { class: "stack" }, stay, leave),
  ])
}

function wide(words, name, act, look = "wide wide-filled") {
  return make("button", { type: "button", class: look, onclick: act }, words, icon(name))
}
