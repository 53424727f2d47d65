/**
 * The photos of one evaluation on this phone. Their bytes are kept as an ArrayBuffer (WebKit loses Blobs),
 * in one transaction with the change that describes them, and count as kept only once read back by hash.
 *
 * A record: {id, user, eid, change, question, state, shrunk, bytesId, sha256, mime, refusals, message}, with
 * `state`: kept → acknowledged, or attention, frozen, removed.
 */
import { NotKept, writing } from "#js/field/database.js"

export class PhotoShelf {
  #database
  #who
  #log
  #hash
  #makeId

  constructor({ database, user, eid, log, hash, makeId }) {
    this.#database = database
    this.#who = { user, eid }
    this.#log = log
    this.#hash = hash
    this.#makeId = makeId
  }

  /** All records of this evaluation, the removed ones too. */
  read() {
    return this.#database.transaction(["photos"], "readonly").objectStore("photos").index("of").getAll(Object.values(this.#who))
  }

  /** The bytes kept under `bytesId`, or null. */
  async bytes(bytesId) {
    const found = await this.#database.transaction(["bytes"], "readonly").objectStore("bytes").get(bytesId)
    return found?.bytes ?? null
  }

  /** Keep the `bytes` of a picture just taken, with its `facts` ({mime, source, captured_wall_ms, place, exif}). */
  async keep(bytes, facts, question) {
    const id = this.#makeId()
    const sha256 = await this.#hash(bytes)
    const photo = { id, sha256, original_sha256: sha256, bytes: bytes.byteLength, width: 0, height: 0, ...facts }
    const bytesId = `${id}/original`
    const kept = await this.#log.write(
      { kind: "photo.attach", register: `photo:${id}`, value: { photo, question, caption: "" }, waits: true },
      [],
      {
        stores: ["photos", "bytes"],
        act: async (transaction, { id: change }) => {
          await transaction.objectStore("bytes").put({ id: bytesId, bytes })
          await transaction.objectStore("photos").put({
            id, ...this.#who, change, question, state: "kept", shrunk: false, bytesId, sha256, mime: facts.mime,
            orientation: facts.exif?.orientation, refusals: 0,
          })
        },
      },
    )
    await this.#confirm(bytesId, sha256)
    return { id, record: kept }
  }

  async #confirm(bytesId, sha256) {
    const found = await this.bytes(bytesId)
    if (!found || (await this.#hash(found)) !== sha256) {
      throw new NotKept(new Error("a picture was read back otherwise than written"))
    }
  }

  /** Photos that still stand here as they were taken. */
  async unshrunk() {
    return (await this.read()).filter(({ shrunk, state }) => !shrunk && state === "kept")
  }

  /**
   * Put the picture that `make(bytes)` gives ({bytes, thumbnail, mime, width, height}) in place of the original,
   * and let it be sent. Where `make` fails, or there is no room for the smaller one, the original is sent as it is. The
   * original goes only after the smaller one was read back.
   */
  async shrink(id, make) {
    const photo = (await this.read()).find((record) => record.id === id)
    if (!photo || photo.shrunk || photo.state !== "kept") return
    const original = await this.bytes(photo.bytesId)
    const made = await make(original).catch((error) => ({ failure: String(error?.message ?? error) }))
    const small = made.bytes ? await this.#putBeside(id, made).catch(orNone) : null
    await this.#settle(photo, small)
  }

  async #putBeside(id, { bytes, thumbnail, mime, width, height }) {
    const small = { bytesId: `${id}/small`, sha256: await this.#hash(bytes), mime, width, height, length: bytes.byteLength }
    const isFirst = await writing(this.#database, ["photos", "bytes"], async (transaction) => {
      if ((await transaction.objectStore("photos").get(id)).shrunk) return false // by another tab
      const store = transaction.objectStore("bytes")
      await store.put({ id: small.bytesId, bytes })
      await store.put({ id: `${id}/thumbnail`, bytes: thumbnail, of: small.sha256 })
      return true
    })
    if (!isFirst) return null
    await this.#confirm(small.bytesId, small.sha256)
    return { ...small, bytes }
  }

  #settle(photo, small) {
    return writing(this.#database, ["changes", "photos", "bytes"], async (transaction) => {
      const [changes, photos, bytes] = ["changes", "photos", "bytes"].map((name) => transaction.objectStore(name))
      const record = await changes.get(photo.change)
      if (record.change.kind !== "photo.attach") {
        await dropBytes(bytes, photo.id) // it was removed while it was being shrunk
        return
      }
      const now = await photos.get(photo.id)
      if (now.shrunk) { // another tab was first, and it may have been sent since
        if (now.bytesId === photo.bytesId) await bytes.delete(`${photo.id}/small`)
        return
      }
      const { change } = record
      const facts = small && { sha256: small.sha256, bytes: small.length, mime: small.mime, width: small.width, height: small.height }
      const value = { ...change.value, photo: { ...change.value.photo, ...facts } }
      await changes.put({ ...record, waits: false, change: { ...change, value } })
      await photos.put({ ...now, shrunk: true, ...(small && { bytesId: small.bytesId, sha256: small.sha256, mime: small.mime }) })
      const isOurs = small && (await bytes.get(`${photo.id}/thumbnail`))?.of === small.sha256
      if (small && !isOurs) await bytes.put({ id: small.bytesId, bytes: small.bytes }) // another tab put its own there meanwhile
      await bytes.delete(small ? photo.bytesId : `${photo.id}/small`)
    })
  }

  /**
   * Give a photo to another question, or to none with null, above the heads `base` that the shopper saw. What describes
   * it is taken as it stands at that moment, since it may just have been made smaller; `seen` where several differ.
   */
  place(id, question, base, seen) {
    const said = { kind: "photo.attach", register: `photo:${id}`, value: (standing) => ({ ...(standing ?? seen), question }) }
    return this.#log.write(said, base, {
      stores: ["photos"],
      act: async (transaction) => {
        const photos = transaction.objectStore("photos")
        const photo = await photos.get(id)
        if (photo) await photos.put({ ...photo, question })
      },
    })
  }

  /** Take a photo away, above the heads `base` that the shopper saw. */
  remove(id, base) {
    return this.#log.write({ kind: "photo.detach", register: `photo:${id}` }, base, {
      stores: ["photos", "bytes"],
      act: async (transaction) => {
        const photos = transaction.objectStore("photos")
        const photo = await photos.get(id)
        if (photo) await photos.put({ ...photo, state: "removed", shrunk: true })
        await dropBytes(transaction.objectStore("bytes"), id)
      },
    })
  }
}

/** A smaller picture that could not be kept is none. */
function orNone(error) {
  if (error.name !== "NotKept") throw error
  return null
}

async function dropBytes(store, id) {
  for (const part of ["original", "small", "thumbnail"]) await store.delete(`${id}/${part}`)
}
