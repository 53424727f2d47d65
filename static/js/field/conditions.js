/**
 * Which questions are asked, as far as is known: the twin of evaluations/document/conditions.py, held to it by
 * tests/vectors/conditions.json. A condition sees the answers to questions before its own that are asked themselves, that
 * of a touchpoint those before the touchpoint; what is no answer fulfils no test, and only "not" turns that round.
 */
import { isWithin } from "#js/field/decimals.js"
import { isBlank, isNotApplicable, wordsOf } from "#js/field/readings.js"

const JOINS = {
  all: ({ of }, sees) => of.every((part) => holds(part, sees)),
  any: ({ of }, sees) => of.some((part) => holds(part, sees)),
  not: ({ of }, sees) => !holds(of, sees),
}

// What each test asks of the answer to its question.
const TESTS = {
  is: ({ answer: wanted }, question, answer) => isExactly(wordsOf(question, answer), wanted),
  is_not: ({ answer: wanted }, question, answer) => wordsOf(question, answer).length > 0 && !isExactly(wordsOf(question, answer), wanted),
  one_of: ({ answers: wanted }, question, answer) => wordsOf(question, answer).length > 0 && wordsOf(question, answer).every((word) => wanted.includes(word)),
  chosen: ({ answer: wanted }, question, answer) => wordsOf(question, answer).includes(wanted),
  at_least: ({ measure }, question, answer) => isFigureWithin(question, answer, { minimum: measure }),
  at_most: ({ measure }, question, answer) => isFigureWithin(question, answer, { maximum: measure }),
  answered: (_test, question, answer) => isAnswered(question, answer),
  na: (_test, question, answer) => isNotApplicable(question, answer),
}
const FIGURES = { rating: String, number: (value) => value, money: ({ amount }) => amount, duration: (value) => value }

/** The keys of the questions of `document` that are not asked, given `answers` ({state, value} by question key), as a Set. */
export function hiddenIn(document, answers) {
  const asked = new Map()
  const hidden = new Set()
  const sees = (key) => [asked.get(key), asked.has(key) && Object.hasOwn(answers, key) ? answers[key] : undefined]
  for (const touchpoint of document.touchpoints) {
    const isMet = shows(touchpoint, sees)
    for (const question of touchpoint.questions) {
      if (isMet && shows(question, sees)) asked.set(question.key, question)
      else hidden.add(question.key)
    }
  }
  return hidden
}

/** The same of what stands in a notebook now. */
export function hiddenFrom(book) {
  return hiddenIn(book.document, answersOf(book))
}

/** The answers that stand in a notebook, by question key. */
export function answersOf(book) {
  return byKey(book.document, (key) => book.answerOf(key) ?? undefined)
}

/** What `read(key)` gives for each question of a document, by its key. */
export function byKey(document, read) {
  return Object.fromEntries(document.touchpoints.flatMap(({ questions }) => questions.map(({ key }) => [key, read(key)])))
}

function shows({ show_if: condition }, sees) {
  return condition === undefined || holds(condition, sees)
}

function holds(condition, sees) {
  const join = JOINS[condition.test]
  if (join) return join(condition, sees)
  const [question, answer] = sees(condition.question)
  return question !== undefined && TESTS[condition.test](condition, question, answer)
}

function isExactly(words, wanted) {
  return words.length === 1 && words[0] === wanted
}

function isAnswered(question, answer) {
  return answer?.state === "answered" && !isBlank(question, answer) && !isNotApplicable(question, answer)
}

function isFigureWithin(question, answer, limits) {
  const read = FIGURES[question.kind]
  return read !== undefined && isAnswered(question, answer) && isWithin(read(answer.value), limits)
}
