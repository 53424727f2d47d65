/** Ctrl+Z in a text box is the box's own as long as the box has something to take back. */

import assert from "node:assert/strict"
import { test } from "node:test"

import { OwnUndo } from "#js/admin/own_undo.js"

const box = value => ({ value, matches: () => true })

test("a box that was typed in takes that back itself, and the draft's steps come after", () => {
  const own = new OwnUndo()
  const text = box("Was it lit?")
  own.entered(text)
  assert.equal(own.canUndo(text), false)
  text.value = "Was it lit up?"
  own.changed(text, "insertText")
  assert.equal(own.canUndo(text), true)
  text.value = "Was it lit?"
  own.changed(text, "historyUndo")
  assert.deepEqual([own.canUndo(text), own.canRedo(text)], [false, true])
  text.value = "Was it!"
  own.changed(text, "insertText")
  assert.equal(own.canRedo(text), false)
})

test("entering a box again does not forget what it said first", () => {
  const own = new OwnUndo()
  const text = box("a")
  own.entered(text)
  text.value = "ab"
  own.entered(text)
  assert.equal(own.canUndo(text), true)
})

test("what is no text box has nothing of its own", () => {
  const own = new OwnUndo()
  const tick = { value: "on", matches: () => false }
  own.entered(tick)
  tick.value = "off"
  assert.deepEqual([own.canUndo(tick), own.canRedo(tick), own.canUndo(null)], [false, false, false])
})
