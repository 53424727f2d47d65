// A phone without network says days and moments as the server does: the same vectors hold both.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { moment, nearDay, timeOfDay } from "#js/field/times.js"

const { vectors } = JSON.parse(readFileSync(new URL("../vectors/days.json", import.meta.url), "utf8"))

test("a day is said with its weekday and month, and without its year", () => {
  assert.ok(vectors.length >= 38)
  for (const { day, language, said } of vectors) assert.equal(nearDay(day, language), said)
})

test("a moment is said in the time of the place", () => {
  const late = Date.parse("2026-11-21T23:30:00Z")
  assert.equal(moment(late, { language: "en", zone: "Europe/Madrid" }), "Sun 22 Nov, 00:30")
  assert.equal(moment(late, { language: "es", zone: "Europe/Lisbon" }), "sáb 21 nov, 23:30")
  assert.equal(timeOfDay(late, { language: "es", zone: "Europe/Madrid" }), "00:30")
})
