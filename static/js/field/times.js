/** Moments as people say them, in the store's time. */

/** "14:02" in `zone`. */
export function timeOfDay(ms, { language, zone }) {
  return said(ms, { language, zone, hour: "2-digit", minute: "2-digit" })
}

/** "Sat 21 Nov, 14:02" in `zone`. */
export function moment(ms, { language, zone }) {
  return said(ms, { language, zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })
}

function said(ms, { language, zone, ...parts }) {
  const locale = language === "en" ? "en-GB" : language
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone }).format(new Date(ms))
}
