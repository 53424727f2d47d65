/** Blind timers and quick photos: they belong to no question at first, survive everything, and are sorted afterwards. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Clocks } from "#js/field/clocks.js"
import { Notebook } from "#js/field/notebook.js"
import { VisitRecord } from "#js/field/visit_record.js"
import { Watches } from "#js/field/ways/watches.js"
import { aPhone, aPicture, FACTS, FakeServer, hash, makeId, VISIT } from "./phone.js"
import { Outbox } from "#js/field/outbox.js"

const COMMON = { required: true, na_allowed: false, not_observed_allowed: false, explain_on: [], photos_allowed: true, due_days: null }
const DURATION = { ...COMMON, kind: "duration", minimum: null, maximum: null, bands: [], constraint_message: {} }
const DOCUMENT = {
  languages: ["en"],
  touchpoints: [{ key: "queue", questions: [{ ...DURATION, key: "wait" }, { ...DURATION, key: "pay" }, { ...COMMON, key: "window", kind: "photo", min_count: 1, max_count: 2 }] }],
}

async function aVisit(phone = null) {
  phone ??= await aPhone()
  const visit = await VisitRecord.keep(phone.database, phone.user, { visit: VISIT, eid: VISIT, vid: "v1" })
  const clocks = new Clocks({ now: () => phone.clock.ms })
  const book = new Notebook({ document: DOCUMENT, visit, log: phone.log, shelf: phone.shelf, later: () => {}, clocks })
  await book.open()
  return { phone, visit, book, watches: new Watches({ book, clocks, makeId }) }
}

async function measured({ watches, phone }, half, ms) {
  await watches.press(half)
  phone.clock.ms += ms
  await watches.press(half)
}

const shown = ({ watches }) => watches.all().map(({ half, seconds, question }) => [half, seconds, question])

test("each half measures by itself, again and again, and nothing is replaced", async () => {
  const one = await aVisit()
  await one.watches.press("upper")
  one.phone.clock.ms += 10_000
  await measured(one, "lower", 5_000)
  await one.watches.press("upper")
  await measured(one, "lower", 7_000)
  assert.deepEqual(shown(one), [["upper", "15", null], ["lower", "5", null], ["lower", "7", null]])
  assert.equal(one.watches.running("lower"), null)
})

test("a blind timer runs on when the page was killed", async () => {
  const first = await aVisit()
  await first.watches.press("upper")
  first.phone.clock.ms += 60_000
  const again = await aVisit(first.phone)
  assert.equal(again.watches.running("upper").started_ms, 1_000_000)
  await again.watches.press("upper")
  assert.deepEqual(shown(again), [["upper", "60", null]])
})

test("two quick taps start and stop one timer", async () => {
  const one = await aVisit()
  const first = one.watches.press("upper")
  await Promise.all([first, one.watches.press("upper")])
  assert.deepEqual(shown(one), [["upper", "0", null]])
})

test("leaving stops what runs", async () => {
  const one = await aVisit()
  await one.watches.press("upper")
  one.phone.clock.ms += 3_000
  await one.watches.stopAll()
  assert.deepEqual(shown(one), [["upper", "3", null]])
})

test("a time that is given to a question is its answer, and says where it comes from", async () => {
  const one = await aVisit()
  await measured(one, "upper", 95_300)
  const [watch] = one.watches.unsorted()
  await one.watches.give(watch.id, "wait")
  assert.deepEqual(one.book.answerOf("wait"), { state: "answered", value: "95.3" })
  assert.deepEqual(one.book.timerOf("wait"), { started_ms: 1_000_000, seconds: "95.3" })
  assert.deepEqual(one.watches.unsorted(), [])
  one.book.typeDuration("wait", "90")
  await one.book.seal()
  assert.deepEqual(one.book.timerOf("wait"), { seconds: "90", measured: "95.3" })
})

test("a time that is given elsewhere takes its answer along, and one that is replaced is unsorted again", async () => {
  const one = await aVisit()
  await measured(one, "upper", 10_000)
  await measured(one, "lower", 20_000)
  const [first, second] = one.watches.all()
  await one.watches.give(first.id, "wait")
  await one.watches.give(second.id, "wait")
  assert.deepEqual(shown(one), [["upper", "10", null], ["lower", "20", "wait"]])
  await one.watches.give(second.id, "pay")
  assert.equal(one.book.answerOf("wait"), null)
  assert.equal(one.book.answerOf("pay").value, "20")
  await one.watches.give(second.id, null)
  assert.equal(one.book.answerOf("pay"), null)
})

test("a doubtful time makes no answer before the shopper says so", async () => {
  const one = await aVisit()
  await measured(one, "upper", -5_000)
  await one.watches.give(one.watches.all()[0].id, "wait")
  assert.equal(one.book.answerOf("wait"), null)
  assert.deepEqual(one.book.timerOf("wait"), { started_ms: 1_000_000, seconds: "0", doubtful: true })
})

test("a photo that belongs to no question can be given to one while it still waits to be made smaller", async () => {
  const one = await aVisit()
  const id = await one.book.addPhoto(null, aPicture(), FACTS)
  await one.book.placePhoto(id, "window")
  assert.equal(one.phone.database.rows("changes")[0].waits, true)
  const small = { bytes: aPicture("small"), thumbnail: aPicture("tiny"), mime: "image/webp", width: 20, height: 10 }
  await one.phone.shelf.shrink(id, async () => small)
  await one.book.refresh()
  assert.deepEqual([one.book.photosOf(null).length, one.book.photosOf("window").length], [0, 1])
  const [{ change, waits }] = one.phone.database.rows("changes")
  assert.equal(waits, false)
  assert.deepEqual([change.value.question, change.value.photo.mime, change.value.photo.sha256], ["window", "image/webp", await hash(small.bytes)])
})

test("a photo that is sorted just when it was made smaller is described as it now is", async () => {
  const one = await aVisit()
  const id = await one.book.addPhoto(null, aPicture(), FACTS)
  const small = { bytes: aPicture("small"), thumbnail: aPicture("tiny"), mime: "image/webp", width: 20, height: 10 }
  await one.phone.shelf.shrink(id, async () => small) // the notebook has not looked again
  await one.book.placePhoto(id, "window")
  const [{ change, waits }] = one.phone.database.rows("changes")
  assert.deepEqual([waits, change.value.question, change.value.photo.sha256], [false, "window", await hash(small.bytes)])
})

test("a photo that was sent without a question is moved by a second change that describes it alike", async () => {
  const one = await aVisit()
  const id = await one.book.addPhoto(null, aPicture(), FACTS)
  await one.phone.shelf.shrink(id, async () => ({ bytes: aPicture("small"), thumbnail: aPicture("tiny"), mime: "image/webp", width: 20, height: 10 }))
  const send = new FakeServer()
  await new Outbox({ tray: one.phone.tray, send }).drain()
  await one.book.refresh()
  await one.book.placePhoto(id, "window")
  await one.book.placePhoto(id, null)
  await one.book.placePhoto(id, "window")
  const [first, second, ...more] = one.phone.database.rows("changes").map(({ change }) => change)
  assert.deepEqual(more, [])
  assert.deepEqual(second.base, [first.id])
  assert.deepEqual(second.value, { ...first.value, question: "window" })
  await one.book.removePhoto(id)
  assert.deepEqual([one.book.photosOf(null), one.book.photosOf("window")], [[], []])
})
