import assert from "node:assert/strict"
import { test } from "node:test"

import { forget, Remarks } from "#js/admin/review_remarks.js"

/** Storage of a browser, as far as remarks use it. */
class Storage {
  #held = new Map()

  get length() {
    return this.#held.size
  }

  key(place) {
    return [...this.#held.keys()][place] ?? null
  }

  getItem(key) {
    return this.#held.get(key) ?? null
  }

  setItem(key, value) {
    this.#held.set(key, String(value))
  }

  removeItem(key) {
    this.#held.delete(key)
  }
}

const box = (name, value = "") => ({ name, value })
const boxes = (...values) => values.map((value, place) => box(`remark-${place}`, value))

function typed(storage, name, ...values) {
  return new Remarks(name, boxes(...values), storage).keep()
}

test("nothing comes back where nothing was typed", () => {
  const storage = new Storage()
  typed(storage, "edith.v1.1", "", "  ")
  const remarks = new Remarks("edith.v1.1", boxes("", ""), storage)
  assert.equal(remarks.restore(), false)
  assert.equal(storage.length, 0)
})

test("what was typed comes back into its own boxes after the page was lost", () => {
  const storage = new Storage()
  assert.equal(typed(storage, "edith.v1.1", "Who smiled?", ""), true)
  const remarks = new Remarks("edith.v1.1", boxes("", ""), storage)
  assert.equal(remarks.restore(), true)
  assert.deepEqual(remarks.boxes.map(one => one.value), ["Who smiled?", ""])
})

test("remarks of another round, visit or reader do not come back", () => {
  const storage = new Storage()
  typed(storage, "edith.v1.1", "Who smiled?")
  for (const name of ["edith.v1.2", "edith.v2.1", "omar.v1.1"]) {
    assert.equal(new Remarks(name, boxes(""), storage).restore(), false, name)
  }
})

test("what the page itself brings back is not overwritten", () => {
  const storage = new Storage()
  typed(storage, "edith.v1.1", "Old", "Other")
  const remarks = new Remarks("edith.v1.1", boxes("Refused and shown again", ""), storage)
  assert.equal(remarks.restore(), true)
  assert.deepEqual(remarks.boxes.map(one => one.value), ["Refused and shown again", "Other"])
})

test("a remark that is emptied is kept no longer", () => {
  const storage = new Storage()
  const remarks = new Remarks("edith.v1.1", boxes("Who smiled?"), storage)
  remarks.keep()
  remarks.boxes[0].value = ""
  remarks.keep()
  assert.equal(storage.length, 0)
})

test("a decided visit is forgotten in all its rounds, and no other visit is", () => {
  const storage = new Storage()
  typed(storage, "edith.v1.1", "Old")
  typed(storage, "edith.v1.2", "New")
  typed(storage, "edith.v12.1", "Another visit")
  forget("edith.v1", storage)
  assert.equal(storage.length, 1)
  assert.equal(new Remarks("edith.v12.1", boxes(""), storage).restore(), true)
})

test("a browser that keeps nothing says so, and what it holds broken is not read", () => {
  const storage = new Storage()
  storage.setItem("shopper.remarks.edith.v1.1", "{broken")
  assert.equal(new Remarks("edith.v1.1", boxes(""), storage).restore(), false)
  storage.setItem = () => { throw new Error("full") }
  assert.equal(typed(storage, "edith.v1.1", "Who smiled?"), false)
  assert.equal(typed(null, "edith.v1.1", "Who smiled?"), false)
  forget("edith.v1", null)
})
