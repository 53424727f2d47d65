/** The hand-in: what is open (tap to go), what still waits on this phone, and one big button. */
import { isAskedNow } from "#js/field/completeness.js"
import { icon, make } from "#js/field/dom.js"
import { stillAsked } from "#js/field/later/asking.js"
import { unmendedKeys } from "#js/field/screens/journey.js"
import { timeOfDay } from "#js/field/times.js"
import { t } from "#js/lib/words.js"

const COARSE_M = 250

/** `state`: {book, say, counts, clock, mayCheckOut}; `on`: {goTo(key), checkOut()}. Returns the page's element. */
export function handInPage({ book, say, counts, clock }, on) {
  const open = lacksByTouchpoint(book)
  const unmended = requests(book, say, on)
  return make(
    "section",
    { class: "page" },
    make("h2", { tabindex: "-1" }, book.visit.isReady ? t("Ready") : t("Hand in")),
    ...(book.visit.isReady ? [readiness()] : [unmended, open.length || !unmended ? openList(open, say, on) : null]),
    conflicts(book, say, on),
    later(book),
    make("h3", {}, t("Your visit")),
    presence(book, clock, on),
    waiting(counts),
  )
}

/** The words on the big button: they say when something is left open. */
export function handInButtonWords(open) {
  if (open === 0) return t("Hand in")
  return open === 1 ? t("Hand in with 1 open") : t("Hand in with %(n)s open", { n: open })
}

/** What the editor asked for and nothing was done about, or null. */
function requests(book, say, on) {
  const keys = unmendedKeys(book)
  if (!keys.length) return null
  const questions = book.document.touchpoints.flatMap(({ questions }) => questions).filter(({ key }) => keys.includes(key))
  return make(
    "div",
    { class: "open-list" },
    make("p", { class: "note note-remark" }, icon("message-2"), t("The editor asks for this, and nothing was changed there yet.")),
    make("ul", { class: "links" }, questions.map(({ key, text }) => way(say(text), book.remarksOf(key).join(" "), () => on.goTo(key)))),
  )
}

/** Sending happens in an open page only, and that must be said. */
function readiness() {
  return make("p", {}, t("It goes by itself as soon as there is signal. Keep this page open, or open it again later; until then you can take it back."))
}

function lacksByTouchpoint(book) {
  const missing = book.missing()
  return book.document.touchpoints
    .map((touchpoint) => ({
      touchpoint,
      questions: touchpoint.questions
        .map((question) => ({ question, answer: book.answerOf(question.key), lacks: missing.filter(({ question: key }) => key === question.key) }))
        .filter(({ lacks }) => lacks.length),
    }))
    .filter(({ questions }) => questions.length)
}

function openList(open, say, on) {
  if (!open.length) return make("p", { class: "note note-good" }, icon("circle-check"), t("Nothing is missing. Well done."))
  return make(
    "div",
    { class: "open-list" },
    make("p", { class: "muted" }, t("Still open. Tap to go there; what you hand in open, the editor will see as open.")),
    open.map(({ touchpoint, questions }) => [make("h3", {}, say(touchpoint.name)), make("ul", { class: "links" }, questions.map((one) => link(one, say, on)))]),
  )
}

function link({ question, answer, lacks }, say, on) {
  return way(say(question.text), lacks.map((lack) => lackWords(lack, answer)).join(" "), () => on.goTo(question.key))
}

function way(name, why, onclick) {
  const words = make("span", { class: "link-words" }, make("span", {}, name), make("small", {}, why))
  return make("li", {}, make("button", { type: "button", onclick }, words, icon("chevron-right")))
}

/** What is missing at a question, in words; `answer` is what stands there, and may count as none. */
export function lackWords({ code, needed, have }, answer = null) {
  return {
    answer_missing: unansweredWords(answer?.value),
    comment_missing: t("A comment is missing."),
    comment_too_short: t("The comment is too short: %(n)s of %(all)s characters.", { n: have, all: needed }),
    photos_missing: needed === 1 ? t("A photo is missing.") : t("%(n)s of %(all)s photos.", { n: have, all: needed }),
    text_too_short: t("Too short: %(n)s of %(all)s characters.", { n: have, all: needed }),
    constraint_broken: t("The answer does not fit the question."),
  }[code]
}

