import assert from "node:assert/strict"
import { test } from "node:test"
import { catchUp } from "#js/field/catch_up.js"
import { countOpen, leftOpenWords } from "#js/field/screens/hand_in_sheet.js"
import { Outbox } from "#js/field/outbox.js"
import { purge } from "#js/field/purge.js"
import { fold } from "#js/field/registers.js"
import { aNotebook, DOCUMENT, NO, restarted, YES } from "./notebook.js"
import { aPhone, aPicture, answer, FACTS, FakeServer, NO_NETWORK, SHOPPER, VISIT } from "./phone.js"

test("an answer is there at once, and after a restart", async () => {
  const first = await aNotebook()
  const saying = first.book.say("greeted", YES)
  assert.deepEqual(first.book.answerOf("greeted"), YES)
  await saying
  assert.deepEqual((await restarted(first)).book.answerOf("greeted"), YES)
})

test("what is typed lasts after a tenth of a second, without being a change yet", async () => {
  const first = await aNotebook()
  first.book.typeAnswer("story", "Nobody", 100)
  assert.ok(first.book.isTyping)
  await first.timers.pass(300)
  assert.ok(!first.book.isTyping)
  const { records, drafts } = await first.log.read()
  assert.deepEqual([records.length, drafts.get("answer:story").value.value], [0, "Nobody"])
})

test("a page that was killed while somebody typed comes back with the words, as a change", async () => {
  const first = await aNotebook()
  first.book.typeComment("greeted", "Nobody looked u")
  await first.timers.pass(300)
  const second = await restarted(first)
  assert.equal(second.book.commentOf("greeted"), "Nobody looked u")
  const { records, drafts } = await second.log.read()
  assert.deepEqual([records.length, drafts.size], [1, 0])
})

test("what is typed becomes a change after ten seconds, and typing on makes another", async () => {
  const { book, timers, log, tray } = await aNotebook()
  book.typeComment("greeted", "One")
  await timers.pass(10_000)
  assert.equal((await log.read()).records.length, 1)
  await tray.takeChanges(VISIT, new Set())
  book.typeComment("greeted", "One two")
  await book.seal()
  const { records } = await log.read()
  assert.deepEqual(records.map(({ change }) => change.base.length), [0, 1])
})

test("what is typed while an answer is being written becomes a change by itself too", async () => {
  const { book, timers, log, tray } = await aNotebook()
  const saying = book.say("story", { state: "answered", value: "One" })
  await Promise.resolve()
  book.typeAnswer("story", "One two", 100)
  await saying
  await tray.takeChanges(VISIT, new Set())
  await timers.pass(10_000)
  const { records, drafts } = await log.read()
  assert.deepEqual(records.map(({ change }) => change.value.value), ["One", "One two"])
  assert.equal(drafts.size, 0)
})

test("typing on while the change is being written loses nothing", async () => {
  const first = await aNotebook()
  first.book.typeComment("greeted", "One")
  await first.timers.pass(300)
  const sealing = first.book.seal()
  await Promise.resolve()
  first.book.typeComment("greeted", "One two")
  await sealing
  assert.equal(first.book.commentOf("greeted"), "One two")
  await first.tray.takeChanges(VISIT, new Set())
  await first.book.seal()
  const second = await restarted(first)
  assert.equal(second.book.commentOf("greeted"), "One two")
  assert.deepEqual(second.book.conflicts, [])
})

test("two taps in a row are one history, never two heads", async () => {
  const first = await aNotebook()
  await Promise.all([first.book.say("greeted", YES), first.book.say("greeted", NO)])
  assert.deepEqual(first.book.answerOf("greeted"), NO)
  assert.deepEqual(first.book.conflicts, [])
  assert.equal((await first.log.read()).records.length, 1)
})

test("a text taken away clears its answer", async () => {
  const { book, tray } = await aNotebook()
  book.typeAnswer("story", "Something", 100)
  await book.seal()
  await tray.takeChanges(VISIT, new Set())
  book.typeAnswer("story", "", 100)
  await book.seal()
  assert.equal(book.answerOf("story"), null)
})

test("saying the same again writes nothing", async () => {
  const { book, log, tray } = await aNotebook()
  await book.say("greeted", YES)
  await tray.takeChanges(VISIT, new Set())
  await book.say("greeted", YES)
  assert.equal((await log.read()).records.length, 1)
})

