import assert from "node:assert/strict"
import { test } from "node:test"

import { Areas, boxBetween, boxOfPercent, percentOf, Stroke } from "#js/admin/photo_areas.js"
import { wholeWords } from "#js/admin/withhold.js"

const box = { kind: "box", left: 1000, top: 2000, width: 3000, height: 4000 }

test("a slip of the finger draws no box", () => {
  assert.equal(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.504, y: 0.9 }), null)
  assert.equal(boxOfPercent({ left: "1", top: "1", width: "", height: "5" }), null)
})

test("a box may be drawn from any corner, and ends at the photo's edge", () => {
  const drawn = { kind: "box", left: 0, top: 2000, width: 5000, height: 8000 }
  assert.deepEqual(boxBetween({ x: 0.5, y: 1.7 }, { x: -0.2, y: 0.2 }), drawn)
})

test("a box in numbers is the box that was drawn", () => {
  assert.deepEqual(boxOfPercent(percentOf(box)), box)
})

test("every step can be undone down to what was there before", () => {
  const areas = new Areas([box])
  assert.equal(areas.canUndo, false)
  areas.add({ ...box, left: 0 })
  areas.add(null)
  areas.change(1, { ...box, left: 5 })
  areas.remove(0)
  assert.deepEqual(areas.list.map(area => area.left), [5])
  areas.clear()
  for (let step = 0; step < 9; step += 1) areas.undo()
  assert.deepEqual(areas.list, [box])
})

test("a stroke keeps the points that tell something", () => {
  const stroke = new Stroke(500)
  for (const x of [0.1, 0.1001, 0.2]) stroke.reach({ x, y: 0.5 })
  assert.deepEqual(stroke.area.points, [[1000, 5000], [2000, 5000]])
})

test("a word that is touched is kept whole, and no blank with it", () => {
  const text = "Señora Núñez-Roldán was kind."
  assert.deepEqual(wholeWords(text, 2, 9), { start: 0, words: "Señora Núñez" })
  assert.deepEqual(wholeWords(text, 19, 24), { start: 20, words: "was" })
})
