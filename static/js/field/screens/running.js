/** The timers that run at other questions: in view wherever the shopper is, a tap leads back to them. */
import { clocks } from "#js/field/clocks.js"
import { icon, make, setText } from "#js/field/dom.js"
import { isRunning, onTheClock } from "#js/field/durations.js"

const TICK_MS = 500

/** `goTo(key)` leads to a question. Returns {element, show(book, here)}. */
export function runningTimers({ say, goTo }) {
  const element = make("div", { class: "timers", hidden: true })
  let shown = []
  let ticking = null

  function tick() {
    if (!element.isConnected) return rest()
    for (const { clock, started_ms } of shown) setText(clock, onTheClock(clocks.since(started_ms).ms))
  }

  function rest() {
    clearInterval(ticking)
    ticking = null
  }

  return {
    element,
    /** Show what runs in `book`, but at the question `here`, which shows it itself. */
    show(book, here) {
      const running = runningIn(book).filter(({ question }) => question !== here)
      const isSame = running.map(({ question }) => question.key).join() === shown.map(({ key }) => key).join()
      if (!isSame) {
        shown = running.map(({ question, timer }) => ({ key: question.key, started_ms: timer.started_ms, clock: make("b", { class: "figures" }) }))
        element.replaceChildren(...shown.map(({ key, clock }, n) => make("button", { type: "button", class: "timer-chip", onclick: () => goTo(key) }, icon("clock"), make("span", {}, say(running[n].question.text)), clock)))
      }
      element.hidden = shown.length === 0
      if (shown.length) ticking ??= setInterval(tick, TICK_MS)
      else rest()
      for (const { clock, started_ms } of shown) setText(clock, onTheClock(clocks.since(started_ms).ms))
    },
  }
}

function runningIn(book) {
  if (book.isLocked) return []
  return book.document.touchpoints
    .flatMap(({ questions }) => questions)
    .filter(({ kind }) => kind === "duration")
    .map((question) => ({ question, timer: book.timerOf(question.key) }))
    .filter(({ question, timer }) => isRunning(timer) && (book.answerOf(question.key)?.state ?? "answered") === "answered")
}
