import assert from "node:assert/strict"
import { test } from "node:test"
import { askedAlone, askedLater, stillAsked, dayIn, further, isAwaited, learned, planned } from "#js/field/later/asking.js"
import { exportUnsent } from "#js/field/holding/exporting.js"
import { unsent } from "#js/field/holding/unsent.js"
import { followUpIn } from "#js/field/later/place.js"
import { FollowUpRecord } from "#js/field/later/record.js"
import { adopt, followUpsOf } from "#js/field/later/shelf.js"
import { stateWords } from "#js/field/later/words.js"
import { Notebook } from "#js/field/notebook.js"
import { Outbox } from "#js/field/outbox.js"
import { purge } from "#js/field/purge.js"
import { isOpenState, VisitRecord } from "#js/field/visit_record.js"
import { aPhone, answer, FakeServer, foundWhole, hash, makeId, REFUSED, SHOPPER, VISIT } from "./phone.js"

const base = { text: {}, required: true, na_allowed: false, not_observed_allowed: false, explain_on: [] }
const DOCUMENT = {
  languages: ["en"],
  touchpoints: [
    { key: "greeting", questions: [{ ...base, key: "greeted", kind: "yes_no", due_days: null }] },
    { key: "mailing", questions: [
      { ...base, key: "mail", kind: "yes_no", due_days: 7 },
      { ...base, key: "wait", kind: "instruction", due_days: 7 },
      { ...base, key: "call", kind: "yes_no", due_days: 14 },
    ] },
  ],
}
const DAY_MS = 86_400_000
const NOON = Date.parse("2026-11-21T12:00:00Z")
const PARCEL = { visit: VISIT, eid: VISIT, vid: "v1", document: JSON.stringify(DOCUMENT), location: { time_zone: "Europe/Madrid" } }
const TOLD = [
  { key: "mail", state: "due", round: 1, due_on: "2026-11-28", remark: "", receipt: null },
  { key: "call", state: "due", round: 1, due_on: "2026-12-05", remark: "", receipt: null },
]
const NEWS = { cursor: 1, state: "submitted", round: 1, deadline: null, note: "", remarks: {}, photos: [], receipt: "4F2A" }

/** A phone whose visit was handed in, with the follow-up `key` open on it. */
async function aPhoneLater(key = "mail", told = TOLD) {
  const phone = await aPhone()
  const visit = await VisitRecord.keep(phone.database, SHOPPER, PARCEL)
  if (told) await visit.learn({ ...NEWS, follow_ups: told })
  const record = new FollowUpRecord(visit, key, planned(DOCUMENT, NOON, "Europe/Madrid"))
  const book = new Notebook({ document: askedAlone(DOCUMENT, key), visit: record, log: phone.log, shelf: phone.shelf })
  const server = new FakeServer()
  const submit = server.submit
  server.parts = []
  server.submit = async (eid, due) => {
    const verdict = await submit(eid, due)
    server.parts.push(due.part)
    return verdict.kind === "accepted" ? { ...verdict, receipt: { ...verdict.receipt, part: due.part, changes: due.manifest.changes, photos: [], at: new Date(NOON).toISOString() } } : verdict
  }
  await book.open()
  return { ...phone, visit, record, book, server, outbox: new Outbox({ tray: phone.tray, send: server }) }
}

test("what is asked after the visit is a question alone, and a sentence to read is none", () => {
  assert.deepEqual(askedLater(DOCUMENT).map(({ key }) => key), ["mail", "call"])
  assert.deepEqual(stillAsked(DOCUMENT, null).map(({ key }) => key), ["mail", "call"], "nobody has told of them yet")
  assert.deepEqual(stillAsked(DOCUMENT, { mail: { state: "approved" }, call: { state: "due" } }).map(({ key }) => key), ["call"])
  const { touchpoints } = askedAlone(DOCUMENT, "mail")
  assert.deepEqual(touchpoints.map(({ key, questions }) => [key, questions.map((one) => [one.key, one.due_days])]), [["mailing", [["mail", null]]]])
  for (const key of ["greeted", "wait", "nothing"]) assert.equal(askedAlone(DOCUMENT, key), null)
  assert.deepEqual([followUpIn("#/later/mail"), followUpIn("#mail"), followUpIn("")], ["mail", null, null])
})

