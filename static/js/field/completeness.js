// What is still missing before a visit can be handed in complete: the twin of
// evaluations/fieldwork/completeness.py, held to it by tests/vectors/completeness.json.
import { answersOf, byKey, hiddenIn } from "#js/field/conditions.js"
import { isGood } from "#js/field/photo_states.js"
import { isBlank, isBroken, isReadable, length, wordsOf } from "#js/field/readings.js"

/** Whether the question is asked during the visit, and not days after it. */
export function isAskedNow({ due_days: days = null }) {
  return days === null
}

/**
 * Everything that is missing, in journey order: a list of
 * {touchpoint, question, code, needed, have}, where code is "answer_missing", "comment_missing",
 * "comment_too_short", "photos_missing", "text_too_short" or "constraint_broken". What is asked days after the visit is not
 * missing yet, and what a condition hides is not at all. Answers ({state, value}), comments and numbers of photos
 * are objects by question key.
 */
export function missing(document, answers, comments, photoCounts) {
  const hidden = hiddenIn(document, answers)
  return document.touchpoints.flatMap((touchpoint) =>
    touchpoint.questions.filter((question) => isAskedNow(question) && !hidden.has(question.key)).flatMap((question) =>
      lacks(
        question,
        own(answers, question.key),
        own(comments, question.key) ?? "",
        own(photoCounts, question.key) ?? 0,
      ).map(([code, needed, have]) => ({ touchpoint: touchpoint.key, question: question.key, code, needed, have })),
    ),
  )
}

/** What is missing in a notebook as it stands; a photo that the server would not take fulfils nothing. */
export function missingIn(book) {
  const photos = (key) => book.photosOf(key).filter(isGood).length
  return missing(book.document, answersOf(book), byKey(book.document, (key) => book.commentOf(key)), byKey(book.document, photos))
}

/** Whether this answer is one that the checklist wants explained. */
export function demandsComment(question, answer) {
  return demanding(question, answer).length > 0
}

/** What of this answer is to be explained: its value, or those of several choices, as rules name them. */
export function demanding(question, answer) {
  return wordsOf(question, answer).filter((word) => question.explain_on.includes(word))
}

/** Whether this answer is one that the checklist wants shown by a photo. */
export function demandsPhoto(question, answer) {
  return wordsOf(question, answer).some((word) => question.photo_on?.includes(word))
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
  if (demandsComment(question, answer)) found.push(...commentLacks(question, comment))
  if (demandsPhoto(question, answer) && photos === 0) found.push(["photos_missing", 1, 0])
  return found
}

/** What is missing of a comment that is demanded; without `explain_min` any word is enough. */
export function commentLacks({ explain_min: least = 0 }, comment) {
  const have = length(comment.trim())
  if (have === 0) return [["comment_missing", 1, 0]]
  return have < least ? [["comment_too_short", least, have]] : []
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

// A question may be called "constructor", which every object answers to.
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
