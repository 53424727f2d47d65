/** What the shopper is told about safety, in the words agreed on and nothing stronger. */
import { t } from "#js/lib/words.js"

/**
 * The words for what `safety` says: {unsaved, typing, signedOut, attention, frozen, sending: {n, all} | null,
 * waiting, preparing, drafts, acknowledged, handIn, receipt, isOpen}. Returns {tone, text}.
 */
export function wordsOf(safety) {
  const onPhone = safety.waiting + safety.preparing + safety.drafts
  if (safety.unsaved) return { tone: "bad", text: t("Not saved") }
  if (safety.signedOut) return { tone: "warn", text: t("Signed out.") }
  if (safety.receipt && !safety.isOpen && onPhone === 0) return { tone: "good", text: t("Handed in, receipt %(code)s", { code: codeOf(safety.receipt) }) }
  if (safety.attention + safety.frozen > 0) return { tone: "warn", text: t("Needs attention") }
  if (safety.typing) return { tone: "quiet", text: "…" }
  if (safety.sending) return { tone: "quiet", text: t("Sending %(n)s of %(all)s", safety.sending) }
  if (onPhone > 0) return { tone: "quiet", text: t("Kept on this phone") }
  if (safety.acknowledged > 0) return { tone: "good", text: t("Safe on the server") }
  return { tone: "quiet", text: "" }
}

/** What stands on every screen while a hand-in is ready and not yet confirmed. */
export function handInWords() {
  return [t("Ready. Will be handed in when there is signal."), t("Not handed in yet.")]
}

/** The characters of a receipt that a shopper reads out on the telephone. */
export function codeOf({ digest }) {
  return digest.slice(0, 4).toUpperCase()
}

/** How many items are safe here while nobody is signed in. */
export function signedOutWords(items) {
  if (items === 0) return t("Signed out.")
  if (items === 1) return t("Signed out. 1 item is safe on this phone.")
  return t("Signed out. %(n)s items are safe on this phone.", { n: items })
}
