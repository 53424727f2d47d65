/** Follow-ups in words: when each is due, and how far it is. */
import { daysUntil } from "#js/field/later/asking.js"
import { nearDay } from "#js/field/times.js"
import { t } from "#js/lib/words.js"

/** "Due Sat 5 Dec", with `today` as the day at the place. */
export function dueWords(day, { today, language }) {
  const days = daysUntil(day, today)
  if (days < 0) return t("Overdue, was due %(day)s", { day: nearDay(day, language) })
  if (days === 0) return t("Due by tonight")
  return days === 1 ? t("Due tomorrow") : t("Due %(day)s", { day: nearDay(day, language) })
}

/** The sign and the words for a follow-up in a list. */
export function stateWords({ state, due_on: day, round, receipt, receipts = [], handIn }, clock) {
  const code = receipts.at(-1)?.digest.slice(0, 4).toUpperCase() ?? receipt
  if (handIn?.state === "refused") return { sign: "alert-triangle", words: t("The hand-in was not accepted.") }
  if (handIn) return { sign: "send", words: t("Not handed in yet.") }
  if (state === "submitted") return { sign: "circle-check", words: code ? t("Handed in, receipt %(code)s", { code }) : t("Handed in") }
  if (state === "approved") return { sign: "circle-check", words: t("Approved") }
  if (state === "not_observed") return { sign: "minus", words: t("Closed without an answer") }
  const due = dueWords(day, clock)
  return round > 1 ? { sign: "message-2", words: t("Sent back to you. %(due)s", { due }) } : { sign: "calendar-event", words: due }
}
