/** Writes everything unsent into files that the office can bring in, as often as it likes. */
import { canonical } from "#js/field/canonical.js"
import { writing } from "#js/field/database.js"
import { zip } from "#js/field/holding/zip.js"
import { manifestOf } from "#js/field/tray.js"

/** What one file holds at most; the office takes a little more. */
export const MOST_BYTES = 95_000_000

/**
 * The files, as pieces for Blobs: one mostly, several where there is more than `most` bytes. What is in them is never
 * altered on this phone again, and stays here until the server has confirmed it.
 */
export async function exportUnsent({ database, user, tray, shelf, hash, now = Date.now() }, most = MOST_BYTES) {
  const device = await database.transaction(["settings"], "readonly").objectStore("settings").get("device")
  const parts = []
  for (const evaluation of await tray.evaluations()) {
    const part = await partOf({ database, shelf, device: device.value }, evaluation)
    if (part) parts.push(part)
  }
  const files = []
  for (const share of shares(parts, most)) files.push(await pack(share, { user, did: device.value, now, hash, shelf }))
  return files
}

/** What is unsent of one evaluation, sealed from now on; null where there is nothing. */
async function partOf({ database, shelf, device }, evaluation) {
  const { user, eid } = evaluation
  const handIns = [["visit", evaluation], ...Object.entries(evaluation.followUps ?? {})]
    .filter(([, { handIn }]) => handIn?.state === "ready")
    .map(([part, { handIn }]) => ({ ...handIn, part }))
  const records = await seal(database, user, eid)
  const photos = (await shelf(eid).read()).filter(({ state, shrunk }) => state !== "removed" && shrunk !== false)
  const changes = records.filter(({ mine, state }) => mine && state !== "acknowledged")
  const unsent = []
  for (const photo of photos.filter(({ state }) => state !== "acknowledged")) {
    const bytes = await shelf(eid).bytes(photo.bytesId)
    if (bytes) unsent.push({ id: photo.id, mime: photo.mime, bytesId: photo.bytesId, size: bytes.byteLength })
  }
  if (!changes.length && !unsent.length && !handIns.length) return null
  const isHere = ({ state }) => state === "acknowledged" || state === "kept"
  const manifest = manifestOf(device, records.filter(({ mine }) => mine), photos, isHere)
  const hand_ins = handIns.map(({ id, part, round }) => ({ id, sent: { part, round, manifest } }))
  return { eid, changes: changes.map(({ change }) => change), photos: unsent, hand_ins }
}

/** The records of an evaluation; those that are out of the house now are not replaced in place any more. */
function seal(database, user, eid) {
  return writing(database, ["changes"], async (transaction) => {
    const store = transaction.objectStore("changes")
    const records = (await store.index("of").getAll([user, eid])).sort((one, other) => one.change.seq - other.change.seq)
    const open = records.filter(({ mine, sealed, waits }) => mine && !sealed && !waits)
    for (const record of open) await store.put(Object.assign(record, { sealed: true }))
    return records.filter(({ waits }) => !waits)
  })
}

/** `parts` divided so that no share's photos are more than `most` bytes; the changes go with the first of a part. */
function shares(parts, most) {
  const all = [[]]
  let room = most
  for (const part of parts) {
    let open = { ...part, photos: [] }
    all.at(-1).push(open)
    for (const photo of part.photos) {
      if (photo.size > room && room < most) {
        open = { ...part, changes: [], photos: [] }
        all.push([open])
        room = most
      }
      open.photos.push(photo)
      room -= photo.size
    }
  }
  return all
}

async function pack(parts, { user, did, now, hash, shelf }) {
  const files = []
  for (const { eid, changes, photos } of parts) {
    files.push({ name: `changes/${eid}.json`, bytes: encode(changes) })
    for (const { id, bytesId } of photos) files.push({ name: `photos/${id}`, bytes: await shelf(eid).bytes(bytesId) })
  }
  const facts = await Promise.all(files.map(async ({ name, bytes }) => [name, { bytes: bytes.byteLength, sha256: await hash(bytes) }]))
  const manifest = {
    format: "shopper-unsent", edition: 1, user, did, written_ms: now, files: Object.fromEntries(facts),
    evaluations: parts.map(({ eid, photos, hand_ins }) => ({ eid, photos: photos.map(({ id, mime }) => ({ id, mime })), hand_ins })),
  }
  return zip([...files, { name: "manifest.json", bytes: encode(manifest) }])
}

function encode(value) {
  return new TextEncoder().encode(canonical(value)).buffer
}
