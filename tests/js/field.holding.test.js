import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { canonical } from "#js/field/canonical.js"
import { exportUnsent } from "#js/field/holding/exporting.js"
import { errorWords, nextWords, sortWords } from "#js/field/holding/telling.js"
import { settleDrafts, unsent } from "#js/field/holding/unsent.js"
import { crc32, zip } from "#js/field/holding/zip.js"
import { Outbox } from "#js/field/outbox.js"
import { isOpenState } from "#js/field/visit_record.js"
import { FACTS, FakeServer, NO_NETWORK, SHOPPER, aPhone, aPicture, answer, hash } from "./phone.js"

const OTHER = "00000000-0000-7000-8000-00000000000b"

/** What the page hands to those who read and write: the phone's parts, for any of its visits. */
function partsOf(phone) {
  const { database, user, tray } = phone
  return { database, user, tray, hash, log: () => phone.log, shelf: () => phone.shelf, now: 1_000_000 }
}

function join(pieces) {
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece instanceof ArrayBuffer ? new Uint8Array(piece) : piece)))
}

/** The files of a ZIP that packs nothing, read by its directory alone. */
function unzip(body) {
  const files = new Map()
  let place = body.readUInt32LE(body.length - 6)
  for (let left = body.readUInt16LE(body.length - 12); left > 0; left--) {
    const [size, length, local] = [body.readUInt32LE(place + 24), body.readUInt16LE(place + 28), body.readUInt32LE(place + 42)]
    const name = body.toString("utf8", place + 46, place + 46 + length)
    const start = local + 30 + length
    files.set(name, body.subarray(start, start + size))
    place += 46 + length
  }
  return files
}

async function exported(phone, most) {
  const files = (await exportUnsent(partsOf(phone), most)).map((pieces) => unzip(join(pieces)))
  return files.map((found) => ({ found, manifest: JSON.parse(found.get("manifest.json")) }))
}

test("the check sums of a ZIP are those that everybody reckons", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926)
  assert.equal(crc32(new Uint8Array()), 0)
})

test("a ZIP is read back as it was written, by its directory", () => {
  const bytes = new TextEncoder().encode("“Añadió”").buffer
  const files = unzip(join(zip([{ name: "one", bytes }, { name: "folder/zwölf", bytes: new ArrayBuffer(0) }])))
  assert.deepEqual([...files].map(([name, body]) => [name, body.toString()]), [["one", "“Añadió”"], ["folder/zwölf", ""]])
})

test("nothing is listed, and nothing exported, where the server has everything", async () => {
  const phone = await aPhone()
  const { id } = await answer(phone.log, "lit", "yes")
  await phone.tray.acknowledge("changes", [id])
  assert.deepEqual(await unsent(partsOf(phone), isOpenState), [])
  const [{ manifest, found }] = await exported(phone)
  assert.deepEqual([manifest.evaluations, [...found.keys()]], [[], ["manifest.json"]])
})

test("every unsent item is listed with what it is, and a photo once only", async () => {
  const phone = await aPhone()
  await answer(phone.log, "lit", "yes")
  await phone.log.write({ kind: "comment.set", register: "comment:lit", value: "Hm." }, [])
  await phone.log.write({ kind: "check_in", register: "visit:check_in", value: { at_ms: 1, place: null } }, [])
  await phone.log.draft("comment:clean", "comment.set", "Being ty", [])
  const { id } = await phone.shelf.keep(aPicture(), FACTS, "window")
  const [{ items, isOpen }] = await unsent(partsOf(phone), isOpenState)
  assert.deepEqual(items.map(({ sort, key, state }) => [sort, key, state]), [
    ["answer", "lit", "kept"], ["comment", "lit", "kept"], ["check_in", null, "kept"], ["comment", "clean", "kept"], ["photo", "window", "kept"],
  ])
  assert.deepEqual([items.at(-1).id, isOpen], [id, true])
  for (const { sort } of items) assert.notEqual(sortWords(sort), "Entry")
})

