import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { Backoff } from "#js/field/backoff.js"
import { canonical } from "#js/field/canonical.js"
import { sha256, reprDigest } from "#js/field/hashing.js"
import { uuid7 } from "#js/field/ids.js"
import { fold } from "#js/field/registers.js"
import { clean, lengthOf, LONGEST_TEXT } from "#js/field/texts.js"
import { judge } from "#js/field/verdicts.js"
import { handInWords, signedOutWords, wordsOf } from "#js/field/status.js"
import { speak, t } from "#js/lib/words.js"
import { hash } from "./phone.js"

test("a wait lies below a ceiling that doubles from two seconds to five minutes", () => {
  const longest = new Backoff({ random: () => 1 })
  const waits = Array.from({ length: 10 }, () => longest.next())
  assert.deepEqual(waits, [2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000])
  longest.reset()
  assert.equal(longest.next(), 2000)
  assert.equal(new Backoff({ random: () => 0 }).next(), 0)
})

test("a wait is never shorter than the server asked for", () => {
  assert.equal(new Backoff({ random: () => 0.5 }).next(60_000), 60_000)
})

test("canonical JSON sorts keys, leaves out nothing but what is undefined, and refuses fractions", () => {
  assert.equal(canonical({ b: [1, { d: null, c: "ñ\n" }], a: true, x: undefined }), '{"a":true,"b":[1,{"c":"ñ\\n","d":null}]}')
  assert.throws(() => canonical({ value: 1.5 }), TypeError)
})

