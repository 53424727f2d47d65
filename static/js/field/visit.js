/** The page of one visit: reads, keeps and sends what its shopper finds. Attached to the server's page. */
import { catchUp } from "#js/field/catch_up.js"
import { clocks } from "#js/field/clocks.js"
import { PendingCapture } from "#js/field/capture.js"
import { make } from "#js/field/dom.js"
import { sha256 } from "#js/field/hashing.js"
import { uuid7 } from "#js/field/ids.js"
import { Notebook } from "#js/field/notebook.js"
import { addressOf, openShelter } from "#js/field/offline/shelter.js"
import { Readiness } from "#js/field/offline/telling.js"
import { askedAlone } from "#js/field/later/asking.js"
import { followUpIn } from "#js/field/later/place.js"
import { FollowUpRecord } from "#js/field/later/record.js"
import { FollowUpScreens } from "#js/field/later/screens.js"
import { followUpsOf } from "#js/field/later/shelf.js"
import { isGood } from "#js/field/photo_states.js"
import { takeIn, takenWords } from "#js/field/picking.js"
import { whereAmI } from "#js/field/place.js"
import { purge } from "#js/field/purge.js"
import { Frame } from "#js/field/screens/frame.js"
import { openSafety } from "#js/field/screens/safety_sheet.js"
import { VisitScreens } from "#js/field/screens/visit_screens.js"
import { VisitRecord } from "#js/field/visit_record.js"
import { glimpse } from "#js/field/shrink.js"
import { UnderWay } from "#js/field/under_way.js"
import { speakerOf } from "#js/field/wordings.js"
import { workshopOf } from "#js/field/workshop.js"
import { t } from "#js/lib/words.js"

const FIRST_NEWS_MS = 4_000
const TAKE_BACK_MS = 2_000
/** What stands for a question where a photo belongs to none yet. */
const UNSORTED = { key: null, max_count: null }
const NO_QUESTION = "/"

export async function attach(root) {
  const { user, visit: visitId, language } = root.dataset
  const workshop = await workshopOf(user, (words, isWorthATry) => plainly(root, words, isWorthATry ? t("Try again") : null))
  if (!workshop) return
  const parcel = await parcelOf(workshop, visitId)
  if (!parcel.document) return plainly(root, parcel.words, t("Try again"))
  const visit = await VisitRecord.keep(workshop.database, user, parcel)
  const parts = await partsOf(workshop, visit, parcel)
  const page = new VisitPage({ root, workshop, parcel, language, ...parts })
  await page.open()
}

/** The visit itself, or the one question asked after it that the address names: each is a page of its own. */
async function partsOf({ database }, visit, parcel) {
  const document = JSON.parse(parcel.document)
  const key = followUpIn(location.hash)
  const alone = key && askedAlone(document, key)
  addEventListener("hashchange", () => followUpIn(location.hash) !== key && (key || followUpIn(location.hash)) && location.reload())
  if (!alone) return { visit, document, Screens: VisitScreens }
  const planned = await followUpsOf(database, visit.told, parcel)
  return { visit: new FollowUpRecord(visit, key, planned), document: alone, Screens: FollowUpScreens }
}

/** Say one thing in place of the page's button. */
function plainly(root, words, again = null) {
  const parts = [make("p", { class: "note note-bad", role: "alert" }, words)]
  if (again) parts.push(make("button", { type: "button", class: "wide wide-filled", onclick: () => location.reload() }, again))
  root.querySelector("[data-bar]").replaceChildren(...parts)
}

/** The package as the server has it now, else as it is on this phone; `words` where there is neither. */
async function parcelOf({ database, user, sender }, visitId) {
  const kept = await VisitRecord.packageOf(database, user, visitId)
  if (kept) return kept
  const verdict = await sender.package(visitId)
  if (verdict.kind === "signed_out") return { words: t("Signed out. Sign in again to open this visit.") }
  const parcel = verdict.data
  const isWhole = verdict.kind === "accepted" && (await sha256(parcel.document)) === parcel.vid
  return isWhole ? parcel : { words: t("The visit could not be loaded. Go where there is signal and try again.") }
}

/** That the lock was not free in time is no error. */
function unlessLate(error) {
  if (error.name !== "TimeoutError" && error.name !== "AbortError") throw error
  return false
}

class VisitPage {
  #message = null
  #counts = { waiting: 0, preparing: 0, attention: 0, frozen: 0, acknowledged: 0 }
  #counting = 0
  #isUncounted = false
  #wantsNews = true
  #underWay = new UnderWay()
  #channel = new BroadcastChannel("shopper-field")

