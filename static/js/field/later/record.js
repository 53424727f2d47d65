/** One follow-up, looked at as the notebook and the page look at a visit: where it stands, what was handed in of it. */
import { leavingOpen } from "#js/field/later/asking.js"

export class FollowUpRecord {
  #visit
  #key
  #planned

  /** `visit` is its VisitRecord; `planned` are all its follow-ups, as they stand until the server has told of them. */
  constructor(visit, key, planned) {
    this.#visit = visit
    this.#key = key
    this.#planned = planned
  }

  get #own() {
    return (this.#visit.followUps ?? this.#planned)[this.#key] ?? {}
  }

  get eid() {
    return this.#visit.eid
  }

  get cursor() {
    return this.#visit.cursor
  }

  get lastArrived() {
    return this.#visit.lastArrived
  }

  get round() {
    return this.#own.round ?? 1
  }

  /** Whether the visit that it belongs to was handed in, so that it may be answered at all. */
  get isAsked() {
    return Boolean(this.#own.state) && !(this.#visit.isOpen && this.#visit.round === 1)
  }

  get isOpen() {
    return this.isAsked && this.#own.state === "due"
  }

  /** "due", "submitted", "approved" or "not_observed". */
  get state() {
    return this.#own.state ?? null
  }

  /** Whether an editor came to a decision. */
  get isDecided() {
    return this.state === "approved"
  }

  get dueOn() {
    return this.#own.due_on ?? null
  }

  get isCalledOff() {
    return this.#visit.isCalledOff
  }

  get isReady() {
    return this.#own.handIn?.state === "ready"
  }

  get refusal() {
    return this.#own.handIn?.state === "refused" ? (this.#own.handIn.message ?? "") : null
  }

  get receipts() {
    return this.#own.receipts ?? []
  }

  get receipt() {
    const { receipt } = this.#own
    return this.receipts.at(-1) ?? (receipt ? { digest: receipt } : null)
  }

  get isReturned() {
    return this.isOpen && this.round > 1
  }

  get remarks() {
    return this.isReturned && this.#own.remark ? { [this.#key]: [this.#own.remark] } : {}
  }

  holdsPhoto(id) {
    return this.#visit.holdsPhoto(id)
  }

  get lacksReceipt() {
    return this.#visit.lacksReceipt
  }

  keepReceipts(receipts) {
    return this.#visit.keepReceipts(receipts)
  }

  refresh() {
    return this.#visit.refresh()
  }

  learn(data) {
    return this.#visit.learn(data)
  }

  forgetCursor() {
    return this.#visit.forgetCursor()
  }

  /** Hand it in as soon as everything has gone. */
  makeReady(id, open = 0) {
    return this.#alter((own) => ({ ...own, handIn: { id, round: own.round, state: "ready", open } }))
  }

  /** So much of it is left open, now that what was still being noted is there. */
  leavesOpen(open) {
    return this.#alter((own) => leavingOpen(own, open))
  }

  takeBack() {
    return this.#alter((own) => ({ ...own, handIn: null }))
  }

  #alter(change) {
    return this.#visit.alterFollowUp(this.#key, this.#planned, change)
  }
}
