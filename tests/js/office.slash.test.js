import assert from "node:assert/strict"
import { test } from "node:test"

import { isMeant } from "#js/lib/slash.js"

const page = { closest: () => null }
const box = { closest: () => ({}) }

test("the slash alone asks for the search", () => {
  assert.equal(isMeant({ key: "/", target: page }), true)
})

test("in a box, or with another key held, it is a sign like any other", () => {
  assert.equal(isMeant({ key: "/", target: box }), false)
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing", "defaultPrevented"]) {
    assert.equal(isMeant({ key: "/", target: page, [held]: true }), false)
  }
})

test("other keys ask for nothing", () => {
  assert.equal(isMeant({ key: "?", target: page }), false)
})