test("a visit that only waits to be handed in is listed too", async () => {
  const phone = await aPhone()
  const store = phone.database.transaction(["evaluations"], "readwrite").objectStore("evaluations")
  await store.put({ ...(await store.get([SHOPPER, phone.eid])), handIn: { id: OTHER, round: 1, state: "ready" } })
  const [{ items, handIn }] = await unsent(partsOf(phone), isOpenState)
  assert.deepEqual([items, handIn.state], [[], "ready"])
  const [{ manifest }] = await exported(phone)
  assert.deepEqual(manifest.evaluations[0].hand_ins[0].sent.manifest.changes, [])
})

test("another person's work on this phone is neither listed nor exported", async () => {
  const phone = await aPhone()
  await answer(phone.log, "lit", "yes")
  const other = await aPhone({ database: phone.database, user: "somebody else" })
  assert.deepEqual(await unsent(partsOf(other), isOpenState), [])
  assert.deepEqual((await exported(other))[0].manifest.evaluations, [])
})

test("what a killed page left as drafts becomes changes, and what is just being typed does not", async () => {
  const phone = await aPhone()
  await phone.log.draft("comment:lit", "comment.set", "Half a wo", [])
  assert.equal(await settleDrafts(partsOf(phone), { now: 1_000_000 + 5_000 }), 0)
  assert.equal(await settleDrafts(partsOf(phone), { now: 1_000_000 + 20_000 }), 1)
  const { records, drafts } = await phone.log.read()
  assert.deepEqual([records.map(({ change }) => change.value), drafts.size], [["Half a wo"], 0])
})

test("a draft that says nothing new is only put away", async () => {
  const phone = await aPhone()
  const { id } = await answer(phone.log, "lit", "yes")
  await phone.log.draft("answer:lit", "answer.set", { state: "answered", value: "yes" }, [id])
  await settleDrafts(partsOf(phone), { olderThanMs: 0 })
  const { records, drafts } = await phone.log.read()
  assert.deepEqual([records.length, drafts.size], [1, 0])
})

test("an export holds changes and photos with their hashes, whose they are, and the hand-in as it would be sent", async () => {
  const phone = await aPhone()
  const { change } = await answer(phone.log, "lit", "yes")
  const sent = await answer(phone.log, "clean", "yes")
  await phone.tray.acknowledge("changes", [sent.id])
  const { id } = await phone.shelf.keep(aPicture(), FACTS, "window")
  await phone.shelf.shrink(id, async () => ({ bytes: aPicture("small"), thumbnail: aPicture("tiny"), mime: "image/jpeg", width: 4, height: 3 }))
  const store = phone.database.transaction(["evaluations"], "readwrite").objectStore("evaluations")
  await store.put({ ...(await store.get([SHOPPER, phone.eid])), handIn: { id: OTHER, round: 1, state: "ready" } })
  const [{ found, manifest }] = await exported(phone)
  const changes = JSON.parse(found.get(`changes/${phone.eid}.json`))
  assert.deepEqual([canonical(changes[0]), changes.map(({ kind }) => kind)], [canonical(change), ["answer.set", "photo.attach"]])
  assert.equal(found.get(`photos/${id}`).toString(), "small")
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    assert.deepEqual([found.get(name).length, createHash("sha256").update(found.get(name)).digest("hex")], [bytes, sha256])
  }
  assert.deepEqual([manifest.format, manifest.user, manifest.evaluations[0].photos], ["shopper-unsent", SHOPPER, [{ id, mime: "image/jpeg" }]])
  const [handIn] = manifest.evaluations[0].hand_ins
  assert.deepEqual([handIn.id, handIn.sent.part, handIn.sent.manifest.changes.length, handIn.sent.manifest.left_out], [OTHER, "visit", 3, []])
})

test("what waits to be handed in after the visit is exported beside the visit's own hand-in", async () => {
  const phone = await aPhone()
  const store = phone.database.transaction(["evaluations"], "readwrite").objectStore("evaluations")
  const ready = (id, round) => ({ handIn: { id, round, state: "ready" } })
  const followUps = { mail: { state: "due", round: 2, ...ready("f", 2) }, parcel: { state: "due", round: 1, handIn: null } }
  await store.put({ ...(await store.get([SHOPPER, phone.eid])), ...ready("v", 1), followUps })
  const [{ manifest }] = await exported(phone)
  assert.deepEqual(manifest.evaluations[0].hand_ins.map(({ id, sent }) => [id, sent.part, sent.round]), [["v", "visit", 1], ["f", "mail", 2]])
})

