/**
 * Gives back the phone's room: what a receipt confirmed goes after fourteen days, and never the only copy. A server that
 * was restored from a backup may have lost what it gave a receipt for, so it has to have been found complete fourteen
 * days after the receipt, and at every comparison meanwhile. As long as something that is asked after the visit is
 * awaited, everything stays.
 */
import { writing } from "#js/field/database.js"
import { isAwaited, newestReceipt } from "#js/field/later/asking.js"
import { isOpenState } from "#js/field/visit_record.js"

const DAYS_MS = 14 * 24 * 60 * 60 * 1000

/** Purge the handed-in visits of `user` that may go, item by item as the receipt names them; answers which. No clock but the server's is asked. */
export async function purge(database, user) {
  const purged = []
  const evaluations = await database.transaction(["evaluations"], "readonly").objectStore("evaluations").getAll()
  for (const evaluation of evaluations) {
    const receipt = newestReceipt(evaluation)
    const isOver = evaluation.user === user && !isOpenState(evaluation.state)
    if (!isOver || evaluation.handIn || !receipt || !wasLongWhole(evaluation, receipt)) continue
    if (isAwaited(evaluation, await documentOf(database, evaluation))) continue
    await purgeOne(database, evaluation, receipt)
    purged.push(evaluation.visit)
  }
  return purged
}

function wasLongWhole({ whole }, receipt) {
  return Boolean(whole) && whole.at - Math.max(whole.since, Date.parse(receipt.at)) > DAYS_MS
}

async function documentOf(database, { user, visit }) {
  const parcel = await database.transaction(["packages"], "readonly").objectStore("packages").get([user, visit])
  return parcel?.document ? JSON.parse(parcel.document) : null
}

function purgeOne(database, { user, eid }, receipt) {
  const changesHeld = new Set(receipt.changes)
  const photosHeld = new Map(receipt.photos.map(({ id, sha256 }) => [id, sha256]))
  return writing(database, ["evaluations", "changes", "photos", "bytes"], async (transaction) => {
    const [changes, photos, bytes] = ["changes", "photos", "bytes"].map((name) => transaction.objectStore(name))
    for (const { id, state } of await changes.index("of").getAll([user, eid])) {
      if (state === "acknowledged" && changesHeld.has(id)) await changes.delete(id)
    }
    for (const photo of await photos.index("of").getAll([user, eid])) {
      const isHeld = photo.state === "acknowledged" && photosHeld.get(photo.id) === photo.sha256
      if (!isHeld && photo.state !== "removed") continue
      for (const part of ["original", "small", "thumbnail"]) await bytes.delete(`${photo.id}/${part}`)
      await photos.delete(photo.id)
    }
    const store = transaction.objectStore("evaluations") // read anew from the first change, should it come back
    await store.put({ ...(await store.get([user, eid])), cursor: 0 })
  })
}
