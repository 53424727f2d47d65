"""Everything that the report of one visit says, collected from what was stored at its approval."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations.document import canonical
from evaluations.document.kinds import Finding
from evaluations.document.tree import AnyQuestion, Document, Kind
from evaluations.models import (
    Area,
    Client,
    Evaluation,
    Location,
    Outcome,
    Scorecard,
    Version,
    Visit,
    Wave,
)
from evaluations.queries import capture, editions, withheld
from evaluations.queries.capture import Contents, HeldPhotos
from evaluations.queries.withheld import Withheld
from evaluations.reporting import branding, past, withholding
from evaluations.reporting import in_context as contexts
from evaluations.reporting.branding import Brand
from evaluations.reporting.highlights import was_found, went_well, went_wrong
from evaluations.reporting.parts import (
    QuestionPart,
    ReportPhoto,
    Surroundings,
    TouchpointPart,
    VisitReport,
)
from evaluations.scoring import card as scored
from evaluations.scoring import scorecard as scoring
from evaluations.scoring.bands import Verdict

_ALONE = Surroundings()


def load(session: Session, scorecard: Scorecard, *, in_context: bool = True) -> VisitReport:
    """The report of the visit that `scorecard` is the result of.

    Every figure is the stored one; nothing is scored again. Internal questions are no part of it. `in_context` adds
    what other waves and visits reached.
    """
    return _report(session, scorecard, _looked_up(session, [scorecard]), in_context=in_context)


def load_several(session: Session, scorecards: Sequence[Scorecard]) -> tuple[VisitReport, ...]:
    """The reports of several visits of one location, without what other waves and visits reached."""
    if not scorecards:
        return ()
    known = _looked_up(session, scorecards)
    return tuple(_report(session, one, known, in_context=False) for one in scorecards)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was looked up at once for all visits that are read."""

    evaluations: Mapping[UUID, Evaluation]
    withheld: Mapping[UUID, Withheld]
    photos: HeldPhotos | None
    """None for a single visit, of which they are looked up if there are any."""
    areas: tuple[str, ...]


def _looked_up(session: Session, scorecards: Sequence[Scorecard]) -> _Known:
    ids = [one.evaluation_id for one in scorecards]
    evaluations = _evaluations(session, ids)
    return _Known(
        evaluations,
        withheld.of_many(session, ids),
        capture.held_photos(session, ids) if len(ids) > 1 else None,
        _areas(session, evaluations[ids[0]].visit.location),
    )


def _report(session: Session, scorecard: Scorecard, known: _Known, *, in_context: bool) -> VisitReport:
    evaluation = known.evaluations[scorecard.evaluation_id]
    version = evaluation.version
    brand = branding.of(evaluation.visit.location.client, evaluation.visit.wave.programme)
    visited_at = evaluation.visited_at or evaluation.submitted_at or scorecard.scored_at
    return compose(
        canonical.read(version.document),
        scoring.from_json(json.loads(scorecard.card)),
        _contents(session, scorecard, known, brand),
        brand,
        _surroundings(session, evaluation.visit, visited_at, brand) if in_context else _ALONE,
        **_whereabouts(evaluation.visit),
        areas=known.areas,
        version_number=version.number,
        content_hash=version.content_hash or canonical.content_hash(version.document),
        edition=scorecard.edition,
        check_code=scorecard.check_code,
        visited_at=visited_at,
        scored_at=scorecard.scored_at,
    )


def compose(
    whole: Document,
    card: scored.Scorecard,
    contents: Contents,
    brand: Brand,
    around: Surroundings = _ALONE,
    **facts: Any,
) -> VisitReport:
    """The report of answers to `whole`, with what the client gets of it; `facts` are the rest of the report's fields.

    `contents` are already as the client gets them.
    """
    document = withholding.document(whole)
    card = withholding.scorecard(card, document)
    if not brand.shows.targets:
        card = _without_targets(card)
    touchpoints = tuple(_touchpoints(document, card, contents, around))
    if not contents.was_made:
        touchpoints = _with_findings(touchpoints)
    return VisitReport(
        brand=brand,
        document=document,
        left_at=contents.check_out.at if contents.check_out else None,
        card=card,
        touchpoints=touchpoints,
        around=around,
        outcome=contents.outcome,
        outcome_note=contents.outcome_note.strip(),
        front=_front(contents),
        **_highlights(touchpoints),
        **facts,
    )


def _highlights(touchpoints: tuple[TouchpointPart, ...]) -> dict[str, Any]:
    wrong, well = went_wrong(touchpoints), went_well(touchpoints)
    return {"wrong": wrong, "well": well, "found": () if wrong else was_found(touchpoints, shown=well)}


def _surroundings(session: Session, visit: Visit, visited_at: datetime, brand: Brand) -> Surroundings:
    """What the visit is read beside, as far as the client is shown it."""
    context = contexts.of_waves(session, {visit.wave_id})[visit.wave_id]
    if not brand.shows.previous:
        return Surroundings(context=context)
    return Surroundings(*past.of(session, visit, visited_at), context)


