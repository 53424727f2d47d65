"""What a client user reads: released visits of the own client, and the figures summed from stored facts.

Several visits of one location in one wave are averaged first; every mean is over locations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations import access
from evaluations.document.conditions import hidden
from evaluations.errors import NotFound
from evaluations.models import (
    PICTURE,
    Area,
    Client,
    Decision,
    Evaluation,
    EvaluationState,
    Fact,
    FactKind,
    Location,
    Outcome,
    Person,
    Photo,
    Programme,
    Report,
    Review,
    Scorecard,
    Version,
    Visit,
    Wave,
    Withholding,
)
from evaluations.queries import capture, editions
from evaluations.queries.means import mean, mean_of
from evaluations.queries.results import (
    PAGE,
    AreaRow,
    Cell,
    Heat,
    LocationResult,
    LocationRow,
    VisitPage,
    VisitRow,
    WaveResult,
    WithdrawnRow,
)


def waves(session: Session, reader: Person, areas: Collection[UUID] | None = None) -> tuple[WaveResult, ...]:
    """The waves that have released visits, newest first; only locations in `areas`, if given."""
    query = (
        results(
            reader,
            Wave.id.label("wave_id"),
            Wave.name.label("wave"),
            Programme.name.label("programme"),
            Wave.starts_on,
            Wave.ends_on,
            Location.id.label("location_id"),
            Location.name.label("location"),
            Location.area_id,
            func.sum(Scorecard.millionths).label("total"),
            func.count(Scorecard.millionths).label("scored"),
            func.count().label("visits"),
            func.sum(case((Scorecard.verdict == "failed", 1), else_=0)).label("failed"),
        )
        .group_by(Wave.id, Programme.name, Location.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc(), Location.name, Location.id)
    )
    rows = session.execute(within_areas(query, areas)).all()
    return tuple(_wave_result(list(group)) for _, group in groupby(rows, key=lambda row: row.wave_id))


def areas(session: Session, reader: Person) -> tuple[tuple[Area, int], ...]:
    """The areas that the reader may know as a tree read from the top, each with its depth.

    An area stands at the top where the reader may not know the one that it lies in.
    """
    found = session.scalars(access.areas(reader).order_by(Area.name, Area.id)).all()
    known = {area.id for area in found}
    below: dict[UUID | None, list[Area]] = {}
    for area in found:
        below.setdefault(area.parent_id if area.parent_id in known else None, []).append(area)

    def walk(parent: UUID | None, depth: int) -> Iterable[tuple[Area, int]]:
        for area in below.get(parent, ()):
            yield area, depth
            yield from walk(area.id, depth + 1)

    return tuple(walk(None, 0))


def within(tree: tuple[tuple[Area, int], ...], area_id: UUID) -> frozenset[UUID]:
    """The area and all areas below it; `NotFound` when it is not in the tree."""
    inside: set[UUID] = set()
    for area, _depth in tree:
        if area.id == area_id or area.parent_id in inside:
            inside.add(area.id)
    if not inside:
        raise NotFound()
    return frozenset(inside)


def heat(session: Session, reader: Person, wave: WaveResult, tree: tuple[tuple[Area, int], ...]) -> Heat:
    """The figures of the wave, touchpoint by touchpoint.

    An area's figures are over its own locations and those of the areas below it.
    """
    per_location = _touchpoints_by_location(session, reader, wave)
    rows = []
    for area, depth in tree:
        inside = within(tree, area.id)
        if members := [location for location in wave.locations if location.area_id in inside]:
            rows.append(_area_row(area, depth, members, per_location))
    if strays := [location for location in wave.locations if location.area_id is None]:
        rows.append(_area_row(None, 0, strays, per_location))
    single = wave.locations if wave.is_few else ()
    locations = tuple(LocationRow(location, _cells([location], per_location)) for location in single)
    return Heat(tuple(rows), locations, _cells(wave.locations, per_location))


def visits(
    session: Session,
    reader: Person,
    *,
    wave_id: UUID | None = None,
    areas: Collection[UUID] | None = None,
    page: int = 1,
) -> VisitPage:
    """The released visits, newest first, a page at a time."""
    query = within_areas(results(reader, *_VISIT_COLUMNS), areas)
    if wave_id is not None:
        query = query.where(Wave.id == wave_id)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = min(max(1, page), max(1, -(-total // PAGE)))
    newest_first = query.order_by(VISITED.desc(), Evaluation.id.desc())
    rows = session.execute(newest_first.limit(PAGE).offset((page - 1) * PAGE)).all()
    return VisitPage(tuple(VisitRow(**row._mapping) for row in rows), total, page)


def withdrawn(
    session: Session,
    reader: Person,
    *,
    wave_id: UUID | None = None,
    areas: Collection[UUID] | None = None,
    evaluation_id: UUID | None = None,
) -> tuple[WithdrawnRow, ...]:
    """The results that were withdrawn after their release, the newest withdrawal first; no figure is among it."""
    query = (
        access.evaluations(reader)
        .where(Evaluation.state == EvaluationState.WITHDRAWN, access.was_released())
        .with_only_columns(Evaluation.id)
    )
    rows = (
        select(*_WHERE_AND_WHEN, Review.decided_at.label("withdrawn_at"), Review.client_note.label("reason"))
        .select_from(Evaluation)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .join(Programme, Wave.programme_id == Programme.id)
        .join(Review, (Review.evaluation_id == Evaluation.id) & (Review.decision == Decision.WITHDRAWN))
        .where(Evaluation.id.in_(query))
        .order_by(Review.decided_at.desc(), Evaluation.id)
    )
    if wave_id is not None:
        rows = rows.where(Wave.id == wave_id)
    if evaluation_id is not None:
        rows = rows.where(Evaluation.id == evaluation_id)
    return tuple(WithdrawnRow(**row._mapping) for row in session.execute(within_areas(rows, areas)))


def document(session: Session, wave: WaveResult) -> str:
    """The document that the wave is pinned to, as its canonical text."""
    return session.scalars(
        select(Version.document).join(Wave, Wave.version_id == Version.id).where(Wave.id == wave.wave_id)
    ).one()


def scorecard(session: Session, reader: Person, evaluation_id: UUID, edition: int | None = None) -> Scorecard:
    """The newest released edition of a visit's scorecard, or the `edition` that was asked for, with all about it."""
    wanted = (
        Scorecard.id.in_(current(reader))
        if edition is None
        else and_(
            Scorecard.edition == edition,
            Scorecard.released_at.is_not(None),
            Scorecard.evaluation_id.in_(_released(reader)),
        )
    )
    query = (
        select(Scorecard)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Visit.wave)
        .join(Wave.programme)
        .join(Evaluation.version)
        .outerjoin(Location.area)
        .where(wanted, Evaluation.id == evaluation_id)
        .options(
            undefer(Scorecard.contents),
            contains_eager(Scorecard.evaluation).options(
                contains_eager(Evaluation.version).options(undefer(Version.document)),
                contains_eager(Evaluation.visit).options(
                    contains_eager(Visit.location).contains_eager(Location.area),
                    contains_eager(Visit.wave).contains_eager(Wave.programme),
                ),
            ),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def report(session: Session, card: Scorecard, language: str) -> Report | None:
    """The report that is owed or made for this scorecard in this language."""
    return session.scalars(
        select(Report).where(Report.scorecard_id == card.id, Report.language == language)
    ).one_or_none()


def photo(session: Session, reader: Person, photo_id: UUID) -> str:
    """The hash of the picture that the client gets of a photo that a released edition shows.

    What is hidden, unsorted, internal or not asked for, was taken away before any release, or belongs to a follow-up
    that is not approved, does not exist; nor does any where the client is shown no photos.
    """
    found = session.execute(
        select(Photo, Withholding.sha256.label("made"))
        .join(Evaluation, Photo.evaluation_id == Evaluation.id)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Location.client)
        .outerjoin(
            Withholding,
            (Withholding.evaluation_id == Photo.evaluation_id)
            & (Withholding.register == f"{PICTURE}{photo_id}"),
        )
        .where(
            Photo.id == photo_id,
            Photo.evaluation_id.in_(_released(reader)),
            Client.shows_photos,
            or_(Withholding.id.is_(None), Withholding.sha256.is_not(None)),
        )
    ).one_or_none()
    if found is None:
        raise NotFound()
    given = editions.released(session, found.Photo.evaluation_id)
    if not any(_shows(session, one.scorecard, photo_id) for one in reversed(given)):
        raise NotFound()
    return str(found.made or found.Photo.sha256)


