/** A phone for tests: its database in memory, one shopper, one visit, and a clock that is moved by hand. */
import { createHash } from "node:crypto"
import { ChangeLog } from "#js/field/change_log.js"
import { deviceId } from "#js/field/database.js"
import { PhotoShelf } from "#js/field/photo_shelf.js"
import { Tray } from "#js/field/tray.js"
import { memoryDatabase } from "./memory_database.js"

export const SHOPPER = "a-shopper"
export const VISIT = "00000000-0000-7000-8000-000000000001"

export async function hash(content) {
  return createHash("sha256").update(typeof content === "string" ? content : new Uint8Array(content)).digest("hex")
}

let ids = 0
export function makeId() {
  ids += 1
  return `00000000-0000-7000-8000-${String(ids).padStart(12, "0")}`
}

/** A phone with one evaluation on it; `database` may be shared by two persons or two tabs. */
export async function aPhone({ database = memoryDatabase(), user = SHOPPER, eid = VISIT, clock = { ms: 1_000_000 } } = {}) {
  await deviceId(database, makeId)
  const transaction = database.transaction(["evaluations"], "readwrite")
  const store = transaction.objectStore("evaluations")
  const known = await store.get([user, eid])
  if (!known) await store.put({ user, eid, visit: eid, vid: "v1", round: 1, state: "in_progress", cursor: 0 })
  await transaction.done
  const now = () => clock.ms
  const log = new ChangeLog({ database, user, eid, makeId, hash, now })
  const shelf = new PhotoShelf({ database, user, eid, log, hash, makeId })
  const tray = new Tray({ database, user, makeId })
  return { database, clock, eid, user, log, shelf, tray }
}

/** Write the answer `value` to the question `key` above the heads `base`. */
export function answer(log, key, value, base = []) {
  return log.write({ kind: "answer.set", register: `answer:${key}`, value: { state: "answered", value } }, base)
}

/** Bytes that stand for a picture. */
export function aPicture(text = "a picture") {
  return new TextEncoder().encode(text).buffer
}

/** The facts that go with a picture. */
export const FACTS = { mime: "image/jpeg", source: "camera", captured_wall_ms: 1_000_000 }

/** A server that keeps what it is sent, and can be told to fail; it answers as `Sender` does. */
/** The server compared what this phone holds with what it has, at both moments, and lacked nothing. */
export async function foundWhole(tray, since, at) {
  await tray.compared([], since)
  await tray.compared([], at)
}

export class FakeServer {
  changesHeld = new Map()
  photosHeld = new Map()
  receipts = new Map()
  requests = []
  next = []

  /** Give `verdict` for the next call instead of doing it; `loses`: do it, but let the answer get lost. */
  will(...verdicts) {
    this.next.push(...verdicts)
  }

  changes = async (eid, changes) =>
    this.#answer(["changes", changes.map(({ id }) => id)], () => ({
      kind: "accepted",
      results: changes.map((change) => {
        const known = this.changesHeld.get(change.id)
        if (known && known !== JSON.stringify(change)) return { id: change.id, result: "differs" }
        this.changesHeld.set(change.id, JSON.stringify(change))
        return { id: change.id, result: known ? "known" : "stored" }
      }),
    }))

  photo = async (eid, { id, sha256 }, bytes) =>
    this.#answer(["photo", id], () => {
      this.photosHeld.set(id, bytes.byteLength)
      return { kind: "accepted", data: { id, sha256 } }
    })

  submit = async (eid, { id, round, manifest }) =>
    this.#answer(["submit", id], () => {
      const missingChanges = manifest.changes.filter((one) => !this.changesHeld.has(one))
      const missingPhotos = manifest.photos.map((one) => one.id).filter((one) => !this.photosHeld.has(one))
      if (missingChanges.length || missingPhotos.length) return { kind: "incomplete", missingChanges, missingPhotos }
      const receipt = { submission: id, evaluation: eid, round, manifest, digest: "4f2a00" }
      this.receipts.set(id, receipt)
      return { kind: "accepted", receipt }
    })

  #answer(request, act) {
    this.requests.push(request)
    const planned = this.next.shift()
    if (planned === "lose") {
      act()
      return { kind: "network", reached: false }
    }
    return planned ?? act()
  }
}

export const NO_NETWORK = { kind: "network", reached: false, waitMs: 0 }
export const SIGNED_OUT = { kind: "signed_out" }
export const REFUSED = { kind: "refused", status: 415, code: "not_a_picture", message: "This is no picture." }
