/** The part of a visit's address after # that names one of its follow-ups. */
export const PLACE = "/later/"

/** The key of the follow-up that a fragment names, or null. */
export function followUpIn(fragment) {
  return fragment.startsWith(`#${PLACE}`) ? fragment.slice(PLACE.length + 1) : null
}
