/**
 * The log of one evaluation on this phone: drafts while something is typed, changes once it is said.
 *
 * A record wraps a change: {id, user, eid, change, order, state, sealed, waits, refusals, message}.
 * `sealed`: it went into a request and is never altered again. `waits`: not to be sent yet.
 * `state`: kept → acknowledged, or attention, or frozen.
 */
import { canonical } from "#js/field/canonical.js"
import { NotKept, writing } from "#js/field/database.js"

const LOG_STORES = ["settings", "evaluations", "changes", "drafts"]

export class ChangeLog {
  #database
  #who
  #makeId
  #hash
  #now

  constructor({ database, user, eid, makeId, hash, now = Date.now }) {
    this.#database = database
    this.#who = { user, eid }
    this.#makeId = makeId
    this.#hash = hash
    this.#now = now
  }

  get #key() {
    return [this.#who.user, this.#who.eid]
  }

  /** Everything known of this evaluation: records of changes, and drafts by register. */
  async read() {
    const transaction = this.#database.transaction(["changes", "drafts"], "readonly")
    const [records, drafts] = await Promise.all([
      transaction.objectStore("changes").index("of").getAll(this.#key),
      transaction.objectStore("drafts").getAll(),
    ])
    const own = drafts.filter(({ user, eid }) => user === this.#who.user && eid === this.#who.eid)
    return { records, drafts: new Map(own.map((draft) => [draft.register, draft])) }
  }

  /** Keep what is being typed. It is no change yet; `base` is what the writer saw when beginning. */
  async draft(register, kind, value, base) {
    const draft = { ...this.#who, register, kind, value, base, at: this.#now() }
    await writing(this.#database, ["drafts"], (transaction) => transaction.objectStore("drafts").put(draft))
    return draft
  }

  /** Forget a draft that came to nothing. */
  async dropDraft(register) {
    await writing(this.#database, ["drafts"], (transaction) =>
      transaction.objectStore("drafts").delete([...this.#key, register]),
    )
  }

  /**
   * Write a change of `register` above the heads `base`, and take away its draft. A change that was in no
   * request yet is replaced in place. `value` may be a function of the value that stands there. `also`: {stores, act(transaction, record)}, done in the same transaction.
   * Returns the record, read back.
   */
  async write(said, base, also = { stores: [], act: () => {} }) {
    const [record] = await this.writeAll([{ ...said, base }], also)
    return record
  }

  /** Write several changes ({kind, register, value, waits, base} each) in one transaction: all of them or none. */
  async writeAll(all, also = { stores: [], act: () => {} }) {
    const ids = all.map(() => this.#makeId())
    const orders = await Promise.all(ids.map((id) => this.#hash(id)))
    const stores = [...new Set([...LOG_STORES, ...also.stores])]
    const records = await writing(this.#database, stores, async (transaction) => {
      const written = []
      for (const [n, one] of all.entries()) written.push(await this.#put(transaction, { id: ids[n], order: orders[n], ...one }))
      await also.act(transaction, written[0])
      return written
    })
    for (const record of records) await this.#compare(record)
    return records
  }

  async #put(transaction, { id, order, kind, register, value, waits = false, base }) {
    const changes = transaction.objectStore("changes")
    if (typeof value === "function") {
      const standing = base.length === 1 ? await changes.get(base[0]) : null
      value = value(standing?.change.value)
      waits = standing?.waits ?? false
    }
    const said = { kind, register, value, wall_ms: this.#now(), tz_min: -new Date(this.#now()).getTimezoneOffset() }
    const earlier = await replaceable(changes, kind, base)
    const next = earlier
      ? { ...earlier, waits, change: { ...earlier.change, ...said } }
      : await this.#fresh(transaction, { id, order, said, base, waits })
    if (value === undefined) delete next.change.value
    await changes.put(next)
    await transaction.objectStore("drafts").delete([...this.#key, register])
    return next
  }

  async #fresh(transaction, { id, order, said, base, waits }) {
    const { eid } = this.#who
    const { value: did } = await transaction.objectStore("settings").get("device")
    const evaluations = transaction.objectStore("evaluations")
    const evaluation = await evaluations.get(this.#key)
    const seq = (evaluation.seqs?.[did] ?? 0) + 1
    await evaluations.put({ ...evaluation, seqs: { ...evaluation.seqs, [did]: seq } })
    const change = { id, eid, vid: evaluation.vid, did, seq, base, ...said }
    return { id, ...this.#who, change, order, mine: true, round: roundOf(evaluation, said), state: "kept", sealed: false, waits, refusals: 0 }
  }

  /** Only what was read back as it was written counts as kept. */
  async #compare(record) {
    const found = await this.#database.transaction(["changes"], "readonly").objectStore("changes").get(record.id)
    const isNewer = found && found.change.wall_ms !== record.change.wall_ms // another tab replaced it meanwhile
    if (!found || (!isNewer && canonical(found.change) !== canonical(record.change))) {
      throw new NotKept(new Error("a change was read back otherwise than written"))
    }
  }

  /**
   * Take in what the server tells of this evaluation: `news` are {change, disposition} as the server holds
   * them. A change of this phone among them is acknowledged by that; its content here stays as it is.
   */
  async merge(news) {
    const hashed = await Promise.all(
      news.map(async ({ change, disposition }) => ({ change, disposition, order: await this.#hash(change.id) })),
    )
    await writing(this.#database, ["changes"], async (transaction) => {
      const store = transaction.objectStore("changes")
      for (const { change, disposition, order } of hashed) {
        const known = (await store.get(change.id)) ?? { id: change.id, ...this.#who, change, order, mine: false }
        const isOurs = !known.mine || canonical(known.change) === canonical(change)
        const state = isOurs ? "acknowledged" : "frozen"
        await store.put({ ...known, disposition, state, sealed: true, waits: false, refusals: 0 })
      }
    })
  }
}

/** The round that a change belongs to: the visit's, or that of the question which is asked after it. */
function roundOf({ round, followUps }, { register, value }) {
  return followUps?.[value?.question ?? register.split(":")[1]]?.round ?? round
}

/** The one head that may still be replaced: this phone's own, in no request yet. What a timer measured always stays. */
async function replaceable(changes, kind, base) {
  if (base.length !== 1) return null
  const head = await changes.get(base[0])
  const isMeasured = kind.startsWith("timer.") && !(kind === "timer.correct" && head?.change.kind === kind)
  return head && !isMeasured && !head.sealed && head.state === "kept" ? head : null
}
