import assert from "node:assert/strict"
import { test } from "node:test"
import { FILES, HOLDING, NO_SIGNAL, PAGES, Shelter, addressOf } from "#js/field/offline/shelter.js"
import { isPrivate, littleRoom } from "#js/field/offline/room.js"
import { memoryDatabase } from "./memory_database.js"
import { SHOPPER, VISIT, hash } from "./phone.js"

const OTHER = "00000000-0000-7000-8000-000000000002"

/** The Cache API as far as the shelter uses it; `spoils` alters what is put under an address. */
class MemoryCaches {
  stores = new Map()
  spoils = new Map()
  fails = null

  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map())
    const rows = this.stores.get(name)
    return {
      match: async (address) => rows.get(address)?.clone(),
      put: async (address, answer) => {
        if (this.fails) throw this.fails
        rows.set(address, this.spoils.get(address) ?? answer)
      },
      delete: async (address) => rows.delete(address.url ? new URL(address.url).pathname + new URL(address.url).search : address),
      keys: async () => [...rows.keys()].map((address) => ({ url: `https://x.example${address}` })),
    }
  }

  async delete(name) {
    return this.stores.delete(name)
  }

  addresses(name) {
    return [...(this.stores.get(name)?.keys() ?? [])].sort()
  }
}

/** A server with the files and pages of one build. */
async function aServer({ build = "b1", files = { "/static/a.js?v=1": "a", "/static/b.css?v=1": "b" } } = {}) {
  const document = "{}"
  const server = { build, files, isOut: false, pages: {}, asked: [] }
  server.fetch = async (address) => {
    server.asked.push(address)
    if (server.isOut) throw new TypeError("no network")
    if (address in server.files) return new Response(server.files[address], { headers: { "Content-Type": "text/plain" } })
    return server.pages[address] ?? new Response(`page ${address} of ${server.build}`, { headers: { "Shopper-Build": server.build } })
  }
  const hashes = async () => Object.fromEntries(await Promise.all(Object.entries(server.files).map(async ([address, text]) => [address, await hash(text)])))
  server.sender = {
    package: async (visit) => {
      if (server.isOut) return { kind: "network" }
      return { kind: "accepted", data: { visit, eid: `of ${visit}`, vid: await hash(document), document, build: server.build, files: await hashes() } }
    },
  }
  return server
}

function aShelter(server, { caches = new MemoryCaches(), database = memoryDatabase(), user = SHOPPER, register = async () => {} } = {}) {
  const shelter = new Shelter({ database, user, sender: server.sender, caches, fetch: server.fetch, hash, register })
  return { shelter, caches, database }
}

function reason(expected) {
  return (error) => error.name === "NotReady" && error.reason === expected
}

test("a visit without network is not ready, and nothing is called so", async () => {
  const server = await aServer()
  const { shelter } = aShelter(server)
  server.isOut = true
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
  assert.equal(await shelter.isReady(VISIT), false)
})

test("a browser that keeps no pages says so", async () => {
  const server = await aServer()
  await assert.rejects(aShelter(server, { caches: null }).shelter.makeReady(VISIT), reason("unsupported"))
  const refuses = async () => { throw new Error("SecurityError") }
  await assert.rejects(aShelter(server, { register: refuses }).shelter.makeReady(VISIT), reason("unsupported"))
})

test("a file that is read back otherwise than the server names it is not called ready", async () => {
  const server = await aServer()
  const { shelter, caches } = aShelter(server)
  caches.spoils.set("/static/a.js?v=1", new Response("half of it"))
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
  assert.equal(await shelter.isReady(VISIT), false)
})

test("a page of another build, or of a sign-in, is not put away", async () => {
  const server = await aServer()
  const { shelter } = aShelter(server)
  server.pages[addressOf(VISIT)] = new Response("newer", { headers: { "Shopper-Build": "b2" } })
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
  server.pages[addressOf(VISIT)] = new Response("Sign in")
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
})

test("a full storage is told as that", async () => {
  const server = await aServer()
  const { shelter, caches } = aShelter(server)
  caches.fails = new DOMException("no room", "QuotaExceededError")
  await assert.rejects(shelter.makeReady(VISIT), reason("full"))
})

test("a visit whose page and files were read back is ready, for its shopper alone", async () => {
  const server = await aServer()
  const { shelter, caches, database } = aShelter(server)
  await shelter.makeReady(VISIT)
  assert.equal(await shelter.isReady(VISIT), true)
  assert.equal(await shelter.isReady(VISIT, "b1"), true)
  assert.equal(await shelter.isReady(OTHER), false)
  assert.deepEqual(caches.addresses(PAGES), ["/field", NO_SIGNAL, HOLDING, addressOf(VISIT)])
  assert.deepEqual(caches.addresses(FILES), Object.keys(server.files).sort())
  assert.equal(await aShelter(server, { caches, database, user: "another" }).shelter.isReady(VISIT), false)
})

