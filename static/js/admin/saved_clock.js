/** When the draft was saved, in the time of the person who looks at it: "Saved 14:02". */

import { t } from "#js/lib/words.js"

/** Put the time of day in place of "5 minutes ago" where it was saved today; an older save keeps its words. */
export function tellTime(root) {
  for (const element of root.querySelectorAll("time[data-saved]")) {
    const words = wordsOf(new Date(element.dateTime), element.dataset.by)
    if (words) element.textContent = words
  }
}

function wordsOf(saved, who) {
  if (saved.toDateString() !== new Date().toDateString()) return null
  const time = timeOf(saved)
  return who ? t("Saved %(time)s by %(who)s", { time, who }) : t("Saved %(time)s", { time })
}

export function timeOf(moment) {
  return moment.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
}
