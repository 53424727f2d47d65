"""Released results at many locations, filed as an approval files them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.answers import answered
from evaluations.models import EvaluationState, Location, Scorecard, Wave
from evaluations.reviewing import filing
from evaluations.scoring import scorecard
from tests.builders import NOON, a_visit, an_evaluation


def a_result(
    session: Session, wave: Wave, location: Location, answers: Mapping[str, Any], **given: Any
) -> Scorecard:
    """The filed result of a visit with these answers, released unless said otherwise."""
    dates = {"visited_at": NOON, "submitted_at": NOON, "released_at": NOON + timedelta(days=2)}
    values = {"state": EvaluationState.RELEASED, **dates} | given
    made = an_evaluation(session, visit=a_visit(session, wave, location), **values)
    document = canonical.read(wave.version.document)
    found = {key: answered(value) for key, value in answers.items()}
    return filing.file(session, made, scorecard.score(document, found), at=NOON)
