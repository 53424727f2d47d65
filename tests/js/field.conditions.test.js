import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { hiddenIn } from "#js/field/conditions.js"

const { questions, vectors } = JSON.parse(readFileSync(new URL("../vectors/conditions.json", import.meta.url), "utf8"))
const byKey = new Map(questions.map((question) => [question.key, question]))

function aDocument(touchpoints) {
  const asked = (journey) => journey.map(([key, condition]) => ({ ...byKey.get(key), ...(condition && { show_if: condition }) }))
  return { touchpoints: touchpoints.map(([condition, journey], place) => ({ key: `here_${place}`, ...(condition && { show_if: condition }), questions: asked(journey) })) }
}

for (const { says, journey, touchpoints = [[null, journey]], answers, hidden } of vectors) {
  test(says, () => assert.deepEqual([...hiddenIn(aDocument(touchpoints), answers)], hidden))
}

test("there are enough vectors to hold the two together", () => {
  assert.ok(vectors.length >= 200)
})
