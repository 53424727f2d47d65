import assert from "node:assert/strict"
import { test } from "node:test"

import { tickAll } from "#js/admin/tick_all.js"

/** A box of a page, as far as ticking it goes. */
class Box extends EventTarget {
  constructor(checked = false) {
    super()
    this.checked = checked
    this.indeterminate = false
    this.label = { hidden: true }
  }

  closest() {
    return this.label
  }

  press() {
    this.checked = !this.checked
    this.dispatchEvent(new Event("change"))
  }
}

const state = master => (master.indeterminate ? "some" : master.checked ? "all" : "none")

test("a box for all stays hidden where there is nothing to tick", () => {
  const master = new Box()
  tickAll(master, [])
  assert.equal(master.label.hidden, true)
  assert.equal(state(master), "none")
})

test("the box for all appears and shows whether all, some or none are ticked", () => {
  const [master, one, other] = [new Box(), new Box(true), new Box()]
  const show = tickAll(master, [one, other])
  assert.equal(master.label.hidden, false)
  assert.equal(state(master), "some")
  other.checked = true
  show()
  assert.equal(state(master), "all")
  one.checked = other.checked = false
  show()
  assert.equal(state(master), "none")
})

test("pressing the box for all ticks every box, and pressing it again unticks them, telling each time", () => {
  const boxes = [new Box(true), new Box(), new Box()]
  const master = new Box()
  let told = 0
  tickAll(master, boxes, () => { told += 1 })
  master.press()
  assert.deepEqual(boxes.map(box => box.checked), [true, true, true])
  master.press()
  assert.deepEqual(boxes.map(box => box.checked), [false, false, false])
  assert.equal(told, 2)
})
