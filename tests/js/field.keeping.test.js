import assert from "node:assert/strict"
import { test } from "node:test"
import { NotKept, writing } from "#js/field/database.js"
import { PhotoShelf } from "#js/field/photo_shelf.js"
import { fold } from "#js/field/registers.js"
import { memoryDatabase } from "./memory_database.js"
import { aPhone, aPicture, answer, FACTS, hash, makeId, VISIT } from "./phone.js"

const SMALL = { bytes: aPicture("small!"), thumbnail: aPicture("t"), mime: "image/jpeg", width: 2048, height: 1536 }

async function value(log, register) {
  return fold((await log.read()).records).get(register)?.value
}

test("a change that could not be written is refused loudly, and nothing of it remains", async () => {
  const { database, log } = await aPhone()
  database.fail(Object.assign(new Error("full"), { name: "QuotaExceededError" }))
  await assert.rejects(answer(log, "greeted", "yes"), (error) => error instanceof NotKept && error.isFull)
  assert.deepEqual((await log.read()).records, [])
  const first = await answer(log, "greeted", "yes")
  assert.equal(first.change.seq, 1, "the number that was not kept is given again")
})

test("every write of a change is strictly durable", async () => {
  const { database, log } = await aPhone()
  await answer(log, "greeted", "yes")
  await log.draft("comment:greeted", "comment.set", "so", [])
  const writes = database.commits.filter(({ names }) => names.includes("changes") || names.includes("drafts"))
  assert.ok(writes.length >= 2)
  assert.ok(writes.every(({ durability }) => durability === "strict"))
})

test("a change carries what the server wants to know of it", async () => {
  const { log, database } = await aPhone()
  const { change } = await answer(log, "greeted", "yes")
  assert.deepEqual(
    { ...change, id: "", did: "", tz_min: 0 },
    {
      id: "", did: "", tz_min: 0, eid: VISIT, vid: "v1", seq: 1, base: [], kind: "answer.set", register: "answer:greeted",
      value: { state: "answered", value: "yes" }, wall_ms: 1_000_000,
    },
  )
  assert.equal(change.did, database.rows("settings")[0].value)
})

test("an answer given again before it was sent replaces itself", async () => {
  const { log } = await aPhone()
  const first = await answer(log, "greeted", "yes")
  const second = await answer(log, "greeted", "no", [first.id])
  assert.deepEqual([second.id, second.change.seq, second.change.base], [first.id, 1, []])
  assert.deepEqual(await value(log, "answer:greeted"), { state: "answered", value: "no" })
})

test("an answer given again after it was sent is a new change above it", async () => {
  const { log, tray } = await aPhone()
  const first = await answer(log, "greeted", "yes")
  await tray.takeChanges(VISIT, new Set())
  const second = await answer(log, "greeted", "no", [first.id])
  assert.notEqual(second.id, first.id)
  assert.deepEqual([second.change.seq, second.change.base], [2, [first.id]])
  const stored = (await log.read()).records.find(({ id }) => id === first.id)
  assert.equal(stored.change.value.value, "yes", "what was sent is never altered")
})

test("a cleared answer has no value, neither in place nor above", async () => {
  const { log, tray } = await aPhone()
  const first = await answer(log, "greeted", "yes")
  const cleared = await log.write({ kind: "answer.clear", register: "answer:greeted" }, [first.id])
  assert.ok(!("value" in cleared.change))
  await tray.takeChanges(VISIT, new Set())
  await answer(log, "greeted", "no", [first.id])
  assert.equal((await value(log, "answer:greeted")).value, "no")
})

test("a draft lasts, is no change, and goes when it becomes one", async () => {
  const { log, tray } = await aPhone()
  await log.draft("comment:greeted", "comment.set", "Nobody loo", [])
  let { records, drafts } = await log.read()
  assert.equal(records.length, 0)
  assert.equal(drafts.get("comment:greeted").value, "Nobody loo")
  assert.deepEqual(await tray.takeChanges(VISIT, new Set()), [])
  await log.write({ kind: "comment.set", register: "comment:greeted", value: "Nobody looked up." }, [])
  ;({ records, drafts } = await log.read())
  assert.equal(records.length, 1)
  assert.equal(drafts.size, 0)
})

