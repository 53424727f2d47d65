/** The list of visits: says which of them hold something that is only on this phone, and sends it. */
import { make, icon } from "#js/field/dom.js"
import { settleDrafts } from "#js/field/holding/unsent.js"
import { HomeReadiness } from "#js/field/offline/home_readiness.js"
import { openShelter } from "#js/field/offline/shelter.js"
import { sha256 } from "#js/field/hashing.js"
import { handInWords, signedOutWords } from "#js/field/status.js"
import { handInOf, isAwaited } from "#js/field/later/asking.js"
import { LaterList } from "#js/field/later/home.js"
import { isOpenState } from "#js/field/visit_record.js"
import { workshopOf } from "#js/field/workshop.js"
import { t } from "#js/lib/words.js"

const LOOK_MS = 5_000

export async function attach(root) {
  const strip = root.querySelector("[data-strip]")
  const workshop = await workshopOf(root.dataset.user, (words) => say(strip, "bad", words))
  if (!workshop) return
  const later = new LaterList(root, workshop)
  let due = null
  /** What was ready when it was looked at before and is not any more has gone in: the server has the page that says so. */
  const refresh = async () => {
    const [ready] = await Promise.all([show(root, strip, workshop, pump), later.show()])
    const hasGone = due !== null && [...due].some((eid) => !ready.has(eid))
    due = ready
    if (hasGone && navigator.onLine && !pump.isSignedOut) location.reload()
  }
  const pump = workshop.pump({ onChange: refresh })
  /** What a page that was left in a hurry kept as it was typed becomes changes, which go by themselves. */
  const typed = { tray: workshop.tray, log: (eid) => workshop.log(eid) }
  const settle = async () => (await settleDrafts(typed)) > 0 && refresh().then(() => pump.offer())
  addEventListener("online", () => pump.nudge())
  document.addEventListener("visibilitychange", () => document.hidden || pump.nudge())
  new BroadcastChannel("shopper-field").addEventListener("message", refresh)
  const shelter = openShelter(workshop, sha256)
  await shelter.belongsTo()
  clearOnSignOut(root, shelter)
  await settleDrafts(typed, { olderThanMs: 0 })
  await refresh()
  setInterval(settle, LOOK_MS)
  await Promise.all([pump.nudge(), new HomeReadiness(root, shelter).show()])
}

/**
 * Who signs out takes the kept pages along, with their briefings; what is not sent yet stays. Only the server can sign
 * anybody out: without signal everything is left as it is, for whoever loses the pages has none until there is signal.
 */
function clearOnSignOut(root, shelter) {
  const form = root.querySelector("[data-sign-out]")
  const trouble = root.querySelector("[data-sign-out-trouble]")
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => null)
    trouble.hidden = answer !== null
    trouble.textContent = answer ? "" : t("Signing out needs signal. Nothing was changed; try again when there is some.")
    if (answer?.type !== "opaqueredirect") return answer && form.submit() // whatever it is, it can be read there
    await shelter.clear()
    location.assign(new URL(root.dataset.signIn, location.href).pathname)
  })
}

/** Say of each visit what is only here; resolves to those of which a hand-in is ready. */
async function show(root, strip, { tray }, pump) {
  let onPhone = 0
  const handIns = new Set()
  for (const evaluation of await tray.evaluations()) {
    const { eid, handIn, state } = evaluation
    const { waiting, preparing, ...bad } = await tray.count(eid)
    const [attention, frozen] = isOpenState(state) || isAwaited(evaluation) ? [bad.attention, bad.frozen] : [0, 0]
    onPhone += waiting + preparing + attention + frozen
    if (handInOf(evaluation)) handIns.add(eid)
    const words = localWords({ waiting: waiting + preparing, attention: attention + frozen, isReady: Boolean(handIn) })
    const card = root.querySelector(`[data-eid="${CSS.escape(eid)}"] [data-local]`)
    if (card) {
      card.hidden = words === ""
      card.textContent = words
    }
  }
  const note = root.querySelector("[data-unsent]")
  note.hidden = onPhone === 0
  note.textContent = [t("Signing out takes nothing off this phone; what is not sent yet goes when you sign in again."), holderWords()].join(" ")
  if (pump.isSignedOut) say(strip, "warn", signedOutWords(onPhone), make("a", { href: root.dataset.signIn }, t("Sign in")))
  else if (handIns.size) say(strip, "wait", handInWords().join(" "))
  else strip.hidden = true
  return handIns
}

/** On iPhones the browser and the app on the home screen each have a store of their own: which one this is. */
function holderWords() {
  if (navigator.standalone === undefined) return ""
  if (navigator.standalone) return t("It is in this app; the browser does not show it.")
  return t("It is in this browser; the app on the home screen does not show it.")
}

function localWords({ waiting, attention, isReady }) {
  if (isReady) return t("Not handed in yet.")
  if (attention) return t("Needs attention")
  return waiting ? t("Kept on this phone") : ""
}

function say(strip, tone, words, ...ways) {
  strip.hidden = false
  strip.className = `strip strip-${tone}`
  if (strip.querySelector("span")?.textContent !== words) strip.replaceChildren(icon("info-circle"), make("span", {}, words), ...ways)
}
