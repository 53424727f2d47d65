// A picture that is too large is refused before it is sent, and the focus goes with a row that was moved.

import assert from "node:assert/strict"
import { test } from "node:test"

import { arranges, heirs } from "#js/admin/arranging.js"
import { faultOf } from "#js/admin/picture_upload.js"
import { speak } from "#js/lib/words.js"

const MOST = 25 * 1024 * 1024
speak({})

test("A file over the limit is refused by its name, and so are several that are too much together", () => {
  assert.equal(faultOf([{ name: "till.jpg", size: MOST }], MOST), "")
  assert.match(faultOf([{ name: "door.jpg", size: 10 }, { name: "till.jpg", size: MOST + 1 }], MOST), /^“till.jpg” is larger than 25 MB/)
  assert.match(faultOf([{ name: "door.jpg", size: MOST }, { name: "till.jpg", size: 1 }], MOST), /^Together .* 25 MB/)
})

test("The focus follows the row that was moved, and after a removal the next row has it", () => {
  assert.deepEqual(heirs("picture-down-0"), ["picture-down-1", "picture-up-1"])
  assert.deepEqual(heirs("option-up-2"), ["option-up-1", "option-down-1"])
  assert.equal(heirs("t-test-drop-3")[0], "t-test-drop-3")
  assert.equal(heirs("picture-drop-0").at(-1), "picture-add")
  assert.equal(arranges("option-add"), false)
  assert.equal(arranges(undefined), false)
})
