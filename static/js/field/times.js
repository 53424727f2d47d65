/** Moments and days as people say them, in the store's time: as the server's pages for a shopper write them (shopper/filters.py). */

/** "14:02" in `zone`. */
export function timeOfDay(ms, { language, zone }) {
  return format(language, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(ms)
}

/** "Sat 21 Nov, 14:02" in `zone`. */
export function moment(ms, { language, zone }) {
  return `${dayIn(ms, { language, zone })}, ${timeOfDay(ms, { language, zone })}`
}

/** "Sat 21 Nov" of a day that is written "2026-11-21". */
export function nearDay(day, language) {
  return dayIn(Date.parse(`${day}T00:00:00Z`), { language, zone: "UTC" })
}

/** Put together here: the order and the commas of browsers change with the language and the browser. */
function dayIn(ms, { language, zone }) {
  const parts = format(language, { weekday: "short", day: "numeric", month: "short", timeZone: zone }).formatToParts(ms)
  const [weekday, day, month] = ["weekday", "day", "month"].map((name) => parts.find(({ type }) => type === name).value)
  return `${weekday} ${day} ${month}`
}

function format(language, options) {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options)
}
