/**
 * What was answered in a test drive, kept in this tab alone: it survives a reload and an edit of the checklist, and is
 * gone with the tab. Nothing of it reaches the server but in questions about it.
 */

const PREFIX = "test-drive "
const NOTHING = Object.freeze({ answers: {}, comments: {}, photos: {} })

export class TestDrive {
  #shelf
  #name

  /** `shelf` is where the tab keeps things: `sessionStorage`, or something alike. */
  constructor(checklist, shelf) {
    this.#name = PREFIX + checklist
    this.#shelf = shelf
  }

  /** What was kept: {answers, comments, photos, words}, each by question key. */
  get found() {
    try {
      return { ...NOTHING, words: {}, ...JSON.parse(this.#shelf.getItem(this.#name) ?? "{}") }
    } catch {
      return { ...NOTHING, words: {} }
    }
  }

  get isEmpty() {
    return isNothing(this.found)
  }

  /** Keep `found`; the words of its questions stay known, so that one that is gone later can be named. */
  keep({ answers = {}, comments = {}, photos = {}, words = {} }) {
    const found = { answers, comments, photos }
    if (isNothing(found)) return this.#shelf.removeItem(this.#name)
    const known = { ...this.found.words, ...words }
    const named = Object.fromEntries(Object.entries(known).filter(([key]) => keysOf(found).has(key)))
    this.#shelf.setItem(this.#name, JSON.stringify({ ...found, words: named }))
  }

  /** Let go of what was found at the questions `keys`; answers what they were called. */
  drop(keys) {
    const gone = new Set(keys)
    const { words, ...found } = this.found
    const left = Object.fromEntries(Object.entries(found).map(([part, of]) => [part, without(of, gone)]))
    this.keep({ ...left, words })
    return keys.map((key) => words[key] ?? key)
  }

  /** As it travels to the server. */
  get written() {
    const { answers, comments, photos } = this.found
    return JSON.stringify({ answers, comments, photos })
  }
}

/** Every question key of which something was found. */
export function keysOf({ answers, comments, photos }) {
  return new Set([answers, comments, photos].flatMap((part) => Object.keys(part)))
}

function isNothing(found) {
  return keysOf(found).size === 0
}

function without(part, gone) {
  return Object.fromEntries(Object.entries(part).filter(([key]) => !gone.has(key)))
}
