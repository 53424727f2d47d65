"""What is said of what is asked days after a visit: its states, and what is refused."""

from evaluations.models import FollowUpState
from shopper.language import lazy

WORDS = {
    "unknown_part": lazy(
        "There is nothing called “%(part)s” in this checklist that is asked after the visit."
    ),
    "follow_up_too_early": lazy("This is asked after the visit: hand the visit in first."),
    "follow_up_unanswered": lazy(
        "There is no answer that could be approved. Send it back, or close it as not observed."
    ),
    "follow_up_remark_needed": lazy("Say what is to be mended."),
    "follow_up_not_over": lazy("The shopper still has time for this. It can be closed when its day is over."),
}
STATES = {
    FollowUpState.DUE: lazy("due"),
    FollowUpState.NOT_OBSERVED: lazy("not observed"),
}
"""Beside those that an evaluation has too: handed in, approved."""