function unansweredWords(value) {
  if (value?.denied) return t("The place was not given.")
  return typeof value === "string" && value.trim() ? t("The answer does not fit the question.") : t("Not answered yet.")
}

/** What is asked days after the visit is no part of this hand-in, and is announced. */
function later({ document, hidden, visit }) {
  const days = stillAsked(document, visit.followUps).filter(({ key }) => !hidden.has(key)).map((question) => question.due_days)
  return days.length ? line("calendar-event", laterWords(days)) : null
}

/** "1 question comes 7 days later", for the numbers of days after which each is asked. */
export function laterWords(days) {
  const [first, last] = [Math.min(...days), Math.max(...days)]
  if (days.length === 1) return first === 1 ? t("1 question comes a day later.") : t("1 question comes %(days)s days later.", { days: first })
  if (first !== last) return t("%(n)s questions come later, between %(first)s and %(last)s days after the visit.", { n: days.length, first, last })
  return first === 1 ? t("%(n)s questions come a day later.", { n: days.length }) : t("%(n)s questions come %(days)s days later.", { n: days.length, days: first })
}

function conflicts(book, say, on) {
  const keys = book.conflicts
  if (!keys.length) return null
  const questions = book.document.touchpoints.flatMap(({ questions }) => questions).filter((question) => isAskedNow(question) && keys.includes(question.key))
  if (!questions.length) return null
  return make(
    "div",
    {},
    make("p", { class: "note note-remark" }, icon("device-mobile"), t("Two of your phones say different things. Have a look before you hand in.")),
    make("ul", { class: "links" }, questions.map((question) => link({ question, lacks: [] }, say, on))),
  )
}

function presence(book, clock, on) {
  const { checkIn, checkOut } = book
  const out = checkOut
    ? line("logout", checkedOutWords(checkOut, clock))
    : book.isLocked ? null : make("button", { type: "button", class: "wide", onclick: on.checkOut }, icon("logout"), t("Check out now"))
  return make("div", { class: "stack" }, checkIn ? line("map-pin", checkedInWords(checkIn, clock)) : null, out)
}

/** When and where the shopper checked in. */
export function checkedInWords({ at_ms, place }, clock) {
  const time = timeOfDay(at_ms, clock)
  if (place?.denied) return t("Checked in %(time)s, place not shared", { time })
  if (isCoarse(place)) return t("Checked in %(time)s, place known to %(metres)s m only", { time, metres: place.accuracy_m })
  if (place?.lat) return t("Checked in %(time)s, place noted", { time })
  return t("Checked in %(time)s", { time })
}

function checkedOutWords({ at_ms, place }, clock) {
  const time = timeOfDay(at_ms, clock)
  if (place?.denied) return t("Checked out %(time)s, place not shared", { time })
  if (isCoarse(place)) return t("Checked out %(time)s, place known to %(metres)s m only", { time, metres: place.accuracy_m })
  if (place?.lat) return t("Checked out %(time)s, place noted", { time })
  return t("Checked out %(time)s", { time })
}

/** A fix that says the district and not the place: it is allowed, and the office is told of it (evaluations/fieldwork/proof.py). */
function isCoarse(place) {
  return Boolean(place?.lat) && place.accuracy_m > COARSE_M
}

function line(name, words) {
  return make("p", { class: "fact" }, icon(name), words)
}

function waiting({ photos, waiting: items }) {
  if (photos === 1) return line("photo", t("1 photo still has to be sent."))
  if (photos > 1) return line("photo", t("%(n)s photos still have to be sent.", { n: photos }))
  return items > 0 ? line("cloud-upload", t("Some answers still have to be sent.")) : null
}