test("what could not be kept is said, stays on the screen and is kept when tried again", async () => {
  const first = await aNotebook()
  first.database.fail(Object.assign(new Error("full"), { name: "QuotaExceededError" }))
  await first.book.say("greeted", YES)
  assert.ok(first.book.unsaved.isFull)
  assert.deepEqual(first.book.answerOf("greeted"), YES)
  await first.book.seal()
  assert.equal(first.book.unsaved, null)
  assert.deepEqual((await restarted(first)).book.answerOf("greeted"), YES)
})

test("a photo that could not be kept is not shown", async () => {
  const { book, database } = await aNotebook()
  database.fail(Object.assign(new Error("full"), { name: "QuotaExceededError" }))
  assert.equal(await book.addPhoto("window", aPicture(), FACTS), null)
  assert.deepEqual(book.photosOf("window"), [])
  assert.ok(book.unsaved)
})

test("photos stand in the order of their taking, and one that was refused fulfils nothing", async () => {
  const { book, clock, shelf, tray } = await aNotebook()
  const ids = []
  for (const name of ["one", "two"]) {
    clock.ms += 1
    ids.push(await book.addPhoto("window", aPicture(name), FACTS))
  }
  assert.deepEqual(book.photosOf("window").map(({ id }) => id), ids)
  assert.equal(book.roomAt(DOCUMENT.touchpoints[0].questions[2]), 0)
  for (const id of ids) {
    await shelf.shrink(id, async () => ({}))
    for (let times = 0; times < 3; times++) await tray.refuse("photos", id, "No picture.")
  }
  await book.refresh()
  assert.equal(book.roomAt(DOCUMENT.touchpoints[0].questions[2]), 2)
  assert.deepEqual(book.missing().filter(({ question }) => question === "window").map(({ code }) => code), ["photos_missing"])
})

test("what is missing is told with drafts counted in", async () => {
  const { book } = await aNotebook()
  assert.deepEqual(book.missing().map(({ code }) => code), ["answer_missing", "answer_missing", "photos_missing"])
  await book.say("greeted", NO)
  book.typeAnswer("story", "Long enough for it", 100)
  assert.deepEqual(book.missing().map(({ code }) => code), ["comment_missing", "photos_missing"])
})

test("what is left open is counted by question, and the critical ones among them", async () => {
  const { book } = await aNotebook()
  assert.deepEqual(countOpen(book), { n: 3, critical: 1 })
  assert.equal(leftOpenWords(countOpen(book)), "3 questions are open, 1 of them critical")
  await book.say("greeted", YES)
  assert.equal(leftOpenWords(countOpen(book)), "2 questions are open")
})

test("nothing is written while a hand-in is ready or done", async () => {
  const { book, visit, log } = await aNotebook()
  await visit.makeReady("h")
  await book.say("greeted", YES)
  book.typeComment("greeted", "late")
  await book.seal()
  assert.equal((await log.read()).records.length, 0)
  await visit.takeBack()
  await book.say("greeted", YES)
  assert.equal((await log.read()).records.length, 1)
})

test("a hand-in that is ready is still ready after a restart", async () => {
  const first = await aNotebook()
  await first.visit.makeReady("h")
  assert.ok((await restarted(first)).visit.isReady)
})

// ---- two phones, and the server's news

function fromElsewhere(change, more) {
  return { change: { ...change, did: "another", ...more }, disposition: null, arrival: 1, head: true }
}

function aServerSaying(...pages) {
  return { state: async () => ({ kind: "accepted", data: pages.shift() }), receipts: async () => NO_NETWORK }
}

const NEWS = { cursor: 1, reload: false, more: false, state: "in_progress", round: 1, deadline: null, changes: [], note: "", remarks: {}, photos: [], receipt: null }

test("two phones that say different things are told, and one of them is chosen", async () => {
  const { book, log, visit } = await aNotebook()
  await book.say("greeted", YES)
  const [{ change }] = (await log.read()).records
  const theirs = fromElsewhere(change, { id: "ffffffff-0000-7000-8000-000000000000", value: NO })
  await catchUp({ sender: aServerSaying({ ...NEWS, changes: [theirs] }), visit, log })
  await book.refresh()
  assert.deepEqual(book.conflicts, ["greeted"])
  const rivals = book.rivalsOf("greeted")
  assert.deepEqual(new Set(rivals.map(({ value }) => value.value)), new Set(["yes", "no"]))
  await book.settle(rivals.find(({ value }) => value.value === "no"))
  assert.deepEqual([book.conflicts, book.answerOf("greeted")], [[], NO])
})

