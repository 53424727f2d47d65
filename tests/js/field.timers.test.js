/** A timer of a question: what it measured always stays, whatever happens to the phone and whoever mends it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { PreviewBook } from "#js/admin/preview_book.js"
import { Clocks } from "#js/field/clocks.js"
import { isInDoubt } from "#js/field/kinds/duration.js"
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
  const book = new Notebook({ document: DOCUMENT, visit, log: phone.log, shelf: phone.shelf, later: () => {}, clocks: new Clocks({ now: () => phone.clock.ms }) })
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

test("what is entered by hand while the stop is still being kept stays", async () => {
  const one = await aNotebook()
  await one.book.startTimer("wait")
  one.phone.clock.ms += 95_300
  const stopping = one.book.stopTimer("wait")
  one.book.typeDuration("wait", "80")
  await stopping
  await one.book.seal()
  assert.deepEqual(one.book.answerOf("wait").value, "80")
  assert.deepEqual(one.book.timerOf("wait"), { seconds: "80", measured: "95.3" })
  assert.deepEqual((await killed(one)).book.answerOf("wait").value, "80")
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

function twoClocks(wall, steady) {
  const at = { wall, steady }
  return { at, clocks: new Clocks({ now: () => at.wall, steady: () => at.steady }) }
}

for (const [says, { wall, steady, slept = false }, ms, isDoubtful] of [
  ["clocks that agree are believed", { wall: 95_300, steady: 95_300 }, 95_300, false],
  ["a clock set forward in view is not believed", { wall: 3_695_300, steady: 95_300 }, 95_300, false],
  ["a clock set back in view is not believed", { wall: -3_504_700, steady: 95_300 }, 95_300, false],
  ["a phone that slept counts by the clock of the day", { wall: 95_300, steady: 20_000, slept: true }, 95_300, false],
  ["a clock set back while the phone may have slept is doubtful", { wall: -3_504_700, steady: 95_300, slept: true }, 95_300, true],
  ["a timer that was forgotten is doubtful", { wall: 15 * 3_600_000, steady: 20_000, slept: true }, 15 * 3_600_000, true],
]) {
  test(says, () => {
    const { at, clocks } = twoClocks(1_000_000, 50)
    const started = clocks.begin()
    if (slept) clocks.lookAway()
    at.wall += wall
    at.steady += steady
    assert.deepEqual(clocks.since(started), { ms, isDoubtful })
  })
}

test("after a reload a clock that was set back says nothing, and a day's wait is doubted", () => {
  const { at, clocks } = twoClocks(1_000_000, 50)
  assert.deepEqual(clocks.since(2_000_000), { ms: 0, isDoubtful: true })
  at.wall += 86_400_000
  assert.deepEqual(clocks.since(1_000_000), { ms: 86_400_000, isDoubtful: true })
})

test("a doubtful time is kept as measured, and makes no answer before the shopper says so", async () => {
  const first = await aNotebook()
  await first.book.startTimer("wait")
  first.phone.clock.ms -= 60_000
  const { book, database } = await killed(first)
  await book.stopTimer("wait")
  assert.deepEqual(book.timerOf("wait"), { started_ms: 1_000_000, seconds: "0", doubtful: true })
  assert.equal(book.answerOf("wait"), null)
  assert.equal(isInDoubt(book.timerOf("wait"), null), true)
  book.typeDuration("wait", "80")
  await book.seal()
  assert.deepEqual(kinds({ database }), ["answer.set", "timer.correct", "timer.start", "timer.stop"])
  assert.equal(isInDoubt(book.timerOf("wait"), "80"), false)
})
