/** A timer of a question: what it measured always stays, whatever happens to the phone and whoever mends it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { PreviewBook } from "#js/admin/preview_book.js"
import { Notebook } from "#js/field/notebook.js"
import { VisitRecord } from "#js/field/visit_record.js"
import { aPhone, VISIT } from "./phone.js"

const WAIT = {
  key: "wait", kind: "duration", required: true, na_allowed: false, not_observed_allowed: false, explain_on: [],
  photos_allowed: true, minimum: null, maximum: null, bands: [], constraint_message: {}, due_days: null,
}
const DOCUMENT = { languages: ["en"], touchpoints: [{ key: "queue", questions: [WAIT] }] }

async function aNotebook(phone = null) {
  phone ??= await aPhone()
  const visit = await VisitRecord.keep(phone.database, phone.user, { visit: VISIT, eid: VISIT, vid: "v1" })
  const book = new Notebook({ document: DOCUMENT, visit, log: phone.log, shelf: phone.shelf, later: () => {}, now: () => phone.clock.ms })
  await book.open()
  return { ...phone, phone, visit, book }
}

const killed = ({ phone }) => aNotebook(phone)
const kinds = ({ database }) => database.rows("changes").map(({ change }) => change.kind).sort()

test("a running timer goes on after the page was killed, and its stop is the answer", async () => {
  const first = await aNotebook()
  await first.book.startTimer("wait")
  first.phone.clock.ms += 60_000
  const { book, phone } = await killed(first)
  assert.deepEqual(book.timerOf("wait"), { started_ms: 1_000_000 })
  assert.deepEqual(book.missing().map(({ code }) => code), ["answer_missing"])
  phone.clock.ms += 35_310
  await book.stopTimer("wait")
  assert.deepEqual(book.answerOf("wait"), { state: "answered", value: "95.3" })
  assert.deepEqual(book.timerOf("wait"), { started_ms: 1_000_000, seconds: "95.3" })
  assert.deepEqual(book.missing(), [])
})

test("what was measured without signal is not replaced by its correction", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  one.phone.clock.ms += 95_300
  await one.book.stopTimer("wait")
  one.book.typeDuration("wait", "8")
  await one.book.seal()
  one.book.typeDuration("wait", "80")
  await one.book.seal()
  assert.deepEqual(kinds(one), ["answer.set", "timer.correct", "timer.start", "timer.stop"])
  assert.deepEqual(one.book.timerOf("wait"), { seconds: "80", measured: "95.3" })
  assert.deepEqual(one.book.answerOf("wait").value, "80")
})

test("a duration that was entered by hand alone has no timer to correct", async () => {
  const one = await aNotebook()
  one.book.typeDuration("wait", "80")
  await one.book.seal()
  assert.deepEqual(kinds(one), ["answer.set"])
  assert.equal(one.book.timerOf("wait"), null)
})

test("what is being typed and is no duration yet is kept as it stands, and corrects nothing", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  await one.book.stopTimer("wait")
  one.book.typeDuration("wait", "x:5")
  await one.book.seal()
  assert.equal(one.book.answerOf("wait").value, "x:5")
  assert.deepEqual(one.book.timerOf("wait").seconds, "0")
})

test("a stop that could not be kept is whole or not there, and is said", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  one.database.fail(Object.assign(new Error("full"), { name: "QuotaExceededError" }))
  await one.book.stopTimer("wait")
  assert.equal(one.book.unsaved?.isFull, true)
  assert.deepEqual(kinds(one), ["timer.start"])
  await one.book.seal()
  assert.equal(one.book.unsaved, null)
  assert.deepEqual(kinds(one), ["answer.set", "timer.start", "timer.stop"])
})

test("a second tap on Stop measures nothing anew", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  one.phone.clock.ms += 2_000
  await Promise.all([one.book.stopTimer("wait"), one.book.stopTimer("wait")])
  assert.deepEqual(kinds(one), ["answer.set", "timer.start", "timer.stop"])
})

test("measuring again leaves the answer until the new one is there", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  one.phone.clock.ms += 2_000
  await one.book.stopTimer("wait")
  await one.book.startTimer("wait")
  assert.equal(one.book.answerOf("wait").value, "2")
  one.phone.clock.ms += 3_000
  await one.book.stopTimer("wait")
  assert.equal(one.book.answerOf("wait").value, "3")
})

test("a visit that is handed in starts and stops no timer", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  await one.visit.makeReady("a-hand-in")
  await one.book.stopTimer("wait")
  await one.book.startTimer("wait")
  assert.deepEqual(kinds(one), ["timer.start"])
})

test("the preview measures and mends like the phone", () => {
  const book = new PreviewBook(DOCUMENT)
  book.startTimer("wait")
  book.stopTimer("wait")
  book.stopTimer("wait")
  assert.equal(book.answerOf("wait").value, book.timerOf("wait").seconds)
  book.typeDuration("wait", "80")
  assert.deepEqual([book.answerOf("wait").value, book.timerOf("wait").seconds], ["80", "80"])
  book.typeDuration("wait", null)
  assert.equal(book.answerOf("wait"), null)
})