test("another person on the same phone neither sees nor sends what is here", async () => {
  const database = memoryDatabase()
  const mine = await aPhone({ database, user: "me" })
  await answer(mine.log, "greeted", "yes")
  await mine.log.draft("comment:greeted", "comment.set", "mine", [])
  await mine.shelf.keep(aPicture(), FACTS, "window")
  const other = await aPhone({ database, user: "somebody else" })
  const { records, drafts } = await other.log.read()
  assert.deepEqual([records.length, drafts.size, (await other.shelf.read()).length], [0, 0, 0])
  assert.deepEqual((await other.tray.evaluations()).map(({ user }) => user), ["somebody else"])
  assert.deepEqual(await other.tray.takeChanges(VISIT, new Set()), [])
  assert.deepEqual(await other.tray.photosDue(VISIT), [])
})

test("what another phone said is taken in, once, and supersedes what it names", async () => {
  const { log } = await aPhone()
  const mine = await answer(log, "greeted", "yes")
  const theirs = { ...mine.change, id: "theirs", did: "another", base: [mine.id], value: { state: "answered", value: "no" } }
  await log.merge([{ change: theirs, disposition: null }, { change: theirs, disposition: null }])
  const { records } = await log.read()
  assert.equal(records.length, 2)
  assert.equal((await value(log, "answer:greeted")).value, "no")
})

test("an own change that comes back from the server is acknowledged; with another content it is frozen", async () => {
  const { log } = await aPhone()
  const one = await answer(log, "greeted", "yes")
  const two = await answer(log, "floor", "yes")
  await log.merge([{ change: one.change, disposition: null }, { change: { ...two.change, wall_ms: 5 }, disposition: null }])
  const states = new Map((await log.read()).records.map(({ id, state }) => [id, state]))
  assert.deepEqual([states.get(one.id), states.get(two.id)], ["acknowledged", "frozen"])
})

test("a photo is kept with its bytes and its description, and waits to be shrunk", async () => {
  const { shelf, tray, log, database } = await aPhone()
  const { id } = await shelf.keep(aPicture("big"), FACTS, "window")
  const [photo] = await shelf.read()
  assert.deepEqual([photo.id, photo.question, photo.state, photo.shrunk], [id, "window", "kept", false])
  assert.ok(database.rows("bytes")[0].bytes instanceof ArrayBuffer)
  const attach = await value(log, `photo:${id}`)
  assert.deepEqual(
    [attach.question, attach.photo.sha256, attach.photo.bytes, attach.photo.source],
    ["window", await hash("big"), 3, "camera"],
  )
  assert.deepEqual(await tray.takeChanges(VISIT, new Set()), [])
  assert.deepEqual(await tray.photosDue(VISIT), [])
})

test("a shrunk photo goes under its own hash and keeps that of the original, whose bytes go", async () => {
  const { shelf, tray, database } = await aPhone()
  const { id } = await shelf.keep(aPicture("big"), FACTS, "window")
  await shelf.shrink(id, async () => SMALL)
  const [record] = await tray.takeChanges(VISIT, new Set())
  const { photo } = record.change.value
  assert.deepEqual(
    [photo.sha256, photo.original_sha256, photo.bytes, photo.width, photo.height],
    [await hash("small!"), await hash("big"), 6, 2048, 1536],
  )
  assert.deepEqual(database.rows("bytes").map((row) => row.id).sort(), [`${id}/small`, `${id}/thumbnail`])
  const [due] = await tray.photosDue(VISIT)
  assert.equal(await hash(await tray.bytesOf(due)), due.sha256)
})

test("a picture that cannot be shrunk is sent as it is", async () => {
  const { shelf, tray } = await aPhone()
  const { id } = await shelf.keep(aPicture("strange"), FACTS, "window")
  await shelf.shrink(id, async () => {
    throw new Error("no picture")
  })
  const [record] = await tray.takeChanges(VISIT, new Set())
  assert.equal(record.change.value.photo.sha256, await hash("strange"))
  assert.equal((await tray.photosDue(VISIT)).length, 1)
})

test("a picture for whose smaller copy there is no room is sent as it is", async () => {
  const phone = await aPhone()
  const { id } = await phone.shelf.keep(aPicture("original"), FACTS, "window")
  await phone.shelf.shrink(id, async () => {
    phone.database.fail(new DOMException("no room", "QuotaExceededError"))
    return SMALL
  })
  const [photo] = await phone.tray.photosDue(phone.eid)
  assert.deepEqual([photo.sha256, await phone.tray.bytesOf(photo)], [await hash("original"), aPicture("original")])
  assert.deepEqual(phone.database.rows("bytes").map((row) => row.id), [`${id}/original`])
})

