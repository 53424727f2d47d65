import assert from "node:assert/strict"
import { test } from "node:test"
import { takeIn, takenWords } from "#js/field/picking.js"
import { isPicture } from "#js/field/pictures.js"

const bytesOf = (text) => new TextEncoder().encode(text).buffer
const aFile = (name) => ({ name, lastModified: 5, arrayBuffer: async () => (name === "gone" ? Promise.reject(new Error()) : bytesOf(name)) })
const isPhoto = async (bytes) => !new TextDecoder().decode(bytes).startsWith("words")

/** What becomes of files with these names at a question that takes `most` photos; `has` are there. */
async function taking(names, { most = 3, has = 0 } = {}) {
  const kept = []
  const done = await takeIn(names.map(aFile), {
    source: "gallery", isPhoto, busy: () => {}, room: () => most - has - kept.length,
    keep: async (bytes) => kept.push(new TextDecoder().decode(bytes)),
  })
  return { kept, words: takenWords(done, most), lost: done.lost }
}

test("a file that is no photo is told at once and never kept; the others are", async () => {
  assert.deepEqual((await taking(["words"])).words, ["This file is not a photo, so it was not kept. Please take or choose a photo."])
  const { kept, words } = await taking(["one", "words.jpg", "two"])
  assert.deepEqual([kept, words], [["one", "two"], ["Not a photo, so not kept: words.jpg."]])
})

test("a file that is no photo takes no other's room", async () => {
  assert.deepEqual((await taking(["words", "one"], { most: 1 })).kept, ["one"])
})

test("where a question is full it says how many it takes, and how many were kept", async () => {
  assert.deepEqual((await taking(["one"], { has: 3 })).words, ["This question takes 3 photos. Remove one to add another."])
  assert.deepEqual((await taking(["one", "two"], { has: 2 })).words, ["This question takes 3 photos. Remove one to add another. 1 of 2 was kept."])
  assert.deepEqual((await taking(["1", "2", "3", "4", "5"])).words, ["This question takes 3 photos. Remove one to add another. 3 of 5 were kept."])
  assert.deepEqual((await taking(["one"], { most: 1, has: 1 })).words, ["This question takes 1 photo. Remove it to take another."])
})

test("a file that cannot be read is lost, and when all went well nothing is said", async () => {
  assert.equal((await taking(["gone", "one"])).lost, 1)
  assert.deepEqual((await taking(["one", "two", "three"])).words, [])
})

test("what the browser cannot read is a picture only when it is of the type that some browsers cannot read", async () => {
  const cannot = async () => { throw new Error("unreadable") }
  assert.equal(await isPicture(bytesOf("words"), cannot), false)
  assert.equal(await isPicture(bytesOf("....ftypheic...."), cannot), true)
  assert.equal(await isPicture(bytesOf("words"), async () => {}), true)
})
