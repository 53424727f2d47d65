/** A time of day, chosen on the phone's own clock. */
import { moment } from "#js/field/kinds/moments.js"
import { limitNote } from "#js/field/kinds/limits.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, labelledBy, on }) {
  const note = limitNote(question, { unreadable: t("Please choose a time of day."), say })
  return moment({ type: "time", labelledBy, note, now: () => thisMinute(new Date()), nowWords: t("Now"), on })
}

/** The minute of this phone's clock, as it travels. */
export function thisMinute(now) {
  return [now.getHours(), now.getMinutes()].map((number) => String(number).padStart(2, "0")).join(":")
}

export function inWords(_question, value) {
  return value
}
