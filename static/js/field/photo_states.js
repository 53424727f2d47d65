/** What may become of a photo, and what that is called. */
import { t } from "#js/lib/words.js"

/** What a photo's state is called; a picture still being made smaller is kept like any other. */
export function stateWords({ state }) {
  return {
    kept: t("Kept on this phone"),
    acknowledged: t("Safe on the server"),
    attention: t("Needs attention"),
    frozen: t("Needs attention"),
    elsewhere: t("Still on another phone"),
  }[state]
}

/** Whether a photo counts: one that the server would not take is kept, but fulfils nothing. */
export function isGood({ state }) {
  return state !== "attention" && state !== "frozen"
}
