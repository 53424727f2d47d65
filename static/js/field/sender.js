/** Speaks with the server: each call gives a verdict, and none of them throws. */
import { canonical } from "#js/field/canonical.js"
import { reprDigest } from "#js/field/hashing.js"
import { judge } from "#js/field/verdicts.js"

const PATIENCE_MS = 30_000
const SLOWEST_BYTES_PER_MS = 8

export class Sender {
  #fetch
  #person
  #root

  /** `person`: whose work this is; a server at which somebody else signed in meanwhile takes none of it. */
  constructor({ fetch, person, root = "/field/api/v1" }) {
    this.#fetch = fetch
    this.#person = person
    this.#root = root
  }

  /** Send a batch of changes of one evaluation. */
  async changes(eid, changes) {
    const verdict = await this.#call("POST", `evaluations/${eid}/changes`, { json: { changes } })
    if (verdict.kind !== "accepted") return verdict
    const { results } = verdict.data
    if (!Array.isArray(results)) return { kind: "network", reached: false }
    return { kind: "accepted", results }
  }

  /** Say who this phone is and what it holds; accepted with what of it the server lacks, and the server's time `at`. */
  async announce(did, holdings) {
    const verdict = await this.#call("POST", "announce", { json: { did, holdings } })
    if (verdict.kind !== "accepted") return verdict
    const { holdings: lacks, at } = verdict.data
    return Array.isArray(lacks) ? { kind: "accepted", lacks, at: Date.parse(at) } : { kind: "network", reached: false }
  }

  /** Send the bytes of a photo; accepted only when the server names the same hash. */
  async photo(eid, { id, sha256, mime }, bytes) {
    const headers = { "Content-Type": mime, "Repr-Digest": reprDigest(sha256) }
    const verdict = await this.#call("PUT", `evaluations/${eid}/photos/${id}`, { headers, body: bytes })
    if (verdict.kind !== "accepted") return verdict
    const isEchoed = verdict.data.id === id && verdict.data.sha256 === sha256
    return isEchoed ? verdict : { kind: "network", reached: false }
  }

  /** Send a hand-in; accepted with the server's receipt. */
  async submit(eid, { id, part = "visit", round, manifest }) {
    const json = { part, round, manifest }
    const verdict = await this.#call("PUT", `evaluations/${eid}/submissions/${id}`, { json })
    if (verdict.kind !== "accepted") return verdict
    const receipt = verdict.data
    const isReceipt = receipt.evaluation === eid && typeof receipt.digest === "string"
    return isReceipt ? { kind: "accepted", receipt } : { kind: "network", reached: false }
  }

  /** What the server holds of an evaluation since arrival number `since`, that of the change `last`. */
  state(eid, since, last = null) {
    return this.#call("GET", `evaluations/${eid}/state?since=${since}${last ? `&last=${last}` : ""}`)
  }

  /** Every receipt that was given for an evaluation, oldest first. */
  async receipts(eid) {
    const verdict = await this.#call("GET", `evaluations/${eid}/receipts`)
    if (verdict.kind !== "accepted") return verdict
    const { receipts } = verdict.data
    return Array.isArray(receipts) ? { kind: "accepted", receipts } : { kind: "network", reached: false }
  }

  /** All that is needed to make a visit. */
  package(visit) {
    return this.#call("GET", `visits/${visit}/package`)
  }

  async #call(method, address, { headers = {}, json, body } = {}) {
    const content = json === undefined ? body : canonical(json)
    const size = content?.byteLength ?? content?.length ?? 0
    const type = json === undefined ? {} : { "Content-Type": "application/json" }
    const request = {
      method,
      headers: { Accept: "application/json", "X-Shopper": "1", "X-Shopper-Person": this.#person, ...type, ...headers },
      body: content,
      redirect: "manual",
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(size / SLOWEST_BYTES_PER_MS)),
    }
    // No answer at all is the ordinary case of a phone in a shop.
    const response = await this.#fetch(`${this.#root}/${address}`, request).catch(() => null)
    if (!response) return { kind: "network", reached: false }
    return judge(response.status, await readJson(response), response.headers.get("Retry-After"))
  }
}

async function readJson(response) {
  const type = response.headers.get("Content-Type") ?? ""
  if (!type.startsWith("application/json")) return null
  return response.json().catch(() => null)
}
