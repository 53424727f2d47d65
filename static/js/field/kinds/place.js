/** Where the shopper is, noted by a tap; a refusal is said, and allowed. */
import { chosenOf } from "#js/field/kinds/choosing.js"
import { written } from "#js/field/decimals.js"
import { icon, make, setText } from "#js/field/dom.js"
import { whereAmI } from "#js/field/place.js"
import { t } from "#js/lib/words.js"

export function render(_question, { on }) {
  const words = make("span")
  const noted = make("p", { class: "note place-noted" }, icon("map-pin"), words)
  const trouble = make("p", { class: "limit limit-broken", role: "status", hidden: true }, icon("alert-circle"), make("span", {}, t("No place was found. Try again near a window or outside.")))
  const label = make("span", {})
  const button = make("button", { type: "button", class: "wide tall", onclick: find }, icon("map-pin"), label)
  let isLooking = false
  let shown = null

  async function find() {
    isLooking = true
    trouble.hidden = true
    refresh()
    const place = await whereAmI(undefined, undefined, { isFresh: true })
    isLooking = false
    trouble.hidden = place !== null
    refresh()
    if (place) on.say({ state: "answered", value: place }, { byTouch: false })
  }

  function refresh() {
    const { value, isLocked } = shown ?? {}
    noted.hidden = !value
    noted.classList.toggle("note-good", Boolean(value?.lat))
    noted.classList.toggle("note-wait", Boolean(value?.denied))
    setText(words, value ? placeWords(value) : "")
    setText(label, buttonWords(isLooking, value))
    button.disabled = isLooking
    for (const look of ["wide-filled", "tall"]) button.classList.toggle(look, !value)
    button.hidden = Boolean(isLocked)
  }

  return {
    element: make("div", { class: "stack", "aria-live": "polite" }, noted, button, trouble),
    role: "group",
    show(answer) {
      shown = { ...shown, value: chosenOf(answer) }
      refresh()
    },
    lock(isLocked) {
      shown = { ...shown, isLocked }
      refresh()
    },
  }
}

function buttonWords(isLooking, value) {
  if (isLooking) return t("Looking for the place …")
  return value ? t("Note it again") : t("Note where I am")
}

/** What is known of a place. */
export function placeWords({ lat, denied, accuracy_m: metres }) {
  if (denied) return t("This phone does not tell its place. You can hand in without it, and the office sees why; or let it in the phone's settings and try again.")
  if (!lat || metres === undefined || metres === null) return t("Place noted.")
  if (metres < 1000) return t("Place noted, accurate to %(n)s m.", { n: metres })
  return t("Place noted, only accurate to %(n)s km.", { n: written((metres / 1000).toFixed(1)) })
}

export function inWords(_question, value) {
  return value?.lat ? `${placeWords(value)} ${value.lat}, ${value.lon}` : placeWords(value ?? {})
}
