/** What this phone knows of the follow-ups of its visits: told by the server, or worked out where it was not asked yet. */
import { writing } from "#js/field/database.js"
import { isHandedIn, planned } from "#js/field/later/asking.js"
import { fold } from "#js/field/registers.js"

/** The follow-ups of an evaluation on this phone by key; `parcel` is its package. Empty before the visit is handed in. */
export async function followUpsOf(database, evaluation, parcel) {
  if (!isHandedIn(evaluation) || !parcel) return {}
  if (evaluation.followUps) return evaluation.followUps
  const { time_zone: zone } = parcel.location
  const changes = await changesOf(database, evaluation)
  return planned(JSON.parse(parcel.document), madeAt(changes, evaluation), zone, answersIn(changes))
}

function changesOf(database, { user, eid }) {
  return database.transaction(["changes"], "readonly").objectStore("changes").index("of").getAll([user, eid])
}

/** What was answered, by the key of the question. */
function answersIn(records) {
  const answers = [...fold(records)].filter(([register, { value }]) => register.startsWith("answer:") && value)
  return Object.fromEntries(answers.map(([register, { value }]) => [register.replace("answer:", ""), value]))
}

/**
 * Believe the list of visits about an evaluation that was made on another phone and never asked after on this one;
 * `told`: {state, round, followUps}. Answers the evaluation as it is kept now.
 */
export function adopt(database, { user, eid }, told) {
  return writing(database, ["evaluations"], async (transaction) => {
    const store = transaction.objectStore("evaluations")
    const known = await store.get([user, eid])
    const isFresh = known.cursor === 0 && !isHandedIn(known) && !known.handIn && !Object.keys(known.seqs ?? {}).length
    if (!isFresh) return known
    const next = { ...known, ...told }
    await store.put(next)
    return next
  })
}

/** When the shopper checked in, else when the visit was handed in. */
function madeAt(records, { receipts }) {
  const moments = records.map(({ change }) => change).filter(({ kind }) => kind === "check_in")
  return moments.at(-1)?.value?.at_ms ?? Date.parse(receipts?.at(-1)?.at ?? new Date().toISOString())
}
