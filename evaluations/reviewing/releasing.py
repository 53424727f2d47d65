"""When the client sees what was approved: at approval, or all of a wave at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations import audit
from evaluations.errors import Conflict
from evaluations.models import (
    Evaluation,
    EvaluationState,
    Person,
    Release,
    Scorecard,
    Version,
    Visit,
    Wave,
    move,
)
from evaluations.queries.progress import Counts, Progress, counts
from evaluations.reviewing import filing, notifying

STILL_OPEN = (
    Progress.PLANNED,
    Progress.ASSIGNED,
    Progress.UNDER_WAY,
    Progress.RETURNED,
    Progress.HANDED_IN,
)
"""As long as a visit is one of these, the work of its wave is not over."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many results of a wave are approved and kept from the client, and what is still open."""

    approved: int
    open: Counts

    @property
    def still_open(self) -> int:
        """How many visits are not decided yet."""
        return sum(self.open.values())


def is_held(wave: Wave) -> bool:
    """Whether what is approved in `wave` now is kept from the client until the wave is released."""
    return wave.programme.release is Release.WITH_WAVE and wave.released_at is None


def is_due(session: Session, wave: Wave) -> bool:
    """Whether what is approved in `wave` is released at once: by the programme, or since the wave was."""
    if wave.programme.release is Release.WITH_WAVE:
        # Somebody may be releasing the wave right now: what is approved meanwhile must not be left behind.
        session.refresh(wave, ["released_at"], with_for_update={"of": Wave})
    return not is_held(wave)


def release(session: Session, cards: Sequence[Scorecard], *, by: Person, at: datetime) -> None:
    """Let the client see these results, all of one programme, and promise their reports."""
    for card in cards:
        move(card.evaluation, EvaluationState.RELEASED)
        card.evaluation.released_at = card.released_at = at
        audit.record(session, "evaluation.released", card.evaluation, by=by, at=at, edition=card.edition)
    filing.owe_reports(session, cards, at=at)
    notifying.owe(session, cards, at=at)


def held(session: Session, wave: Wave, standing: Counts) -> Held:
    """What waits for the release of `wave`, and which of its visits, that stand so, are still open."""
    approved = session.scalar(
        select(func.count())
        .select_from(Evaluation)
        .join(Evaluation.visit)
        .where(Visit.wave_id == wave.id, Evaluation.state == EvaluationState.APPROVED)
    )
    return Held(approved or 0, Counts({each: standing[each] for each in STILL_OPEN if standing[each]}))


def release_wave(session: Session, wave: Wave, *, seen_open: int, by: Person, at: datetime) -> int:
    """Release everything approved in `wave` at once, and from now on what is approved in it; how much it was.

    Refused when more visits are open than the `seen_open` that whoever decides was told of.
    """
    session.refresh(wave, ["released_at"], with_for_update={"of": Wave})
    waiting = held(session, wave, counts(session, wave))
    if waiting.still_open > seen_open:
        raise Conflict("wave_still_open", visits=waiting.still_open)
    if not waiting.approved:
        raise Conflict("nothing_to_release")
    cards = session.scalars(_approved(wave)).all()
    wave.released_at = at
    audit.record(session, "wave.released", wave, by=by, at=at, count=len(cards))
    release(session, cards, by=by, at=at)
    return len(cards)


def _approved(wave: Wave) -> Select[Scorecard]:
    """The newest scorecard of each evaluation in `wave` that is approved, with all that a release reads."""
    newest = (
        select(func.max(Scorecard.edition))
        .where(Scorecard.evaluation_id == Evaluation.id)
        .correlate(Evaluation)
        .scalar_subquery()
    )
    return (
        select(Scorecard)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Evaluation.version)
        .where(
            Visit.wave_id == wave.id,
            Evaluation.state == EvaluationState.APPROVED,
            Scorecard.edition == newest,
        )
        .order_by(Evaluation.id)
        .options(
            contains_eager(Scorecard.evaluation).options(
                contains_eager(Evaluation.version).options(undefer(Version.document)),
                contains_eager(Evaluation.visit),
            )
        )
        .with_for_update(of=Evaluation)
    )