test("hashes are hexadecimal, and travel in base 64", async () => {
  const hex = await sha256("hello")
  assert.equal(hex, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
  assert.equal(reprDigest(hex), "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")
})

test("ids sort by the time of their making and carry version and variant", () => {
  const fill = (bytes) => bytes.fill(0xff)
  const early = uuid7({ now: () => 1_700_000_000_000, fill })
  const late = uuid7({ now: () => 1_700_000_000_001, fill })
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.ok(early < late)
  assert.equal(parseInt(early.replaceAll("-", "").slice(0, 12), 16), 1_700_000_000_000)
  assert.notEqual(uuid7(), uuid7())
})

test("a text loses control characters, halves of characters and what is beyond the limit", () => {
  assert.equal(clean("a\u0000b\tc\r\nd\u007f"), "ab\tc\nd")
  assert.equal(clean("x\ud83dy\ude00z 😀"), "xyz 😀")
  assert.equal(lengthOf(clean("😀".repeat(LONGEST_TEXT + 5))), LONGEST_TEXT)
  assert.equal(clean("abcdef", 3), "abc")
})

test("a text is translated, and its places are filled", () => {
  speak({ "Sending %(n)s of %(all)s": "Enviando %(n)s de %(all)s" })
  assert.equal(t("Sending %(n)s of %(all)s", { n: 3, all: 7 }), "Enviando 3 de 7")
  assert.equal(t("No word for %(this)s yet"), "No word for %(this)s yet")
  speak({})
})

// ---- folding

async function records(...changes) {
  return Promise.all(
    changes.map(async ([id, value, base = [], kind = "answer.set", register = "answer:greeted"]) => ({
      change: { id, kind, register, value, base },
      order: await hash(id),
    })),
  )
}

function shuffled(items, seed) {
  const copy = [...items]
  for (let place = copy.length - 1; place > 0; place--) {
    seed = (seed * 48271) % 2147483647
    const other = seed % (place + 1)
    ;[copy[place], copy[other]] = [copy[other], copy[place]]
  }
  return copy
}

test("what a change supersedes is no head any more", async () => {
  const one = fold(await records(["a", "yes"], ["b", "no", ["a"]])).get("answer:greeted")
  assert.deepEqual([one.heads, one.value, one.inConflict], [["b"], "no", false])
})

test("heads that say the same are no conflict", async () => {
  const one = fold(await records(["a", "yes"], ["b", "yes"])).get("answer:greeted")
  assert.equal(one.heads.length, 2)
  assert.deepEqual([one.value, one.inConflict], ["yes", false])
})

test("heads that differ are a conflict, and the longer history is shown for the time being", async () => {
  const all = await records(["a", "yes"], ["b", "no", ["a"]], ["c", "yes"])
  for (const orders of ["123", "132", "213"]) {
    all.forEach((record, n) => (record.order = orders[n]))
    const one = fold(all).get("answer:greeted")
    assert.deepEqual([one.value, one.inConflict], ["no", true])
  }
})

test("among histories of one length the greater hash of the id is shown", async () => {
  const order = { p: await hash("p"), q: await hash("q") }
  const [low, high] = ["p", "q"].sort((one, other) => (order[one] < order[other] ? -1 : 1))
  const one = fold(await records([low, "yes"], [high, "no"])).get("answer:greeted")
  assert.equal(one.value, "no")
})

test("a conflict ends with a change that names all heads", async () => {
  const one = fold(await records(["a", "yes"], ["b", "no"], ["c", "yes", ["a", "b"]])).get("answer:greeted")
  assert.deepEqual([one.heads, one.value, one.inConflict], [["c"], "yes", false])
})

test("a photo removed on one phone and moved on another is present, and flagged", async () => {
  const register = "photo:p"
  const one = fold(
    await records(
      ["a", { question: "x" }, [], "photo.attach", register],
      ["b", undefined, ["a"], "photo.detach", register],
      ["c", { question: "y" }, ["a"], "photo.attach", register],
    ),
  ).get(register)
  assert.deepEqual([one.value, one.inConflict], [{ question: "y" }, true])
})

test("order, batches and repetition of changes make no difference", async () => {
  const all = await records(["a", "yes"], ["b", "no", ["a"]], ["c", "na", ["a"]], ["d", "no", ["b", "c"]], ["e", "x", ["unknown"]])
  const plain = canonicalFold(all)
  for (let seed = 1; seed < 40; seed++) assert.equal(canonicalFold(shuffled([...all, ...all], seed)), plain)
})

function canonicalFold(all) {
  return JSON.stringify([...fold(all)].map(([name, { heads, value, inConflict }]) => [name, heads, value, inConflict]))
}

test("a history of thousands of changes folds without recursion", async () => {
  const long = Array.from({ length: 20_000 }, (_, n) => ({
    change: { id: `${n}`, kind: "answer.set", register: "answer:a", value: n, base: n ? [`${n - 1}`] : [] },
    order: `${n}`,
  }))
  assert.equal(fold(long.reverse()).get("answer:a").value, 19_999)
})

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/registers.json", import.meta.url), "utf8"))

for (const { name, register, changes, heads, value, in_conflict } of VECTORS) {
  test(`phone and server fold alike: ${name}`, async () => {
    const all = changes.map(async ({ id, value: left, base }) => ({
      change: { id, register, base, kind: kindOf(register, left), value: left ?? undefined },
      order: await hash(id),
    }))
    const folded = fold(await Promise.all(all)).get(register)
    assert.deepEqual([folded.heads.sort(), folded.value ?? null, folded.inConflict], [heads, value, in_conflict])
  })
}

function kindOf(register, left) {
  if (register.startsWith("photo:")) return left === null ? "photo.detach" : "photo.attach"
  return left === null ? "answer.clear" : "answer.set"
}

// ---- what an answer of the server means

const OURS = (code, more = {}) => ({ error: { code, message: "…", ...more } })

test("only our own JSON with a success is a success", () => {
  assert.equal(judge(200, { data: {} }).kind, "accepted")
  assert.equal(judge(201, { data: {} }).kind, "accepted")
  for (const body of [null, {}, { data: null }, "text", []]) assert.equal(judge(200, body).kind, "network")
  assert.equal(judge(0, null).kind, "network", "a redirect that was not followed")
  assert.equal(judge(302, null).kind, "network")
})

test("a refusal counts only when it is ours", () => {
  for (const status of [401, 403, 409, 413, 415, 422]) assert.equal(judge(status, null).kind, "network")
  assert.equal(judge(401, OURS("signed_out")).kind, "signed_out")
  assert.equal(judge(403, OURS("foreign_page")).kind, "signed_out")
  for (const status of [413, 415, 422]) assert.equal(judge(status, OURS("too_large")).kind, "refused")
  assert.equal(judge(409, OURS("photo_differs")).kind, "clash")
  assert.equal(judge(413, { error: { message: "Too large for this network" } }).kind, "network")
})

test("an incomplete hand-in says what is missing", () => {
  const verdict = judge(409, OURS("incomplete", { missing_changes: ["a"], missing_photos: ["b"] }))
  assert.deepEqual([verdict.kind, verdict.missingChanges, verdict.missingPhotos], ["incomplete", ["a"], ["b"]])
})

test("overload, failures and whatever is not foreseen are network errors", () => {
  for (const status of [408, 429, 500, 502, 503, 507, 404, 410, 418]) assert.equal(judge(status, OURS("x")).kind, "network")
  assert.equal(judge(503, OURS("busy"), "120").waitMs, 120_000)
  assert.equal(judge(503, OURS("busy"), "Thu, 01 Jan 1970 00:01:00 GMT", () => 30_000).waitMs, 30_000)
  assert.equal(judge(503, OURS("busy"), "nonsense").waitMs, 0)
})

// ---- words

const NOTHING = {
  unsaved: false, typing: false, signedOut: false, attention: 0, frozen: 0, sending: null, waiting: 0, preparing: 0,
  drafts: 0, acknowledged: 0, receipt: null, isOpen: true,
}

test("the safety words are the agreed ones and nothing stronger", () => {
  const said = (safety) => wordsOf({ ...NOTHING, ...safety }).text
  assert.equal(said({}), "")
  assert.equal(said({ waiting: 1 }), "Kept on this phone")
  assert.equal(said({ drafts: 1, acknowledged: 9 }), "Kept on this phone")
  assert.equal(said({ waiting: 5, sending: { n: 3, all: 7 } }), "Sending 3 of 7")
  assert.equal(said({ acknowledged: 9 }), "Safe on the server")
  assert.equal(said({ waiting: 6, preparing: 1, signedOut: true }), "Signed out.")
  assert.equal(signedOutWords(7), "Signed out. 7 items are safe on this phone.")
  assert.equal(said({ acknowledged: 9, attention: 1 }), "Needs attention")
  assert.equal(said({ acknowledged: 9, isOpen: false, receipt: { digest: "4f2a99" } }), "Handed in, receipt 4F2A")
  assert.deepEqual(handInWords(), ["Ready. Will be handed in when there is signal.", "Not handed in yet."])
})

test("what is not saved is never called kept or safe", () => {
  assert.equal(wordsOf({ ...NOTHING, unsaved: true, acknowledged: 5 }).text, "Not saved")
  assert.equal(wordsOf({ ...NOTHING, typing: true, acknowledged: 5 }).text, "…")
})
