/** Exact decimals as texts: read from what a thumb typed, compared, and written for a reader. Never a float. */

const CANONICAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/
const MOST_DIGITS = 15

/** Whether `text` is a decimal as it travels: no plus, no exponent, no leading zeros, no minus zero, 15 digits at most. */
export function isDecimal(text) {
  return typeof text === "string" && CANONICAL.test(text) && !/^-[0.]+$/.test(text) && text.replace(/\D/g, "").length <= MOST_DIGITS
}

/** How many places `text` has after the point. */
export function placesOf(text) {
  return (text.split(".")[1] ?? "").length
}

/** Less than 0, 0 or more than 0, as the decimal `one` is less than, equal to or more than `other`. */
export function compare(one, other) {
  const places = Math.max(placesOf(one), placesOf(other))
  const difference = scaled(one, places) - scaled(other, places)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function scaled(text, places) {
  const [whole, fraction = ""] = text.split(".")
  return BigInt(whole + fraction.padEnd(places, "0"))
}

/** Whether `value` lies between `minimum` and `maximum`, where these are given. */
export function isWithin(value, { minimum = null, maximum = null }) {
  return (minimum === null || compare(value, minimum) >= 0) && (maximum === null || compare(value, maximum) <= 0)
}

/**
 * The decimal that `typed` means where `point` (`.` or `,`) is the decimal sign, or null. The other sign is read as a
 * thousands sign where it stands in threes, else as a decimal sign too: phones often offer only one of them. Where
 * both are there the last one is the decimal sign, whatever the reader's language.
 */
export function readTyped(typed, point = pointOf()) {
  const hasBoth = typed.includes(".") && typed.includes(",")
  const sign = hasBoth ? typed[Math.max(typed.lastIndexOf("."), typed.lastIndexOf(","))] : point
  const other = sign === "." ? "," : "."
  let text = typed.replace(/[\s\u00a0\u202f'’]/g, "").replace(/^[−–]/, "-").replace(/^\+/, "")
  const threes = new RegExp(`^-?[1-9][0-9]{0,2}(?:\\${other}[0-9]{3})+(?:\\${sign}[0-9]*)?$`)
  if (threes.test(text)) text = text.replaceAll(other, "")
  text = text.replace(sign, ".").replace(other, ".")
  const found = /^(-?)([0-9]*)(?:\.([0-9]*))?$/.exec(text)
  if (!found || !(found[2] || found[3])) return null
  const decimal = tidied(found)
  return isDecimal(decimal) ? decimal : null
}

function tidied([, sign, whole, fraction = ""]) {
  const places = fraction.replace(/0+$/, "")
  const text = (whole.replace(/^0+/, "") || "0") + (places && `.${places}`)
  return text === "0" ? text : sign + text
}

/** `decimal` with exactly `places` after the point where it has fewer. */
export function padded(decimal, places) {
  const lacks = places - placesOf(decimal)
  return lacks <= 0 ? decimal : decimal + (decimal.includes(".") ? "" : ".") + "0".repeat(lacks)
}

/** A decimal as a reader of this page writes it. */
export function written(decimal, point = pointOf()) {
  return decimal.replace(".", point).replace("-", "−")
}

/** The decimal sign of the page's language. */
export function pointOf(language = languageOfPage()) {
  return new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === "decimal").value
}

/** The language in which the page speaks. */
export function languageOfPage() {
  const language = globalThis.document?.documentElement?.lang || "en"
  return language === "en" ? "en-GB" : language
}