def _shows(session: Session, card: Scorecard, photo_id: UUID) -> bool:
    """Whether an edition shows a photo: with a question that is the client's, or as proof of a closed place."""
    document, contents = editions.found(session, card)
    placed = (key for key, photos in contents.photos.items() if any(one.id == photo_id for one in photos))
    key = next(placed, None)
    if key == capture.UNSORTED:
        return contents.outcome is Outcome.CLOSED_STORE
    question = document.question(key) if key else None
    return question is not None and not question.internal and key not in hidden(document, contents.answers)


SHOWN_VERDICT = case(
    ((Scorecard.verdict == "below_target") & ~Programme.shows_targets, "passed"), else_=Scorecard.verdict
)
"""The verdict as the client reads it: where no targets are shown, nothing is below one."""
VISITED = func.coalesce(Evaluation.visited_at, Evaluation.submitted_at, Evaluation.released_at)
_WHERE_AND_WHEN = (
    Evaluation.id.label("evaluation_id"),
    Location.name.label("location"),
    Location.city,
    Programme.name.label("programme"),
    Wave.name.label("wave"),
    VISITED.label("visited_at"),
    Location.time_zone,
)
_VISIT_COLUMNS = (
    *_WHERE_AND_WHEN,
    Area.name.label("area"),
    SHOWN_VERDICT.label("verdict"),
    Scorecard.band,
    Scorecard.millionths,
)


