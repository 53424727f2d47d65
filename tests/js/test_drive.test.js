import assert from "node:assert/strict"
import { test } from "node:test"

import { TestDrive } from "#js/admin/test_drive.js"

const YES = { state: "answered", value: "yes" }

function aShelf() {
  const kept = new Map()
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  }
}

test("what was found survives a reload, for its own checklist alone", () => {
  const shelf = aShelf()
  new TestDrive("spring", shelf).keep({ answers: { greeted: YES }, comments: { greeted: "Warmly." }, photos: { shot: 1 }, words: { greeted: "Greeted?" } })
  const again = new TestDrive("spring", shelf)
  assert.deepEqual(again.found, { answers: { greeted: YES }, comments: { greeted: "Warmly." }, photos: { shot: 1 }, words: { greeted: "Greeted?" } })
  assert.deepEqual(JSON.parse(again.written), { answers: { greeted: YES }, comments: { greeted: "Warmly." }, photos: { shot: 1 } })
  assert.ok(new TestDrive("autumn", shelf).isEmpty)
})

test("what no longer fits is let go of whole, and answered by its words", () => {
  const drive = new TestDrive("spring", aShelf())
  drive.keep({ answers: { greeted: YES, lit: YES }, comments: { lit: "Bright." }, words: { lit: "Was it lit?" } })
  assert.deepEqual(drive.drop(["lit", "unheard"]), ["Was it lit?", "unheard"])
  assert.deepEqual(drive.found, { answers: { greeted: YES }, comments: {}, photos: {}, words: {} })
})

test("nothing is left behind where nothing is found any more", () => {
  const shelf = aShelf()
  const drive = new TestDrive("spring", shelf)
  drive.keep({ answers: { greeted: YES } })
  drive.keep({ answers: {}, comments: {}, photos: {} })
  assert.equal(shelf.kept.size, 0)
})

test("a shelf that holds nonsense holds nothing", () => {
  const shelf = aShelf()
  shelf.setItem("test-drive spring", "{nonsense")
  assert.ok(new TestDrive("spring", shelf).isEmpty)
})