  constructor({ root, workshop, visit, parcel, document, language, Screens }) {
    this.Screens = Screens
    this.root = root
    this.workshop = workshop
    this.visit = visit
    this.log = workshop.log(visit.eid)
    this.shelf = workshop.shelf(visit.eid, this.log)
    this.book = new Notebook({ document, visit, log: this.log, shelf: this.shelf, clocks })
    this.capture = new PendingCapture(workshop.database, workshop.user, visit.eid)
    this.pump = workshop.pump({
      catchUp: () => this.#news(), onChange: () => this.#onSent(), whenReady: async () => this.visit.isReady && this.#underWay.ended(),
    })
    this.say = speakerOf(document, language)
    this.clock = { language, zone: parcel.location.time_zone }
    this.shelter = openShelter(workshop, sha256)
    this.readiness = new Readiness({ shelter: this.shelter, visit: parcel.visit, build: root.dataset.build, place: root.querySelector("[data-ready]") })
    this.frame = new Frame(root, {
      openSafety: () => this.#openSafety(), retry: () => this.book.seal(), takeBack: () => this.#takeBack(), dismiss: () => this.#tell(null),
      signIn: () => location.assign(this.#signInAddress),
    })
  }

  async open() {
    await this.book.open()
    const first = this.pump.nudge()
    const isNew = !this.book.checkIn && this.visit.cursor === 0
    if (isNew) await Promise.race([first, new Promise((resolve) => setTimeout(resolve, FIRST_NEWS_MS))])
    this.screens = new this.Screens({
      frame: this.frame, book: this.book, say: this.say, clock: this.clock, clocks, makeId: uuid7, isDiscreet: this.root.dataset.capture === "discreet",
      on: {
        checkIn: () => this.#checkIn(), checkOut: () => this.#note("check_out"), handIn: (countOpen) => this.#handIn(countOpen), takeBack: () => this.#takeBack(),
        trouble: () => (this.book.unsaved ? t("Not saved.") : this.#message?.tone === "bad" ? this.#message.text : ""),
        counts: () => ({ ...this.#counts, photos: this.#photosWaiting() }), callbacks: this.#callbacks(),
      },
    })
    await this.#count()
    this.book.onChange((how) => this.#onBook(how))
    this.screens.show()
    await this.#returnToCapture()
    this.#listen()
    this.#refresh()
    await this.shelter.belongsTo()
    for (const visit of await purge(this.workshop.database, this.workshop.user)) await this.shelter.forget(visit)
    if (this.visit.isOpen) await this.readiness.see()
  }

  #listen() {
    addEventListener("online", () => this.#askAgain())
    document.addEventListener("visibilitychange", () => (document.hidden ? this.book.seal() : this.#askAgain()))
    addEventListener("pagehide", () => this.book.seal())
    this.#channel.addEventListener("message", () => this.#reread())
  }

  #askAgain() {
    this.#wantsNews = true
    return this.pump.nudge()
  }

  /** What the server knows and this phone does not; asked for at start, when the page is looked at again, and on a tap. */
  async #news() {
    if (!this.#wantsNews) return
    const verdict = await catchUp({ sender: this.workshop.sender, visit: this.visit, log: this.log })
    if (verdict.kind === "accepted") this.#wantsNews = false
    await this.book.refresh()
    return verdict
  }

  async #onSent() {
    await this.#reread()
    this.#channel.postMessage("sent")
  }

  async #reread() {
    await this.visit.refresh()
    await this.book.refresh()
  }

  async #onBook({ written, typed }) {
    if (written) {
      this.#isUncounted = true // until it is counted nothing may be called safe
      this.pump.offer()
      this.#channel.postMessage("written")
    }
    this.screens.refresh()
    this.#refresh()
    if (typed) return
    await this.#count()
    this.#refresh()
  }

  async #count() {
    const turn = ++this.#counting
    const counts = await this.workshop.tray.count(this.visit.eid)
    if (turn !== this.#counting) return // something was written meanwhile, and is being counted
    this.#counts = counts
    this.#isUncounted = false
  }

  get #questions() {
    return this.book.document.touchpoints.flatMap((touchpoint) => touchpoint.questions)
  }

  #question(key) {
    return this.#questions.find((question) => question.key === key)
  }

  #photosWaiting() {
    return [UNSORTED, ...this.#questions].flatMap(({ key }) => this.book.photosOf(key)).filter(({ state }) => state === "kept").length
  }

  get #safety() {
    return {
      ...this.#counts, drafts: this.book.drafts, typing: this.book.isTyping || this.#isUncounted, unsaved: this.book.unsaved,
      signedOut: this.pump.isSignedOut, sending: this.pump.progress, receipt: this.visit.receipt, isOpen: this.visit.isOpen,
    }
  }

