/** Brings what the server knows of a visit onto this phone: changes of other phones, the editor's remarks, receipts. */
import { sha256 } from "#js/field/hashing.js"
import { isGenuine } from "#js/field/receipts.js"

/**
 * Ask until nothing newer is there, and take it in. Resolves to the last verdict; anything but "accepted"
 * asks to be called again.
 */
export async function catchUp({ sender, visit, log }) {
  for (;;) {
    const verdict = await sender.state(visit.eid, visit.cursor, visit.lastArrived)
    if (verdict.kind !== "accepted") return verdict
    const { data } = verdict
    if (!Array.isArray(data.changes) || !Array.isArray(data.photos)) return { kind: "network", reached: false }
    if (data.reload && visit.cursor > 0) {
      await visit.forgetCursor()
      continue
    }
    await log.merge(data.changes)
    await visit.learn(data)
    if (!data.more) return visit.lacksReceipt ? fetchReceipts(sender, visit) : verdict
  }
}

/** Take in the receipts themselves, where the news only told that they were given. */
async function fetchReceipts(sender, visit) {
  const verdict = await sender.receipts(visit.eid)
  if (verdict.kind !== "accepted") return verdict
  const are = await Promise.all(verdict.receipts.map((one) => isGenuine(one, visit.eid, sha256)))
  if (!are.every(Boolean)) return { kind: "network", reached: true }
  await visit.keepReceipts(verdict.receipts)
  return verdict
}
