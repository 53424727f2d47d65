import assert from "node:assert/strict"
import { test } from "node:test"
import { UnderWay } from "#js/field/under_way.js"

const never = () => new Promise(() => {})

test("what was begun is waited for, also where it fails", async () => {
  const underWay = new UnderWay(never)
  assert.equal(await underWay.ended(), false)
  const steps = []
  underWay.add(new Promise((resolve) => setTimeout(resolve, 5)).then(() => steps.push("photo")))
  const failing = underWay.add(Promise.reject(new Error("no place")))
  assert.deepEqual([await underWay.ended(), steps, await underWay.ended()], [true, ["photo"], false])
  await assert.rejects(failing)
})

test("what never ends holds nothing up for ever", async () => {
  const underWay = new UnderWay(async (ms) => assert.equal(ms, 15_000))
  underWay.add(never())
  assert.deepEqual([await underWay.ended(), await underWay.ended()], [true, true])
})
