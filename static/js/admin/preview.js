/** The phone's own screens over a notebook that keeps nothing: what a shopper will meet, tried at the desk. */
import { PreviewBook } from "#js/admin/preview_book.js"
import { icon, make } from "#js/field/dom.js"
import { Frame } from "#js/field/screens/frame.js"
import { Journey } from "#js/field/screens/journey.js"
import { speakerOf } from "#js/field/wordings.js"
import { t } from "#js/lib/words.js"

export function attach(root) {
  const document = JSON.parse(root.querySelector("[data-document]").textContent)
  new Preview(root, document, speakerOf(document, root.dataset.language)).begin()
}

class Preview {
  constructor(root, document, say) {
    this.book = new PreviewBook(document, root.dataset.drawing)
    this.say = say
    this.frame = new Frame(root, { openSafety() {}, retry() {}, takeBack() {}, dismiss() {} })
    this.briefing = this.frame.stage.firstElementChild
    this.journey = new Journey({
      book: this.book, say, goTo: (key) => this.show(key), goOn: () => this.end(), callbacks: this.#callbacks(),
    })
    this.book.onChange(() => this.#changed())
    globalThis.addEventListener("message", (event) => this.#hear(event))
    root.addEventListener("click", (event) => this.#drawInstead(event))
  }

  /** The page around may give back what was found before, and say which question to show. */
  #hear({ source, origin, data }) {
    if (source !== globalThis.parent || source === globalThis.self || origin !== location.origin) return
    if (data.ask === "ready" && this.isReady) this.#tell({ isReady: true })
    if (data.found) this.#restore(data.found)
    if (data.show && this.book.holds(data.show)) this.show(data.show)
  }

  #restore(found) {
    this.book.restore(found)
    if (this.journey.here) this.show(this.journey.here.question.key)
  }

  /** In place of the camera and the gallery: the chooser of files stays shut, and a drawing is taken. */
  #drawInstead(event) {
    if (!event.target.matches?.("input[type=file]")) return
    event.preventDefault()
    if (this.pictured) this.book.addPhoto(this.pictured)
  }

  begin() {
    const isEmpty = this.journey.steps.length === 0
    const words = isEmpty ? t("Nothing is asked yet") : t("Continue")
    const go = make("button", { type: "button", class: "wide wide-filled", disabled: isEmpty, onclick: () => this.show(this.journey.firstOpen()) }, words, icon("chevron-right"))
    this.frame.put({ stage: this.briefing, bar: [go] })
    this.isReady = true
    this.#tell({ isReady: true })
  }

  show(key) {
    this.journey.show(key)
    this.frame.put({ header: this.journey.header, stage: this.journey.main, bar: [this.journey.bar] })
    this.journey.arrive()
  }

  end() {
    const open = new Set(this.book.missing().map(({ question }) => question)).size
    const words = open === 0 ? t("Everything is answered. Here the shopper hands in.") : t("Here the shopper hands in. %(n)s still open.", { n: open })
    const again = make("button", { type: "button", class: "wide wide-filled", onclick: () => this.show(this.journey.firstOpen()) }, t("Back to the questions"), icon("chevron-left"))
    this.frame.put({ stage: make("article", { class: "page" }, make("h2", { tabindex: "-1" }, t("The end")), make("p", {}, words)), bar: [again] })
  }

  #changed() {
    this.journey.refresh()
    this.#tell({ ...this.book.found, words: this.book.wordsOfFound(this.say) })
  }

  #tell(words) {
    globalThis.parent.postMessage(words, location.origin)
  }

  #callbacks() {
    return {
      pick: async (key, files) => files.forEach(() => this.book.addPhoto(key)),
      beforeCamera: async (key) => { this.pictured = key },
      cancelled() {},
      pictureOf: async ({ address }) => address,
      fullPicture: async ({ address }) => address,
      referenceOf: ({ sha256 }) => `${this.frame.root.dataset.pictures}${sha256}/picture`,
    }
  }
}