test("its day is counted in the calendar of the place, as the server counts", () => {
  const late = Date.parse("2026-11-21T23:30:00Z") // half past midnight in Madrid
  assert.equal(dayIn(late, "Europe/Madrid"), "2026-11-22")
  assert.deepEqual(Object.values(planned(DOCUMENT, late, "Europe/Madrid")).map(({ due_on: day }) => day), ["2026-11-29", "2026-12-06"])
})

test("what the answers of the visit hide is not asked after it, and what is asked stands alone", () => {
  const [greeting, mailing] = DOCUMENT.touchpoints
  const [mail, ...others] = mailing.questions
  const onGreeted = { ...mail, show_if: { test: "is", question: "greeted", answer: "yes" } }
  const document = { ...DOCUMENT, touchpoints: [greeting, { ...mailing, questions: [onGreeted, ...others] }] }
  const keys = (value) => Object.keys(planned(document, NOON, "Europe/Madrid", { greeted: { state: "answered", value } }))
  assert.deepEqual([keys("no"), keys("yes")], [["call"], ["mail", "call"]])
  assert.equal(askedAlone(document, "mail").touchpoints[0].questions[0].show_if, undefined)
})

test("nor is what stands in a touchpoint that is not met, and what is asked stands in one that is", () => {
  const [greeting, mailing] = DOCUMENT.touchpoints
  const document = { ...DOCUMENT, touchpoints: [greeting, { ...mailing, show_if: { test: "is", question: "greeted", answer: "yes" } }] }
  const keys = (value) => Object.keys(planned(document, NOON, "Europe/Madrid", { greeted: { state: "answered", value } }))
  assert.deepEqual([keys("no"), keys("yes")], [[], ["mail", "call"]])
  assert.equal(askedAlone(document, "mail").touchpoints[0].show_if, undefined)
})

test("days are said as people say them", () => {
  const said = (today, more = {}) => stateWords({ ...TOLD[0], ...more }, { today, language: "en" }).words
  assert.equal(said("2026-11-21"), "Due Sat 28 Nov")
  assert.deepEqual([said("2026-11-27"), said("2026-11-28"), said("2026-11-29")], ["Due tomorrow", "Due by tonight", "Overdue, was due Sat 28 Nov"])
  assert.equal(said("2026-11-28", { round: 2 }), "Sent back to you. Due by tonight")
  assert.equal(said("2026-11-28", { handIn: { state: "ready" } }), "Not handed in yet.")
  assert.equal(said("2026-11-28", { state: "submitted", receipt: "4F2A" }), "Handed in, receipt 4F2A")
})

test("a visit that was handed in without signal knows its follow-ups before the server tells of them", async () => {
  const phone = await aPhone()
  const visit = await VisitRecord.keep(phone.database, SHOPPER, PARCEL)
  await visit.learn({ ...NEWS, state: "in_progress", receipt: null, follow_ups: [] })
  const evaluation = () => phone.database.transaction(["evaluations"], "readonly").objectStore("evaluations").get([SHOPPER, VISIT])
  assert.deepEqual(await followUpsOf(phone.database, await evaluation(), PARCEL), {}, "before the hand-in nothing is asked")
  await phone.log.write({ kind: "check_in", register: "visit:check_in", value: { at_ms: NOON, place: null } }, [])
  await phone.tray.receipted(VISIT, { submission: makeId(), part: "visit", round: 1, changes: [], photos: [], digest: "4f2a", at: new Date(NOON + 3 * DAY_MS).toISOString() })
  const found = await followUpsOf(phone.database, await evaluation(), PARCEL)
  assert.deepEqual(Object.entries(found).map(([key, { due_on: day }]) => [key, day]), [["mail", "2026-11-28"], ["call", "2026-12-05"]])
})

