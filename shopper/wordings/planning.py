"""What is refused about programmes, waves and visits, and the names of a visit's states."""

from evaluations.models import Capture, VisitState
from shopper.language import lazy

WORDS = {
    "programme_name_taken": lazy("This client already has a programme named “%(name)s”."),
    "wave_name_taken": lazy("This programme already has a wave named “%(name)s”."),
    "version_is_draft": lazy("A wave needs a published version; this one is still a draft."),
    "no_locations": lazy("Choose at least one location."),
    "location_inactive": lazy("No visits can be planned at “%(name)s”: it was taken out of planning."),
    "ends_before_start": lazy("The last day lies before the first."),
    "wave_too_long": lazy("A wave lasts at most two years. Is the year right?"),
    "window_outside_wave": lazy("This day lies outside the dates of the wave."),
    "visits_outside_wave": lazy(
        "Visits with a window of their own would fall outside these dates (%(visits)s). Change them first."
    ),
    "report_language_unknown": lazy("Choose one of the languages."),
    "target_out_of_range": lazy("Between 0 and 100."),
    "report_hours_out_of_range": lazy("Between 0 and %(longest)s."),
    "return_hours_unknown": lazy("Choose one of the deadlines."),
    "lockout_out_of_range": lazy("Between 0 and %(longest)s."),
    "longest_minutes_out_of_range": lazy("Between 1 and %(longest)s."),
    "wave_still_open": lazy(
        "Meanwhile more visits of this wave are open: %(visits)s. Load the page again and decide anew."
    ),
    "nothing_to_release": lazy("Nothing that is approved waits for release in this wave."),
    "visit_is_over": lazy("This visit is done or cancelled, so it cannot be changed any more."),
}

CAPTURES = {
    Capture.OPEN: lazy("openly: questions are answered on the spot"),
    Capture.DISCREET: lazy(
        "discreetly: timers and quick photos on a dark screen, answers after the check-out"
    ),
}

STATES = {
    VisitState.PLANNED: lazy("planned"),
    VisitState.ASSIGNED: lazy("assigned"),
    VisitState.UNDER_WAY: lazy("under way"),
    VisitState.DONE: lazy("done"),
    VisitState.CANCELLED: lazy("cancelled"),
}