def _released(reader: Person) -> Select[UUID]:
    return access.evaluations(reader).where(editions.holds()).with_only_columns(Evaluation.id)


def current(reader: Person) -> Select[UUID]:
    """The newest released edition of each evaluation's scorecard; one that is looked at again still holds."""
    return editions.current(_released(reader))


def results(reader: Person, *columns: Any) -> Select[*tuple[Any, ...]]:
    """`columns` of the newest scorecard of each released visit that the reader may see."""
    return (
        select(*columns)
        .select_from(Scorecard)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .outerjoin(Area, Location.area_id == Area.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .join(Programme, Wave.programme_id == Programme.id)
        .where(Scorecard.id.in_(current(reader)))
    )


def within_areas(query: Select[*tuple[Any, ...]], areas: Collection[UUID] | None) -> Select[*tuple[Any, ...]]:
    """`query` for the locations in `areas` alone, if given."""
    return query if areas is None else query.where(Location.area_id.in_(areas))


def _wave_result(rows: list[Any]) -> WaveResult:
    first = rows[0]
    return WaveResult(
        first.wave_id,
        first.wave,
        first.programme,
        first.starts_on,
        first.ends_on,
        tuple(
            LocationResult(
                row.location_id,
                row.location,
                row.area_id,
                mean(int(row.total or 0), row.scored),
                row.visits,
                row.failed > 0,
            )
            for row in rows
        ),
    )


def _touchpoints_by_location(
    session: Session, reader: Person, wave: WaveResult
) -> Mapping[UUID, Mapping[str, int]]:
    query = (
        results(
            reader,
            Location.id.label("location_id"),
            Fact.key,
            func.sum(Fact.millionths).label("total"),
            func.count(Fact.millionths).label("scored"),
        )
        .join(Fact, Fact.scorecard_id == Scorecard.id)
        .where(Fact.kind == FactKind.TOUCHPOINT, Fact.millionths.is_not(None), Wave.id == wave.wave_id)
        .group_by(Location.id, Fact.key)
    )
    figures: dict[UUID, dict[str, int]] = {}
    for row in session.execute(query):
        average = mean(int(row.total), row.scored)
        if average is not None:
            figures.setdefault(row.location_id, {})[row.key] = average
    return figures


def _area_row(
    area: Area | None,
    depth: int,
    members: list[LocationResult],
    per_location: Mapping[UUID, Mapping[str, int]],
) -> AreaRow:
    scored = [member.millionths for member in members if member.millionths is not None]
    return AreaRow(area, depth, Cell(mean_of(scored), len(scored)), _cells(members, per_location))


def _cells(
    members: Iterable[LocationResult], per_location: Mapping[UUID, Mapping[str, int]]
) -> Mapping[str, Cell]:
    figures: dict[str, list[int]] = {}
    for member in members:
        for key, millionths in per_location.get(member.location_id, {}).items():
            figures.setdefault(key, []).append(millionths)
    return {key: Cell(mean_of(all_of_key), len(all_of_key)) for key, all_of_key in figures.items()}
