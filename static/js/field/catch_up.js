/** Brings what the server knows of a visit onto this phone: changes of other phones, the editor's remarks, receipts. */

/**
 * Ask until nothing newer is there, and take it in. Resolves to the last verdict; anything but "accepted"
 * leaves the phone as it was.
 */
export async function catchUp({ sender, visit, log }) {
  for (;;) {
    const verdict = await sender.state(visit.eid, visit.cursor)
    if (verdict.kind !== "accepted") return verdict
    const { data } = verdict
    if (!Array.isArray(data.changes) || !Array.isArray(data.photos)) return { kind: "network", reached: false }
    if (data.reload && visit.cursor > 0) {
      await visit.forgetCursor()
      continue
    }
    await log.merge(data.changes)
    await visit.learn(data)
    if (!data.more) return verdict
  }
}
