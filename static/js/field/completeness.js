// What is still missing before a visit can be handed in complete: the twin of
// evaluations/fieldwork/completeness.py, held to it by tests/vectors/completeness.json.

const UNANSWERED_STATES = { na: "na_allowed", not_observed: "not_observed_allowed" }

// How the answers to each kind are read; a value that none of these accept is no answer.
const READS = {
  yes_no: (question, value) => value === "yes" || value === "no",
  single_choice: (question, value) => question.options.some((option) => option.key === value),
  rating: (question, value) => Number.isInteger(value) && question.lo <= value && value <= question.hi,
  short_text: (question, value) => isText(value) && length(value) <= question.max_length,
  narrative: (question, value) => isText(value) && length(value) <= question.max_length,
  photo: (question, value) => value === null || value === undefined,
  instruction: () => false,
}
const NAMED_IN_RULES = new Set(["yes_no", "single_choice", "rating"])

/**
 * Everything that is missing, in journey order: a list of
 * {touchpoint, question, code, needed, have}, where code is "answer_missing", "comment_missing",
 * "photos_missing" or "text_too_short". Answers ({state, value}), comments and numbers of photos
 * are objects by question key.
 */
export function missing(document, answers, comments, photoCounts) {
  return document.touchpoints.flatMap((touchpoint) =>
    touchpoint.questions.flatMap((question) =>
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
  return (
    answer?.state === "answered" &&
    NAMED_IN_RULES.has(question.kind) &&
    isReadable(question, answer) &&
    question.explain_on.includes(String(answer.value))
  )
}

/** Whether nothing was said: no answer, a text of blanks, or one that cannot be read as an answer. */
export function isBlank(question, answer) {
  if (!answer || !isReadable(question, answer)) return true
  return answer.state === "answered" && isText(answer.value) && answer.value.trim() === ""
}

function lacks(question, answer, comment, photos) {
  if (question.kind === "photo") return photoLacks(question, answer, photos)
  if (isBlank(question, answer)) return question.required ? [["answer_missing", 1, 0]] : []
  const found = []
  if (question.kind === "narrative" && answer.state === "answered") {
    const have = length(answer.value.trim())
    if (have < question.min_length) found.push(["text_too_short", question.min_length, have])
  }
  if (demandsComment(question, answer) && comment.trim() === "") found.push(["comment_missing", 1, 0])
  return found
}

function photoLacks(question, answer, photos) {
  if (answer && answer.state !== "answered" && isReadable(question, answer)) return []
  const tooFew = photos < question.min_count && (photos > 0 || question.required)
  return tooFew ? [["photos_missing", question.min_count, photos]] : []
}

function isReadable(question, answer) {
  if (answer.state === "answered" || question.kind === "instruction") return READS[question.kind](question, answer.value)
  return question[UNANSWERED_STATES[answer.state]] === true
}

// A question may be called "constructor", which every object answers to.
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isText(value) {
  return typeof value === "string"
}

// In characters as the server counts them, not in the halves of which a browser's strings are made.
function length(text) {
  return [...text].length
}
