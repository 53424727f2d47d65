/** Puts the phone's parts together: database, log, photos, outbox, for one person on this phone. */
import { openDB } from "#vendor/idb.js"
import { Backoff } from "#js/field/backoff.js"
import { ChangeLog } from "#js/field/change_log.js"
import { deviceId, openDatabase } from "#js/field/database.js"
import { sha256 } from "#js/field/hashing.js"
import { Herald } from "#js/field/herald.js"
import { uuid7 } from "#js/field/ids.js"
import { Outbox } from "#js/field/outbox.js"
import { PhotoShelf } from "#js/field/photo_shelf.js"
import { Pump } from "#js/field/pump.js"
import { Sender } from "#js/field/sender.js"
import { shrink } from "#js/field/shrink.js"
import { Tray } from "#js/field/tray.js"
import { t } from "#js/lib/words.js"

/** Whether this address lets a browser keep a visit safe: hashing and locks exist on secure addresses only. */
function isSecure() {
  return Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && navigator.locks && globalThis.indexedDB)
}

/** The workshop of `user`; or null, once `say(words, isWorthATry)` told why nothing can be kept here. */
export async function workshopOf(user, say) {
  if (!isSecure()) {
    say(t("This address is not secure (it begins with http:, not https:), and browsers then refuse to keep a visit safe on the phone. Please ask the office for the secure address."), false)
    return null
  }
  return openWorkshop(user).catch((error) => {
    if (error.name !== "NoStorage") throw error
    say(t("This browser gives no storage to keep a visit in. Close this page and open it again, in an ordinary window."), true)
    return null
  })
}

/** Everything a page needs to keep and send the work of `user`. */
async function openWorkshop(user) {
  const database = await openDatabase(openDB, { onOutdated: () => location.reload() })
  await deviceId(database, uuid7)
  const tray = new Tray({ database, user, makeId: uuid7 })
  const sender = new Sender({ fetch: (...request) => fetch(...request), person: user })
  return new Workshop({ database, user, tray, sender })
}

/** A photo that could not even be noted as ready stays as it was taken, and is tried again; the others go. */
function untilThereIsRoom(error) {
  if (error.name !== "NotKept") throw error
}

class Workshop {
  #shrinking = Promise.resolve()

  constructor({ database, user, tray, sender }) {
    Object.assign(this, { database, user, tray, sender })
  }

  log(eid) {
    return new ChangeLog({ database: this.database, user: this.user, eid, makeId: uuid7, hash: sha256 })
  }

  shelf(eid, log = this.log(eid)) {
    return new PhotoShelf({ database: this.database, user: this.user, eid, log, hash: sha256, makeId: uuid7 })
  }

  /** Make every photo of this person that still stands as it was taken small enough to travel. */
  shrinkAll(onShrunk = () => {}) {
    this.#shrinking = this.#shrinking.then(() => this.#shrinkNow(onShrunk))
    const done = this.#shrinking
    this.#shrinking = done.catch(() => {}) // told to the caller; the next one begins afresh
    return done
  }

  async #shrinkNow(onShrunk) {
    for (const { eid } of await this.tray.evaluations()) {
      const shelf = this.shelf(eid)
      for (const { id, mime, orientation } of await shelf.unshrunk()) {
        await shelf.shrink(id, (bytes) => shrink(bytes, { mime, orientation })).catch(untilThereIsRoom)
        await onShrunk()
      }
    }
  }

  /** The pump that empties the tray; `catchUp` asks the server for news first, and `whenReady` says when it may begin. */
  pump({ catchUp = async () => {}, onChange, whenReady }) {
    const herald = new Herald({ tray: this.tray, send: this.sender })
    const pump = new Pump({
      outbox: new Outbox({ tray: this.tray, send: this.sender, onProgress: (progress) => pump.advance(progress) }),
      backoff: new Backoff(),
      prepare: async () => {
        await this.shrinkAll()
        const verdict = await herald.announce()
        if (verdict.asksAgain) pump.offer() // once more, when all of that is sent
        return verdict.kind === "signed_out" ? verdict : catchUp()
      },
      locks: navigator.locks,
      onChange,
      whenReady,
    })
    return pump
  }
}
