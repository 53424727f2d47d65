/**
 * What of a person still has to reach the server, over all evaluations on this phone: the outbox takes from
 * here and reports back. Nothing is taken out of it but by an answer of the server.
 */
import { writing } from "#js/field/database.js"
import { canonical } from "#js/field/canonical.js"
import { sha256 } from "#js/field/hashing.js"
import { handInOf } from "#js/field/later/asking.js"

const MOST_CHANGES = 200
const MOST_BYTES = 900_000
const PATIENCE = 3

export class Tray {
  #database
  #user
  #makeId

  constructor({ database, user, makeId }) {
    this.#database = database
    this.#user = user
    this.#makeId = makeId
  }

  /** The evaluations of this person that are on this phone, oldest first. */
  async evaluations() {
    const all = await this.#database.transaction(["evaluations"], "readonly").objectStore("evaluations").getAll()
    return all.filter(({ user }) => user === this.#user)
  }

  /** How much of each sort is here: of one evaluation, or of all of this person. */
  async count(eid = null) {
    const counts = { waiting: 0, preparing: 0, attention: 0, frozen: 0, acknowledged: 0, drafts: 0, handIns: 0 }
    for (const evaluation of await this.evaluations()) {
      if (eid !== null && evaluation.eid !== eid) continue
      const { changes, photos } = await this.#contents(evaluation.eid)
      for (const item of [...changes, ...photos]) {
        if (item.state === "kept") counts[item.waits || item.shrunk === false ? "preparing" : "waiting"] += 1
        else if (item.state in counts) counts[item.state] += 1
      }
      if (evaluation.handIn?.state === "ready") counts.handIns += 1
      counts.handIns += Object.values(evaluation.followUps ?? {}).filter(({ handIn }) => handIn?.state === "ready").length
    }
    return counts
  }

  async #contents(eid) {
    const transaction = this.#database.transaction(["changes", "photos"], "readonly")
    const [changes, photos] = await Promise.all(
      ["changes", "photos"].map((name) => transaction.objectStore(name).index("of").getAll([this.#user, eid])),
    )
    return { changes, photos }
  }

  /** The next changes to send, sealed from now on: at most 200 and 1 MB, in the order of their making. */
  takeChanges(eid, tried) {
    return writing(this.#database, ["changes"], async (transaction) => {
      const store = transaction.objectStore("changes")
      const due = (await store.index("of").getAll([this.#user, eid]))
        .filter((record) => record.state === "kept" && !record.waits && !tried.has(record.id))
        .sort((one, other) => one.change.seq - other.change.seq)
      const batch = []
      let bytes = 0
      for (const record of due) {
        bytes += new TextEncoder().encode(canonical(record.change)).length + 1
        if (batch.length === MOST_CHANGES || (batch.length && bytes > MOST_BYTES)) break
        batch.push({ ...record, sealed: true })
      }
      for (const record of batch) await store.put(record)
      return batch
    })
  }

  /** The photos whose bytes may go, without their bytes. */
  async photosDue(eid) {
    const { photos } = await this.#contents(eid)
    return photos.filter(({ state, shrunk }) => state === "kept" && shrunk)
  }

  /** The bytes of a photo, or null when it was removed meanwhile. */
  async bytesOf(photo) {
    const found = await this.#database.transaction(["bytes"], "readonly").objectStore("bytes").get(photo.bytesId)
    return found?.bytes ?? null
  }

  /** The server confirmed these items of the store `name` ("changes" or "photos"). */
  acknowledge(name, ids) {
    return this.#each(name, ids, (item) => ({ ...item, state: "acknowledged", refusals: 0, message: undefined }))
  }

  /** The server refused this item, and says why; the third time it needs attention, at once where that `isFinal`. */
  refuse(name, id, message, { isFinal = false } = {}) {
    return this.#each(name, [id], (item) => {
      const refusals = item.refusals + 1
      return { ...item, refusals, message, state: isFinal || refusals >= PATIENCE ? "attention" : item.state }
    })
  }

  /** The server holds another content under this id: it is never overwritten. */
  freeze(name, id, message) {
    return this.#each(name, [id], (item) => ({ ...item, state: "frozen", message }))
  }

  /** A photo whose bytes are no longer here; one that was removed by its shopper is not meant. */
  lose(id) {
    return this.#each("photos", [id], (item) => ({ ...item, state: "attention", isLost: true }))
  }

  /** This phone's own id, by which what it makes now is known. */
  async device() {
    const device = await this.#database.transaction(["settings"], "readonly").objectStore("settings").get("device")
    return device.value
  }

  /**
   * What is here, for the server to compare: per device that made changes of an evaluation its last number, which of them
   * the server is believed to have, and the photos. An evaluation that was given back altogether is not among them, unless
   * it alone tells of a device that this phone was before.
   */
  async holdings() {
    const found = []
    const emptied = new Map()
    for (const { eid, seqs = {} } of await this.evaluations()) {
      const { changes, photos } = await this.#contents(eid)
      const takenAt = new Map(changes.map(({ id, change }) => [id, change.value?.photo?.captured_wall_ms ?? null]))
      const held = photos.filter(({ state }) => state !== "removed").map(({ id, change }) => ({ id, taken_ms: takenAt.get(change) ?? null }))
      const devices = Object.entries(seqs)
      if (!held.length && !changes.some(({ mine }) => mine)) {
        for (const [did, top_seq] of devices) emptied.set(did, { eid, did, top_seq, photos: [] })
        continue
      }
      for (const [place, [did, top_seq]] of devices.entries()) {
        const ids = changes.filter(({ change, state }) => change.did === did && state === "acknowledged").map(({ id }) => id).sort()
        const digest = ids.length ? { digest: await sha256(ids.join(",")) } : {} // what was given back is not compared
        found.push({ eid, did, top_seq, ...digest, photos: place === devices.length - 1 ? held : [] })
      }
    }
    for (const did of [await this.device(), ...found.map((one) => one.did)]) emptied.delete(did)
    return [...found, ...emptied.values()]
  }

  /**
   * The server lacks changes of `did` with these numbers (ranges with both ends), or has none but those `held`, and lacks
   * these photos: send again what it once confirmed. Answers whether any of that is here and can go, and whether any was
   * confirmed: {canGo, wasSafe}.
   */
  async restore({ eid, did, missing, photos_missing: photos, held = null }) {
    const { changes, photos: here } = await this.#contents(eid)
    const isGap = ({ seq }) => missing.some(([first, last]) => first <= seq && seq <= last)
    const isMissing = ({ id, change }) => change.did === did && (isGap(change) || (held !== null && !held.includes(id)))
    const lacking = [changes.filter(isMissing), here.filter(({ id }) => photos.includes(id))]
    await this.sendAgain(eid, ...lacking.map((items) => items.map(({ id }) => id)))
    const states = new Set(lacking.flat().map(({ state }) => state))
    const wasSafe = states.has("acknowledged")
    return { canGo: wasSafe || states.has("kept"), wasSafe }
  }

  /** The server says that it lacks these of `eid`: send them again, and count the days of its having everything anew. */
  async sendAgain(eid, changes, photos) {
    const again = (item) => (item.state === "acknowledged" ? { ...item, state: "kept" } : item)
    if (changes.length || photos.length) await this.#alter(eid, "visit", (evaluation) => ({ ...evaluation, whole: null }))
    await this.#each("changes", changes, again)
    await this.#each("photos", photos, again)
  }

  /**
   * The server compared, at its own time `at`, what is here with what it holds, and lacks something of the evaluations
   * `lacking`. Of each other one it is noted since when, and when last, it was found to lack nothing: {since, at}.
   */
  compared(lacking, at) {
    return writing(this.#database, ["evaluations"], async (transaction) => {
      const store = transaction.objectStore("evaluations")
      for (const evaluation of await store.getAll()) {
        if (evaluation.user !== this.#user) continue
        const isWhole = !lacking.includes(evaluation.eid) && Number.isFinite(at)
        await store.put({ ...evaluation, whole: isWhole ? { since: evaluation.whole?.since ?? at, at } : null })
      }
    })
  }

  #each(name, ids, alter) {
    return writing(this.#database, [name], async (transaction) => {
      const store = transaction.objectStore(name)
      for (const id of ids) {
        const item = await store.get(id)
        if (item && item.user === this.#user && item.state !== "removed") await store.put(alter(item))
      }
    })
  }

  /** Somebody else uses this phone's id (a cloned storage): take a new one for what follows. */
  renewDevice() {
    const value = this.#makeId()
    return writing(this.#database, ["settings"], (transaction) =>
      transaction.objectStore("settings").put({ name: "device", value }),
    )
  }

  /**
   * The hand-in of `eid` as it is to be sent, or null: while anything that can still go has not gone, it waits.
   * What needs attention or is frozen is named as left out. The visit goes first, then what is asked after it.
   */
  async handInDue(eid) {
    const evaluation = (await this.evaluations()).find((one) => one.eid === eid)
    const due = evaluation && handInOf(evaluation)
    if (due?.state !== "ready") return null
    const { id, part, round } = due
    const { changes, photos } = await this.#contents(eid)
    const mine = changes.filter((record) => record.mine)
    const present = photos.filter(({ state }) => state !== "removed")
    if ([...mine, ...present].some(({ state }) => state === "kept")) return null
    return { id, part, round, manifest: manifestOf(await this.device(), mine, present) }
  }

  /** The server gave its receipt: this round of `part` is handed in. What was left open is remembered with it. */
  receipted(eid, receipt, part = "visit") {
    return this.#alter(eid, part, (handed) => ({
      ...handed,
      state: handed.round === receipt.round ? "submitted" : handed.state,
      handIn: null,
      receipts: [
        ...(handed.receipts ?? []).filter(({ submission }) => submission !== receipt.submission),
        { ...receipt, open: handed.handIn?.open ?? 0 },
      ],
    }))
  }

  /** The server will not take this hand-in as it is, and says why. */
  handInRefused(eid, message, part = "visit") {
    return this.#alter(eid, part, (handed) => ({ ...handed, handIn: { ...handed.handIn, state: "refused", message } }))
  }

  /** Alter what is known of the visit's own hand-in, or of that of a question which is asked after it. */
  #alter(eid, part, change) {
    return writing(this.#database, ["evaluations"], async (transaction) => {
      const store = transaction.objectStore("evaluations")
      const evaluation = await store.get([this.#user, eid])
      if (!evaluation) return
      const { followUps } = evaluation
      await store.put(part === "visit" ? change(evaluation) : { ...evaluation, followUps: { ...followUps, [part]: change(followUps[part]) } })
    })
  }
}

/** What a hand-in names of `changes` and `photos`: those that `held` says are with the server, and the others as left out. */
export function manifestOf(did, changes, photos, held = ({ state }) => state === "acknowledged") {
  const left = (what) => ({ id, state }) => ({ id, what, reason: state === "frozen" ? "differs" : "unreadable" })
  return {
    did,
    changes: changes.filter(held).map(({ id }) => id),
    photos: photos.filter(held).map(({ id, sha256 }) => ({ id, sha256 })),
    left_out: [
      ...changes.filter((item) => !held(item)).map(left("change")),
      ...photos.filter((item) => !held(item)).map(left("photo")),
    ],
  }
}
