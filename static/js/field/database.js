/** The phone's own database: what it holds, and the one way to write to it so that it lasts. */

export const NAME = "shopper-field"
const VERSION = 1
const PATIENCE_MS = 3_000
const TRIES = 4

/** The browser gives no storage: it refuses it, or does not answer. */
export class NoStorage extends Error {
  constructor(cause) {
    super(`no storage: ${cause?.message ?? "no answer"}`, { cause })
    this.name = "NoStorage"
  }
}

/**
 * Open the database with idb's `openDB` (or anything that opens like it); `onOutdated` is called when it was
 * closed under this page, by a newer page or by the system.
 */
export function openDatabase(openDB, { onOutdated = () => {}, later = wait } = {}) {
  return patiently(() => openDB(NAME, VERSION, { upgrade: furnish, blocking: onOutdated, terminated: onOutdated }), later)
}

/** WebKit may leave a request to open without any answer, where the page before was left while it opened: ask again then. */
async function patiently(open, later) {
  const asked = []
  let found = null
  while (!found && asked.length < TRIES) {
    asked.push(open())
    found = await Promise.race([...asked, later(PATIENCE_MS)]).catch((error) => {
      throw new NoStorage(error)
    })
  }
  for (const one of asked) one.then((other) => other !== found && other.close(), () => {}) // the others may still come
  if (!found) throw new NoStorage()
  return found
}

function wait(ms) {
  return new Promise((done) => setTimeout(done, ms, null))
}

/** Make the stores. Everything of a person is keyed by that person: another one on this phone never meets it. */
export function furnish(database) {
  database.createObjectStore("settings", { keyPath: "name" })
  database.createObjectStore("evaluations", { keyPath: ["user", "eid"] })
  database.createObjectStore("packages", { keyPath: ["user", "visit"] })
  database.createObjectStore("drafts", { keyPath: ["user", "eid", "register"] })
  for (const name of ["changes", "photos"]) {
    database.createObjectStore(name, { keyPath: "id" }).createIndex("of", ["user", "eid"])
  }
  database.createObjectStore("bytes", { keyPath: "id" })
}

/** Something could not be kept on this phone. `isFull`: because its storage is full. */
export class NotKept extends Error {
  constructor(cause) {
    super(`not kept: ${cause?.message ?? cause}`, { cause })
    this.name = "NotKept"
    this.isFull = cause?.name === "QuotaExceededError"
  }
}

/**
 * Do `act(transaction)` in one strict transaction on `stores`: all of it lasts, or none of it happened.
 * Inside `act` only requests of the transaction may be awaited.
 */
export async function writing(database, stores, act) {
  let transaction
  try {
    transaction = database.transaction(stores, "readwrite", { durability: "strict" })
    const [result] = await Promise.all([attempt(transaction, act), transaction.done])
    return result
  } catch (error) {
    throw error instanceof NotKept ? error : new NotKept(transaction?.error ?? error)
  }
}

async function attempt(transaction, act) {
  try {
    return await act(transaction)
  } catch (error) {
    abort(transaction)
    throw error
  }
}

function abort(transaction) {
  try {
    transaction.abort()
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error // it had ended by itself
  }
}

/** This phone's id: made at first start, and kept. */
export async function deviceId(database, makeId) {
  const fresh = makeId()
  return writing(database, ["settings"], async (transaction) => {
    const settings = transaction.objectStore("settings")
    const known = await settings.get("device")
    if (!known) await settings.put({ name: "device", value: fresh })
    return known?.value ?? fresh
  })
}
