import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { hiddenIn } from "#js/field/conditions.js"

const { questions, vectors } = JSON.parse(readFileSync(new URL("../vectors/conditions.json", import.meta.url), "utf8"))
const byKey = new Map(questions.map((question) => [question.key, question]))

function aDocument(journey) {
  const asked = journey.map(([key, condition]) => ({ ...byKey.get(key), ...(condition && { show_if: condition }) }))
  return { touchpoints: [{ key: "here", questions: asked }] }
}

for (const { says, journey, answers, hidden } of vectors) {
  test(says, () => assert.deepEqual([...hiddenIn(aDocument(journey), answers)], hidden))
}

test("there are enough vectors to hold the two together", () => {
  assert.ok(vectors.length >= 200)
})
