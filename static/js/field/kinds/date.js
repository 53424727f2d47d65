/** A day, chosen in the phone's own calendar. */
import { moment } from "#js/field/kinds/moments.js"
import { limitNote, rangeWords } from "#js/field/kinds/limits.js"
import { languageOfPage } from "#js/field/decimals.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, labelledBy, on }) {
  const { earliest, latest } = question
  const note = limitNote(question, { hint: hintWords(question), unreadable: t("Please choose a day of the calendar."), say })
  return moment({ type: "date", min: earliest, max: latest, labelledBy, note, now: () => today(new Date()), nowWords: t("Today"), on })
}

/** From which day to which, as far as there are limits. */
export function hintWords({ earliest, latest }) {
  if (earliest !== null && latest === null) return t("Not before %(first)s", { first: dayWords(earliest) })
  if (earliest === null && latest !== null) return t("Not after %(last)s", { last: dayWords(latest) })
  return rangeWords(earliest, latest, dayWords)
}

/** The day of this phone's calendar, as it travels. */
export function today(now) {
  const two = (number) => String(number).padStart(2, "0")
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function dayWords(day, language = languageOfPage()) {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(date)
}

export function inWords(_question, value) {
  return dayWords(value)
}
