/** What this phone knows of one visit besides its content: where it stands, what is asked for, what was handed in. */
import { handedInAgain, isHandedIn, learned, leavingOpen } from "#js/field/later/asking.js"
import { writing } from "#js/field/database.js"
import { lacksReceipt, withReceipts } from "#js/field/receipts.js"

const OPEN = new Set(["in_progress", "returned"])
const TAKES_HAND_INS = new Set([...OPEN, "abandoned"])
const DECIDED = new Set(["approved", "released", "excluded", "withdrawn"])

/** Whether the shopper may write in an evaluation in this state. */
export function isOpenState(state) {
  return OPEN.has(state)
}

export class VisitRecord {
  #database
  #key
  #record

  constructor(database, record) {
    this.#database = database
    this.#key = [record.user, record.eid]
    this.#record = record
  }

  /** The visit of a package ({visit, eid, vid, document …}), kept for this person; what is known of it stays. */
  static async keep(database, user, parcel) {
    const record = await writing(database, ["evaluations", "packages"], async (transaction) => {
      const evaluations = transaction.objectStore("evaluations")
      const known = await evaluations.get([user, parcel.eid])
      const fresh = { user, eid: parcel.eid, round: 1, state: "in_progress", cursor: 0, seqs: {}, receipts: [], handIn: null }
      const next = { ...fresh, ...known, visit: parcel.visit, vid: parcel.vid }
      await transaction.objectStore("packages").put({ ...parcel, user })
      await evaluations.put(next)
      return next
    })
    return new VisitRecord(database, record)
  }

  /** The package of a visit that is on this phone, or null. */
  static async packageOf(database, user, visit) {
    return (await database.transaction(["packages"], "readonly").objectStore("packages").get([user, visit])) ?? null
  }

  async refresh() {
    this.#record = await this.#database.transaction(["evaluations"], "readonly").objectStore("evaluations").get(this.#key)
  }

  get eid() {
    return this.#record.eid
  }

  /** All that is kept of it. */
  get told() {
    return this.#record
  }

  /** Whether the visit was called off. */
  get isCalledOff() {
    return this.#record.state === "abandoned"
  }

  get round() {
    return this.#record.round
  }

  get cursor() {
    return this.#record.cursor
  }

  /** The change that the cursor stands at, as far as the server named it: after a backup the number may be another's. */
  get lastArrived() {
    return this.#record.cursor > 0 ? (this.#record.last ?? null) : null
  }

  /** Whether the shopper may write: it is not handed in, or it came back. */
  get isOpen() {
    return OPEN.has(this.#record.state)
  }

  /** Whether an editor came to a decision: nothing comes back any more unless it is opened again. */
  get isDecided() {
    return DECIDED.has(this.#record.state)
  }

  /** Whether a hand-in waits to be sent. */
  get isReady() {
    return this.#record.handIn?.state === "ready"
  }

  /** Why the server did not take the last hand-in, or null. */
  get refusal() {
    return this.#record.handIn?.state === "refused" ? (this.#record.handIn.message ?? "") : null
  }

  /** The last receipt, or null; until the server was asked for it, one whose answer was lost is known by its first characters. */
  get receipt() {
    const { receipts, receiptCode } = this.#record
    return receipts.at(-1) ?? (receiptCode ? { digest: receiptCode } : null)
  }

  get receipts() {
    return this.#record.receipts
  }

  /** Whether a receipt was given of which only the first characters are known here. */
  get lacksReceipt() {
    return lacksReceipt(this.#record)
  }

  /** Take in all receipts that the server gave. */
  keepReceipts(receipts) {
    return this.#alter((record) => withReceipts(record, receipts))
  }

  /** Whether the editor sent it back in this round: there are remarks or a note, or it says so. */
  get isReturned() {
    return this.isOpen && this.#record.round > 1
  }

  get note() {
    return this.isReturned ? (this.#record.note ?? "") : ""
  }

  get deadline() {
    return this.#record.deadline ?? null
  }

  /** What is to be mended, by question. */
  get remarks() {
    return this.isReturned ? (this.#record.remarks ?? {}) : {}
  }

  /** What is asked after the visit, by key, as later/asking.js tells it; null where nobody has told of it yet. */
  get followUps() {
    return this.#record.followUps ?? null
  }

  /** Alter what this phone knows of the follow-up `key`; `planned` stands for all of them where nobody told of them yet. */
  alterFollowUp(key, planned, change) {
    return this.#alter((record) => {
      const followUps = record.followUps ?? planned
      return { ...record, followUps: { ...followUps, [key]: change(followUps[key]) } }
    })
  }

  holdsPhoto(id) {
    return (this.#record.photosHeld ?? []).includes(id)
  }

  /** Hand in as soon as everything has gone; `id` names the hand-in for good, `open` counts what is left open. */
  makeReady(id, open = 0) {
    return this.#alter((record) => ({ ...record, handIn: { id, round: record.round, state: "ready", open } }))
  }

  /** Something came in time for a hand-in that waits to be sent: so much is left open now. */
  leavesOpen(open) {
    return this.#alter((record) => leavingOpen(record, open))
  }

  /** Take the hand-in back, where it was not confirmed meanwhile. */
  takeBack() {
    return this.#alter((record) => ({ ...record, handIn: null }))
  }

  /**
   * Take in what the server says of the visit's state, after its changes were taken in. A server that was restored from
   * a backup may have lost a hand-in: a round that it once gave a receipt for is handed in again, under the same id. Of a
   * visit that was called off the hand-in still goes.
   */
  learn({ cursor, last = null, state, round, deadline, note, remarks, photos, receipt, follow_ups: told = null }) {
    const isClosed = ({ handIn }) => handIn && (round > handIn.round || !TAKES_HAND_INS.has(state))
    const again = ({ receipts = [], handIn }) => (OPEN.has(state) && handedInAgain(receipts, round)) || handIn
    return this.#alter((record) => ({
      ...record, cursor, last, state, round, deadline, note, remarks, photosHeld: photos.map(({ id }) => id),
      receiptCode: receipt, handIn: isClosed(record) ? null : again(record), unanswered: isClosed(record) ? record.handIn : record.unanswered,
      followUps: told && isHandedIn({ state, round }) ? learned(record.followUps, told) : record.followUps,
    }))
  }

  /** Begin again from the server's first change. */
  forgetCursor() {
    return this.#alter((record) => ({ ...record, cursor: 0 }))
  }

  async #alter(change) {
    this.#record = await writing(this.#database, ["evaluations"], async (transaction) => {
      const store = transaction.objectStore("evaluations")
      const next = change(await store.get(this.#key))
      await store.put(next)
      return next
    })
  }
}
