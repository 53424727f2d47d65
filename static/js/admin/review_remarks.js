/** Remarks that were typed at a review and not sent: kept in this browser, for one reader, visit and round. */

const PREFIX = "shopper.remarks."

/** What stands in `boxes` is kept in `storage` under `name` (person.evaluation.round) at each call of `keep`. */
export class Remarks {
  #storage
  #key

  constructor(name, boxes, storage) {
    this.boxes = boxes
    this.#key = PREFIX + name
    this.#storage = storage
  }

  /** Put back what was kept, into boxes that are empty; true when there was something. */
  restore() {
    const kept = this.#kept()
    const back = this.boxes.filter(box => !box.value.trim() && kept[box.name]?.trim())
    for (const box of back) box.value = kept[box.name]
    return back.length > 0
  }

  /** Keep what is typed now; false when this browser keeps nothing, so that leaving the page would lose it. */
  keep() {
    const typed = this.boxes.filter(box => box.value.trim()).map(box => [box.name, box.value])
    try {
      if (typed.length) this.#storage.setItem(this.#key, JSON.stringify(Object.fromEntries(typed)))
      else this.#storage.removeItem(this.#key)
      return true
    } catch {
      return false // a full or forbidden storage: the page asks before it is left
    }
  }

  #kept() {
    try {
      return JSON.parse(this.#storage.getItem(this.#key)) ?? {}
    } catch {
      return {}
    }
  }
}

/** Remove what was kept of this reader and evaluation (person.evaluation), whatever the round. */
export function forget(name, storage) {
  try {
    const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place))
    for (const key of keys) if (key.startsWith(`${PREFIX}${name}.`)) storage.removeItem(key)
  } catch {
    // where nothing can be kept, nothing is there to be removed
  }
}

/** The browser's storage; an empty one where it is forbidden. */
export function browserStorage() {
  try {
    return globalThis.localStorage
  } catch {
    return null
  }
}
