/**
 * The screen of a discreet visit: near black and silent, and it could be a clock. Each half is a blind timer, a tap on the
 * time takes a photo, a long press on it leads out; a tap anywhere else does nothing.
 */
import { make, setText } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

export const HOLD_MS = 1_500
const TICK_MS = 1_000

/**
 * `on`: {press(half), beforeCamera(), pick(files), cancelled(), leave()}; `time()`: the time of day in words. Returns
 * {element, show({running: {upper, lower}, photos, trouble}), close()}.
 */
export function darkScreen({ on, time, later = setTimeout }) {
  const heading = make("h2", { class: "unseen", tabindex: "-1" }, t("Discreet mode"))
  const halves = { upper: half(t("First timer"), () => on.press("upper")), lower: half(t("Second timer"), () => on.press("lower")) }
  const camera = cameraButton({ on, later, held: () => ask(true) })
  const trouble = make("p", { class: "dark-trouble", role: "alert" })
  const out = make("button", { type: "button", class: "dark-out", onclick: () => ask(true) }, t("Leave the dark screen"))
  const middle = make("div", { class: "dark-middle" }, camera.element, trouble)
  const screen = make("div", { class: "dark-screen" }, halves.upper.element, middle, halves.lower.element, out)
  const stay = make("button", { type: "button", class: "dark-choice", onclick: () => ask(false) }, t("Stay"))
  const leave = make("button", { type: "button", class: "dark-choice", onclick: on.leave }, t("Check out"))
  const asking = make("div", { class: "dark-asking", role: "group", "aria-label": t("Leave the dark screen") }, stay, leave)
  const element = make("section", { class: "dark", oncontextmenu: (event) => event.preventDefault() }, heading, screen, asking)

  function ask(isAsking) {
    screen.hidden = isAsking
    asking.hidden = !isAsking
    if (isAsking) stay.focus()
    else heading.focus()
  }
  ask(false)

  const tick = () => camera.tell(time())
  tick()
  const ticking = setInterval(tick, TICK_MS)
  return {
    element,
    show({ running, photos, trouble: words }) {
      for (const name of ["upper", "lower"]) halves[name].show(running[name])
      camera.count(photos)
      setText(trouble, words)
    },
    close: () => clearInterval(ticking),
  }
}

function half(label, press) {
  const element = make("button", { type: "button", class: "dark-half", "aria-pressed": "false", "aria-label": label, onclick: press }, make("span", { class: "dark-mark" }))
  return { element, show: (isRunning) => element.setAttribute("aria-pressed", String(isRunning)) }
}

/** A tap opens the camera; held for a while it leads out, and then nothing is photographed. */
function cameraButton({ on, later, held }) {
  const clock = make("span", { class: "dark-clock", "aria-hidden": "true" })
  const count = make("span", { class: "dark-count", role: "status" })
  const input = make("input", {
    type: "file", accept: "image/*", capture: "environment", class: "unseen", tabindex: "-1", "aria-hidden": "true",
    onchange: async () => {
      await on.pick([...input.files])
      input.value = ""
    },
    oncancel: () => on.cancelled(),
  })
  let press = 0
  let isHeld = false
  const down = () => {
    const mine = ++press
    isHeld = false
    later(() => {
      if (mine !== press) return
      isHeld = true
      held()
    }, HOLD_MS)
  }
  const up = () => (press += 1)
  const tap = async ({ detail }) => {
    if (isHeld && detail > 0) return // the finger was lifted after a long press
    await on.beforeCamera()
    input.click()
  }
  const button = make("button", { type: "button", class: "dark-camera", onpointerdown: down, onpointerup: up, onpointercancel: up, onpointerleave: up, onclick: tap }, clock)
  return {
    element: make("div", { class: "dark-centre" }, button, count, input),
    tell(words) {
      setText(clock, words)
      button.setAttribute("aria-label", t("%(time)s, take a photo", { time: words }))
    },
    count: (photos) => setText(count, photos === 0 ? "" : photos === 1 ? t("1 photo") : t("%(n)s photos", { n: photos })),
  }
}
