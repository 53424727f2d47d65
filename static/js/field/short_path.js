// What a visit that could not be made still needs before it is handed in complete: the twin of
// evaluations/fieldwork/short_path.py, held to it by tests/vectors/short_path.json.

/** Whether a visit that ended so was made: one of which nothing is said was. */
export function wasMade(outcome) {
  return outcome === null || outcome === undefined || outcome === "made"
}

/** What is missing, as codes: "check_in_missing", "reason_missing", "front_missing"; nothing of a visit that was made. */
export function shortLacks({ outcome, note, isCheckedIn, photos }) {
  if (wasMade(outcome)) return []
  return [
    isCheckedIn ? null : "check_in_missing",
    note.trim() === "" ? "reason_missing" : null,
    outcome === "closed_store" && photos === 0 ? "front_missing" : null,
  ].filter(Boolean)
}