test("of two tabs that make one picture smaller the first decides, since it may have been sent", async () => {
  const phone = await aPhone()
  const { id } = await phone.shelf.keep(aPicture("original"), FACTS, "window")
  const other = new PhotoShelf({ ...phone, hash, makeId })
  await phone.shelf.shrink(id, async () => {
    await other.shrink(id, async () => ({}))
    return SMALL
  })
  const { records } = await phone.log.read()
  const [photo] = await phone.shelf.read()
  assert.deepEqual([photo.sha256, records[0].change.value.photo.sha256], [await hash("original"), await hash("original")])
  assert.equal(await phone.shelf.bytes(`${id}/small`), null)
})

test("of two tabs that make two smaller pictures of one the bytes are those that are told of", async () => {
  const phone = await aPhone()
  const { id } = await phone.shelf.keep(aPicture("original"), FACTS, "window")
  const other = new PhotoShelf({ ...phone, hash, makeId })
  let go
  const slow = other.shrink(id, async () => {
    await new Promise((resolve) => (go = resolve))
    return { ...SMALL, bytes: aPicture("drawn otherwise") }
  })
  await phone.shelf.shrink(id, async () => SMALL)
  go()
  await slow
  const [photo] = await phone.shelf.read()
  assert.deepEqual([photo.sha256, await hash(await phone.shelf.bytes(photo.bytesId))], [await hash("small!"), await hash("small!")])
})

test("and also where both were put there before the first of them was told of", async () => {
  const phone = await aPhone()
  const { id } = await phone.shelf.keep(aPicture("original"), FACTS, "window")
  const others = []
  const overwriting = async (bytes) => {
    others.push(writing(phone.database, ["bytes"], async (transaction) => {
      const store = transaction.objectStore("bytes")
      await store.put({ id: `${id}/small`, bytes: aPicture("drawn otherwise") })
      await store.put({ id: `${id}/thumbnail`, bytes: aPicture("t"), of: await hash("drawn otherwise") })
    }))
    return hash(bytes)
  }
  const shelf = new PhotoShelf({ ...phone, hash: overwriting, makeId })
  await shelf.shrink(id, async () => SMALL)
  await Promise.all(others)
  const [photo] = await phone.shelf.read()
  const [told, there] = [photo.sha256, await hash(await phone.shelf.bytes(photo.bytesId))]
  assert.equal(told, there)
})

test("a photo removed before it was sent goes for good, and its change says so", async () => {
  const { shelf, tray, database } = await aPhone()
  const { id, record } = await shelf.keep(aPicture(), FACTS, "window")
  await shelf.remove(id, [record.id])
  assert.deepEqual(database.rows("bytes"), [])
  const [sent] = await tray.takeChanges(VISIT, new Set())
  assert.deepEqual([sent.id, sent.change.kind, "value" in sent.change], [record.id, "photo.detach", false])
  assert.deepEqual(await tray.photosDue(VISIT), [])
})

test("a photo removed while it is being shrunk leaves nothing behind", async () => {
  const { shelf, database, tray } = await aPhone()
  const { id, record } = await shelf.keep(aPicture(), FACTS, "window")
  await shelf.shrink(id, async () => {
    await shelf.remove(id, [record.id])
    return { bytes: aPicture("s"), thumbnail: aPicture("t"), mime: "image/jpeg", width: 1, height: 1 }
  })
  assert.deepEqual(database.rows("bytes"), [])
  assert.equal((await shelf.read())[0].state, "removed")
  assert.equal((await tray.takeChanges(VISIT, new Set()))[0].change.kind, "photo.detach")
})

test("a photo removed after its description was sent is taken away by a change above it", async () => {
  const { shelf, tray } = await aPhone()
  const { id, record } = await shelf.keep(aPicture(), FACTS, "window")
  await shelf.shrink(id, async () => ({}))
  await tray.takeChanges(VISIT, new Set())
  const removal = await shelf.remove(id, [record.id])
  assert.deepEqual([removal.change.kind, removal.change.base], ["photo.detach", [record.id]])
  assert.deepEqual(await tray.photosDue(VISIT), [])
})