test("a visit made on another phone is believed from the list, as long as nothing of it was written here", async () => {
  const phone = await aPhone()
  const visit = await VisitRecord.keep(phone.database, SHOPPER, PARCEL)
  const told = { state: "released", round: 1, followUps: { mail: TOLD[0], call: TOLD[1] } }
  assert.deepEqual(Object.keys(await followUpsOf(phone.database, await adopt(phone.database, visit.told, told), PARCEL)), ["mail", "call"])
  const other = await aPhone()
  await answer(other.log, "greeted", "yes")
  const mine = await VisitRecord.keep(other.database, SHOPPER, PARCEL)
  assert.equal((await adopt(other.database, mine.told, told)).state, "in_progress")
})

test("a follow-up's hand-in that a restored server lost is made again under its id, and one that came back is not", async () => {
  const receipt = { submission: "h", round: 1, digest: "4f2a00", open: 1 }
  const known = { mail: { ...TOLD[0], state: "submitted", handIn: null, receipts: [receipt] } }
  const handIn = (news, receipts = [receipt]) => learned({ mail: { ...known.mail, receipts } }, [{ ...TOLD[0], ...news }]).mail.handIn
  assert.deepEqual(handIn({ state: "due" }), { id: "h", round: 1, state: "ready", open: 1 })
  assert.equal(handIn({ state: "due", round: 2 }), null)
  assert.equal(handIn({ state: "submitted" }), null)
  assert.equal(handIn({ state: "due" }, [{ ...receipt, isForeign: true }]), null)
})

test("what was answered to another follow-up is not told to have come after this one's hand-in", async () => {
  const { book, record, visit, outbox, log } = await aPhoneLater()
  await book.say("mail", { state: "answered", value: "yes" })
  await record.makeReady(makeId())
  await outbox.drain()
  const { id } = (await log.read()).records[0]
  await visit.keepReceipts([{ submission: makeId(), part: "mail", round: 1, digest: "4f2a", changes: [id], photos: [] }])
  await answer(log, "call", "yes")
  await outbox.drain()
  await record.refresh()
  await book.refresh()
  assert.deepEqual([book.records.length, book.afterHandIn()], [2, []])
})

test("a follow-up is answered and handed in by itself, and the other stays due", async () => {
  const { book, record, visit, outbox, server, tray } = await aPhoneLater()
  assert.deepEqual([book.isLocked, book.missing().map(({ question }) => question)], [false, ["mail"]])
  await book.say("mail", { state: "answered", value: "yes" })
  assert.deepEqual(book.missing(), [])
  await record.makeReady(makeId())
  assert.equal(book.isLocked, true)
  assert.equal((await tray.count()).handIns, 1)
  assert.equal((await outbox.drain()).result, "empty")
  await record.refresh()
  assert.deepEqual([server.parts, record.state, record.isReady, record.receipts.length], [["mail"], "submitted", false, 1])
  assert.deepEqual([visit.followUps.call.state, visit.receipts.length], ["due", 0])
})

test("several hand-ins of one visit go one after the other", async () => {
  const { visit, outbox, server, tray } = await aPhoneLater()
  for (const key of ["mail", "call"]) await new FollowUpRecord(visit, key, {}).makeReady(makeId())
  await outbox.drain()
  assert.deepEqual(server.parts.sort(), ["call", "mail"])
  assert.equal((await tray.count()).handIns, 0)
})

test("what was handed in before the server told of any of them keeps the others", async () => {
  const { record, visit } = await aPhoneLater("mail", null)
  await record.makeReady(makeId())
  assert.deepEqual(Object.keys(visit.followUps), ["mail", "call"])
  await record.takeBack()
  assert.equal(record.isReady, false)
})

test("a hand-in that the server refuses says so at that follow-up and can be gone on with", async () => {
  const { record, outbox, server } = await aPhoneLater()
  await record.makeReady(makeId())
  server.will({ ...REFUSED, message: "Hand the visit in first." })
  await outbox.drain()
  await record.refresh()
  assert.deepEqual([record.isReady, record.refusal], [false, "Hand the visit in first."])
})

