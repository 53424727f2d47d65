/** What this phone knows of the follow-ups of its visits: told by the server, or worked out where it was not asked yet. */
import { isHandedIn, planned } from "#js/field/later/asking.js"

/** The follow-ups of an evaluation on this phone by key; `parcel` is its package. Empty before the visit is handed in. */
export async function followUpsOf(database, evaluation, parcel) {
  if (!isHandedIn(evaluation) || !parcel) return {}
  if (evaluation.followUps) return evaluation.followUps
  const { time_zone: zone } = parcel.location
  return planned(JSON.parse(parcel.document), await madeAt(database, evaluation), zone)
}

/** When the shopper checked in, else when the visit was handed in. */
async function madeAt(database, { user, eid, receipts }) {
  const changes = await database.transaction(["changes"], "readonly").objectStore("changes").index("of").getAll([user, eid])
  const moments = changes.map(({ change }) => change).filter(({ kind }) => kind === "check_in")
  return moments.at(-1)?.value?.at_ms ?? Date.parse(receipts?.at(-1)?.at ?? new Date().toISOString())
}
