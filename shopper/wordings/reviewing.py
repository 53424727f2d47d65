"""What is said at the review desk and in the portal: refusals, and the names of states, verdicts and bands."""

from evaluations.models import Cause, Decision, EvaluationState, Outcome
from shopper.language import lazy

WORDS = {
    "held_by_another": lazy("%(holder)s is reviewing this now. Take it over if you want to decide."),
    "remark_needed": lazy("Say what is to be mended: a remark at a question, or a note."),
    "remark_on_unknown_question": lazy("There is no question “%(question)s” in this checklist."),
    "note_too_long": lazy(
        "The text has %(length)s characters; at most %(longest)s fit. Nothing was sent, shorten it and try again."
    ),
    "deadline_past": lazy("The deadline must lie ahead."),
    "approval_reason_needed": lazy("Something is still open here. Say why it is approved all the same."),
    "passage_needed": lazy("Enter the words that the client is not to read, or select them in the text."),
    "passage_not_there": lazy("These words do not stand in this text. Enter them exactly as they are there."),
    "reopening_reason_needed": lazy("Say why it is looked at again: the reason stays with the visit."),
    "withdrawal_reason_needed": lazy("Say why it is withdrawn: the reason stays with the visit."),
    "client_reason_needed": lazy("The client reads that it was withdrawn, so say why in words for them."),
    "withdraw_instead": lazy("The client has seen this result. Withdraw it, so that they are told why."),
    "changed_since_edition": lazy(
        "Something was changed since edition %(edition)s. Approve it as a new one."
    ),
    "correction_reason_needed": lazy("Say why it is put right: the reason stays with the visit."),
    "nothing_corrected": lazy("Nothing here differs from what it holds already."),
    "follow_up_decided_first": lazy("This follow-up is not approved yet; decide about it first."),
    "reason_needed": lazy("Say why it is excluded: the reason stays with the visit."),
}

STATES = {
    EvaluationState.IN_PROGRESS: lazy("in progress"),
    EvaluationState.SUBMITTED: lazy("handed in"),
    EvaluationState.IN_REVIEW: lazy("in review"),
    EvaluationState.RETURNED: lazy("returned to the shopper"),
    EvaluationState.APPROVED: lazy("approved"),
    EvaluationState.RELEASED: lazy("released to the client"),
    EvaluationState.EXCLUDED: lazy("excluded"),
    EvaluationState.ABANDONED: lazy("abandoned"),
    EvaluationState.WITHDRAWN: lazy("withdrawn"),
}
DECISIONS = {
    Decision.RETURNED: lazy("Sent back"),
    Decision.APPROVED: lazy("Approved"),
    Decision.EXCLUDED: lazy("Excluded"),
    Decision.REOPENED: lazy("Looked at again"),
    Decision.LEFT: lazy("Left as it was"),
    Decision.WITHDRAWN: lazy("Withdrawn"),
}
CAUSES = {
    Cause.APPROVED: lazy("it was approved again"),
    Cause.FOLLOW_UP: lazy("what was asked after the visit came in, or was closed"),
    Cause.REOPENED: lazy("it was looked at again"),
    Cause.WITHHELD: lazy("something in it was hidden; the figures are the same"),
}
VERDICTS = {
    "failed": lazy("Failed"),
    "not_scored": lazy("Not scored"),
    "below_target": lazy("Below target"),
    "passed": lazy("Passed"),
}
BANDS = {"good": lazy("Good"), "fair": lazy("Fair"), "poor": lazy("Poor")}
OUTCOMES = {
    Outcome.MADE: lazy("Visit made"),
    Outcome.CLOSED_STORE: lazy("The place was closed"),
    Outcome.COULD_NOT: lazy("The visit could not be made"),
}