test("a photo that one phone removed and another kept is a conflict at its question", async () => {
  for (const [choice, photos] of [["photo.attach", 1], ["photo.detach", 0]]) {
    const { book, log, visit } = await aNotebook()
    const id = await book.addPhoto("window", aPicture(), FACTS)
    const attach = (await log.read()).records[0].change
    const more = { ...attach, value: { ...attach.value, caption: "The door." }, id: "ffffffff-0000-7000-8000-000000000001", base: [attach.id] }
    const detach = { ...attach, kind: "photo.detach", value: undefined, id: "ffffffff-0000-7000-8000-000000000002", base: [attach.id] }
    await catchUp({ sender: aServerSaying({ ...NEWS, changes: [fromElsewhere(more), fromElsewhere(detach)] }), visit, log })
    await book.refresh()
    assert.deepEqual([book.conflicts, book.photosOf("window").map((photo) => photo.id)], [["window"], [id]])
    await book.settle(book.rivalsOf("window").find(({ kind }) => kind === choice))
    assert.deepEqual([book.conflicts, book.rivalsOf("window"), book.photosOf("window").length], [[], [], photos])
  }
})

test("news comes page by page, and an emptied server is read from its beginning", async () => {
  const { log, visit } = await aNotebook()
  await catchUp({ sender: aServerSaying({ ...NEWS, cursor: 200, more: true }, { ...NEWS, cursor: 230 }), visit, log })
  assert.equal(visit.cursor, 230)
  await catchUp({ sender: aServerSaying({ ...NEWS, cursor: 5, reload: true }, { ...NEWS, cursor: 5 }), visit, log })
  assert.equal(visit.cursor, 5)
})

test("a phone says which change it has read up to, since a restored server gives its numbers anew", async () => {
  const { log, visit } = await aNotebook()
  const asked = []
  const pages = [{ ...NEWS, cursor: 3, last: "c3" }, { ...NEWS, cursor: 4, last: "d4", reload: true }, { ...NEWS, cursor: 4, last: "d4" }]
  const sender = { state: async (eid, ...from) => (asked.push(from), { kind: "accepted", data: pages.shift() }), receipts: async () => NO_NETWORK }
  await catchUp({ sender, visit, log })
  await catchUp({ sender, visit, log })
  assert.deepEqual(asked, [[0, null], [3, "c3"], [0, null]])
  assert.equal(visit.lastArrived, "d4")
})

test("without an answer of the server the phone stays as it was", async () => {
  const { log, visit } = await aNotebook()
  for (const verdict of [{ kind: "network" }, { kind: "accepted", data: { unlike: "ours" } }]) {
    assert.equal((await catchUp({ sender: { state: async () => verdict }, visit, log })).kind, "network")
  }
  assert.deepEqual([visit.cursor, visit.isOpen], [0, true])
})

test("a visit that came back shows the remarks, and what was mended since", async () => {
  const { book, log, visit } = await aNotebook()
  await book.say("greeted", NO)
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "returned", round: 2, note: "Nearly.", remarks: { greeted: ["Who?"] }, receipt: "4F2A" }), visit, log })
  await book.refresh()
  assert.deepEqual([visit.isReturned, visit.note, book.remarksOf("greeted"), book.remarksOf("story")], [true, "Nearly.", ["Who?"], []])
  assert.equal(book.isMended("greeted"), false)
  book.typeComment("greeted", "The person at the till.")
  await book.seal()
  assert.equal(book.isMended("greeted"), true)
})

test("a hand-in that another phone was quicker with is not sent again", async () => {
  const { log, visit } = await aNotebook()
  await visit.makeReady("h")
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "submitted", receipt: "4F2A" }), visit, log })
  assert.deepEqual([visit.isReady, visit.isOpen, visit.receipt.digest], [false, false, "4F2A"])
})

