"""Everything that the report of one location says, put together from the reports of its visits.

A visit is read as its own report tells it, so that what is withheld there is not here either. Visits
of one wave are averaged first, means are over waves, and touchpoints and questions are joined over
the versions of a checklist by their stable keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.document.tree import Touchpoint
from evaluations.errors import NotFound
from evaluations.models import Scorecard
from evaluations.queries.means import mean_of
from evaluations.reporting import in_context, visit_report
from evaluations.reporting.in_context import WaveContext
from evaluations.reporting.location_parts import (
    LocationReport,
    Occurrence,
    Repeat,
    TouchpointInWave,
    TouchpointOverTime,
    VisitPart,
    WavePart,
    has_failed,
)
from evaluations.reporting.parts import VisitReport

MILLION = 1_000_000
FEWEST_TIMES = 2


def load(session: Session, cards: Sequence[Scorecard]) -> LocationReport:
    """The report of the location whose results in one programme `cards` are; there must be one at least."""
    if not cards:
        raise NotFound()
    reports = visit_report.load_several(session, cards)
    visits = sorted(map(_visit, cards, reports), key=_when, reverse=True)
    contexts = in_context.of_waves(session, {visit.wave_id for visit in visits})
    waves = tuple(_waves(visits, contexts))
    return LocationReport(
        location_id=cards[0].evaluation.visit.location_id,
        newest=visits[0].report,
        visits=tuple(visits),
        waves=waves,
        millionths=mean_of(wave.millionths for wave in waves),
        touchpoints=tuple(_touchpoints(visits, waves)),
        repeats=tuple(_repeats(visits)),
    )


def _visit(card: Scorecard, report: VisitReport) -> VisitPart:
    evaluation = card.evaluation
    wave = evaluation.visit.wave
    is_apart = not in_context.is_free_of_criticals(card)
    return VisitPart(
        evaluation.id, wave.id, wave.starts_on, evaluation.version.checklist_id, is_apart, report
    )


def _when(visit: VisitPart) -> tuple[object, ...]:
    return (visit.report.visited_at, visit.evaluation_id)


def _waves(visits: Iterable[VisitPart], contexts: dict[UUID, WaveContext]) -> Iterator[WavePart]:
    """The waves, the oldest first, each with its visits in the order in which they were made."""
    grouped: dict[UUID, list[VisitPart]] = defaultdict(list)
    for visit in visits:
        grouped[visit.wave_id].insert(0, visit)
    for wave_id, made in sorted(grouped.items(), key=lambda pair: (pair[1][0].starts_on, pair[0])):
        yield WavePart(
            wave_id,
            made[-1].report.wave,
            made[-1].starts_on,
            tuple(made),
            mean_of(one.millionths for one in made if not one.is_apart),
            _millionths(made[-1].report.card.target),
            contexts[wave_id],
        )


def _touchpoints(visits: Sequence[VisitPart], waves: Iterable[WavePart]) -> Iterator[TouchpointOverTime]:
    """Every touchpoint that any version had and any visit came to, in the order of the newest that has it."""
    newest: dict[tuple[UUID, str], tuple[VisitPart, Touchpoint]] = {}
    for visit in visits:
        for touchpoint in visit.report.document.touchpoints:
            newest.setdefault((visit.checklist_id, touchpoint.key), (visit, touchpoint))
    known = list(waves)
    for (checklist_id, key), (visit, touchpoint) in newest.items():
        over_time = tuple(_in_wave(wave, checklist_id, key) for wave in known)
        if any(one.scores or one.apart for one in over_time):
            mean = mean_of(one.millionths for one in over_time)
            yield TouchpointOverTime(
                key, touchpoint.name, touchpoint.phase, visit.report.document, over_time, mean
            )


def _in_wave(wave: WavePart, checklist_id: UUID, key: str) -> TouchpointInWave:
    found = [
        (visit.is_apart, part.score)
        for visit in wave.visits
        if visit.checklist_id == checklist_id
        for part in visit.report.touchpoints
        if part.touchpoint.key == key
    ]
    scored = [(is_apart, score.millionths) for is_apart, score in found if score.millionths is not None]
    scores = tuple(figure for is_apart, figure in scored if not is_apart)
    targets = [score.target for _is_apart, score in found]
    return TouchpointInWave(
        mean_of(scores),
        scores,
        tuple(figure for is_apart, figure in scored if is_apart),
        _millionths(targets[-1]) if targets else None,
    )


def _repeats(visits: Sequence[VisitPart]) -> list[Repeat]:
    """The questions that failed on two visits or more: critical ones first, then the most frequent."""
    failed: dict[tuple[UUID, str], list[Occurrence]] = defaultdict(list)
    asked: dict[tuple[UUID, str], int] = defaultdict(int)
    for visit in visits:
        for found in visit.report.questions:
            key = (visit.checklist_id, found.question.key)
            asked[key] += found.score.counted or found.critical is not None
            if has_failed(found):
                failed[key].append(Occurrence(visit, found))
    repeats = [
        _repeat(visits, key, times, asked[key]) for key, times in failed.items() if len(times) >= FEWEST_TIMES
    ]
    return sorted(repeats, key=lambda one: (not one.is_critical, -len(one.times), -one.asked))


def _repeat(
    visits: Iterable[VisitPart], key: tuple[UUID, str], times: Sequence[Occurrence], asked: int
) -> Repeat:
    """In the wording of the newest visit that has the question, which need not be one that failed on it."""
    visit, found = next(
        (visit, found)
        for visit in visits
        for found in visit.report.questions
        if (visit.checklist_id, found.question.key) == key
    )
    touchpoint = visit.report.touchpoint_of(found).touchpoint
    return Repeat(found.question, visit.report.document, touchpoint.name, tuple(times), asked)


def _millionths(percentage: Decimal | None) -> int | None:
    return None if percentage is None else int(percentage * MILLION)
