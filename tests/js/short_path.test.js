import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { shortLacks } from "#js/field/short_path.js"

const { vectors } = JSON.parse(readFileSync(new URL("../vectors/short_path.json", import.meta.url), "utf8"))

for (const { says, outcome, note, checked_in: isCheckedIn, photos, missing } of vectors) {
  test(says, () => assert.deepEqual(shortLacks({ outcome, note, isCheckedIn, photos }), missing))
}
