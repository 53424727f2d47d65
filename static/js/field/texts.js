/** What a text may hold before it is kept: a limit, no control characters, no halves of characters. */

export const LONGEST_TEXT = 20_000

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g

/** `text` without what cannot be stored, cut at `longest` characters as the server counts them. */
export function clean(text, longest = LONGEST_TEXT) {
  const kept = text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").replace(SURROGATES, wholeOnly)
  return kept.length > longest ? Array.from(kept).slice(0, longest).join("") : kept
}

function wholeOnly(match) {
  return match.length === 2 ? match : ""
}

/** How many characters `text` has, counted as the server counts them (an emoji may be one). */
export function lengthOf(text) {
  return Array.from(text).length
}
