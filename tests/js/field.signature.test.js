// A signature that is left without "Done" is kept once, however often its view is left.

import assert from "node:assert/strict"
import { test } from "node:test"

/** An element as far as the signature uses one: it remembers who listens to it. */
class Element {
  dataset = {}
  style = {}
  listeners = {}
  classList = { add() {}, remove() {}, toggle() {} }
  clientWidth = 100
  addEventListener(name, act) {
    this.listeners[name] = act
  }
  getBoundingClientRect() {
    return { left: 0, top: 0, width: 100, height: 40 }
  }
  getContext() {
    return new Proxy({}, { get: () => () => {}, set: () => true })
  }
  toBlob(done) {
    done(new Blob(["a picture"], { type: "image/png" }))
  }
  setAttribute() {}
  append() {}
  setPointerCapture() {}
}

test("a signature is taken once when its view is left again and again, and once more when something was added", async () => {
  const made = []
  const create = (tag) => (made.push(Object.assign(new Element(), { tag })), made.at(-1))
  globalThis.document = { createElement: create, createElementNS: (_space, tag) => create(tag), querySelector: () => null, getElementById: () => null }
  globalThis.devicePixelRatio = 1
  const { render } = await import("#js/field/kinds/signature.js")
  const taken = []
  const view = render({}, { labelledBy: "question", on: { pick: async (_files, source) => taken.push(source) }, pictureOf: async () => null })
  const { listeners } = made.find(({ tag }) => tag === "canvas")
  const draws = () => {
    const at = (x) => ({ isPrimary: true, pointerId: 1, clientX: x, clientY: 5, preventDefault() {} })
    for (const [name, x] of [["pointerdown", 0], ["pointermove", 60], ["pointerup", 60]]) listeners[name](at(x))
  }
  draws()
  for (let n = 0; n < 3; n++) await view.leave()
  assert.deepEqual(taken, ["signature"])
  draws()
  await view.leave()
  assert.deepEqual(taken, ["signature", "signature"])
})
