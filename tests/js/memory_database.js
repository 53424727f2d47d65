/** A database in memory that behaves, as far as the phone uses it, like IndexedDB seen through idb. */
import { furnish } from "#js/field/database.js"

/** An empty database with the phone's stores. `fail(error)` makes the next commit fail. */
export function memoryDatabase() {
  const database = new MemoryDatabase()
  furnish(database)
  return database
}

class MemoryDatabase {
  #stores = new Map()
  #queue = Promise.resolve()
  #failure = null
  commits = []

  createObjectStore(name, { keyPath }) {
    const indexes = new Map()
    this.#stores.set(name, { keyPath, indexes, rows: new Map() })
    return { createIndex: (index, path) => indexes.set(index, path) }
  }

  fail(error) {
    this.#failure = error
  }

  /** Every row of a store, for looking at what lasts. */
  rows(name) {
    return [...this.#stores.get(name).rows.values()].map((row) => structuredClone(row))
  }

  transaction(names, mode, { durability = "default" } = {}) {
    for (const name of names) if (!this.#stores.has(name)) throw new Error(`no store ${name}`)
    const before = this.#queue
    let release
    this.#queue = new Promise((resolve) => (release = resolve))
    return new Transaction({ stores: this.#stores, names, mode, before, end: (commits) => {
      const failure = this.#failure
      if (commits && mode === "readwrite") this.commits.push({ names, durability })
      if (commits && failure && mode === "readwrite") {
        this.#failure = null
        release()
        return failure
      }
      release()
      return null
    } })
  }
}

class Transaction {
  #stores
  #before
  #end
  #copies = new Map()
  #pending = 0
  #settled = false
  #resolve
  #reject
  error = null

  constructor({ stores, names, mode, before, end }) {
    this.#stores = stores
    this.#before = before
    this.#end = end
    this.names = names
    this.mode = mode
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#later()
  }

  objectStore(name) {
    if (!this.names.includes(name)) throw new Error(`${name} is not part of this transaction`)
    const request = (act) => this.#request(() => act(this.#copy(name)))
    const { keyPath, indexes } = this.#stores.get(name)
    return {
      get: (key) => request((rows) => structuredClone(rows.get(JSON.stringify(key)))),
      getAll: () => request((rows) => [...rows.values()].map((row) => structuredClone(row))),
      put: (row) => {
        if (this.mode !== "readwrite") throw new Error("the transaction is for reading")
        const copy = structuredClone(row)
        return request((rows) => void rows.set(keyOf(copy, keyPath), copy))
      },
      delete: (key) => request((rows) => void rows.delete(JSON.stringify(key))),
      index: (index) => ({
        getAll: (key) => {
          const wanted = JSON.stringify(key)
          return request((rows) =>
            [...rows.values()].filter((row) => keyOf(row, indexes.get(index)) === wanted).map((row) => structuredClone(row)),
          )
        },
      }),
    }
  }

  abort() {
    if (this.#settled) throw Object.assign(new Error("ended"), { name: "InvalidStateError" })
    this.#settled = true
    this.#end(false)
    this.#reject(Object.assign(new Error("aborted"), { name: "AbortError" }))
  }

  #copy(name) {
    if (!this.#copies.has(name)) this.#copies.set(name, new Map(this.#stores.get(name).rows))
    return this.#copies.get(name)
  }

  async #request(act) {
    if (this.#settled) throw Object.assign(new Error("the transaction has ended"), { name: "TransactionInactiveError" })
    this.#pending += 1
    await this.#before
    const result = act()
    setImmediate(() => {
      this.#pending -= 1
      this.#later()
    })
    return result
  }

  /** As in a browser, a transaction ends by itself once nothing more is asked of it. */
  #later() {
    this.#before.then(() => setImmediate(() => this.#pending === 0 && this.#commit()))
  }

  #commit() {
    if (this.#settled) return
    this.#settled = true
    const failure = this.#end(true)
    if (failure) {
      this.error = failure
      this.#reject(failure)
      return
    }
    for (const [name, rows] of this.#copies) if (this.mode === "readwrite") this.#stores.get(name).rows = rows
    this.#resolve()
  }
}

function keyOf(row, keyPath) {
  return JSON.stringify(Array.isArray(keyPath) ? keyPath.map((part) => row[part]) : row[keyPath])
}
