/**
 * Receipts of which no answer told this phone: that of a hand-in whose answer was lost, or that another phone of the same
 * shopper was given. The server's news names each by its first characters only.
 */
import { canonical } from "#js/field/canonical.js"
import { codeOf } from "#js/field/status.js"

/** Whether the server gave a receipt for an evaluation, or for what is asked after it, that is not on this phone. */
export function lacksReceipt({ receiptCode, receipts = [], followUps }) {
  const told = [[receiptCode, receipts], ...Object.values(followUps ?? {}).map(({ receipt, receipts: its = [] }) => [receipt, its])]
  return told.some(([code, held]) => code && !held.some((one) => codeOf(one) === code))
}

/** Whether a receipt says what it was given for: by it the phone gives up what it holds. */
export async function isGenuine({ digest, ...held }, eid, hash) {
  const isWhole = held.evaluation === eid && Array.isArray(held.changes) && Array.isArray(held.photos) && Number.isFinite(Date.parse(held.at))
  return isWhole && (await hash(canonical(held))) === digest
}

/** What is known of an evaluation with these receipts, oldest first, beside those that it has. */
export function withReceipts(record, receipts) {
  const next = { ...record, receipts: joined(record, receipts.filter(({ part }) => part === "visit")) }
  if (!record.followUps) return next
  const each = ([key, one]) => [key, { ...one, receipts: joined(one, receipts.filter(({ part }) => part === key)) }]
  return { ...next, followUps: Object.fromEntries(Object.entries(record.followUps).map(each)) }
}

/** The server's word for what each receipt holds, this phone's for what it left open and whether it handed in itself. */
function joined({ receipts = [], unanswered }, given) {
  const held = new Map(receipts.map((one) => [one.submission, one]))
  for (const one of given) {
    const own = one.submission === unanswered?.id ? { open: unanswered.open } : { open: 0, isForeign: true }
    const { open, isForeign } = held.get(one.submission) ?? own
    held.set(one.submission, { ...one, open, isForeign })
  }
  return [...held.values()].sort((one, other) => one.round - other.round)
}
