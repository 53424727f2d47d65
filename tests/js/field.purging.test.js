/** Room is given back only for what a server has had long enough. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { purge } from "#js/field/purge.js"
import { aNotebook } from "./notebook.js"
import { aPicture, answer, FACTS, foundWhole, SHOPPER, VISIT } from "./phone.js"

const DAY_MS = 24 * 3600 * 1000

async function handedIn(days) {
  const phone = await aNotebook()
  const change = await answer(phone.log, "greeted", "yes")
  const kept = await phone.shelf.keep(aPicture(), FACTS, "window")
  await phone.shelf.shrink(kept.id, async () => ({}))
  await phone.tray.acknowledge("changes", [change.id, kept.record.id])
  const [photo] = await phone.shelf.read()
  const receipt = {
    submission: "s", round: 1, digest: "4f2a", at: new Date(0).toISOString(), changes: [change.id], photos: [{ id: photo.id, sha256: photo.sha256 }],
  }
  await phone.tray.receipted(VISIT, receipt)
  await foundWhole(phone.tray, 0, days * DAY_MS)
  return { ...phone, change, photo }
}

test("what a receipt names goes after fourteen days, and nothing else ever", async () => {
  const { database, photo, tray, change } = await handedIn(15)
  await purge(database, SHOPPER)
  assert.equal(database.rows("photos").length, 1, "a photo without confirmation is the only copy")
  assert.ok(!database.rows("changes").some(({ id }) => id === change.id))
  await tray.acknowledge("photos", [photo.id])
  await purge(database, SHOPPER)
  assert.deepEqual([database.rows("photos"), database.rows("bytes")], [[], []])
  assert.equal(database.rows("changes").length, 1, "the description was not in the receipt")
})

test("before fourteen days, or where the receipt has another hash, nothing goes", async () => {
  const early = await handedIn(13)
  await early.tray.acknowledge("photos", [early.photo.id])
  await purge(early.database, SHOPPER)
  assert.equal(early.database.rows("bytes").length, 1)
  const other = await handedIn(15)
  await other.tray.acknowledge("photos", [other.photo.id])
  await other.tray.receipted(VISIT, { submission: "s", round: 1, digest: "4f", at: new Date(0).toISOString(), changes: [], photos: [{ id: other.photo.id, sha256: "another" }] })
  await purge(other.database, SHOPPER)
  assert.equal(other.database.rows("bytes").length, 1)
})

test("a receipt is no proof for ever: without a comparison fourteen days later nothing goes", async () => {
  const { database, photo, tray } = await handedIn(0)
  await tray.acknowledge("photos", [photo.id])
  await purge(database, SHOPPER)
  await tray.compared([], 13 * DAY_MS)
  await purge(database, SHOPPER)
  assert.deepEqual([database.rows("changes").length, database.rows("bytes").length], [2, 1])
  await tray.compared([], 15 * DAY_MS)
  await purge(database, SHOPPER)
  assert.deepEqual([database.rows("changes").length, database.rows("bytes").length], [1, 0])
})

test("a server that once lacked what it had given a receipt for has to hold it for fourteen days more", async () => {
  const { database, photo, change, tray } = await handedIn(0)
  await tray.acknowledge("photos", [photo.id])
  const lack = { eid: VISIT, did: change.did ?? (await tray.device()), missing: [], photos_missing: [photo.id] }
  assert.deepEqual(await tray.restore(lack), { canGo: true, wasSafe: true })
  await tray.compared([VISIT], 10 * DAY_MS)
  await tray.acknowledge("photos", [photo.id])
  for (const [day, bytes] of [[15, 1], [28, 1], [30, 0]]) {
    await tray.compared([], day * DAY_MS)
    await purge(database, SHOPPER)
    assert.equal(database.rows("bytes").length, bytes, `day ${day}`)
  }
})

test("what the server lacks and this phone cannot send either starts no new count", async () => {
  const { database, photo, change, tray } = await handedIn(0)
  await tray.acknowledge("photos", [photo.id])
  const lack = { eid: VISIT, did: await tray.device(), missing: [[90, 99]], photos_missing: ["never-here"] }
  assert.deepEqual(await tray.restore(lack), { canGo: false, wasSafe: false })
  await tray.compared([], 15 * DAY_MS)
  await purge(database, SHOPPER)
  assert.ok(!database.rows("changes").some(({ id }) => id === change.id))
})