test("a visit that was called off meanwhile is handed in all the same", async () => {
  const { book, log, visit, tray } = await aNotebook()
  await book.say("greeted", NO)
  await visit.makeReady("h")
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "abandoned" }), visit, log })
  assert.deepEqual([visit.isReady, visit.isCalledOff], [true, true])
  const server = new FakeServer()
  assert.equal((await new Outbox({ tray, send: server }).drain()).result, "empty")
  assert.deepEqual([server.changesHeld.size, [...server.receipts.keys()]], [1, ["h"]])
})

test("a hand-in that a restored server lost is made again under its id, and one that it has is not", async () => {
  const { log, visit, tray } = await aNotebook()
  await tray.receipted(VISIT, { submission: "h", round: 1, digest: "4f2a00", changes: [], photos: [] })
  await visit.refresh()
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "submitted", receipt: "4F2A" }), visit, log })
  assert.equal(visit.isReady, false)
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "in_progress" }), visit, log })
  assert.deepEqual([visit.isReady, visit.isOpen], [true, true])
  assert.equal((await tray.handInDue(VISIT)).id, "h")
})

test("a visit that came back for another round is not handed in by itself", async () => {
  const { log, visit, tray } = await aNotebook()
  await tray.receipted(VISIT, { submission: "h", round: 1, digest: "4f2a00", changes: [], photos: [] })
  await visit.refresh()
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "returned", round: 2, receipt: "4F2A" }), visit, log })
  assert.deepEqual([visit.isReady, visit.isOpen, await tray.handInDue(VISIT)], [false, true, null])
})

test("a phone that was offline while its visit came back hands in nothing of the old round, and keeps what it made", async () => {
  const { book, log, visit, tray } = await aNotebook()
  await book.say("greeted", NO)
  await visit.makeReady("h")
  await catchUp({ sender: aServerSaying({ ...NEWS, state: "returned", round: 2, receipt: "4F2A" }), visit, log })
  assert.deepEqual([visit.isReady, visit.isReturned, (await tray.count()).waiting], [false, true, 1])
})

test("what was mended after a hand-in whose answer was lost is told to be apart from it", async () => {
  const { book, log, visit, tray } = await aNotebook()
  await book.say("greeted", YES)
  const [{ id: held }] = (await log.read()).records
  await tray.takeChanges(VISIT, new Set())
  await book.say("greeted", NO)
  const changes = (await log.read()).records.map(({ id }) => id)
  await tray.acknowledge("changes", changes)
  await book.refresh()
  assert.deepEqual(book.afterHandIn(), [], "nothing was handed in yet")
  await tray.receipted(VISIT, { submission: "h", round: 1, digest: "4f2a00", changes: [held], photos: [] })
  await visit.refresh()
  assert.deepEqual(book.afterHandIn(), ["answer:greeted"])
  await tray.receipted(VISIT, { submission: "i", round: 2, digest: "4f2b00", changes, photos: [] })
  await visit.refresh()
  assert.deepEqual(book.afterHandIn(), [])
})

test("a place that was found while the hand-in waits is kept with it, and nothing is after the hand-in has gone", async () => {
  const { book, visit, tray } = await aNotebook()
  await book.note("check_out", { at_ms: 5, place: null })
  await visit.makeReady("h", 2)
  await book.noteAfter("check_out", { at_ms: 5, place: { denied: true } })
  await visit.leavesOpen(1)
  assert.deepEqual([book.checkOut.place, visit.told.handIn.open], [{ denied: true }, 1])
  await tray.receipted(VISIT, { submission: "h", round: 1, digest: "4f2a00", changes: [], photos: [] })
  await visit.refresh()
  await book.noteAfter("check_out", { at_ms: 5, place: null })
  await visit.leavesOpen(0)
  assert.deepEqual([book.checkOut.place, visit.told.handIn], [{ denied: true }, null])
})

test("a clock that is set back by years between two answers changes neither, and drops nothing", async () => {
  const clock = { ms: Date.UTC(2046, 0) }
  const phone = await aPhone({ clock })
  const first = await answer(phone.log, "greeted", "yes")
  await phone.tray.takeChanges(phone.eid, new Set())
  clock.ms = 0
  await answer(phone.log, "greeted", "no", [first.id])
  const { records } = await phone.log.read()
  assert.deepEqual([fold(records).get("answer:greeted").value, (await phone.tray.count()).waiting], [{ state: "answered", value: "no" }, 2])
  assert.deepEqual(await purge(phone.database, SHOPPER), [])
})
