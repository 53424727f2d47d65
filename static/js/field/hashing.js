/** SHA-256, by which the phone and the server know that they hold the same bytes. */

/** The hash of `content` (text or bytes) in hexadecimal. */
export async function sha256(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** A hash in hexadecimal as the value of a `Repr-Digest` header. */
export function reprDigest(hex) {
  const bytes = hex.match(/../g).map((pair) => String.fromCharCode(parseInt(pair, 16)))
  return `sha-256=:${btoa(bytes.join(""))}:`
}
