/**
 * What a camera wrote into its picture: when, where, which way up. Read from the original, before shrinking
 * takes it away. Whatever is absent or cannot be read is simply not known.
 */

const TEXT = 2
const LENGTHS = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 }
const TAGS = { make: 0x010f, model: 0x0110, orientation: 0x0112, exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011 }

const TIFF_STARTS = ["II*\0\b\0\0\0", "MM\0*\0\0\0\b"]

/** {exif, place} of the JPEG or HEIC in `bytes`: texts by name, and a place or null. */
export function readExif(bytes) {
  try {
    const tiff = findTiff(new DataView(bytes)) ?? findInHeic(new Uint8Array(bytes))
    return tiff ? readTiff(tiff) : { exif: {}, place: null }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { exif: {}, place: null } // cut off or damaged: not known
  }
}

/** The TIFF part of the first APP1 segment that holds EXIF, or null. */
function findTiff(view) {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const [marker, length] = [view.getUint8(at + 1), view.getUint16(at + 2)]
    if (marker === 0xe1 && length >= 8 && view.getUint32(at + 4) === 0x45786966) {
      return new DataView(view.buffer, view.byteOffset + at + 10, Math.min(length - 8, view.byteLength - at - 10))
    }
    if (marker === 0xda || length < 2) return null
    at += 2 + length
  }
  return null
}

/** The TIFF part of a HEIC file, which keeps it somewhere among its pictures: known by how it begins, or null. */
function findInHeic(bytes) {
  if (textAt(bytes, 4, 4) !== "ftyp") return null
  const firsts = TIFF_STARTS.map((start) => start.charCodeAt(0))
  for (const [n, first] of firsts.entries()) {
    for (let at = bytes.indexOf(first, 8); at >= 0; at = bytes.indexOf(first, at + 1)) {
      if (textAt(bytes, at, 8) === TIFF_STARTS[n]) return new DataView(bytes.buffer, bytes.byteOffset + at)
    }
  }
  return null
}

function textAt(bytes, at, length) {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function readTiff(view) {
  const little = view.getUint16(0) === 0x4949
  const first = readDirectory(view, view.getUint32(4, little), little)
  const detail = first.has(TAGS.exif) ? readDirectory(view, first.get(TAGS.exif)[0], little) : new Map()
  const gps = first.has(TAGS.gps) ? readDirectory(view, first.get(TAGS.gps)[0], little) : new Map()
  const exif = {}
  for (const [name, directory] of [["make", first], ["model", first], ["taken", detail], ["offset", detail]]) {
    const text = directory.get(TAGS[name])
    if (typeof text === "string" && text) exif[name] = text
  }
  const orientation = first.get(TAGS.orientation)?.[0]
  if (orientation >= 1 && orientation <= 8) exif.orientation = String(orientation)
  return { exif, place: readPlace(gps) }
}

/** The entries of one directory by tag: a text, or a list of numbers. */
function readDirectory(view, start, little) {
  const entries = new Map()
  const count = view.getUint16(start, little)
  for (let n = 0; n < count; n++) {
    const at = start + 2 + n * 12
    const type = view.getUint16(at + 2, little)
    const size = (LENGTHS[type] ?? 0) * view.getUint32(at + 4, little)
    if (!size || size > 1000) continue
    const from = size <= 4 ? at + 8 : view.getUint32(at + 8, little)
    entries.set(view.getUint16(at, little), readValue(view, from, type, size, little))
  }
  return entries
}

function readValue(view, from, type, size, little) {
  if (type === TEXT) {
    const codes = Array.from({ length: size }, (_, n) => view.getUint8(from + n))
    const text = String.fromCharCode(...codes).split("\0")[0]
    return text.replace(/[^\x20-\x7e]/g, "").trim().slice(0, 200)
  }
  const read = {
    3: (at) => view.getUint16(at, little),
    4: (at) => view.getUint32(at, little),
    5: (at) => view.getUint32(at, little) / view.getUint32(at + 4, little),
    9: (at) => view.getInt32(at, little),
    10: (at) => view.getInt32(at, little) / view.getInt32(at + 4, little),
  }[type] ?? ((at) => view.getUint8(at))
  const length = LENGTHS[type]
  return Array.from({ length: size / length }, (_, n) => read(from + n * length))
}

function readPlace(gps) {
  const lat = degrees(gps.get(2), gps.get(1) === "S", 90)
  const lon = degrees(gps.get(4), gps.get(3) === "W", 180)
  if (lat === null || lon === null || (Number(lat) === 0 && Number(lon) === 0)) return null
  const accuracy = gps.get(31)?.[0]
  return { lat, lon, ...(accuracy > 0 && accuracy < 1e6 && { accuracy_m: Math.round(accuracy) }) }
}

function degrees(parts, isNegative, most) {
  if (parts?.length !== 3) return null
  const value = parts[0] + parts[1] / 60 + parts[2] / 3600
  if (!Number.isFinite(value) || value > most) return null
  return (isNegative ? -value : value).toFixed(6)
}
