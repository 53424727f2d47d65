import assert from "node:assert/strict"
import { test } from "node:test"
import { canonical } from "#js/field/canonical.js"
import { catchUp } from "#js/field/catch_up.js"
import { FollowUpRecord } from "#js/field/later/record.js"
import { Outbox } from "#js/field/outbox.js"
import { purge } from "#js/field/purge.js"
import { VisitRecord } from "#js/field/visit_record.js"
import { FACTS, FakeServer, NO_NETWORK, SHOPPER, VISIT, aPhone, aPicture, answer, foundWhole, hash } from "./phone.js"

const HAND_IN = "00000000-0000-7000-8000-0000000000ff"
const PARCEL = { visit: VISIT, eid: VISIT, vid: "v1", document: '{"touchpoints":[]}' }
const LATER = 15 * 24 * 3600 * 1000
const NEWS = { cursor: 1, reload: false, more: false, state: "submitted", round: 1, deadline: null, changes: [], note: "", remarks: {}, photos: [] }

/** A receipt as the server writes it, for what a phone holds. */
async function aReceipt({ changes = [], photos = [], part = "visit", round = 1, submission = HAND_IN } = {}) {
  const held = { submission, evaluation: VISIT, part, round, changes, photos, at: new Date(0).toISOString() }
  return { ...held, digest: await hash(canonical(held)) }
}

const codeOf = ({ digest }) => digest.slice(0, 4).toUpperCase()

/** A server whose news name this receipt, and which gives `receipts` when it is asked for them. */
function aServer(receipt, receipts = [receipt], more = {}) {
  const asked = { times: 0 }
  return {
    asked,
    state: async () => ({ kind: "accepted", data: { ...NEWS, receipt: codeOf(receipt), ...more } }),
    receipts: async () => {
      asked.times += 1
      return Array.isArray(receipts) ? { kind: "accepted", receipts } : receipts
    },
  }
}

/** A phone that sent everything and its hand-in, of which the answer was lost. */
async function aPhoneWithoutItsAnswer() {
  const phone = await aPhone()
  const visit = await VisitRecord.keep(phone.database, SHOPPER, PARCEL)
  const change = await answer(phone.log, "greeted", "yes")
  const { id, record } = await phone.shelf.keep(aPicture(), FACTS, "window")
  await phone.shelf.shrink(id, async () => ({}))
  await visit.makeReady(HAND_IN, 2)
  const server = new FakeServer()
  server.submit = async () => NO_NETWORK
  await new Outbox({ tray: phone.tray, send: server }).drain()
  const [photo] = await phone.shelf.read()
  const receipt = await aReceipt({ changes: [change.id, record.id], photos: [{ id, sha256: photo.sha256 }] })
  return { ...phone, visit, receipt, room: () => phone.database.rows("bytes").length }
}

test("without the receipt itself nothing goes, however long ago it was", async () => {
  const { database, tray, visit, log, receipt, room } = await aPhoneWithoutItsAnswer()
  const verdict = await catchUp({ sender: aServer(receipt, NO_NETWORK), visit, log })
  assert.deepEqual([verdict.kind, visit.receipt.digest, visit.receipts], ["network", codeOf(receipt), []])
  await foundWhole(tray, 0, LATER)
  assert.deepEqual(await purge(database, SHOPPER), [])
  assert.equal(room(), 1)
})

test("a receipt that is not what its digest says, or of another visit, is not believed", async () => {
  const { database, tray, visit, log, receipt, room } = await aPhoneWithoutItsAnswer()
  const other = { ...receipt, evaluation: "another" }
  const foreign = { ...other, digest: await hash(canonical({ ...other, digest: undefined })) }
  for (const wrong of [{ ...receipt, round: 7 }, foreign, { digest: receipt.digest }]) {
    const verdict = await catchUp({ sender: aServer(receipt, [wrong]), visit, log })
    assert.deepEqual([verdict.kind, visit.receipts], ["network", []])
  }
  await foundWhole(tray, 0, LATER)
  await purge(database, SHOPPER)
  assert.equal(room(), 1)
})

test("a phone that lost the answer to its hand-in shows the receipt, and gives its room back in time", async () => {
  const { database, tray, visit, log, receipt, room } = await aPhoneWithoutItsAnswer()
  const server = aServer(receipt)
  await catchUp({ sender: server, visit, log })
  assert.deepEqual([visit.isReady, visit.receipt.digest, visit.receipt.photos.length, visit.receipt.open], [false, receipt.digest, 1, 2])
  await catchUp({ sender: server, visit, log })
  assert.equal(server.asked.times, 1, "what is here is not asked for again")
  await foundWhole(tray, 0, LATER - 2 * 24 * 3600 * 1000)
  assert.deepEqual(await purge(database, SHOPPER), [])
  await tray.compared([], LATER)
  assert.deepEqual(await purge(database, SHOPPER), [VISIT])
  assert.deepEqual([room(), database.rows("changes"), database.rows("photos")], [0, [], []])
})

test("what such a receipt does not name stays on the phone", async () => {
  const { database, tray, visit, log, receipt, room } = await aPhoneWithoutItsAnswer()
  const less = await aReceipt({ changes: receipt.changes.slice(0, 1) })
  await catchUp({ sender: aServer(less), visit, log })
  await foundWhole(tray, 0, LATER)
  await purge(database, SHOPPER)
  assert.deepEqual([room(), database.rows("changes").map(({ id }) => id)], [1, receipt.changes.slice(1)])
})

test("a hand-in that this phone made is made again for a restored server, and another phone's is not", async () => {
  for (const [submission, isAgain] of [[HAND_IN, true], ["another", false]]) {
    const { visit, log } = await aPhoneWithoutItsAnswer()
    const receipt = await aReceipt({ submission })
    await catchUp({ sender: aServer(receipt), visit, log })
    await catchUp({ sender: aServer(receipt, [], { state: "in_progress", receipt: null }), visit, log })
    assert.deepEqual([visit.receipts.length, visit.isReady], [1, isAgain])
  }
})

test("the receipt of what is asked after the visit is fetched too, and kept at its question", async () => {
  const { visit, log, receipt } = await aPhoneWithoutItsAnswer()
  const later = await aReceipt({ part: "mail", submission: "m" })
  const told = [{ key: "mail", state: "submitted", round: 1, due_on: "2026-11-28", remark: "", receipt: codeOf(later) }]
  const record = new FollowUpRecord(visit, "mail", {})
  await catchUp({ sender: aServer(receipt, [receipt, later], { follow_ups: told }), visit: record, log })
  assert.deepEqual([record.receipt.digest, visit.receipt.digest, visit.lacksReceipt], [later.digest, receipt.digest, false])
})
