import assert from "node:assert/strict"
import { test } from "node:test"

import { TextQueue } from "#js/admin/text_queue.js"

function aQueue(answers) {
  const [sent, taken, states] = [[], [], []]
  const queue = new TextQueue({
    send: async (texts) => {
      sent.push(Object.fromEntries(texts))
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return typeof answer === "function" ? answer(queue) : answer
    },
    onAnswer: (answer) => taken.push(answer),
    onState: (state) => states.push(state),
    again: 5,
  })
  return { queue, sent, taken, states }
}

test("what was typed travels with what stood before, and what was typed back does not", async () => {
  const { queue, sent, taken, states } = aQueue(["fine"])
  queue.hold("title", { base: "", text: "Primavera" })
  queue.hold("briefing", { base: "Entre.", text: "Entre" })
  queue.hold("briefing", { base: "Entre.", text: "Entre. " })
  await queue.flush()
  assert.deepEqual(sent, [{ title: { base: "", text: "Primavera" } }])
  assert.deepEqual([taken, states, queue.isBusy], [["fine"], ["saving", "saved"], false])
})

test("what is typed while others travel waits for the next journey", async () => {
  const { queue, sent, states } = aQueue([(own) => { own.hold("title", { base: "P", text: "Primavera" }); return "fine" }, "fine"])
  queue.hold("title", { base: "", text: "P" })
  await queue.flush()
  assert.equal(states.at(-1), "waiting")
  await queue.flush()
  assert.deepEqual(sent.map(({ title }) => title.text), ["P", "Primavera"])
})

test("what could not be sent goes again by itself, the newest of it", async () => {
  const { queue, sent, states } = aQueue([new Error("no signal"), "fine"])
  queue.hold("title", { base: "", text: "P" })
  await queue.flush()
  assert.ok(queue.isBusy)
  assert.equal(states.at(-1), "waiting")
  queue.hold("title", { base: "", text: "Primavera" })
  await new Promise((done) => { queue.onState = (state) => state === "saved" && done() })
  assert.deepEqual(sent.at(-1), { title: { base: "", text: "Primavera" } })
})
