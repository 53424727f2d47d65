/** What is said of items that are only on this phone: what they are, why they have not gone, and when they go. */
import { stateWords } from "#js/field/photo_states.js"
import { t } from "#js/lib/words.js"

const MINUTE_MS = 60_000

/** What an item is, apart from the question that it belongs to. */
export function sortWords(sort) {
  return {
    answer: t("Answer"), comment: t("Comment"), timer: t("Timer"), photo: t("Photo"), photo_removed: t("Photo removed"),
    check_in: t("Check-in"), check_out: t("Check-out"), outcome: t("How the visit ended"),
  }[sort] ?? t("Entry")
}

/** The icon of a sort of item. */
export function sortIcon(sort) {
  const icons = { comment: "message", timer: "stopwatch", photo: "photo", photo_removed: "trash", check_in: "map-pin", check_out: "logout" }
  return icons[sort] ?? "pencil"
}

/** "Kept on this phone" or "Needs attention". */
export function itemWords({ state }) {
  return stateWords({ state })
}

/** Why an item has not gone, in a sentence; "" where it simply was not its turn yet. `pump`: {isSignedOut, trouble}. */
export function errorWords({ state, message, refusals, isLost }, pump, clock) {
  if (isLost) return t("Its picture is no longer on this phone.")
  if (state === "frozen") return message || t("The server holds something else under its number. Nothing was overwritten.")
  if (state === "attention") return message || t("The server could not read it.")
  const last = refusals > 0 && message ? t("Not taken %(n)s of 3 times: %(message)s", { n: refusals, message }) : ""
  return [last, troubleWords(pump, clock)].filter(Boolean).join(" ")
}

/** What the last try met, for everything that waits. */
export function troubleWords({ isSignedOut, trouble }, clock) {
  if (isSignedOut) return t("Signed out.")
  if (!trouble) return ""
  const time = clock(trouble.at)
  if (trouble.reason === "network") return t("No answer from the server at %(time)s.", { time })
  if (trouble.reason === "broke") return t("Something went wrong on this phone at %(time)s.", { time })
  return t("The server could not take it at %(time)s.", { time })
}

/** When an item is tried next. */
export function nextWords({ state, isLost }, { isSignedOut, nextAt, progress }, clock, now = Date.now()) {
  if (isLost || state === "attention" || state === "frozen") return t("It is not tried again by itself. Export it and send the file to the office.")
  if (isSignedOut) return t("Next try after signing in.")
  if (progress) return t("It is being tried now.")
  if (!nextAt) return t("Next try in a moment.")
  if (nextAt - now < MINUTE_MS) return t("Next try within a minute, or at once when there is signal.")
  return t("Next try %(time)s, or at once when there is signal.", { time: clock(nextAt) })
}
