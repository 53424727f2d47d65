/** "On this phone": everything that only this phone has, over all visits; sends it, and writes it into a file. */
import { icon, make, setText } from "#js/field/dom.js"
import { sha256 } from "#js/field/hashing.js"
import { exportUnsent } from "#js/field/holding/exporting.js"
import { nothingHeld, visitSection } from "#js/field/holding/list.js"
import { settleDrafts, unsent } from "#js/field/holding/unsent.js"
import { openShelter } from "#js/field/offline/shelter.js"
import { signedOutWords, wordsOf } from "#js/field/status.js"
import { timeOfDay } from "#js/field/times.js"
import { isOpenState } from "#js/field/visit_record.js"
import { workshopOf } from "#js/field/workshop.js"
import { t } from "#js/lib/words.js"

const LOOK_MS = 5_000

export async function attach(root) {
  const say = (words) => root.querySelector("[data-held]").replaceChildren(make("p", { class: "note note-bad", role: "alert" }, words))
  const workshop = await workshopOf(root.dataset.user, say)
  if (!workshop) return
  await openShelter(workshop, sha256).belongsTo()
  await new HoldingPage(root, workshop).open()
}

class HoldingPage {
  #shown = ""
  #pictures = new Map()
  #channel = new BroadcastChannel("shopper-field")
  #said = ""
  #turn = 0

  constructor(root, workshop) {
    this.root = root
    this.language = root.dataset.language
    this.parts = { database: workshop.database, user: workshop.user, tray: workshop.tray, log: (eid) => workshop.log(eid), shelf: (eid) => workshop.shelf(eid), hash: sha256 }
    this.workshop = workshop
    this.pump = workshop.pump({ onChange: () => this.#onPump() })
    this.place = root.querySelector("[data-held]")
    this.buttons = Object.fromEntries(["send", "export"].map((name) => [name, root.querySelector(`[data-${name}]`)]))
  }

  async open() {
    this.buttons.send.addEventListener("click", () => this.#send())
    this.buttons.export.addEventListener("click", () => this.#export())
    addEventListener("online", () => this.pump.nudge())
    document.addEventListener("visibilitychange", () => document.hidden || this.pump.nudge())
    this.#channel.addEventListener("message", () => this.#show())
    setInterval(() => this.#settle(), LOOK_MS)
    await this.#settle()
    await this.pump.nudge()
  }

  async #onPump() {
    await this.#show()
    this.#channel.postMessage("sent")
  }

  /** What a killed page left becomes changes; what another page types just now is left to it. */
  async #settle(how) {
    if ((await settleDrafts(this.parts, how)) > 0) {
      this.#channel.postMessage("written")
      this.pump.offer()
    }
    await this.#show()
  }

  async #send() {
    await this.#settle({ olderThanMs: 0 })
    await this.pump.nudge()
  }

  async #export() {
    this.buttons.export.disabled = true
    try {
      await this.#settle({ olderThanMs: 0 })
      await this.workshop.shrinkAll()
      const files = await exportUnsent(this.parts)
      for (const [place, pieces] of files.entries()) save(pieces, nameOf(place, files.length))
      this.#said = t("The file was written. Send it to the office. What is in it stays on this phone until the server has confirmed it.")
    } catch (error) {
      this.#said = t("The file could not be written. Everything is still on this phone.")
      throw error
    } finally {
      this.buttons.export.disabled = false
      await this.#show()
    }
  }

  async #show() {
    const turn = ++this.#turn
    const [visits, counts] = await Promise.all([unsent(this.parts, isOpenState), this.workshop.tray.count()])
    if (turn !== this.#turn) return
    const held = visits.reduce((sum, { items }) => sum + items.length, 0)
    const state = { visits: visits.map(({ parcel, ...rest }) => rest), pump: [this.pump.isSignedOut, this.pump.trouble, this.pump.nextAt, this.pump.progress], counts }
    this.#strip(held)
    this.#status(counts, visits)
    this.buttons.send.hidden = !visits.length || this.pump.isSignedOut
    this.buttons.export.hidden = !visits.length
    this.root.querySelector("[data-sign-in]").hidden = !this.pump.isSignedOut
    this.root.querySelector("[data-bar]").hidden = !visits.length && !this.pump.isSignedOut
    const key = JSON.stringify(state)
    if (key === this.#shown) return
    this.#shown = key
    await this.#draw(visits, counts)
  }

  async #draw(visits, counts) {
    await this.#fetchPictures(visits)
    const clock = (ms) => timeOfDay(ms, { language: this.language })
    const how = { pump: this.pump, language: this.language, clock, pictures: this.#pictures }
    this.place.replaceChildren(...(visits.length ? visits.map((one) => visitSection(one, how)) : [nothingHeld(counts.acknowledged)]))
  }

  /** Thumbnails of the photos that are shown; those of photos that have gone are given back. */
  async #fetchPictures(visits) {
    const photos = visits.flatMap(({ eid, items }) => items.filter(({ photo }) => photo).map(({ photo }) => ({ eid, photo })))
    const wanted = new Set(photos.map(({ photo }) => photo.id))
    for (const [id, address] of this.#pictures) {
      if (wanted.has(id)) continue
      URL.revokeObjectURL(address)
      this.#pictures.delete(id)
    }
    for (const { eid, photo } of photos.filter(({ photo }) => !this.#pictures.has(photo.id))) {
      const shelf = this.workshop.shelf(eid)
      const bytes = (await shelf.bytes(`${photo.id}/thumbnail`)) ?? (await shelf.bytes(photo.bytesId))
      if (bytes) this.#pictures.set(photo.id, URL.createObjectURL(new Blob([bytes])))
    }
  }

  #status(counts, visits) {
    const drafts = visits.flatMap(({ items }) => items).filter(({ id }) => id.startsWith("draft ")).length
    const { tone, text } = wordsOf({ ...counts, drafts, unsaved: null, typing: false, signedOut: this.pump.isSignedOut, sending: this.pump.progress, receipt: null, isOpen: true })
    const element = this.root.querySelector("[data-status]")
    element.dataset.tone = tone
    setText(element, visits.length ? text : "") // else the page itself says it
  }

  #strip(held) {
    const strip = this.root.querySelector("[data-strip]")
    const words = this.pump.isSignedOut ? signedOutWords(held) : ""
    strip.hidden = words === ""
    if (strip.textContent !== words) strip.replaceChildren(icon("lock"), make("span", {}, words))
    const told = this.root.querySelector("[data-told]")
    told.hidden = this.#said === ""
    setText(told, this.#said)
  }
}

function nameOf(place, count) {
  const day = new Date().toISOString().slice(0, 16).replace("T", "-").replace(":", "")
  return `shopper-unsent-${day}${count > 1 ? `-${place + 1}` : ""}.zip`
}

/** Let the browser keep `pieces` as a file. */
function save(pieces, name) {
  const address = URL.createObjectURL(new Blob(pieces, { type: "application/zip" }))
  const link = make("a", { href: address, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