def _contents(session: Session, scorecard: Scorecard, known: _Known, brand: Brand) -> Contents:
    """What counted when the edition was filed, and the client gets of it by what is withheld now."""
    _, counting = editions.found(session, scorecard, known.photos)
    return withholding.contents(counting, known.withheld[scorecard.evaluation_id], brand.shows)


def _without_targets(card: scored.Scorecard) -> scored.Scorecard:
    """The card as a client reads it who is shown no targets, nor what missed them."""
    missed = card.verdict is Verdict.BELOW_TARGET
    return replace(
        card,
        target=None,
        verdict=Verdict.PASSED if missed else card.verdict,
        touchpoints=tuple(replace(touchpoint, target=None) for touchpoint in card.touchpoints),
    )


def _whereabouts(visit: Visit) -> dict[str, Any]:
    location, wave = visit.location, visit.wave
    return {
        "client": location.client.name,
        "location": location.name,
        "code": location.code,
        "address": location.address,
        "city": location.city,
        "time_zone": location.time_zone,
        "programme": wave.programme.name,
        "wave": wave.name,
    }


def _evaluations(session: Session, ids: Collection[UUID]) -> dict[UUID, Evaluation]:
    query = (
        select(Evaluation)
        .join(Evaluation.version)
        .join(Evaluation.visit)
        .join(Visit.wave)
        .join(Wave.programme)
        .join(Visit.location)
        .join(Location.client)
        .where(Evaluation.id.in_(ids))
        .options(
            contains_eager(Evaluation.version).options(undefer(Version.document)),
            contains_eager(Evaluation.visit).options(
                contains_eager(Visit.wave).contains_eager(Wave.programme),
                contains_eager(Visit.location).contains_eager(Location.client).undefer(Client.logo),
            ),
        )
    )
    found = session.scalars(query.execution_options(populate_existing=True))
    return {evaluation.id: evaluation for evaluation in found}


def _areas(session: Session, location: Location) -> tuple[str, ...]:
    """The names of the areas that the location is in, the largest first."""
    if location.area_id is None:
        return ()
    found = session.scalars(select(Area).where(Area.client_id == location.client_id))
    known = {area.id: area for area in found}
    names: list[str] = []
    area = known.get(location.area_id)
    while area is not None and len(names) < len(known):
        names.append(area.name)
        area = known.get(area.parent_id) if area.parent_id else None
    return tuple(reversed(names))


def _touchpoints(
    document: Document, card: scored.Scorecard, contents: Contents, around: Surroundings
) -> Iterable[TouchpointPart]:
    scores = {score.key: score for score in card.touchpoints}
    reached = around.previous.touchpoints if around.previous else {}
    means = around.context.touchpoints if around.context else {}
    first = 1
    for number, touchpoint in enumerate(document.touchpoints, start=1):
        questions = tuple(_questions(touchpoint.questions, card, contents, first))
        first += len(questions)
        key = touchpoint.key
        yield TouchpointPart(number, touchpoint, scores[key], questions, reached.get(key), means.get(key))


def _with_findings(touchpoints: Iterable[TouchpointPart]) -> tuple[TouchpointPart, ...]:
    """Of a visit that was not made: what there is, without pages of questions that nobody could answer."""
    kept = (
        replace(
            part, questions=tuple(one for one in part.questions if one.answer or one.comment or one.photos)
        )
        for part in touchpoints
    )
    return tuple(part for part in kept if part.questions)


def _questions(
    questions: Iterable[AnyQuestion], card: scored.Scorecard, contents: Contents, first: int
) -> Iterable[QuestionPart]:
    scores = {score.key: score for score in card.questions}
    criticals = {critical.question: critical for critical in card.criticals}
    asked = [question for question in questions if question.kind is not Kind.INSTRUCTION]
    for number, question in enumerate(asked, start=first):
        score = scores[question.key]
        if score.finding is Finding.HIDDEN:  # what was said before it was hidden is not part of the result
            yield QuestionPart(number=number, question=question, score=score)
            continue
        yield QuestionPart(
            number=number,
            question=question,
            score=score,
            answer=contents.answers.get(question.key),
            comment=contents.comments.get(question.key, "").strip(),
            photos=tuple(_photo(photo) for photo in contents.photos.get(question.key, ()) if photo.held),
            photos_kept=contents.photos_kept.get(question.key, 0),
            critical=criticals.get(question.key),
        )


def _front(contents: Contents) -> tuple[ReportPhoto, ...]:
    """Of a place that was closed the photos without a question show that; of any other visit nobody sorted them."""
    if contents.outcome is not Outcome.CLOSED_STORE:
        return ()
    return tuple(_photo(photo) for photo in contents.photos.get(capture.UNSORTED, ()) if photo.held)


def _photo(photo: capture.PhotoPlacement) -> ReportPhoto:
    return ReportPhoto(photo.id, photo.sha256, photo.width, photo.height, photo.caption.strip(), photo.source)