test("what was sent back is open again with its remark, and its changes count for the new round", async () => {
  const { record, visit, book, outbox } = await aPhoneLater()
  await book.say("mail", { state: "answered", value: "no" })
  await outbox.drain()
  await book.refresh()
  await visit.learn({ ...NEWS, follow_ups: [{ ...TOLD[0], round: 2, remark: "Look in the spam folder." }, TOLD[1]] })
  assert.deepEqual([record.isReturned, book.remarksOf("mail"), book.isMended("mail")], [true, ["Look in the spam folder."], false])
  await book.say("mail", { state: "answered", value: "yes" })
  assert.equal(book.isMended("mail"), true)
})

test("the server's word ends a hand-in that it has, and leaves one that it has not", () => {
  const ready = { ...TOLD[0], handIn: { id: "1", round: 1, state: "ready" }, receipts: [] }
  const after = (news) => learned({ mail: ready }, news).mail?.handIn ?? null
  assert.equal(after([{ ...TOLD[0], state: "submitted" }]), null)
  assert.equal(after([{ ...TOLD[0], round: 2 }]), null)
  for (const news of [[TOLD[0]], [{ ...TOLD[0], state: "not_observed" }], []]) assert.deepEqual(after(news), ready.handIn)
})

test("of a page kept for offline use and the phone the one that is further on is believed", () => {
  const [due, submitted, back] = [{ round: 1, state: "due" }, { round: 1, state: "submitted" }, { round: 2, state: "due" }]
  assert.deepEqual([further(due, submitted), further(submitted, due), further(submitted, back), further(undefined, due)], [submitted, submitted, back, due])
})

test("a hand-in that waits is among what is unsent, and goes into the export under its own part", async () => {
  const { database, tray, log, shelf, record } = await aPhoneLater()
  await answer(log, "mail", "yes")
  await record.makeReady(makeId())
  const parts = { database, user: SHOPPER, tray, log: () => log, shelf: () => shelf, hash, now: NOON }
  const [{ handIn, isOpen, items }] = await unsent(parts, isOpenState)
  assert.deepEqual([handIn.part, isOpen, items.map(({ key }) => key)], ["mail", true, ["mail"]])
  const file = Buffer.concat((await exportUnsent(parts))[0].map((piece) => Buffer.from(piece))).toString("latin1")
  assert.match(file, /"part":"mail","round":1/)
})

test("nothing of a visit is purged while something that is asked after it is awaited", async () => {
  const { database, visit, log, tray } = await aPhoneLater()
  const { id } = await answer(log, "greeted", "yes")
  await tray.acknowledge("changes", [id])
  await tray.receipted(VISIT, { submission: makeId(), part: "visit", round: 1, changes: [id], photos: [], digest: "4f2a", at: new Date(NOON).toISOString() })
  const later = NOON + 60 * DAY_MS
  const tell = (...states) => visit.learn({ ...NEWS, state: "released", follow_ups: TOLD.map((one, n) => ({ ...one, state: states[n] })) })
  await foundWhole(tray, NOON, later)
  for (const states of [["due", "due"], ["approved", "submitted"], ["not_observed", "due"]]) {
    await tell(...states)
    assert.deepEqual(await purge(database, SHOPPER), [], states.join())
  }
  await tell("approved", "not_observed")
  assert.deepEqual(await purge(database, SHOPPER), [VISIT])
})

test("a visit whose follow-ups nobody told of yet is kept, one that was excluded is not", async () => {
  assert.equal(isAwaited({ state: "submitted" }, DOCUMENT), true)
  assert.equal(isAwaited({ state: "submitted" }, { ...DOCUMENT, touchpoints: DOCUMENT.touchpoints.slice(0, 1) }), false)
  assert.equal(isAwaited({ state: "excluded", followUps: { mail: { state: "due" } } }, DOCUMENT), false)
})

test("before the visit is handed in its follow-ups take nothing", async () => {
  const phone = await aPhone()
  const visit = await VisitRecord.keep(phone.database, SHOPPER, PARCEL)
  const record = new FollowUpRecord(visit, "mail", {})
  assert.deepEqual([record.isAsked, record.isOpen], [false, false])
})
