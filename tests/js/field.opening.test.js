import assert from "node:assert/strict"
import { test } from "node:test"
import { openDatabase } from "#js/field/database.js"

/** What opens like idb: one answer after the other, "silent" for none. */
function opening(...answers) {
  const databases = []
  const openDB = async () => {
    const answer = answers.shift()
    if (answer === "silent") return new Promise(() => {})
    if (answer instanceof Error) throw answer
    const database = { isOpen: true, close: () => (database.isOpen = false) }
    databases.push(database)
    return answer === "slow" ? new Promise((done) => setTimeout(done, 20, database)) : database
  }
  return { openDB, databases }
}

const atOnce = () => new Promise((done) => setTimeout(done, 5, null))

test("a storage that is refused, or never answers, is said to be none", async () => {
  for (const answers of [[new Error("private")], ["silent", "silent", "silent", "silent"], ["silent", new Error("private")]]) {
    await assert.rejects(openDatabase(opening(...answers).openDB, { later: atOnce }), { name: "NoStorage" })
  }
})

test("a request to open that is left without an answer is made again", async () => {
  const { openDB, databases } = opening("silent", "silent", "open")
  assert.equal(await openDatabase(openDB, { later: atOnce }), databases[0])
})

test("of two that are opened after all one is used, and the other closed", async () => {
  const { openDB, databases } = opening("slow", "open")
  const found = await openDatabase(openDB, { later: atOnce })
  await new Promise((done) => setTimeout(done, 40))
  assert.deepEqual([databases.length, databases.filter(({ isOpen }) => isOpen)], [2, [found]])
})
