/**
 * What is asked days after a visit, without screen or store. A follow-up on this phone is
 * {state, round, due_on, remark, receipt, handIn, receipts}: the first five as the server tells them (`receipt` the
 * first characters of its last receipt), the others as this phone has them.
 */
import { hiddenIn } from "#js/field/conditions.js"

const RANKS = { due: 0, submitted: 1, approved: 2, not_observed: 2 }

/** The questions of a document that are asked after the visit; a sentence to read is none. */
export function askedLater(document) {
  return document.touchpoints.flatMap(({ questions }) => questions).filter(({ due_days: days = null, kind }) => days !== null && kind !== "instruction")
}

/** Of these the ones that `followUps`, as far as anybody told of them, still wait for. */
export function stillAsked(document, followUps) {
  return askedLater(document).filter(({ key }) => (followUps?.[key]?.state ?? "due") === "due")
}

/** The document with the one question `key`, asked as one of a visit is; null where it is not asked later. */
export function askedAlone(document, key) {
  if (!askedLater(document).some((question) => question.key === key)) return null
  const touchpoints = document.touchpoints
    .map(({ show_if: _metIf, ...touchpoint }) => ({ ...touchpoint, questions: touchpoint.questions.filter((question) => question.key === key).map(({ show_if, ...question }) => ({ ...question, due_days: null })) }))
    .filter(({ questions }) => questions.length)
  return { ...document, touchpoints }
}

/**
 * What the server will ask after a visit made at `ms` (a day in `zone`) with these `answers` by key, for as long as it
 * has not said so itself.
 */
export function planned(document, ms, zone, answers = {}) {
  const hidden = hiddenIn(document, answers)
  return Object.fromEntries(askedLater(document).filter(({ key }) => !hidden.has(key)).map(({ key, due_days }) => [key, { state: "due", round: 1, due_on: daysAfter(dayIn(ms, zone), due_days), remark: "", receipt: null }]))
}

/** The day of a moment at a place, as "2026-12-05". */
export function dayIn(ms, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(ms)
  const named = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return `${named.year.padStart(4, "0")}-${named.month}-${named.day}`
}

function daysAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Whether the visit itself was handed in once: nothing is asked after it before that. */
export function isHandedIn({ state, round }) {
  return round > 1 || !["in_progress", "abandoned"].includes(state)
}

/** How many days from `today` to `day`; negative when it is over. */
export function daysUntil(day, today) {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
}

/**
 * What is known after the server's list was read: its word for where each stands, this phone's for what it handed in.
 * A hand-in that the server does not know the follow-up of (a restored backup) stays, and is refused aloud.
 */
export function learned(known, told) {
  const next = Object.fromEntries(Object.entries(known ?? {}).filter(([, { handIn }]) => handIn))
  for (const { key, ...news } of told) {
    const { handIn = null, receipts = [] } = known?.[key] ?? {}
    const isOver = handIn && (news.round > handIn.round || RANKS[news.state] === 1 || news.state === "approved")
    next[key] = { ...news, handIn: isOver ? null : (handIn ?? (news.state === "due" ? handedInAgain(receipts, news.round) : null)), receipts }
  }
  return next
}

/**
 * The hand-in of this phone that a server which was restored from a backup has lost, as it goes again, under its id: it
 * takes hand-ins of `round`, and one of `receipts` was given for that. Null where there is none.
 */
export function handedInAgain(receipts, round) {
  const lost = receipts.findLast((one) => one.round >= round && !one.isForeign)
  return lost ? { id: lost.submission, round, state: "ready", open: lost.open } : null
}

/** What is known of a visit or follow-up, when something came in time for a hand-in that waits: so much is left open now. */
export function leavingOpen(known, open) {
  return known.handIn?.state === "ready" ? { ...known, handIn: { ...known.handIn, open } } : known
}

/** Of two words on the same follow-up the one that is further on: a page kept for offline use may be old. */
export function further(one, other) {
  if (!one || !other) return one ?? other
  const age = ({ round, state }) => round * 10 + RANKS[state]
  return age(other) > age(one) ? other : one
}

/**
 * The hand-in of an evaluation that this phone has still to do with, as {part, id, round, state, open}, or null: one that
 * waits to be sent before one that was refused, the visit's before those of its follow-ups.
 */
export function handInOf({ handIn, followUps }) {
  const all = [["visit", { handIn }], ...Object.entries(followUps ?? {})].filter(([, one]) => one.handIn)
  const [part, found] = all.find(([, one]) => one.handIn.state === "ready") ?? all[0] ?? []
  return part ? { part, ...found.handIn } : null
}

/** Whether anything that is asked after this visit is still awaited: then nothing of it may go from the phone. */
export function isAwaited({ followUps, state }, document) {
  if (["excluded", "abandoned", "withdrawn"].includes(state)) return false
  if (!followUps) return Boolean(document && askedLater(document).length)
  return Object.values(followUps).some(({ state: its, handIn }) => handIn || its === "due" || its === "submitted")
}

/** The moment of the newest receipt of an evaluation, of the visit or of what was asked later; null without one. */
export function newestReceipt({ receipts = [], followUps }) {
  const all = [...receipts, ...Object.values(followUps ?? {}).flatMap(({ receipts: its = [] }) => its)]
  return all.reduce((newest, one) => (!newest || Date.parse(one.at) >= Date.parse(newest.at) ? one : newest), null)
}
