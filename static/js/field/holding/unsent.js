/** Everything of a person on this phone that the server has not confirmed, visit by visit and item by item. */
import { canonical } from "#js/field/canonical.js"
import { handInOf, isAwaited } from "#js/field/later/asking.js"
import { fold } from "#js/field/registers.js"

/** A draft this old belongs to no open page: one that is open makes changes of what is typed after ten seconds. */
export const ORPHANED_MS = 15_000

/**
 * The visits with something unsent: [{eid, visit, parcel, handIn, isOpen, items, acknowledged}], where an item is
 * {id, sort, key, state, message, refusals, isLost, photo}; `sort`: answer, comment, timer, photo, photo_removed,
 * check_in, check_out, outcome.
 */
export async function unsent({ database, tray, log, shelf }, isOpenState) {
  const found = []
  for (const evaluation of await tray.evaluations()) {
    const { eid, visit, state } = evaluation
    const handIn = handInOf(evaluation)
    const [{ records, drafts }, photos] = await Promise.all([log(eid).read(), shelf(eid).read()])
    const items = itemsOf(records, drafts, photos)
    if (!items.length && !handIn) continue
    const parcel = await database.transaction(["packages"], "readonly").objectStore("packages").get([evaluation.user, visit])
    found.push({ eid, visit, parcel: parcel ?? null, handIn, isOpen: isOpenState(state) || isAwaited(evaluation), items })
  }
  return found
}

function itemsOf(records, drafts, photos) {
  const held = new Map(photos.filter(isUnsentPhoto).map((photo) => [photo.id, photo]))
  const attached = new Map(records.map(({ id, change }) => [id, change]))
  const changes = records
    .filter((record) => record.mine && record.state !== "acknowledged")
    .filter(({ change }) => !(change.kind === "photo.attach" && held.has(change.register.split(":")[1])))
    .sort((one, other) => one.change.seq - other.change.seq)
    .map(({ id, change, state, message, refusals }) => ({ id, ...told(change), state, message, refusals }))
  const typed = [...drafts.values()].map((draft) => ({ id: `draft ${draft.register}`, ...told(draft), state: "kept", refusals: 0 }))
  const pictures = [...held.values()].map((photo) => ({
    id: photo.id, sort: "photo", key: attached.get(photo.change)?.value?.question ?? photo.question ?? null,
    state: photo.state, message: photo.message, refusals: photo.refusals, isLost: photo.isLost, photo,
  }))
  return [...changes, ...typed, ...pictures]
}

function isUnsentPhoto({ state }) {
  return state !== "acknowledged" && state !== "removed"
}

function told({ register, kind, value }) {
  const [sort, name] = register.split(":")
  if (sort === "photo") return { sort: kind === "photo.detach" ? "photo_removed" : "photo", key: value?.question ?? null }
  return sort === "visit" ? { sort: name, key: null } : { sort, key: name }
}

/** Make changes of what a page that was killed left as drafts, all that is older than `olderThanMs`. */
export async function settleDrafts({ tray, log }, { now = Date.now(), olderThanMs = ORPHANED_MS } = {}) {
  let settled = 0
  for (const { eid } of await tray.evaluations()) {
    const { records, drafts } = await log(eid).read()
    const book = fold(records)
    for (const { register, kind, value, base, at } of drafts.values()) {
      if (Math.abs(now - at) < olderThanMs) continue
      const page = book.get(register)
      const isNews = page?.inConflict || canonical(page?.value ?? null) !== canonical(value ?? null)
      if (isNews) await log(eid).write({ register, kind, value }, base)
      else await log(eid).dropDraft(register)
      settled += 1
    }
  }
  return settled
}
