import assert from "node:assert/strict"
import { test } from "node:test"
import { readExif } from "#js/field/exif.js"
import { factsOf, mimeOf } from "#js/field/pictures.js"
import { whereAmI } from "#js/field/place.js"

/** A JPEG of nothing but a header and EXIF, in the byte order asked for. */
function aJpeg({ little = false, entries, gps = [] }) {
  const tiff = new Writer(little)
  const gpsAt = 8 + 2 + (entries.length + 1) * 12 + 4
  tiff.directory([...entries, [0x8825, 4, 1, gpsAt]], gpsAt, gps)
  const body = tiff.bytes()
  const jpeg = new Uint8Array(body.length + 14)
  const view = new DataView(jpeg.buffer)
  view.setUint16(0, 0xffd8)
  view.setUint16(2, 0xffe1)
  view.setUint16(4, body.length + 8)
  jpeg.set(new TextEncoder().encode("Exif\0\0"), 6)
  jpeg.set(body, 12)
  view.setUint16(body.length + 12, 0xffda)
  return jpeg.buffer
}

class Writer {
  constructor(little) {
    this.little = little
    this.view = new DataView(new ArrayBuffer(2000))
    this.view.setUint16(0, little ? 0x4949 : 0x4d4d)
    this.view.setUint16(2, 42, little)
    this.view.setUint32(4, 8, little)
    this.end = 8
  }

  directory(entries, gpsAt, gps) {
    this.free = gpsAt + 2 + gps.length * 12 + 4
    this.#write(8, entries)
    this.#write(gpsAt, gps)
    this.end = this.free
  }

  #write(at, entries) {
    this.view.setUint16(at, entries.length, this.little)
    entries.forEach((entry, n) => this.#entry(at + 2 + n * 12, entry))
  }

  #entry(at, [tag, type, count, value]) {
    this.view.setUint16(at, tag, this.little)
    this.view.setUint16(at + 2, type, this.little)
    this.view.setUint32(at + 4, count, this.little)
    if (type === 3) this.view.setUint16(at + 8, value, this.little)
    else if (type === 4) this.view.setUint32(at + 8, value, this.little)
    else if (type === 2 && count <= 4) [...value].forEach((letter, n) => this.view.setUint8(at + 8 + n, letter.charCodeAt(0)))
    else {
      this.view.setUint32(at + 8, this.free, this.little)
      const parts = type === 2 ? [...`${value}\0`] : value
      for (const part of parts) this.#part(type, part)
    }
  }

  #part(type, part) {
    if (type === 2) this.view.setUint8(this.free++, part.charCodeAt(0))
    else {
      this.view.setUint32(this.free, part[0], this.little)
      this.view.setUint32(this.free + 4, part[1], this.little)
      this.free += 8
    }
  }

  bytes() {
    return new Uint8Array(this.view.buffer, 0, this.end)
  }
}

const PLACE = [
  [1, 2, 2, "N"],
  [2, 5, 3, [[41, 1], [23, 1], [1644, 100]]],
  [3, 2, 2, "W"],
  [4, 5, 3, [[2, 1], [10, 1], [0, 1]]],
  [31, 5, 1, [[12, 1]]],
]

test("time, camera, orientation and place are read in both byte orders", () => {
  for (const little of [true, false]) {
    const { exif, place } = readExif(aJpeg({ little, entries: [[0x010f, 2, 6, "Nokia"], [0x0112, 3, 1, 6]], gps: PLACE }))
    assert.deepEqual(exif, { make: "Nokia", orientation: "6" })
    assert.deepEqual(place, { lat: "41.387900", lon: "-2.166667", accuracy_m: 12 })
  }
})

test("a place of nought, of too many degrees or divided by nought is not known", () => {
  const at = (lat, lon) =>
    readExif(aJpeg({ entries: [], gps: [[1, 2, 2, "N"], [2, 5, 3, lat], [3, 2, 2, "E"], [4, 5, 3, lon]] })).place
  assert.equal(at([[0, 1], [0, 1], [0, 1]], [[0, 1], [0, 1], [0, 1]]), null)
  assert.equal(at([[97, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]), null)
  assert.equal(at([[0, 0], [0, 0], [0, 0]], [[1, 1], [0, 1], [0, 1]]), null)
})

test("whatever is cut off, empty or no JPEG is simply not known", () => {
  const whole = new Uint8Array(aJpeg({ entries: [[0x010f, 2, 6, "Nokia"]], gps: PLACE }))
  for (let length = 0; length < whole.length; length++) readExif(whole.slice(0, length).buffer)
  assert.deepEqual(readExif(new TextEncoder().encode("just words").buffer), { exif: {}, place: null })
})

test("a HEIC keeps its EXIF somewhere among its pictures, and it is found", () => {
  for (const little of [true, false]) {
    const tiff = new Uint8Array(aJpeg({ little, entries: [[0x010f, 2, 6, "Apple"]], gps: PLACE })).slice(12, -2)
    const before = new TextEncoder().encode("....ftypheic....MMM II* II Exif..")
    const heic = new Uint8Array([...before, ...tiff, ...new Uint8Array(500)])
    const { exif, place } = readExif(heic.buffer)
    assert.deepEqual([exif.make, place.lat], ["Apple", "41.387900"])
  }
  assert.deepEqual(readExif(new TextEncoder().encode("....ftypheic....MM").buffer), { exif: {}, place: null })
})

test("a file is what its bytes say, whatever its name", () => {
  const words = new TextEncoder().encode("I am a text, named photo.jpg").buffer
  assert.equal(mimeOf(words), "application/octet-stream")
  assert.equal(mimeOf(new ArrayBuffer(0)), "application/octet-stream")
  assert.equal(mimeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]).buffer), "image/jpeg")
  assert.equal(mimeOf(new TextEncoder().encode("RIFF....WEBPVP8 ").buffer), "image/webp")
})

test("the facts of a picture travel without fractions", () => {
  const facts = factsOf(aJpeg({ entries: [], gps: PLACE }), { source: "camera", captured_wall_ms: 1234.5 })
  assert.deepEqual([facts.captured_wall_ms, facts.place.lat, facts.source], [1235, "41.387900", "camera"])
})

test("a place that is refused is an answer; one that is not found is none", async () => {
  const refusing = (code) => ({ getCurrentPosition: (_found, failed) => failed({ code }) })
  assert.deepEqual(await whereAmI(refusing(1)), { denied: true })
  assert.equal(await whereAmI(refusing(3)), null)
  assert.equal(await whereAmI(null), null)
  const finding = {
    getCurrentPosition: (found) =>
      found({ coords: { latitude: 41.3879, longitude: -2.1699204, accuracy: 11.6 }, timestamp: 97_000 }),
  }
  assert.deepEqual(await whereAmI(finding, () => 100_000), { lat: "41.387900", lon: "-2.169920", accuracy_m: 12, fix_age_s: 3 })
})