test("a newer build is fetched, what did not change is not, and what nobody needs goes", async () => {
  const server = await aServer()
  const { shelter, caches } = aShelter(server)
  await shelter.makeReady(VISIT)
  server.build = "b2"
  server.files = { "/static/a.js?v=2": "a2", "/static/b.css?v=1": "b" }
  assert.equal(await shelter.isReady(VISIT, "b2"), false)
  server.asked = []
  await shelter.makeReady(VISIT)
  assert.deepEqual(server.asked.filter((address) => address.startsWith("/static")), ["/static/a.js?v=2"])
  assert.deepEqual(caches.addresses(FILES), ["/static/a.js?v=2", "/static/b.css?v=1"])
})

test("what was ready stays so when making it ready again fails half way", async () => {
  const server = await aServer()
  const { shelter, caches } = aShelter(server)
  await shelter.makeReady(VISIT)
  server.build = "b2"
  server.files = { "/static/a.js?v=2": "a2" }
  caches.spoils.set("/static/a.js?v=2", new Response("half"))
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
  assert.equal(await shelter.isReady(VISIT), true)
  assert.ok(caches.addresses(FILES).includes("/static/a.js?v=1"))
})

test("files that another visit still needs stay when one visit is forgotten", async () => {
  const server = await aServer()
  const { shelter, caches } = aShelter(server)
  await shelter.makeReady(VISIT)
  await shelter.makeReady(OTHER)
  await shelter.forget(VISIT)
  assert.equal(await shelter.isReady(VISIT), false)
  assert.equal(await shelter.isReady(OTHER), true)
  assert.deepEqual(caches.addresses(FILES), Object.keys(server.files).sort())
})

test("the pages of whoever was here before go when somebody else opens the list", async () => {
  const server = await aServer()
  const { shelter, caches, database } = aShelter(server)
  await shelter.belongsTo()
  await shelter.makeReady(VISIT)
  await shelter.belongsTo()
  assert.equal(await shelter.isReady(VISIT), true)
  await aShelter(server, { caches, database, user: "another" }).shelter.belongsTo()
  assert.deepEqual(caches.addresses(PAGES), [])
  assert.equal(database.rows("packages").length, 1)
})

test("the pictures of a visit are read back before it is ready, go with it, and go when somebody signs out", async () => {
  const picture = `${addressOf(VISIT)}/pictures/${"a".repeat(64)}`
  const server = await aServer({ files: { "/static/a.js?v=1": "a", [picture]: "a picture" } })
  const { shelter, caches } = aShelter(server)
  caches.spoils.set(picture, new Response("half a pic"))
  await assert.rejects(shelter.makeReady(VISIT), reason("network"))
  assert.equal(await shelter.isReady(VISIT), false)
  caches.spoils.clear()
  await shelter.makeReady(VISIT)
  assert.deepEqual(caches.addresses(FILES), [picture, "/static/a.js?v=1"])
  await shelter.clear()
  assert.deepEqual(caches.addresses(FILES), ["/static/a.js?v=1"])
  assert.equal(await shelter.isReady(VISIT), false)
  await shelter.makeReady(VISIT)
  await shelter.forget(VISIT)
  assert.deepEqual(caches.addresses(FILES), ["/static/a.js?v=1"])
})

test("a package that is on the phone already stays: an evaluation keeps the version it began with", async () => {
  const server = await aServer()
  const { shelter, database } = aShelter(server)
  await shelter.makeReady(VISIT)
  const [before] = database.rows("packages")
  server.sender.package = async () => ({ kind: "accepted", data: { visit: VISIT, eid: before.eid, vid: "newer", document: "newer", build: "b1", files: {} } })
  await shelter.makeReady(VISIT)
  assert.equal(database.rows("packages")[0].vid, before.vid)
})

test("little room and a private window are noticed", async () => {
  const room = (quota, usage) => ({ estimate: async () => ({ quota, usage }), getDirectory: async () => ({}) })
  assert.equal(await littleRoom(room(500_000_000, 0)), null)
  assert.equal(await littleRoom(room(100_000_000, 70_400_000)), 29)
  assert.equal(await isPrivate({ storage: room(10e9, 0), memory: { jsHeapSizeLimit: 4e9 } }), false)
  assert.equal(await isPrivate({ storage: room(1e9, 0), memory: { jsHeapSizeLimit: 4e9 } }), true)
  const safari = { ...room(10e9, 0), getDirectory: async () => { throw new DOMException("no", "SecurityError") } }
  assert.equal(await isPrivate({ storage: safari }), true)
})
