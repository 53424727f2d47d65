import assert from "node:assert/strict"
import { test } from "node:test"
import { Outbox } from "#js/field/outbox.js"
import { writing } from "#js/field/database.js"
import { aPhone, aPicture, answer, FACTS, FakeServer, makeId, NO_NETWORK, REFUSED, SIGNED_OUT, VISIT } from "./phone.js"

async function aSendingPhone(given) {
  const phone = await aPhone(given)
  const server = new FakeServer()
  const progress = []
  const outbox = new Outbox({ tray: phone.tray, send: server, onProgress: (step) => progress.push(step) })
  return { ...phone, server, outbox, progress }
}

async function aPhoto({ shelf }, text) {
  const kept = await shelf.keep(aPicture(text), FACTS, "window")
  await shelf.shrink(kept.id, async () => ({}))
  return kept
}

async function readyToHandIn({ database, user, eid }, { open = 0 } = {}) {
  const id = makeId()
  await writing(database, ["evaluations"], async (transaction) => {
    const store = transaction.objectStore("evaluations")
    await store.put({ ...(await store.get([user, eid])), handIn: { id, round: 1, state: "ready", open } })
  })
  return id
}

test("without signal everything stays and is to be tried later", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  phone.server.will(NO_NETWORK)
  assert.deepEqual(await phone.outbox.drain(), { result: "later", waitMs: 0, reason: "network" })
  assert.equal((await phone.tray.count()).waiting, 1)
  assert.deepEqual(await phone.outbox.drain(), { result: "empty", waitMs: 0 })
  assert.equal(phone.server.changesHeld.size, 1)
})

test("an answer of the server that got lost leads to a repeat, not to a doubling", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  phone.server.will("lose")
  await phone.outbox.drain()
  assert.equal((await phone.tray.count()).waiting, 1, "what was not confirmed is not safe")
  await phone.outbox.drain()
  assert.equal(phone.server.changesHeld.size, 1)
  assert.equal((await phone.tray.count()).acknowledged, 1)
})

test("who is signed out keeps everything, and the wait the server asks for is passed on", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  phone.server.will(SIGNED_OUT, { ...NO_NETWORK, waitMs: 9000 })
  assert.equal((await phone.outbox.drain()).result, "signed_out")
  assert.deepEqual(await phone.outbox.drain(), { result: "later", waitMs: 9000, reason: "network" })
  assert.equal((await phone.tray.count()).waiting, 1)
})

test("a photo refused three times needs attention with its reason, and everything else goes", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  const bad = await aPhoto(phone, "no picture")
  const good = await aPhoto(phone, "a picture")
  phone.server.photo = refusing(phone.server, bad.id, { ...REFUSED, status: 413 })
  for (const times of [1, 2, 3]) {
    const { result } = await phone.outbox.drain()
    assert.equal(result, times < 3 ? "later" : "empty")
  }
  const photos = new Map((await phone.shelf.read()).map((photo) => [photo.id, photo]))
  assert.deepEqual([photos.get(bad.id).state, photos.get(bad.id).message], ["attention", "This is no picture."])
  assert.equal(photos.get(good.id).state, "acknowledged")
  assert.equal((await phone.tray.bytesOf(photos.get(bad.id))).byteLength, 10, "its bytes are kept")
  assert.deepEqual([...phone.server.photosHeld.keys()], [good.id])
  assert.equal(phone.server.changesHeld.size, 3)
})

test("what is no photo needs attention on the server's first answer, unless it was altered on its way", async () => {
  for (const [refusal, state] of [[REFUSED, "attention"], [{ ...REFUSED, status: 422, code: "photo_damaged" }, "attention"], [{ ...REFUSED, status: 422, code: "digest_differs" }, "kept"], [{ ...REFUSED, status: 422, code: "photo_too_slow" }, "kept"]]) {
    const phone = await aSendingPhone()
    const bad = await aPhoto(phone, "no picture")
    phone.server.photo = refusing(phone.server, bad.id, refusal)
    await phone.outbox.drain()
    const [photo] = await phone.shelf.read()
    assert.deepEqual([photo.state, photo.message], [state, "This is no picture."])
  }
})

function refusing(server, id, refusal = REFUSED) {
  const take = server.photo
  return (eid, photo, bytes) => (photo.id === id ? { ...refusal } : take(eid, photo, bytes))
}

