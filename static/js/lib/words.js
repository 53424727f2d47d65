/** Texts in the reader's language: the page holds a catalogue, English is the language of the sources. */

let catalogue = null

/** Take the catalogue `words` (translations by their English source) in place of the page's. */
export function speak(words) {
  catalogue = words
}

/** `text` in the reader's language, with its `%(name)s` places filled from `values`. */
export function t(text, values = {}) {
  catalogue ??= fromPage()
  const words = catalogue[text] || text
  return words.replace(/%\((\w+)\)s/g, (place, name) => (name in values ? String(values[name]) : place))
}

function fromPage() {
  const element = globalThis.document?.getElementById("words")
  return element ? JSON.parse(element.textContent || "{}") : {}
}
