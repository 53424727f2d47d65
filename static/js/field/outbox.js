/**
 * Empties the tray: the changes of all visits in batches, then of each its photos one by one and its hand-in. It knows
 * neither the screen nor the network: the tray and the sender are handed in. What it may call done is only what the server confirmed.
 */

/** Thrown to leave off: the network or the server asks for it. */
class Halt {
  constructor(reason, waitMs = 0, cause = null) {
    this.reason = reason
    this.waitMs = waitMs
    this.cause = cause
  }
}

export class Outbox {
  #tray
  #send
  #onProgress
  #draining = null
  #failures = new Map()
  #done = 0

  constructor({ tray, send, onProgress = () => {} }) {
    this.#tray = tray
    this.#send = send
    this.#onProgress = onProgress
  }

  /**
   * Send what can be sent; callers meanwhile share the same run. Resolves to {result, waitMs, reason} with `result`:
   * "empty" nothing is left that can go, "later" try again after waiting, "signed_out" only signing in helps.
   * `reason` to come back later: "network" no answer of ours came, "left" the server took some of it not yet.
   */
  drain() {
    return (this.#draining ??= this.#sendAll().finally(() => (this.#draining = null)))
  }

  /** Words go before pictures, and where it failed before goes last: no one photo or visit holds up the others. */
  async #sendAll() {
    this.#done = 0
    const failures = ({ eid }) => this.#failures.get(eid) ?? 0
    const runs = (await this.#tray.evaluations()).map(({ eid }) => ({ eid, tried: new Set() }))
    runs.sort((one, other) => failures(one) - failures(other))
    const [told, halt] = await this.#upToHalt(runs, (run) => this.#sendChanges(run.eid, run.tried))
    if (halt?.reason === "signed_out") return { result: "signed_out", waitMs: 0 }
    const [, last] = await this.#upToHalt(told, (run) => this.#sendRest(run))
    if (last?.reason === "signed_out") return { result: "signed_out", waitMs: 0 }
    const left = last ?? halt
    for (const one of [halt, last]) if (one?.cause) throw one.cause // the others have had their turn
    return left ? { result: "later", waitMs: left.waitMs, reason: left.reason } : { result: "empty", waitMs: 0 }
  }

  /** Do `send` for one evaluation after the other: [those for which it went through, the Halt that counts, or null]. */
  async #upToHalt(runs, send) {
    const done = []
    let last = null
    for (const run of runs) {
      const halt = await haltOf(() => send(run))
      if (halt) last = halt
      else done.push(run)
      if (halt && halt.reason !== "left") this.#failures.set(run.eid, (this.#failures.get(run.eid) ?? 0) + 1)
      if (halt?.reason === "network" || halt?.reason === "signed_out") break
    }
    return [done, last]
  }

