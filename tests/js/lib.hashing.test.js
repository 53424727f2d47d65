import assert from "node:assert/strict"
import { test } from "node:test"

import { sha256 } from "#js/lib/hashing.js"

test("the hash of a file is that of its bytes", async () => {
  const blob = new Blob(["abc"])
  const hash = await sha256(blob, globalThis.crypto.subtle)
  assert.equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
})
