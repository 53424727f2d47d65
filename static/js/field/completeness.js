// What is still missing before a visit can be handed in complete: the twin of
// evaluations/fieldwork/completeness.py, held to it by tests/vectors/completeness.json.
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

/** Whether the question is asked during the visit, and not days after it. */
export function isAskedNow({ due_days: days = null }) {
  return days === null
}

/**
 * Everything that is missing, in journey order: a list of
 * {touchpoint, question, code, needed, have}, where code is "answer_missing", "comment_missing",
 * "photos_missing", "text_too_short" or "constraint_broken". What is asked days after the visit is not
 * missing yet. Answers ({state, value}), comments and numbers of photos are objects by question key.
 */
export function missing(document, answers, comments, photoCounts) {
  return document.touchpoints.flatMap((touchpoint) =>
    touchpoint.questions.filter(isAskedNow).flatMap((question) =>
      lacks(
        question,
        own(answers, question.key),
        own(comments, question.key) ?? "",
        own(photoCounts, question.key) ?? 0,
      ).map(([code, needed, have]) => ({ touchpoint: touchpoint.key, question: question.key, code, needed, have })),
    ),
  )
}

/** Whether this answer is one that the checklist wants explained. */
export function demandsComment(question, answer) {
  return demanding(question, answer).length > 0
}

/** What of this answer is to be explained: its value, or those of several choices, as rules name them. */
export function demanding(question, answer) {
  if (answer?.state !== "answered" || !NAMED_IN_RULES.has(question.kind)) return []
  if (!isReadable(question, answer) || isBroken(question, answer)) return []
  return [answer.value].flat().map(String).filter((word) => question.explain_on.includes(word))
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

function lacks(question, answer, comment, photos) {
  if (question.kind === "photo") return photoLacks(question, answer, photos)
  if (isBroken(question, answer)) return [["constraint_broken", 1, 0]]
  if (question.kind === "signature" && photos > 0) return []
  if (isOpen(question, answer)) return question.required ? [["answer_missing", 1, 0]] : []
  const found = []
  if (question.kind === "narrative" && answer.state === "answered") {
    const have = length(answer.value.trim())
    if (have < question.min_length) found.push(["text_too_short", question.min_length, have])
  }
  if (demandsComment(question, answer) && comment.trim() === "") found.push(["comment_missing", 1, 0])
  return found
}

/** Whether nothing was found; an answer without its picture signs nothing. */
function isOpen(question, answer) {
  return isBlank(question, answer) || (question.kind === "signature" && answer.state === "answered")
}

function photoLacks(question, answer, photos) {
  if (answer && answer.state !== "answered" && isReadable(question, answer)) return []
  const tooFew = photos < question.min_count && (photos > 0 || question.required)
  return tooFew ? [["photos_missing", question.min_count, photos]] : []
}

/** Whether the answer is of a shape that its question takes. */
export function isReadable(question, answer) {
  if (answer.state === "answered" || question.kind === "instruction") return READS[question.kind](question, answer.value)
  return question[UNANSWERED_STATES[answer.state]] === true
}

// A question may be called "constructor", which every object answers to.
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isOption({ options }, key) {
  return options.some((option) => option.key === key)
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

// In characters as the server counts them, not in the halves of which a browser's strings are made.
function length(text) {
  return [...text].length
}
