import assert from "node:assert/strict"
import { test } from "node:test"
import { Backoff } from "#js/field/backoff.js"
import { Pump } from "#js/field/pump.js"
import { Sender } from "#js/field/sender.js"

class Clock {
  timers = new Map()
  now = () => 1_000_000
  later = (act, ms) => {
    const timer = Symbol(ms)
    this.timers.set(timer, { act, ms })
    return timer
  }
  cancel = (timer) => this.timers.delete(timer)
  get waits() {
    return [...this.timers.values()].map(({ ms }) => ms)
  }
  async fire() {
    const due = [...this.timers.values()]
    this.timers.clear()
    for (const { act } of due) await act()
  }
}

function aPump(results, verdict) {
  const reports = []
  const clock = new Clock()
  const runs = []
  const locks = []
  const pump = new Pump({
    outbox: { drain: async () => { runs.push("drain"); if (results[0] instanceof Error) throw results.shift(); return results.shift() ?? { result: "empty", waitMs: 0 } } },
    backoff: new Backoff({ random: () => 1 }),
    prepare: async () => { runs.push("prepare"); return verdict },
    locks: { request: async (name, act) => { locks.push(name); return act() } },
    clock,
    report: (error) => reports.push(error.message),
  })
  return { pump, clock, runs, locks, reports }
}

const LATER = { result: "later", waitMs: 0 }

test("things are prepared and then sent, under the lock of all tabs", async () => {
  const { pump, runs, locks, clock } = aPump([])
  await pump.nudge()
  assert.deepEqual([runs, locks, clock.waits], [["prepare", "drain"], ["shopper-outbox"], []])
})

test("what breaks is reported, nothing is called under way, and it is tried again", async () => {
  const { pump, clock, reports } = aPump([new Error("the database went away")])
  pump.advance({ n: 3, all: 7 })
  await pump.nudge()
  assert.deepEqual([reports, clock.waits, pump.progress], [["the database went away"], [2000], null])
  assert.equal(pump.trouble.reason, "broke")
  await clock.fire()
  await new Promise(setImmediate)
  assert.equal(pump.trouble, null)
})

test("a run begins when what is just being noted is there", async () => {
  const steps = []
  const pump = new Pump({
    outbox: { drain: async () => (steps.push("drain"), { result: "empty" }) }, backoff: new Backoff(),
    locks: { request: async (_name, act) => (steps.push("lock"), act()) }, whenReady: async () => steps.push("ready"),
  })
  await pump.nudge()
  assert.deepEqual(steps, ["ready", "lock", "drain"])
})

test("failures wait longer and longer, and a success begins anew", async () => {
  const { pump, clock } = aPump([LATER, LATER, { result: "empty", waitMs: 0 }, LATER])
  await pump.nudge()
  assert.deepEqual(clock.waits, [2000])
  await clock.fire()
  await new Promise(setImmediate)
  assert.deepEqual(clock.waits, [4000])
  await pump.nudge()
  assert.deepEqual(clock.waits, [])
  await pump.nudge()
  assert.deepEqual(clock.waits, [2000])
})

test("something new does not cut a wait short, but somebody asking does", async () => {
  const { pump, clock, runs } = aPump([LATER])
  await pump.nudge()
  pump.offer()
  assert.deepEqual([clock.waits, runs.length], [[2000], 2])
  await pump.nudge()
  assert.deepEqual([clock.waits, runs.length], [[], 4])
})

test("what comes while sending goes soon after", async () => {
  const { pump, clock } = aPump([])
  const running = pump.nudge()
  pump.offer()
  await running
  assert.deepEqual(clock.waits, [800])
})

test("who is signed out is not pestered: only asking tries again", async () => {
  const { pump, clock } = aPump([{ result: "signed_out", waitMs: 0 }])
  await pump.nudge()
  assert.ok(pump.isSignedOut)
  pump.offer()
  assert.deepEqual(clock.waits, [])
  await pump.nudge()
  assert.ok(!pump.isSignedOut)
})

test("that nobody is signed in is known before anything is there to be sent", async () => {
  const { pump, runs } = aPump([], { kind: "signed_out" })
  await pump.nudge()
  assert.deepEqual([runs, pump.isSignedOut, pump.trouble.reason], [["prepare"], true, "signed_out"])
})