test("a photo that always fails holds up none of the others", async () => {
  const phone = await aSendingPhone()
  const bad = await aPhoto(phone, "unlucky")
  const good = await aPhoto(phone, "fine")
  const take = phone.server.photo
  phone.server.photo = (eid, photo, bytes) => (photo.id === bad.id ? NO_NETWORK : take(eid, photo, bytes))
  await phone.outbox.drain()
  await phone.outbox.drain()
  assert.ok(phone.server.photosHeld.has(good.id))
})

test("a change whose id the server knows with another content is frozen, never overwritten", async () => {
  const phone = await aSendingPhone()
  const { id } = await answer(phone.log, "greeted", "yes")
  phone.server.changesHeld.set(id, "something else")
  assert.equal((await phone.outbox.drain()).result, "empty")
  assert.equal((await phone.tray.count()).frozen, 1)
})

test("one change that spoils its batch is found, and the others are stored", async () => {
  const phone = await aSendingPhone()
  const records = []
  for (const key of ["a", "b", "c", "d", "e"]) records.push(await answer(phone.log, key, "yes"))
  const poison = records[3].id
  const take = phone.server.changes
  phone.server.changes = (eid, changes) => (changes.some(({ id }) => id === poison) ? { ...REFUSED } : take(eid, changes))
  for (let times = 0; times < 3; times++) await phone.outbox.drain()
  assert.equal(phone.server.changesHeld.size, 4)
  const counts = await phone.tray.count()
  assert.deepEqual([counts.attention, counts.waiting], [1, 0])
})

test("changes go in batches of at most two hundred, in the order of their making", async () => {
  const phone = await aSendingPhone()
  for (let n = 0; n < 205; n++) await answer(phone.log, `q${n}`, "yes")
  await phone.outbox.drain()
  assert.deepEqual(phone.server.requests.map(([, ids]) => ids.length), [200, 5])
  const seqs = [...phone.server.changesHeld.values()].map((text) => JSON.parse(text).seq)
  assert.deepEqual(seqs, [...seqs].sort((one, other) => one - other))
})

test("a batch stays below one megabyte", async () => {
  const phone = await aSendingPhone()
  for (let n = 0; n < 60; n++) {
    await phone.log.write({ kind: "comment.set", register: `comment:q${n}`, value: "é".repeat(20_000) }, [])
  }
  await phone.outbox.drain()
  const sizes = phone.server.requests.map(([, ids]) =>
    ids.reduce((sum, id) => sum + Buffer.byteLength(phone.server.changesHeld.get(id)), 0),
  )
  assert.ok(sizes.length > 1)
  assert.ok(Math.max(...sizes) < 1_000_000)
})

test("a phone whose number clashed takes a new id for what follows", async () => {
  const phone = await aSendingPhone()
  const first = await answer(phone.log, "greeted", "yes")
  phone.server.will({ kind: "accepted", results: [{ id: first.id, result: "forked" }] })
  await phone.outbox.drain()
  const second = await answer(phone.log, "floor", "yes")
  assert.notEqual(second.change.did, first.change.did)
  assert.equal(second.change.seq, 1)
  assert.equal((await phone.tray.count()).acknowledged, 1)
})

test("those who ask meanwhile share one run", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  await Promise.all([phone.outbox.drain(), phone.outbox.drain()])
  assert.equal(phone.server.requests.length, 1)
})

test("progress counts what is sent out of all", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  await aPhoto(phone, "one")
  await aPhoto(phone, "two")
  await phone.outbox.drain()
  assert.deepEqual(phone.progress, [{ n: 1, all: 5 }, { n: 4, all: 5 }, { n: 5, all: 5 }])
})

test("a hand-in waits for everything that can go, and names what cannot", async () => {
  const phone = await aSendingPhone()
  const { id: change } = await answer(phone.log, "greeted", "yes")
  const bad = await aPhoto(phone, "no picture")
  phone.server.photo = refusing(phone.server, bad.id, { ...REFUSED, status: 413 })
  const handIn = await readyToHandIn(phone)
  await phone.outbox.drain()
  await phone.outbox.drain()
  assert.equal(phone.server.receipts.size, 0)
  assert.equal((await phone.outbox.drain()).result, "empty")
  const { manifest } = phone.server.receipts.get(handIn)
  assert.ok(manifest.changes.includes(change))
  assert.deepEqual(manifest.left_out, [{ id: bad.id, what: "photo", reason: "unreadable" }])
  const [evaluation] = await phone.tray.evaluations()
  assert.deepEqual([evaluation.state, evaluation.handIn, evaluation.receipts.length], ["submitted", null, 1])
})

test("a receipt remembers how many questions were left open", async () => {
  const phone = await aSendingPhone()
  await readyToHandIn(phone, { open: 26 })
  await phone.outbox.drain()
  assert.equal((await phone.tray.evaluations())[0].receipts[0].open, 26)
})

