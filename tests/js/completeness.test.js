import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { demandsComment, missing } from "#js/field/completeness.js"
import { isBlank } from "#js/field/readings.js"

const { questions, vectors } = JSON.parse(
  readFileSync(new URL("../vectors/completeness.json", import.meta.url), "utf8"),
)
const byKey = new Map(questions.map((question) => [question.key, question]))

function aDocument(touchpoints) {
  return {
    touchpoints: Object.entries(touchpoints).map(([key, keys]) => ({
      key,
      questions: keys.map((each) => byKey.get(each)),
    })),
  }
}

for (const vector of vectors) {
  test(vector.says, () => {
    const found = missing(aDocument(vector.touchpoints), vector.answers, vector.comments, vector.photos)
    const expected = vector.missing.map(([touchpoint, question, code, needed, have]) => ({
      touchpoint,
      question,
      code,
      needed,
      have,
    }))
    assert.deepEqual(found, expected)
  })
}

test("there are enough vectors to hold the two together", () => {
  assert.ok(vectors.length >= 60)
})

test("the comment box can ask at every stroke whether it is demanded", () => {
  const greeted = byKey.get("greeted")
  assert.equal(demandsComment(greeted, undefined), false)
  assert.equal(demandsComment(greeted, { state: "answered", value: "no" }), true)
  assert.equal(demandsComment(greeted, { state: "answered", value: "yes" }), false)
  assert.equal(demandsComment(byKey.get("queue_long"), { state: "na", value: null }), false)
})

test("a question is blank until something is said that can be read as its answer", () => {
  assert.equal(isBlank(byKey.get("name_badge"), { state: "answered", value: "  " }), true)
  assert.equal(isBlank(byKey.get("name_badge"), { state: "answered", value: "Ana" }), false)
  assert.equal(isBlank(byKey.get("queue_long"), { state: "not_observed", value: null }), false)
  assert.equal(isBlank(byKey.get("read_this"), { state: "answered", value: "yes" }), true)
})
