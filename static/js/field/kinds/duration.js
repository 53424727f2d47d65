/** How long something took: a timer to tap, whose result can be mended by hand. */
import { chosenOf } from "#js/field/kinds/choosing.js"
import { figureBox } from "#js/field/kinds/figures.js"
import { limitNote, rangeWords } from "#js/field/kinds/limits.js"
import { readTyped, written } from "#js/field/decimals.js"
import { clocks } from "#js/field/clocks.js"
import { icon, make, setText } from "#js/field/dom.js"
import { isDuration, isRunning, onTheClock, putTogether, splitUp } from "#js/field/durations.js"
import { t } from "#js/lib/words.js"

const TICK_MS = 250

export function render(question, { say, on }) {
  const note = limitNote(question, { hint: hintWords(question), unreadable: t("Please write minutes and seconds in figures."), say })
  const running = runningTimer(on)
  const boxes = timeBoxes(on)
  const begin = wide(t("Start the timer"), "player-play", on.startTimer)
  const byHand = quiet(t("Enter the time by hand"), "pencil", () => {
    isByHand = true
    refresh()
    boxes.focus()
  })
  const again = quiet(t("Measure again"), "refresh", () => {
    if (chosenOf(shown.answer) === null) return on.startTimer()
    isAsking = true
    refresh()
  })
  const asking = replacing(on.startTimer, () => {
    isAsking = false
    refresh()
  })
  const measured = make("p", { class: "measured" })
  const doubt = doubting((seconds) => on.say({ state: "answered", value: seconds }, { byTouch: false }))
  let isAsking = false
  let isByHand = false
  let shown = { answer: null, timer: null, isLocked: false }

  function refresh() {
    const { answer, timer, isLocked } = shown
    const hasAnswer = answer?.state === "answered"
    const isGoing = isRunning(timer) && (hasAnswer || !answer)
    isAsking &&= hasAnswer && !isGoing && !isLocked
    const isDoubted = isInDoubt(timer, chosenOf(answer))
    const edits = !isGoing && (hasAnswer || isByHand || isLocked || isDoubted)
    running.element.hidden = !isGoing
    boxes.element.hidden = !edits
    begin.hidden = isGoing || edits || isLocked
    byHand.hidden = begin.hidden
    again.hidden = !edits || isLocked || isAsking
    doubt.show(isDoubted && !isLocked ? timer.seconds : null)
    asking.show(isAsking ? chosenOf(answer) : null)
    note.element.hidden = isGoing
    setText(again.lastChild, timer ? t("Measure again") : t("Use the timer"))
    setText(measured, edits ? measuredWords(timer, chosenOf(answer)) : "")
    running.show(timer, isLocked)
    boxes.show(chosenOf(answer))
    note.show(answer)
  }

  return {
    element: make("div", { class: "timing" }, running.element, begin, doubt.element, boxes.element, note.element, measured, make("div", { class: "by-hand" }, byHand, again), asking.element),
    role: "group",
    show(answer, _photos, timer) {
      if (boxes.isHere()) isByHand = true
      else if (shown.answer && !answer) isByHand = false
      shown = { ...shown, answer, timer }
      refresh()
    },
    lock(isLocked) {
      shown.isLocked = isLocked
      boxes.lock(isLocked)
      refresh()
    },
  }
}

/** A time that was measured in a shop cannot be measured again at home: it is asked for once more. */
function replacing(measure, keep) {
  const words = make("p")
  const sure = make("button", { type: "button", class: "wide", onclick: measure }, icon("refresh"), t("Measure again"))
  const stay = make("button", { type: "button", class: "wide", onclick: keep }, t("Keep it"))
  const element = make("div", { class: "stack", hidden: true }, words, sure, stay)
  return {
    element,
    show(value) {
      element.hidden = value === null
      if (value !== null) setText(words, t("A new measurement takes the place of %(time)s.", { time: inWords(null, value) }))
    },
  }
}

/** Whether what the timer measured waits for the shopper's word. */
export function isInDoubt(timer, value) {
  return Boolean(timer?.doubtful) && value !== timer.seconds
}

