/** What a picked file is, told from its first bytes: names and declared types of files often lie. */
import { readExif } from "#js/field/exif.js"

const STARTS = [
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
  ["image/heic", 4, [0x66, 0x74, 0x79, 0x70, 0x68, 0x65]],
  ["image/heic", 4, [0x66, 0x74, 0x79, 0x70, 0x6d, 0x69, 0x66, 0x31]],
]

/** The type of picture that `bytes` begin like, else "application/octet-stream". */
export function mimeOf(bytes) {
  const start = new Uint8Array(bytes, 0, Math.min(16, bytes.byteLength))
  const found = STARTS.find(([, at, codes]) => codes.every((code, n) => start[at + n] === code))
  return found ? found[0] : "application/octet-stream"
}

/** Whether `bytes` are a picture: the browser can read them, or they are of a type that only some browsers read. */
export async function isPicture(bytes, decode = decodedSmall) {
  if (mimeOf(bytes) === "image/heic") return true
  return decode(new Blob([bytes], { type: mimeOf(bytes) })).then(() => true, () => false)
}

async function decodedSmall(blob) {
  const picture = await createImageBitmap(blob, { resizeWidth: 16, resizeHeight: 16 })
  picture.close()
}

/** What is known of a picture just picked: the facts that travel with its description. */
export function factsOf(bytes, { source, captured_wall_ms }) {
  const { exif, place } = readExif(bytes)
  return { mime: mimeOf(bytes), source, captured_wall_ms: Math.max(0, Math.round(captured_wall_ms)), place, exif }
}
