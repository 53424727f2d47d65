/** Writes a ZIP that packs nothing: names, lengths, check sums and the bytes as they are. */

const TABLE = new Uint32Array(256).map((_, place) => {
  let rest = place
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})
const NAMES_IN_UTF8 = 0x0800
const MIDNIGHT_1980 = [0, 0x21] // the manifest says when it was written
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50

/** The check sum of `bytes` as ZIP wants it (CRC-32). */
export function crc32(bytes) {
  let rest = 0xffffffff
  for (const byte of bytes) rest = TABLE[(rest ^ byte) & 0xff] ^ (rest >>> 8)
  return (rest ^ 0xffffffff) >>> 0
}

/** The pieces of a ZIP that holds `files` ({name, bytes: ArrayBuffer}), in order, for a Blob to put together. */
export function zip(files) {
  const pieces = []
  const directory = []
  let offset = 0
  for (const { name, bytes } of files) {
    const label = new TextEncoder().encode(name)
    const facts = [crc32(new Uint8Array(bytes)), bytes.byteLength, bytes.byteLength]
    const header = block([[4, LOCAL], ...shared(), ...facts.map((fact) => [4, fact]), [2, label.length], [2, 0]])
    directory.push(block([[4, CENTRAL], [2, 20], ...shared(), ...facts.map((fact) => [4, fact]), [2, label.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), label)
    pieces.push(header, label, bytes)
    offset += header.length + label.length + bytes.byteLength
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = files.length
  return [...pieces, ...directory, block([[4, END], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]])]
}

/** What a file's own header and its entry in the directory have in common: version, flags, no packing, time. */
function shared() {
  return [[2, 20], [2, NAMES_IN_UTF8], [2, 0], ...MIDNIGHT_1980.map((part) => [2, part])]
}

/** Numbers ({width in bytes, value} each) one after the other, the lowest byte first. */
function block(numbers) {
  const bytes = new Uint8Array(numbers.reduce((sum, [width]) => sum + width, 0))
  const view = new DataView(bytes.buffer)
  let place = 0
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(place, value, true)
    else view.setUint32(place, value, true)
    place += width
  }
  return bytes
}
