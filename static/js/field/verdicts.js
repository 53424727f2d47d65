/**
 * What an answer of the server means for the item that was sent. Only our own JSON counts: a page of a captive
 * portal, a redirect or a status that nobody foresaw is a network error, never a success and never a refusal.
 */

const REFUSED = new Set([413, 415, 422])
const BUSY = new Set([408, 429])

/** The verdict on `status` with the parsed `body` (null where it was no JSON). */
export function judge(status, body, retryAfter = null, now = Date.now) {
  if (status >= 200 && status < 300 && isObject(body?.data)) return { kind: "accepted", data: body.data }
  const waitMs = readRetryAfter(retryAfter, now)
  const error = body?.error
  if (!isObject(error) || typeof error.code !== "string") return { kind: "network", reached: false, waitMs }
  const { code, message } = error
  if (status === 401 || status === 403) return { kind: "signed_out" }
  if (status === 409 && code === "incomplete") {
    return { kind: "incomplete", missingChanges: error.missing_changes ?? [], missingPhotos: error.missing_photos ?? [] }
  }
  if (status === 409) return { kind: "clash", code, message }
  if (REFUSED.has(status)) return { kind: "refused", status, code, message }
  return { kind: "network", reached: status < 500 && !BUSY.has(status), waitMs }
}

function readRetryAfter(text, now) {
  if (!text) return 0
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now()) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : 0
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
