"""What a visit that could not be made still needs before it is handed in complete.

`static/js/field/short_path.js` says the same on the phone; tests/vectors/short_path.json holds the two together.
"""

from __future__ import annotations

from enum import StrEnum

from evaluations.document.kinds import trimmed
from evaluations.models import Outcome, was_made
from evaluations.queries.capture import Contents


class ShortLack(StrEnum):
    CHECK_IN = "check_in_missing"
    REASON = "reason_missing"
    FRONT = "front_missing"


def short_lacks(
    outcome: Outcome | None, note: str, *, is_checked_in: bool, photos: int
) -> tuple[ShortLack, ...]:
    """What is missing of a visit that ended so; nothing of one that was made.

    Whoever stood before a closed place was there, says what was to be seen, and shows it in a photo.
    Of any other visit that could not be made a photo is welcome and not asked for.
    """
    if was_made(outcome):
        return ()
    found = []
    if not is_checked_in:
        found.append(ShortLack.CHECK_IN)
    if not trimmed(note):
        found.append(ShortLack.REASON)
    if outcome is Outcome.CLOSED_STORE and not photos:
        found.append(ShortLack.FRONT)
    return tuple(found)


def lacks_of(found: Contents) -> tuple[ShortLack, ...]:
    """What is missing of the visit that holds `found`, where it was not made."""
    return short_lacks(
        found.outcome,
        found.outcome_note,
        is_checked_in=found.check_in is not None,
        photos=sum(found.photo_counts.values()),
    )
