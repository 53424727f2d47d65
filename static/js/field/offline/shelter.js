/**
 * Puts away what a visit's page is made of, and reads it back, so that the visit can be opened without network.
 * What the shopper enters is not its business: that is kept by the log and the photo shelf.
 */
import { NotKept, writing } from "#js/field/database.js"
import { VisitRecord } from "#js/field/visit_record.js"

export const PAGES = "shopper-pages"
export const FILES = "shopper-files"
export const BUILD = "Shopper-Build"
export const HOME = "/field"
export const HOLDING = "/field/on-this-phone"
export const NO_SIGNAL = "/field/no-signal"
const WORKER = "/field/service-worker.js"
const SHARED = "/static/"

/** A visit could not be made ready. `reason`: "unsupported", "network", "full". */
export class NotReady extends Error {
  constructor(reason, cause) {
    super(`not ready for offline: ${reason}`, { cause })
    this.name = "NotReady"
    this.reason = reason
  }
}

/** The address of a visit's page. */
export function addressOf(visit) {
  return `${HOME}/visits/${visit}`
}

export class Shelter {
  #database
  #user
  #sender
  #caches
  #fetch
  #hash
  #register

  /** `register()`: see to it that the service worker is there; `caches` is undefined where a browser keeps no pages. */
  constructor({ database, user, sender, caches, fetch, hash, register }) {
    this.#database = database
    this.#user = user
    this.#sender = sender
    this.#caches = caches
    this.#fetch = fetch
    this.#hash = hash
    this.#register = register
  }

  /** Whether the visit's page and all its files are on this phone, and go with `build` where it is given. */
  async isReady(visit, build = null) {
    const ready = (await VisitRecord.packageOf(this.#database, this.#user, visit))?.ready
    if (!ready || !this.#caches || (build !== null && ready.build !== build)) return false
    const pages = await this.#caches.open(PAGES)
    return Boolean(await pages.match(addressOf(visit), { ignoreVary: true }))
  }

  /**
   * Put the visit away: its package, files, page, and the pages that go with every visit; each is read back before it counts.
   * Throws NotReady, and then what was ready before still is.
   */
  async makeReady(visit) {
    if (!this.#caches) throw new NotReady("unsupported")
    try {
      await this.#register()
    } catch (error) {
      throw new NotReady("unsupported", error)
    }
    const verdict = await this.#sender.package(visit)
    const { files, build } = verdict.kind === "accepted" ? verdict.data : {}
    if (!files) throw new NotReady("network")
    await this.#keepPackage(visit, verdict.data)
    await this.#within(() => Promise.all(Object.entries(files).map(([address, sha256]) => this.#keepFile(address, sha256))))
    await this.#within(async () => {
      for (const address of [HOME, HOLDING, NO_SIGNAL, addressOf(visit)]) await this.#keepPage(address, build)
    })
    const ready = { build, files: Object.keys(files) }
    await this.#set("home_ready", { build, files: ready.files.filter(isShared) })
    await this.#alter(visit, (parcel) => ({ ...parcel, ready }))
    await this.#prune()
  }

  /** The package as it was first loaded stays: an evaluation stays on the version that it began with. */
  async #keepPackage(visit, parcel) {
    if (await VisitRecord.packageOf(this.#database, this.#user, visit)) return
    if ((await this.#hash(parcel.document)) !== parcel.vid) throw new NotReady("network")
    try {
      await VisitRecord.keep(this.#database, this.#user, parcel)
    } catch (error) {
      throw error instanceof NotKept ? new NotReady("full", error) : error
    }
  }

  /** Do `act`; what goes wrong in it is the network's or the storage's fault. */
  async #within(act) {
    try {
      return await act()
    } catch (error) {
      if (error instanceof NotReady) throw error
      throw new NotReady(error.name === "QuotaExceededError" ? "full" : "network", error)
    }
  }

  async #keepFile(address, sha256) {
    const files = await this.#caches.open(FILES)
    if (await this.#isWhole(files, address, sha256)) return
    const answer = await this.#fetch(address)
    const type = answer.headers.get("Content-Type")
    await files.put(address, new Response(await answer.arrayBuffer(), { headers: { "Content-Type": type } }))
    if (!(await this.#isWhole(files, address, sha256))) throw new NotReady("network")
  }

  async #isWhole(files, address, sha256) {
    const found = await files.match(address, { ignoreVary: true })
    return Boolean(found) && (await this.#hash(await found.arrayBuffer())) === sha256
  }

  async #keepPage(address, build) {
    const answer = await this.#fetch(address, { credentials: "same-origin", cache: "no-store", headers: { Accept: "text/html" } })
    if (!answer.ok || answer.redirected || answer.headers.get(BUILD) !== build) throw new NotReady("network")
    const text = await answer.text()
    const pages = await this.#caches.open(PAGES)
    await pages.put(address, new Response(text, { headers: keptHeaders(answer.headers) }))
    const found = await pages.match(address, { ignoreVary: true })
    if ((await found?.text()) !== text) throw new NotReady("full")
  }

  /** Whoever opens this page has the kept pages for alone: those of somebody else who was signed in here go. */
  async belongsTo() {
    const before = await this.#setting("pages_of")
    if (before?.value === this.#user) return
    if (before) await this.clear()
    await this.#set("pages_of", this.#user)
  }

  /** Take all kept pages and pictures off this phone (somebody signs out); what was entered stays. */
  async clear() {
    await this.#caches?.delete(PAGES)
    const files = await this.#caches?.open(FILES)
    for (const request of (await files?.keys()) ?? []) if (!isShared(addressIn(request))) await files.delete(request)
  }

  /** Take a visit's page off this phone. */
  async forget(visit) {
    await (await this.#caches?.open(PAGES))?.delete(addressOf(visit))
    await this.#alter(visit, (parcel) => ({ ...parcel, ready: null }))
    await this.#prune()
  }

  /** Files that no visit needs any more go. */
  async #prune() {
    if (!this.#caches) return
    const parcels = await this.#database.transaction(["packages"], "readonly").objectStore("packages").getAll()
    const home = await this.#setting("home_ready")
    const needed = new Set([home?.value, ...parcels.map(({ ready }) => ready)].flatMap((ready) => ready?.files ?? []))
    const files = await this.#caches.open(FILES)
    for (const request of await files.keys()) {
      if (!needed.has(addressIn(request))) await files.delete(request)
    }
  }

  #setting(name) {
    return this.#database.transaction(["settings"], "readonly").objectStore("settings").get(name)
  }

  #set(name, value) {
    return writing(this.#database, ["settings"], (transaction) => transaction.objectStore("settings").put({ name, value }))
  }

  #alter(visit, change) {
    return writing(this.#database, ["packages"], async (transaction) => {
      const store = transaction.objectStore("packages")
      const parcel = await store.get([this.#user, visit])
      if (parcel) await store.put(change(parcel))
    })
  }
}

/** Whether a file is part of the product, not of a visit. */
function isShared(address) {
  return address.startsWith(SHARED)
}

function addressIn({ url }) {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** The page was unpacked on its way here; what it allows its scripts stays with it. */
function keptHeaders(headers) {
  const kept = new Headers(headers)
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) kept.delete(name)
  return kept
}

/** The shelter of this browser, for `user`. */
export function openShelter({ database, user, sender }, hash) {
  const worker = globalThis.navigator?.serviceWorker
  return new Shelter({
    database, user, sender, hash,
    caches: worker ? globalThis.caches : undefined,
    fetch: (...request) => fetch(...request),
    register: async () => {
      await worker.register(WORKER, { scope: HOME, updateViaCache: "none" })
      await worker.ready
    },
  })
}