  #refresh() {
    this.frame.tellSafety(this.#safety)
    const { waiting, preparing, attention, frozen } = this.#counts
    this.frame.strip.show({
      unsaved: this.book.unsaved, refusal: this.visit.refusal, isReady: this.visit.isReady, message: this.#message,
      signedOut: this.pump.isSignedOut ? waiting + preparing + attention + frozen + this.book.drafts : null,
    })
  }

  #tell(message) {
    this.#message = message
    this.#refresh()
  }

  get #signInAddress() {
    return `${this.root.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`
  }

  #openSafety() {
    const isBad = ({ key }) => this.book.troubleOf(key) || !this.book.photosOf(key).every(isGood)
    openSafety(
      { safety: this.#safety, troubles: this.#questions.filter(isBad), say: this.say, signInAddress: this.#signInAddress },
      { sendNow: () => this.#askAgain(), goTo: (key) => this.screens.goTo(key) },
    )
  }

  // ---- the visit's own acts

  /** The time is noted at once; the place follows when it is found, if the shopper allows it. */
  async #note(kind) {
    const at_ms = Date.now()
    const place = whereAmI()
    await this.book.note(kind, { at_ms, place: null })
    this.#underWay.add(place.then((found) => found && this.book.noteAfter(kind, { at_ms, place: found })))
  }

  async #checkIn() {
    this.readiness.see({ isTap: true })
    await this.#note("check_in")
    if (!this.book.unsaved) this.screens.goTo(this.screens.start())
  }

  /** Hand in; it lasts at once, and goes when what is just being noted is with it. `countOpen()` says how much is open. */
  async #handIn(countOpen) {
    await this.book.seal()
    if (this.book.unsaved) return
    await this.book.orAlarm(() => this.visit.makeReady(uuid7(), countOpen()))
    if (!this.visit.isReady) return
    this.#tell(null)
    await this.book.refresh()
    if (await this.#underWay.ended()) await this.visit.leavesOpen(countOpen())
    this.pump.nudge()
  }

  /** Taking back waits for a moment; where it is just being sent, it says so. The server may have it already, and is asked. */
  async #takeBack() {
    const soon = { signal: AbortSignal.timeout(TAKE_BACK_MS) }
    const isDone = await navigator.locks.request("shopper-outbox", soon, () => this.visit.takeBack()).then(() => true, unlessLate)
    this.#tell(isDone ? null : { text: t("It is being sent just now. Try again in a moment.") })
    await this.book.refresh()
    this.#askAgain()
  }

  // ---- photos

  #callbacks() {
    return {
      pick: (key, files, source, busy) => this.#underWay.add(this.#pick(key, files, source, busy)),
      beforeCamera: async (key) => {
        await this.book.seal()
        await this.capture.begin(key ?? NO_QUESTION)
      },
      cancelled: () => this.capture.end(),
      referenceOf: ({ sha256: name }) => `${addressOf(this.root.dataset.visit)}/pictures/${name}`,
      pictureOf: (photo) => this.#picture(photo, async () => glimpse(await this.book.pictureOf(photo)), "thumbnail"),
      fullPicture: (photo) => this.#picture(photo, () => photo.bytesId && this.shelf.bytes(photo.bytesId), "web"),
    }
  }

  /** Where a photo is shown from. A HEIC is still one here because this browser cannot read it: the server can. */
  async #picture({ id, state, mime }, read, size) {
    const isLegible = mime !== "image/heic" || state !== "acknowledged"
    const bytes = isLegible ? await read() : null
    if (bytes) return URL.createObjectURL(new Blob([bytes]))
    return state === "acknowledged" ? `/field/photos/${id}/${size}` : null
  }

  /** Take in the files just picked; resolves to what is to be said of them at their question. */
  async #pick(key, files, source, busy) {
    const question = this.#question(key) ?? UNSORTED
    const room = () => this.book.roomAt(question)
    const done = await takeIn(files, { source, room, busy, keep: (bytes, facts) => this.book.addPhoto(key, bytes, facts) })
    busy(null)
    await this.capture.end()
    if (done.lost) this.#tell({ tone: "bad", icon: "alert-triangle", text: t("A photo was not kept. Your answers are safe; take the photo again.") })
    this.#sendPicked()
    return takenWords(done, this.book.mostAt(question))
  }

  async #sendPicked() {
    await this.workshop.shrinkAll(() => this.book.refresh())
    this.pump.offer()
  }

  /** The page was killed while the camera was open: back to that question, saying what is safe. */
  async #returnToCapture() {
    const key = await this.capture.unfinished()
    if (!key || this.book.isLocked) return
    this.screens.goTo(key === NO_QUESTION ? this.screens.start() : key)
    this.#message = { icon: "camera", text: t("Your answers are safe; the photo did not arrive, take it again.") }
    this.screens.refresh()
  }
}