test("what was exported is not replaced in place any more: the office may have it", async () => {
  const phone = await aPhone()
  const first = await answer(phone.log, "lit", "yes")
  await exported(phone)
  const second = await answer(phone.log, "lit", "no", [first.id])
  assert.notEqual(second.id, first.id)
  assert.deepEqual((await phone.log.read()).records.length, 2)
})

test("what the server would not take is exported, and left out of the hand-in", async () => {
  const phone = await aPhone()
  const { id } = await answer(phone.log, "lit", "yes")
  await phone.tray.freeze("changes", id, "Something else is there.")
  const [{ found, manifest }] = await exported(phone)
  assert.equal(JSON.parse(found.get(`changes/${phone.eid}.json`)).length, 1)
  assert.deepEqual(manifest.evaluations[0].hand_ins, [])
})

test("more than one file holds becomes several, none of them too large, and all of it is in them", async () => {
  const phone = await aPhone()
  await answer(phone.log, "lit", "yes")
  const ids = []
  for (const text of ["one".repeat(10), "two".repeat(10), "six".repeat(10)]) {
    const { id } = await phone.shelf.keep(aPicture(text), FACTS, "window")
    await phone.shelf.shrink(id, async () => { throw new Error("no picture") })
    ids.push(id)
  }
  const files = await exported(phone, 70)
  assert.equal(files.length, 2)
  assert.deepEqual(files.flatMap(({ manifest }) => manifest.evaluations[0].photos.map(({ id }) => id)).sort(), ids.sort())
  assert.deepEqual(files.map(({ found }) => JSON.parse(found.get(`changes/${phone.eid}.json`)).length), [4, 0])
})

test("sending what was exported, or exporting what was sent, doubles nothing", async () => {
  const phone = await aPhone()
  const server = new FakeServer()
  await answer(phone.log, "lit", "yes")
  await exported(phone)
  server.will(NO_NETWORK)
  const outbox = new Outbox({ tray: phone.tray, send: server })
  assert.equal((await outbox.drain()).reason, "network")
  assert.equal((await exported(phone))[0].manifest.evaluations.length, 1)
  assert.equal((await outbox.drain()).result, "empty")
  assert.equal(server.changesHeld.size, 1)
  assert.deepEqual((await exported(phone))[0].manifest.evaluations, [])
})

test("an item tells its last error and its next try in plain words", () => {
  const clock = (ms) => `time ${ms}`
  const kept = { state: "kept", refusals: 0 }
  const calm = { isSignedOut: false, trouble: null, nextAt: null, progress: null }
  const waiting = { ...calm, trouble: { reason: "network", at: 5 }, nextAt: 100_000 }
  assert.deepEqual([errorWords(kept, calm, clock), nextWords(kept, calm, clock)], ["", "Next try in a moment."])
  assert.deepEqual(
    [errorWords(kept, waiting, clock), nextWords(kept, waiting, clock, 100_000 - 60_000)],
    ["No answer from the server at time 5.", "Next try time 100000, or at once when there is signal."],
  )
  assert.equal(nextWords(kept, waiting, clock, 90_000), "Next try within a minute, or at once when there is signal.")
  const refused = { state: "kept", refusals: 2, message: "Too large." }
  assert.equal(errorWords(refused, { ...waiting, trouble: { reason: "left", at: 5 } }, clock), "Not taken 2 of 3 times: Too large. The server could not take it at time 5.")
  const out = { ...calm, isSignedOut: true }
  assert.deepEqual([errorWords(kept, out, clock), nextWords(kept, out, clock)], ["Signed out.", "Next try after signing in."])
  assert.equal(nextWords(kept, { ...calm, progress: { n: 1, all: 2 } }, clock), "It is being tried now.")
  const frozen = { state: "frozen", refusals: 0 }
  assert.match(errorWords(frozen, waiting, clock), /Nothing was overwritten/)
  assert.match(nextWords(frozen, waiting, clock), /not tried again by itself/)
  assert.match(errorWords({ state: "attention", isLost: true, refusals: 0 }, calm, clock), /no longer on this phone/)
})
