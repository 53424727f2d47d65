/** Ids that a phone makes by itself: unique without asking anybody. */

/** A UUID of version 7: it sorts by the time of its making. */
export function uuid7({ now = Date.now, fill = (bytes) => crypto.getRandomValues(bytes) } = {}) {
  const bytes = fill(new Uint8Array(16))
  let time = Math.floor(now())
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f)
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}