  /** Everything of one evaluation, with what was written since its changes went. */
  async #sendRest({ eid, tried }) {
    await this.#sendChanges(eid, tried)
    await this.#sendPhotos(eid)
    await this.#handIn(eid, tried)
    const { waiting, handIns } = await this.#tray.count(eid)
    if (waiting || handIns) throw new Halt("left")
    this.#failures.delete(eid)
  }

  async #sendChanges(eid, tried) {
    for (;;) {
      const batch = await this.#tray.takeChanges(eid, tried)
      if (!batch.length) return
      await this.#progress()
      await this.#sendBatch(eid, batch)
      for (const { id } of batch) tried.add(id)
    }
  }

  /** Where a whole batch is refused, its halves are sent, until the one that spoils it stands alone. */
  async #sendBatch(eid, batch) {
    const verdict = await this.#send.changes(eid, batch.map(({ change }) => change))
    if (verdict.kind === "accepted") return this.#settle(batch, verdict.results)
    if (verdict.kind === "refused" && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2)
      await this.#sendBatch(eid, batch.slice(0, middle))
      return this.#sendBatch(eid, batch.slice(middle))
    }
    return this.#accept("changes", batch[0].id, verdict)
  }

  async #settle(batch, results) {
    const sent = new Map(batch.map((record) => [record.id, record]))
    const held = []
    for (const { id, result } of results) {
      if (!sent.has(id)) continue
      if (["stored", "known", "forked"].includes(result)) held.push(id)
      else if (result === "differs") await this.#tray.freeze("changes", id)
      else await this.#tray.refuse("changes", id)
    }
    await this.#tray.acknowledge("changes", held)
    this.#done += held.length
    if (results.some(({ result }) => result === "forked")) await this.#tray.renewDevice()
  }

  /** Those that failed before go last, so that one bad photo holds up none of the others. */
  async #sendPhotos(eid) {
    const failures = ({ id }) => this.#failures.get(id) ?? 0
    const due = (await this.#tray.photosDue(eid)).sort((one, other) => failures(one) - failures(other))
    for (const photo of due) {
      const bytes = await this.#tray.bytesOf(photo)
      if (!bytes) {
        await this.#tray.lose(photo.id)
        continue
      }
      await this.#progress()
      const verdict = await this.#send.photo(eid, photo, bytes)
      if (verdict.kind === "network") this.#failures.set(photo.id, failures(photo) + 1)
      await this.#accept("photos", photo.id, verdict)
    }
  }

  /** Act on the answer to one item; leaves off where nothing more can go now. */
  async #accept(name, id, verdict) {
    if (verdict.kind === "accepted") {
      await this.#tray.acknowledge(name, [id])
      this.#done += 1
    } else if (verdict.kind === "refused") await this.#tray.refuse(name, id, verdict.message, { isFinal: name === "photos" && isUseless(verdict) })
    else if (verdict.kind === "clash") await this.#tray.freeze(name, id, verdict.message)
    else throw halted(verdict)
  }

  async #handIn(eid, tried) {
    const due = await this.#tray.handInDue(eid)
    if (!due) return
    await this.#progress()
    const verdict = await this.#send.submit(eid, due)
    if (verdict.kind === "accepted") {
      await this.#tray.receipted(eid, verdict.receipt, due.part)
      this.#done += 1
      await this.#handIn(eid, tried) // what is asked after the visit has hand-ins of its own
    } else if (verdict.kind === "incomplete") await this.#complete(eid, verdict, tried)
    else if (verdict.kind === "refused" || verdict.kind === "clash") await this.#tray.handInRefused(eid, verdict.message, due.part)
    else throw halted(verdict)
  }

  /** The server lacks what it once had (a restored backup): send exactly that, then hand in again. */
  async #complete(eid, { missingChanges, missingPhotos }, tried) {
    const repeated = [...missingChanges, ...missingPhotos]
    if (repeated.some((id) => tried.has(`again ${id}`))) throw new Halt("left")
    for (const id of repeated) {
      tried.delete(id)
      tried.add(`again ${id}`)
    }
    await this.#tray.sendAgain(eid, missingChanges, missingPhotos)
    await this.#sendChanges(eid, tried)
    await this.#sendPhotos(eid)
    await this.#handIn(eid, tried)
  }

  async #progress() {
    const { waiting, handIns } = await this.#tray.count()
    this.#onProgress({ n: this.#done + 1, all: this.#done + Math.max(1, waiting + handIns) })
  }
}

/**
 * A file that is no photo is none the next time either; one that was altered on its way may arrive whole, and one that
 * a busy server had no time to read may be read later.
 */
function isUseless({ status, code }) {
  return (status === 415 || status === 422) && !code.startsWith("digest_") && code !== "photo_too_slow"
}

/** Do `act`; what asked to leave off comes back as a Halt, and so does what broke. */
async function haltOf(act) {
  try {
    await act()
    return null
  } catch (halt) {
    return halt instanceof Halt ? halt : new Halt("broke", 0, halt)
  }
}

/** No answer at all stops everything; an odd answer stops only this evaluation. */
function halted({ kind, reached = false, waitMs = 0 }) {
  if (kind === "signed_out") return new Halt("signed_out")
  return new Halt(reached ? "left" : "network", waitMs)
}