/** The clocks disagreed, or the timer was forgotten: the shopper knows better. */
function doubting(use) {
  const words = make("span")
  let seconds = null
  const sure = make("button", { type: "button", class: "wide", onclick: () => use(seconds) }, icon("check"), make("span"))
  const element = make("div", { class: "stack doubt", hidden: true }, make("p", { class: "note note-wait", role: "status" }, icon("alert-triangle"), words), sure)
  return {
    element,
    show(measured) {
      seconds = measured
      element.hidden = measured === null
      if (measured === null) return
      sure.hidden = measured === "0"
      setText(words, measured === "0" ? t("The clock of this phone was changed while the timer ran, so the time is not known. Please enter it by hand.") : t("The timer says %(time)s. That may be wrong: the clock of this phone was changed, or the timer was forgotten. Please enter the right time.", { time: durationWords(measured) }))
      setText(sure.lastChild, t("%(time)s is right", { time: durationWords(measured) }))
    },
  }
}

/** The timer while it runs: its time, and the button that stops it. */
function runningTimer(on) {
  const clock = make("p", { class: "clock", role: "timer" })
  const stop = wide(t("Stop"), "player-stop", on.stopTimer)
  let started = null
  let ticking = null
  const tick = () => {
    if (!clock.isConnected) return rest()
    setText(clock, onTheClock(clocks.since(started).ms))
  }
  const rest = () => {
    clearInterval(ticking)
    ticking = null
  }
  return {
    element: make("div", { class: "running" }, clock, stop),
    show(timer, isLocked) {
      rest()
      stop.hidden = isLocked
      if (!isRunning(timer)) return
      started = timer.started_ms
      setText(clock, onTheClock(clocks.since(started).ms))
      if (!isLocked) ticking = setInterval(tick, TICK_MS)
    },
  }
}

/** Minutes and seconds to write in. */
function timeBoxes(on) {
  const read = () => putTogether(minutes.field.value.trim(), readTyped(seconds.field.value) ?? seconds.field.value.trim())
  const onType = () => {
    const isEmpty = !minutes.field.value.trim() && !seconds.field.value.trim()
    on.typeDuration(isEmpty ? null : (read() ?? `${minutes.field.value}:${seconds.field.value}`))
  }
  const onLeave = ({ relatedTarget }) => relatedTarget !== minutes.field && relatedTarget !== seconds.field && on.leave()
  const minutes = figureBox({ label: t("Minutes"), isWhole: true, onType, onLeave, after: make("span", { class: "unit" }, t("min")) })
  const seconds = figureBox({ label: t("Seconds"), onType, onLeave, after: make("span", { class: "unit" }, t("s")) })
  const isHere = () => [minutes.field, seconds.field].includes(document.activeElement)
  return {
    element: make("div", { class: "time-boxes" }, minutes.element, seconds.element),
    focus: () => minutes.field.focus(),
    isHere,
    show(value) {
      if (isHere()) return
      const parts = partsShown(value)
      minutes.show(parts.minutes)
      seconds.show(parts.seconds)
    },
    lock(isLocked) {
      minutes.lock(isLocked)
      seconds.lock(isLocked)
    },
  }
}

/** What stands in the two boxes for a value; what is no duration stands as it was written. */
export function partsShown(value) {
  if (isDuration(value)) {
    const { minutes, seconds } = splitUp(value)
    return { minutes, seconds: written(seconds) }
  }
  const [minutes, seconds = ""] = String(value ?? "").split(":")
  return { minutes, seconds }
}

/** Where the time comes from: from the timer, or from the shopper's hand. */
export function measuredWords(timer, value) {
  if (!timer || isRunning(timer) || value === null) return ""
  const by = timer.measured ?? timer.seconds
  if (by === value) return t("Measured by the timer.")
  return t("The timer had measured %(time)s. You changed it by hand.", { time: durationWords(by) })
}

/** "1 min 35 s". */
export function durationWords(value) {
  const { minutes, seconds } = splitUp(value)
  const short = t("%(n)s s", { n: written(seconds) })
  if (minutes === "0") return short
  const long = t("%(n)s min", { n: minutes })
  return seconds === "0" ? long : `${long} ${short}`
}

function hintWords({ minimum, maximum }) {
  return rangeWords(minimum, maximum, (limit) => (isDuration(limit) ? durationWords(limit) : t("%(n)s s", { n: written(limit) })))
}

function wide(words, name, act) {
  return make("button", { type: "button", class: "wide wide-filled tall", onclick: act }, icon(name), words)
}

function quiet(words, name, act) {
  return make("button", { type: "button", class: "quiet", onclick: act }, icon(name), make("span", {}, words))
}

export function inWords(_question, value) {
  return isDuration(value) ? durationWords(value) : String(value)
}
