/** What the controls of the kinds of question make of taps and typing, without a browser. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { compare, isDecimal, isWithin, padded, readTyped, written } from "#js/field/decimals.js"
import { isDuration, isRunning, onTheClock, putTogether, secondsOf, splitUp } from "#js/field/durations.js"
import { hintWords as dayHint, today } from "#js/field/kinds/date.js"
import { durationWords, measuredWords, partsShown } from "#js/field/kinds/duration.js"
import { answerTyped, currencySign, textShown } from "#js/field/kinds/figures.js"
import { KINDS } from "#js/field/kinds/index.js"
import { troubleWords } from "#js/field/kinds/limits.js"
import { amountWords, bare, valueOf } from "#js/field/kinds/money.js"
import { hintWords } from "#js/field/kinds/number.js"
import { placeWords } from "#js/field/kinds/place.js"
import { chosenWith, wantedWords } from "#js/field/kinds/several_choices.js"
import { lengthOf } from "#js/field/kinds/signing.js"
import { thisMinute } from "#js/field/kinds/time.js"
import { lackWords, laterWords } from "#js/field/screens/hand_in.js"
import { openKeys, stepsOf } from "#js/field/screens/journey.js"

const say = (wording = {}) => wording.en ?? ""
const answered = (value) => ({ state: "answered", value })

// ---- decimals

test("a decimal travels in one way only", () => {
  for (const text of ["0", "7", "-7", "12.5", "12.50", "-0.5", "999999999999999", "0.000001"]) assert.ok(isDecimal(text), text)
  for (const text of ["", "07", "+7", "7.", ".5", "1e3", "-0", "-0.00", "1,5", " 1", "1234567890123456", "٣", 7, null]) assert.ok(!isDecimal(text), String(text))
})

test("decimals are compared exactly, whatever places they have", () => {
  assert.equal(compare("0.1", "0.10"), 0)
  assert.equal(compare("-1.5", "-1.25"), -1)
  assert.equal(compare("100000000000000.1", "100000000000000"), 1)
  assert.ok(isWithin("5", { minimum: "5", maximum: "5.0" }))
  assert.ok(!isWithin("5.01", { minimum: null, maximum: "5" }))
})

test("the comma and the point are both taken for what the language means by them", () => {
  const inSpanish = (text) => readTyped(text, ",")
  const inEnglish = (text) => readTyped(text, ".")
  assert.deepEqual(["12,5", "12.5", "1.250", "1.250,50", "1 250", "1.25", ",5"].map(inSpanish), ["12.5", "12.5", "1250", "1250.5", "1250", "1.25", "0.5"])
  assert.deepEqual(["12.5", "12,5", "1,250", "1,250.50", "1.250", "007", "5."].map(inEnglish), ["12.5", "12.5", "1250", "1250.5", "1.25", "7", "5"])
})

test("where both signs are there the last one is the decimal sign in every language", () => {
  for (const point of [".", ","]) {
    assert.deepEqual(["1.234,50", "1,234.50", "1.234.567,8", "1,234.567"].map((text) => readTyped(text, point)), ["1234.5", "1234.5", "1234567.8", "1234.567"])
    for (const text of ["1,23.456", "1.2,3,4", "12.34,56.7"]) assert.equal(readTyped(text, point), null, text)
  }
})

test("an amount may be typed with the sign of its own currency, and no other", () => {
  const typed = (text) => answerTyped(bare(text, ["€", "EUR"]), ",")
  assert.deepEqual(["12,50 €", "€ 12,50", "12,50 EUR", "12,50"].map(typed), ["12.5", "12.5", "12.5", "12.5"])
  assert.deepEqual(["$12,50", "€€12"].map(typed), ["$12,50", "€12"])
})

test("what is no number is not guessed at", () => {
  for (const text of ["", " ", "abc", "1,2,3", "12.34.56", "--5", "5 €", "1e5", "-", ".", "1.2,3,4", "1234567890123456"]) assert.equal(readTyped(text, "."), null, text)
})

test("a minus of any shape is a minus, and minus nothing is nothing", () => {
  assert.equal(readTyped("−3,5", ","), "-3.5")
  assert.equal(readTyped("-0", "."), "0")
  assert.equal(written("-3.5", ","), "−3,5")
})

test("an amount gets the places of its currency and never loses one", () => {
  assert.equal(padded("12.5", 2), "12.50")
  assert.equal(padded("12", 2), "12.00")
  assert.equal(padded("12.345", 2), "12.345")
  assert.equal(padded("12", 0), "12")
})

// ---- several choices

const QUEUE = { options: [{ key: "warm" }, { key: "quick" }, { key: "none", na: true }, { key: "shut", na: true }], min_choices: 0, max_choices: null }

test("choices stand in the order of the options, not of the taps", () => {
  assert.deepEqual(chosenWith(QUEUE, ["quick"], "warm", true), ["warm", "quick"])
  assert.deepEqual(chosenWith(QUEUE, ["warm", "quick"], "warm", false), ["quick"])
  assert.deepEqual(chosenWith(QUEUE, ["warm"], "warm", false), [])
})

test("an option that means not applicable stands alone", () => {
  assert.deepEqual(chosenWith(QUEUE, ["warm", "quick"], "none", true), ["none"])
  assert.deepEqual(chosenWith(QUEUE, ["none"], "quick", true), ["quick"])
  assert.deepEqual(chosenWith(QUEUE, ["none"], "shut", true), ["shut"])
})

test("how many choices are wanted is said in words", () => {
  const wanted = (min_choices, max_choices) => wantedWords({ min_choices, max_choices })
  assert.equal(wanted(0, null), "Choose all that apply.")
  assert.equal(wanted(1, null), "Choose all that apply.")
  assert.equal(wanted(2, null), "Choose at least 2.")
  assert.equal(wanted(0, 3), "Choose all that apply, at most 3.")
  assert.equal(wanted(2, 3), "Choose 2 to 3.")
  assert.equal(wanted(2, 2), "Choose exactly 2.")
  assert.equal(wanted(0, 1), "Choose one.")
})

// ---- figures

test("what was typed is kept, also where it is no number", () => {
  assert.equal(answerTyped("12,50", ","), "12.5")
  assert.equal(answerTyped("about ten", "."), "about ten")
  assert.equal(answerTyped("  ", "."), null)
  assert.equal(textShown("12.5", ","), "12,5")
  assert.equal(textShown("about ten", ","), "about ten")
  assert.equal(textShown(null), "")
})

test("an amount travels with its currency, and what is none as it was typed", () => {
  assert.deepEqual(valueOf("12.5", { currency: "EUR" }), { amount: "12.50", currency: "EUR" })
  assert.deepEqual(valueOf("1200", { currency: "JPY" }), { amount: "1200", currency: "JPY" })
  assert.equal(valueOf("a lot", { currency: "EUR" }), "a lot")
  assert.equal(valueOf(null, { currency: "EUR" }), null)
})

test("the sign of a currency stands where the language puts it", () => {
  assert.deepEqual(currencySign("EUR", "es"), { sign: "€", isFirst: false })
  assert.deepEqual(currencySign("GBP", "en-GB"), { sign: "£", isFirst: true })
  assert.equal(amountWords("12.50", "GBP"), "£12.50")
})

const MINUTES = { kind: "number", decimals: 1, minimum: "1", maximum: "60", unit: { en: "minutes" }, constraint_message: {} }

test("a figure outside its range is told by the question's own message, else by the range", () => {
  const words = (value, question = MINUTES) => troubleWords(question, answered(value), { hint: hintWords(question, "minutes"), unreadable: "figures!", say })
  assert.equal(words("60"), "")
  assert.equal(words("60.5"), "From 1 to 60 minutes")
  assert.equal(words("60.5", { ...MINUTES, constraint_message: { en: "Nobody waits that long." } }), "Nobody waits that long.")
  assert.equal(words("1.25"), "figures!")
  assert.equal(words("about ten"), "figures!")
  assert.equal(troubleWords(MINUTES, null, { say }), "")
  assert.equal(troubleWords(MINUTES, { state: "na" }, { say }), "")
})

test("limits are said as far as there are any", () => {
  assert.equal(hintWords({ minimum: null, maximum: null }, "minutes"), "")
  assert.equal(hintWords({ minimum: "0", maximum: null }, ""), "At least 0")
  assert.equal(hintWords({ minimum: null, maximum: "2.5" }, "m"), "At most 2.5 m")
})

// ---- durations

test("a timer measures tenths by the phone's clock, and a clock set back makes it nothing, never less", () => {
  assert.equal(secondsOf(95_340), "95.3")
  assert.equal(secondsOf(2_000), "2")
  assert.equal(secondsOf(-4_000), "0")
  assert.equal(secondsOf(9e12), "359999.9")
})

test("a timer runs until it holds its seconds", () => {
  assert.ok(isRunning({ started_ms: 1 }))
  assert.ok(!isRunning({ started_ms: 1, seconds: "0" }))
  assert.ok(!isRunning(null))
  assert.equal(onTheClock(65_999), "1:05")
  assert.equal(onTheClock(3_725_000), "1:02:05")
  assert.equal(onTheClock(-5_000), "0:00")
})

test("minutes and seconds make a duration, and a duration makes them", () => {
  assert.equal(putTogether("1", "35.3"), "95.3")
  assert.equal(putTogether("", "90"), "90")
  assert.equal(putTogether("2", ""), "120")
  for (const [minutes, seconds] of [["", ""], ["1.5", "0"], ["a", "0"], ["1", "b"], ["1", "2.55"], ["-1", "0"], ["9999", "0"]]) assert.equal(putTogether(minutes, seconds), null)
  assert.deepEqual(splitUp("95.3"), { minutes: "1", seconds: "35.3" })
  assert.deepEqual(partsShown("90"), { minutes: "1", seconds: "30" })
  assert.deepEqual(partsShown("x:7"), { minutes: "x", seconds: "7" })
  assert.deepEqual(partsShown(null), { minutes: "", seconds: "" })
})

test("a duration lies between nothing and a hundred hours, to the tenth", () => {
  for (const value of ["0", "0.1", "95.0", "359999.9"]) assert.ok(isDuration(value), value)
  for (const value of ["-1", "1.25", "360000", "01", "", 95, null]) assert.ok(!isDuration(value), String(value))
})

test("a duration says whether the timer or a hand made it", () => {
  assert.equal(measuredWords({ started_ms: 1, seconds: "95.3" }, "95.3"), "Measured by the timer.")
  assert.equal(measuredWords({ seconds: "80", measured: "95.3" }, "80"), "The timer had measured 1 min 35.3 s. You changed it by hand.")
  assert.equal(measuredWords(null, "80"), "")
  assert.equal(measuredWords({ started_ms: 1, seconds: "95.3" }, null), "")
  assert.equal(durationWords("60"), "1 min")
  assert.equal(durationWords("0"), "0 s")
})

// ---- days, times, places, signatures

test("today and now are those of the phone", () => {
  const moment = new Date(2026, 2, 4, 9, 5)
  assert.equal(today(moment), "2026-03-04")
  assert.equal(thisMinute(moment), "09:05")
})

test("the days that fit are said as far as there are limits", () => {
  assert.equal(dayHint({ earliest: null, latest: null }), "")
  assert.equal(dayHint({ earliest: "2026-01-01", latest: null }), "Not before 1 January 2026")
  assert.equal(dayHint({ earliest: null, latest: "2026-01-31" }), "Not after 31 January 2026")
  assert.equal(dayHint({ earliest: "2026-01-01", latest: "2026-01-31" }), "From 1 January 2026 to 31 January 2026")
})

test("what counts as no answer is told by what stands there", () => {
  const lack = { code: "answer_missing", needed: 1, have: 0 }
  assert.equal(lackWords(lack), "Not answered yet.")
  assert.equal(lackWords(lack, answered("about ten")), "The answer does not fit the question.")
  assert.equal(lackWords(lack, answered(" ")), "Not answered yet.")
  assert.equal(lackWords(lack, answered({ denied: true })), "The place was not given.")
  assert.equal(lackWords({ code: "constraint_broken", needed: 1, have: 0 }, answered("99")), "The answer does not fit the question.")
})

test("a place is told with its accuracy, and a refusal as what it is", () => {
  assert.equal(placeWords({ lat: "1", lon: "2", accuracy_m: 12 }), "Place noted, accurate to 12 m.")
  assert.equal(placeWords({ lat: "1", lon: "2", accuracy_m: 2_340 }), "Place noted, only accurate to 2.3 km.")
  assert.match(placeWords({ denied: true }), /hand in without it/)
})

test("a slip of the thumb is no signature", () => {
  assert.equal(lengthOf([]), 0)
  assert.equal(lengthOf([[[0.5, 0.1]]]), 0)
  assert.equal(lengthOf([[[0, 0], [0.3, 0.4]], [[0, 0], [0, 0.25]]]), 0.75)
})

test("every kind says its answers in words", () => {
  const words = (kind, question, value) => KINDS[kind].inWords(question, value, say)
  assert.equal(words("several_choices", { options: [{ key: "a", text: { en: "Warm" } }, { key: "b", text: { en: "Quick" } }] }, ["b", "a"]), "Warm, Quick")
  assert.equal(words("number", MINUTES, "12.5"), "12.5 minutes")
  assert.equal(words("money", {}, { amount: "12.50", currency: "EUR" }), "€12.50")
  assert.equal(words("duration", {}, "95.3"), "1 min 35.3 s")
  assert.equal(words("date", {}, "2026-03-04"), "4 March 2026")
  assert.equal(words("date", {}, "soon"), "soon")
  assert.equal(words("time", {}, "14:05"), "14:05")
  assert.equal(words("number", MINUTES, "about ten"), "about ten minutes")
  assert.equal(words("money", {}, "a lot"), "a lot")
})

// ---- what comes later

test("what is asked days after the visit is no step of it, and is announced", () => {
  const touchpoints = [{ key: "mail", questions: [{ key: "asked", due_days: null }, { key: "arrived", due_days: 7 }] }]
  assert.deepEqual(stepsOf({ touchpoints }).map(({ question }) => question.key), ["asked"])
  const book = { document: { touchpoints }, missing: () => [], remarked: () => ["asked", "arrived"], isMended: () => false, hidden: new Set() }
  assert.deepEqual([...openKeys(book)], ["asked"])
  assert.deepEqual([...openKeys({ ...book, hidden: new Set(["asked"]) })], [], "what is hidden cannot be mended")
  assert.equal(laterWords([7]), "1 question comes 7 days later.")
  assert.equal(laterWords([1]), "1 question comes a day later.")
  assert.equal(laterWords([7, 7]), "2 questions come 7 days later.")
  assert.equal(laterWords([1, 1]), "2 questions come a day later.")
  assert.equal(laterWords([14, 7, 7]), "3 questions come later, between 7 and 14 days after the visit.")
})