test("a hand-in survives a lost answer and is repeated under the same id", async () => {
  const phone = await aSendingPhone()
  const handIn = await readyToHandIn(phone)
  phone.server.will("lose")
  assert.equal((await phone.outbox.drain()).result, "later")
  assert.equal((await phone.tray.evaluations())[0].handIn.id, handIn)
  await phone.outbox.drain()
  assert.deepEqual(phone.server.requests, [["submit", handIn], ["submit", handIn]])
})

test("what a restored server lacks at hand-in is sent once more", async () => {
  const phone = await aSendingPhone()
  const { id } = await answer(phone.log, "greeted", "yes")
  const photo = await aPhoto(phone, "one")
  await phone.outbox.drain()
  phone.server.changesHeld.delete(id)
  phone.server.photosHeld.delete(photo.id)
  await readyToHandIn(phone)
  assert.equal((await phone.outbox.drain()).result, "empty")
  assert.ok(phone.server.changesHeld.has(id) && phone.server.photosHeld.has(photo.id))
  assert.equal(phone.server.receipts.size, 1)
})

test("a server that keeps saying that something is missing is asked again later, not for ever", async () => {
  const phone = await aSendingPhone()
  const { id } = await answer(phone.log, "greeted", "yes")
  phone.server.submit = async () => ({ kind: "incomplete", missingChanges: [id], missingPhotos: [] })
  await readyToHandIn(phone)
  assert.equal((await phone.outbox.drain()).result, "later")
})

test("trouble with one visit does not hold up another", async () => {
  const one = await aSendingPhone({ eid: "visit-one" })
  await answer(one.log, "greeted", "yes")
  const two = await aPhone({ database: one.database, eid: "visit-two" })
  await answer(two.log, "greeted", "no")
  one.server.will({ kind: "network", reached: true, waitMs: 0 })
  assert.equal((await one.outbox.drain()).result, "later")
  assert.equal(one.server.changesHeld.size, 1)
})

test("a photo that never gets through, or answers that do not, hold up no other visit", async () => {
  for (const call of ["photo", "changes"]) {
    const one = await aSendingPhone({ eid: "visit-one" })
    await answer(one.log, "greeted", "yes")
    await aPhoto(one, "too much for this line")
    const two = await aPhone({ database: one.database, eid: "visit-two" })
    await answer(two.log, "greeted", "no")
    await aPhoto(two, "fine")
    await readyToHandIn(two)
    const send = one.server[call]
    one.server[call] = (eid, ...given) => (eid === "visit-one" ? NO_NETWORK : send(eid, ...given))
    assert.deepEqual([(await one.outbox.drain()).reason, (await one.outbox.drain()).reason], ["network", "network"])
    assert.deepEqual([one.server.photosHeld.size, one.server.receipts.size], [1, 1], call)
  }
})

test("a visit whose photo this browser cannot read any more holds up no other, and what broke is not hidden", async () => {
  const one = await aSendingPhone({ eid: "visit-one" })
  const bad = await aPhoto(one, "unreadable")
  const two = await aPhone({ database: one.database, eid: "visit-two" })
  await aPhoto(two, "fine")
  await readyToHandIn(two)
  const read = one.tray.bytesOf.bind(one.tray)
  one.tray.bytesOf = async (photo) => {
    if (photo.id === bad.id) throw new Error("the browser cannot read it")
    return read(photo)
  }
  await assert.rejects(one.outbox.drain(), { message: "the browser cannot read it" })
  assert.deepEqual([one.server.photosHeld.size, one.server.receipts.size], [1, 1])
})

test("work on a visit that was called off still goes, and so does its hand-in", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  const store = phone.database.transaction(["evaluations"], "readwrite").objectStore("evaluations")
  const evaluation = await store.get([phone.user, phone.eid])
  await store.put({ ...evaluation, state: "abandoned", handIn: { id: "h", round: 1, state: "ready" } })
  assert.equal((await phone.outbox.drain()).result, "empty")
  assert.deepEqual([phone.server.changesHeld.size, [...phone.server.receipts.keys()]], [1, ["h"]])
})

test("a visit that a server does not know loses nothing of it on the phone", async () => {
  const phone = await aSendingPhone()
  await answer(phone.log, "greeted", "yes")
  phone.server.will({ kind: "network", reached: true, waitMs: 0 }) // 404, as judged
  assert.equal((await phone.outbox.drain()).reason, "left")
  assert.equal((await phone.tray.count()).waiting, 1)
})
