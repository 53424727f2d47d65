/** How answers are read, before anything is made of them: the twin of evaluations/document/kinds. */
import { isDecimal, isWithin, placesOf } from "#js/field/decimals.js"
import { isDuration } from "#js/field/durations.js"

const UNANSWERED_STATES = { na: "na_allowed", not_observed: "not_observed_allowed" }

// How the answers to each kind are read; a value that none of these accept is no answer.
const READS = {
  yes_no: (question, value) => value === "yes" || value === "no",
  single_choice: (question, value) => isOption(question, value),
  several_choices: (question, value) => Array.isArray(value) && value.every((one) => isOption(question, one)) && new Set(value).size === value.length,
  rating: (question, value) => Number.isInteger(value) && question.lo <= value && value <= question.hi,
  number: (question, value) => isDecimal(value) && placesOf(value) <= question.decimals,
  money: (question, value) => isDecimal(value?.amount) && value.currency === question.currency && placesOf(value.amount) <= placesOfCurrency(question.currency),
  duration: (question, value) => isDuration(value),
  date: (question, value) => isDay(value),
  time: (question, value) => isText(value) && /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(value),
  short_text: (question, value) => isText(value) && length(value) <= question.max_length,
  narrative: (question, value) => isText(value) && length(value) <= question.max_length,
  photo: (question, value) => value === null || value === undefined,
  signature: (question, value) => value === null || value === undefined,
  place: (question, value) => isText(value?.lat) !== (value?.denied === true) && !Array.isArray(value),
  instruction: () => false,
}

// Which answers, though they can be read, do not keep what the question asks of them.
const BREAKS = {
  several_choices: (question, value) => value.length > 0 && !hasNa(question, value) && (value.length < question.min_choices || value.length > (question.max_choices ?? Infinity)),
  number: (question, value) => !isWithin(value, question),
  money: (question, value) => !isWithin(value.amount, question),
  duration: (question, value) => !isWithin(value, question),
  date: ({ earliest, latest }, value) => (earliest !== null && value < earliest) || (latest !== null && value > latest),
  short_text: ({ pattern }, value) => Boolean(pattern) && value.trim() !== "" && !new RegExp(`^(?:${pattern})$`, "u").test(value.trim()),
}
const NAMED_IN_RULES = new Set(["yes_no", "single_choice", "several_choices", "rating"])

// Currencies whose amounts have no decimals, or three (ISO 4217); evaluations/document/currencies.py says the same.
const NO_PLACES = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ")
const THREE_PLACES = "BHD IQD JOD KWD LYD OMR TND".split(" ")

/** How many decimals an amount in `currency` has. */
export function placesOfCurrency(currency) {
  if (NO_PLACES.includes(currency)) return 0
  return THREE_PLACES.includes(currency) ? 3 : 2
}

/** Whether nothing was said: no answer, a text of blanks, a place not given, or what cannot be read as an answer. */
export function isBlank(question, answer) {
  if (!answer || !isReadable(question, answer) || isBroken(question, answer)) return true
  if (answer.state !== "answered") return false
  const { value } = answer
  return value?.denied === true || (Array.isArray(value) && value.length === 0) || (isText(value) && value.trim() === "")
}

/** Whether this answer is of the right shape and yet not what the question asks: out of range, not as its pattern. */
export function isBroken(question, answer) {
  if (answer?.state !== "answered" || !BREAKS[question.kind] || !isReadable(question, answer)) return false
  return BREAKS[question.kind](question, answer.value)
}

/** Whether the answer is of a shape that its question takes. */
export function isReadable(question, answer) {
  if (answer.state === "answered" || question.kind === "instruction") return READS[question.kind](question, answer.value)
  return question[UNANSWERED_STATES[answer.state]] === true
}

/** The words by which rules and conditions name this answer: "yes", an option's key, "3"; none for what says nothing. */
export function wordsOf(question, answer) {
  if (answer?.state !== "answered" || !NAMED_IN_RULES.has(question.kind)) return []
  if (!isReadable(question, answer) || isBroken(question, answer)) return []
  return [answer.value].flat().map(String)
}

/** Whether this answer means that the question does not apply, by its state or by an option that says so. */
export function isNotApplicable(question, answer) {
  if (!answer || !isReadable(question, answer) || isBroken(question, answer)) return false
  if (answer.state !== "answered") return answer.state === "na"
  return Boolean(question.options) && hasNa(question, [answer.value].flat())
}

function isOption({ options }, key) {
  return options.some((option) => option.key === key && !option.retired)
}

function hasNa({ options }, keys) {
  return options.some(({ key, na }) => na && keys.includes(key))
}

function isDay(value) {
  if (!isText(value) || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) || value < "0001") return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

function isText(value) {
  return typeof value === "string"
}

/** How long a text is: in characters as the server counts them, not in the halves of which a browser's strings are made. */
export function length(text) {
  return [...text].length
}
