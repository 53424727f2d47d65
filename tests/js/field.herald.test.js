import assert from "node:assert/strict"
import { test } from "node:test"
import { writing } from "#js/field/database.js"
import { Herald } from "#js/field/herald.js"
import { FACTS, aPhone, aPicture, answer, hash } from "./phone.js"

const MINUTE = 60_000

/** A server that lacks what `lacks` says, and remembers what it was told. */
function aServer(lacks = []) {
  const server = { told: [], devices: [], verdict: null }
  server.announce = async (did, holdings) => {
    server.devices.push(did)
    server.told.push(holdings)
    return server.verdict ?? { kind: "accepted", lacks }
  }
  return server
}

async function scene(lacks) {
  const phone = await aPhone()
  const server = aServer(lacks)
  const clock = { ms: 0 }
  return { ...phone, server, clock, herald: new Herald({ tray: phone.tray, send: server, now: () => clock.ms }) }
}

test("a phone that made nothing says once who it is, and no more", async () => {
  const { herald, server, clock, tray } = await scene()
  assert.equal((await herald.announce()).kind, "accepted")
  clock.ms += 6 * MINUTE
  await herald.announce()
  assert.deepEqual([server.told, server.devices], [[[]], [await tray.device()]])
})

test("a phone that took a new id says so, beside what it made under the earlier one", async () => {
  const { herald, server, log, tray } = await scene()
  const { change } = await answer(log, "lit", "yes")
  await herald.announce()
  await tray.renewDevice()
  await herald.announce()
  assert.equal(server.told.length, 2)
  assert.notEqual(server.devices[1], change.did)
  assert.equal(server.told[1][0].did, change.did)
})

test("what was given back altogether is not announced, unless it alone tells of an earlier device", async () => {
  const { herald, server, log, tray, database, user, eid } = await scene()
  const { change, id } = await answer(log, "lit", "yes")
  await writing(database, ["changes"], (transaction) => transaction.objectStore("changes").delete(id)) // as a purge leaves it
  await herald.announce()
  assert.deepEqual(server.told, [[]])
  await tray.renewDevice()
  const later = await aPhone({ database, user, eid: "a-later-visit" })
  await answer(later.log, "lit", "yes")
  await herald.announce()
  assert.deepEqual(server.told[1].map(({ eid: one, did }) => [one, did === change.did]), [["a-later-visit", false], [eid, true]])
})

test("a phone says up to which number it made changes, and which photos it has and when they were taken", async () => {
  const { herald, server, log, shelf, eid } = await scene()
  await answer(log, "lit", "yes")
  const { id } = await shelf.keep(aPicture(), FACTS, "window")
  await herald.announce()
  const [[holding]] = server.told
  assert.deepEqual([holding.eid, holding.top_seq, holding.photos], [eid, 2, [{ id, taken_ms: FACTS.captured_wall_ms }]])
})

test("a removed photo is not announced", async () => {
  const { herald, server, shelf } = await scene()
  const { id, change } = await shelf.keep(aPicture(), FACTS, "window")
  await shelf.remove(id, [change])
  await herald.announce()
  assert.deepEqual(server.told[0][0].photos, [])
})

test("what the server once confirmed and lacks now is sent again, and nothing else", async () => {
  const { tray, log, eid, server, herald } = await scene([])
  const records = []
  for (const [place, key] of ["one", "two", "three"].entries()) {
    records.push(await answer(log, key, "yes"))
    await tray.takeChanges(eid, new Set())
    if (place < 2) await tray.acknowledge("changes", [records[place].id])
  }
  const { did } = records[0].change
  server.announce = async () => ({ kind: "accepted", lacks: [{ eid, did, missing: [[2, 9]], photos_missing: [] }] })
  await herald.announce()
  const { records: now } = await log.read()
  assert.deepEqual(now.map(({ state }) => state), ["acknowledged", "kept", "kept"])
})

test("where a copy of the storage gave the same numbers to other changes, those that the server has not are sent again", async () => {
  const { tray, log, eid, server, herald } = await scene()
  const records = [await answer(log, "one", "yes"), await answer(log, "two", "yes")]
  await tray.takeChanges(eid, new Set())
  await tray.acknowledge("changes", records.map(({ id }) => id))
  await answer(log, "three", "yes") // nobody believes the server to have it
  const { did } = records[0].change
  server.announce = async (_did, holdings) => {
    server.told.push(holdings)
    return { kind: "accepted", at: 0, lacks: [{ eid, did, missing: [], photos_missing: [], held: [records[0].id, "another"] }] }
  }
  await herald.announce()
  assert.equal(server.told[0][0].digest, await hash(records.map(({ id }) => id).sort().join(",")))
  const { records: now } = await log.read()
  assert.deepEqual(now.map(({ state }) => state), ["acknowledged", "kept", "kept"])
})

test("a server that lacks what it once confirmed is asked once more when that is sent; one that lacks what never went is not", async () => {
  const { tray, log, eid, server, herald } = await scene()
  const records = [await answer(log, "one", "yes"), await answer(log, "two", "yes")]
  await tray.takeChanges(eid, new Set())
  await tray.acknowledge("changes", [records[0].id])
  const { did } = records[0].change
  const lacking = (missing) => ({ kind: "accepted", at: 0, lacks: [{ eid, did, missing, photos_missing: [] }] })
  server.verdict = lacking([[2, 2]])
  assert.equal((await herald.announce()).asksAgain, false)
  assert.equal((await herald.announce()).asksAgain, false)
  assert.equal(server.told.length, 1)
  await tray.renewDevice() // so that there is something new to say
  server.verdict = lacking([[1, 2]])
  assert.equal((await herald.announce()).asksAgain, true)
  server.verdict = null
  await tray.acknowledge("changes", records.map(({ id }) => id))
  assert.equal((await herald.announce()).asksAgain, false)
  assert.equal(server.told.length, 3)
  await herald.announce()
  assert.equal(server.told.length, 3)
})

test("a server that lacks the same over and over is asked a few times, and then after a while", async () => {
  const { tray, log, eid, server, herald, clock } = await scene()
  const { id, change } = await answer(log, "one", "yes")
  await tray.takeChanges(eid, new Set())
  server.verdict = { kind: "accepted", at: 0, lacks: [{ eid, did: change.did, missing: [[1, 1]], photos_missing: [] }] }
  const asked = []
  for (let round = 0; round < 8; round++) {
    await tray.acknowledge("changes", [id])
    asked.push((await herald.announce()).asksAgain)
  }
  assert.deepEqual([asked.filter(Boolean).length, server.told.length], [4, 5])
  clock.ms += 6 * MINUTE
  await herald.announce()
  assert.equal(server.told.length, 6)
})

test("the same photos are not announced again and again, but after a while they are", async () => {
  const { herald, server, log, shelf, clock } = await scene()
  await answer(log, "lit", "yes")
  await herald.announce()
  await answer(log, "clean", "yes")
  await herald.announce()
  assert.equal(server.told.length, 1)
  await shelf.keep(aPicture(), FACTS, "window")
  await herald.announce()
  assert.equal(server.told.length, 2)
  clock.ms += 6 * MINUTE
  await herald.announce()
  assert.equal(server.told.length, 3)
})

test("an announcement that was not heard is made again", async () => {
  const { herald, server, log } = await scene()
  await answer(log, "lit", "yes")
  server.verdict = { kind: "network", reached: false }
  assert.equal((await herald.announce()).kind, "network")
  server.verdict = null
  await herald.announce()
  assert.equal(server.told.length, 2)
})