test("what is there goes, although no news came", async () => {
  const { pump, runs } = aPump([], { kind: "network", reached: false })
  await pump.nudge()
  assert.deepEqual([runs, pump.isSignedOut], [["prepare", "drain"], false])
})

// ---- what goes over the line

function aLine(status, body, headers = { "Content-Type": "application/json" }) {
  const calls = []
  const fetch = async (address, request) => {
    calls.push({ address, ...request })
    const text = typeof body === "string" ? body : JSON.stringify(body)
    return new Response(status === 204 ? null : text, { status, headers })
  }
  return { sender: new Sender({ fetch, person: "me" }), calls }
}

const HASH = "ab".repeat(32)
const PHOTO = { id: "p", sha256: HASH, mime: "image/jpeg" }

test("every call names its person, follows no redirect and says that it is ours", async () => {
  const { sender, calls } = aLine(200, { data: { results: [] } })
  await sender.changes("e", [{ b: 1, a: 2 }])
  const [{ address, method, headers, redirect, body }] = calls
  assert.deepEqual([address, method, redirect, body], ["/field/api/v1/evaluations/e/changes", "POST", "manual", '{"changes":[{"a":2,"b":1}]}'])
  assert.deepEqual([headers["X-Shopper"], headers["X-Shopper-Person"]], ["1", "me"])
})

test("a photo counts as sent only when the same hash comes back", async () => {
  const sent = (data) => aLine(201, { data }).sender.photo("e", PHOTO, new ArrayBuffer(4))
  assert.equal((await sent({ id: "p", sha256: HASH })).kind, "accepted")
  assert.equal((await sent({ id: "p", sha256: "cd".repeat(32) })).kind, "network")
  assert.equal((await sent({ id: "q", sha256: HASH })).kind, "network")
})

test("a photo travels with its digest", async () => {
  const { sender, calls } = aLine(201, { data: { id: "p", sha256: HASH } })
  await sender.photo("e", PHOTO, new ArrayBuffer(4))
  assert.match(calls[0].headers["Repr-Digest"], /^sha-256=:[A-Za-z0-9+/]{43}=:$/)
})

test("a captive portal's page is a network error, whatever its status", async () => {
  for (const [status, headers] of [[200, { "Content-Type": "text/html" }], [200, {}], [511, { "Content-Type": "text/html" }]]) {
    const { sender } = aLine(status, "<html>Please pay for the network</html>", headers)
    assert.equal((await sender.changes("e", [])).kind, "network")
    assert.equal((await sender.submit("e", { id: "s", round: 1, manifest: {} })).kind, "network")
  }
})

test("JSON that is cut off, means something else or is not called JSON is a network error", async () => {
  assert.equal((await aLine(200, { data: { results: [] } }, { "Content-Type": "text/html" }).sender.changes("e", [])).kind, "network")
  assert.equal((await aLine(200, '{"data": {').sender.changes("e", [])).kind, "network")
  assert.equal((await aLine(200, { data: {} }).sender.changes("e", [])).kind, "network")
  assert.equal((await aLine(200, { data: { evaluation: "another", digest: "4f" } }).sender.submit("e", { id: "s" })).kind, "network")
})

test("a line that breaks is a network error", async () => {
  const sender = new Sender({ fetch: async () => { throw new TypeError("Failed to fetch") }, person: "me" })
  assert.deepEqual(await sender.state("e", 0), { kind: "network", reached: false })
})

test("why something was left, and when it is tried next, can be told", async () => {
  const { pump } = aPump([{ result: "later", waitMs: 0, reason: "network" }, { result: "signed_out", waitMs: 0 }])
  await pump.nudge()
  assert.deepEqual([pump.trouble, pump.nextAt], [{ reason: "network", at: 1_000_000 }, 1_002_000])
  await pump.nudge()
  assert.deepEqual([pump.trouble.reason, pump.nextAt], ["signed_out", null])
  await pump.nudge()
  assert.deepEqual([pump.trouble, pump.nextAt], [null, null])
})
