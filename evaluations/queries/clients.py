"""The office's view of clients: the list, the tree of areas, and the locations in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from evaluations import access
from evaluations.errors import NotFound
from evaluations.folding import matching
from evaluations.models import (
    Area,
    Client,
    Import,
    ImportState,
    Location,
    Person,
    Programme,
    Visit,
    VisitState,
    Wave,
)
from evaluations.queries.paging import Page, nearest

PAGE = 50
IMPORTS = 10
SEARCHED = (Location.name, Location.code, Location.city)


@dataclass(frozen=True, slots=True)
class Named:
    """A client by its name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client in the list, and how much there is of it."""

    id: UUID
    name: str
    colour: str
    areas: int
    locations: int
    waves: int
    open_visits: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area in its tree, with the number of active locations in it and in all below it."""

    area: Area
    depth: int
    path: str
    """Its name after the names of the areas that it lies in."""
    locations: int


def named(session: Session, reader: Person) -> list[Named]:
    """Every client that `reader` sees, by name and nothing else."""
    query = access.clients(reader).with_only_columns(Client.id, Client.name)
    return [Named(*row) for row in session.execute(query.order_by(func.lower(Client.name), Client.id))]


def listed(session: Session, reader: Person) -> list[ClientRow]:
    """Every client that `reader` sees, by name."""
    open_states = [VisitState.PLANNED, VisitState.ASSIGNED, VisitState.UNDER_WAY]
    location_count = select(func.count(Location.id)).where(
        Location.client_id == Client.id, Location.is_active
    )
    wave_count = select(func.count(Wave.id)).join(Programme).where(Programme.client_id == Client.id)
    visit_count = (
        select(func.count(Visit.id))
        .join(Location, Visit.location_id == Location.id)
        .where(Location.client_id == Client.id, Visit.state.in_(open_states))
    )
    query = access.clients(reader).with_only_columns(
        Client.id,
        Client.name,
        Client.colour,
        select(func.count(Area.id)).where(Area.client_id == Client.id).scalar_subquery().label("areas"),
        location_count.scalar_subquery().label("locations"),
        wave_count.scalar_subquery().label("waves"),
        visit_count.scalar_subquery().label("open_visits"),
    )
    rows = session.execute(query.order_by(func.lower(Client.name), Client.id))
    return [ClientRow(**row._mapping) for row in rows]


def tree(session: Session, client: Client) -> tuple[AreaRow, ...]:
    """The areas of `client`, read from the top downwards."""
    found = session.scalars(select(Area).where(Area.client_id == client.id).order_by(Area.name, Area.id))
    below: dict[UUID | None, list[Area]] = {}
    for area in found:
        below.setdefault(area.parent_id, []).append(area)
    counts = (
        select(Location.area_id, func.count(Location.id).label("locations"))
        .where(Location.client_id == client.id, Location.is_active)
        .group_by(Location.area_id)
    )
    own = {row.area_id: row.locations for row in session.execute(counts)}
    return tuple(_walk(None, 0, "", below, own))


def inside(areas: Iterable[AreaRow], area_id: UUID) -> frozenset[UUID]:
    """The area with this id and all below it; `NotFound` when it is not in the tree."""
    found: set[UUID] = set()
    for row in areas:
        if row.area.id == area_id or row.area.parent_id in found:
            found.add(row.area.id)
    if not found:
        raise NotFound()
    return frozenset(found)


def way_to(areas: Iterable[AreaRow], area_id: UUID | None) -> list[Area]:
    """The areas from the top of the tree down to the one with this id; none for None."""
    known = {row.area.id: row.area for row in areas}
    way: list[Area] = []
    while area_id is not None:
        way.insert(0, known[area_id])
        area_id = known[area_id].parent_id
    return way


def is_empty(session: Session, area: Area) -> bool:
    """Whether neither areas nor locations, in planning or not, lie in `area`."""
    below = select(Area.id).where(Area.parent_id == area.id)
    inside = select(Location.id).where(Location.area_id == area.id)
    return session.scalars(below.union_all(inside).limit(1)).first() is None


def imported(session: Session, reader: Person, client_id: UUID, import_id: UUID, at: datetime) -> Import:
    """An import for a client that `reader` sees; one that was forgotten is not found."""
    visible = access.imports(reader).where(Import.client_id == client_id)
    visible = visible.where(or_(Import.state != ImportState.OPEN, Import.expires_at > at))
    return access.get(session, visible, Import, import_id)


def imports(session: Session, reader: Person, client: Client, at: datetime) -> list[Import]:
    """The newest imports for `client`, without those that were forgotten."""
    query = access.imports(reader).where(Import.client_id == client.id)
    query = query.where(or_(Import.state != ImportState.OPEN, Import.expires_at > at))
    query = query.options(defer(Import.content), defer(Import.done), joinedload(Import.person))
    return list(session.scalars(query.order_by(Import.started_at.desc(), Import.id.desc()).limit(IMPORTS)))


def locations(
    session: Session,
    client: Client,
    areas: tuple[AreaRow, ...],
    *,
    area_id: UUID | None = None,
    words: str = "",
    number: int = 1,
) -> Page[Location]:
    """One page of the client's locations in the order of the tree, narrowed to an area or to `words`."""
    query = select(Location).where(Location.client_id == client.id)
    if area_id is not None:
        query = query.where(Location.area_id.in_(inside(areas, area_id)))
    if words:
        query = query.where(matching(words, (*SEARCHED, Location.address, Location.contact)))
    places = {row.area.id: place for place, row in enumerate(areas, start=1)}
    rows = session.execute(query.with_only_columns(Location.id, Location.area_id, Location.name)).all()
    in_order = sorted(rows, key=lambda row: (places.get(row.area_id, 0), row.name.casefold(), row.id))
    number = nearest(number, len(in_order), PAGE)
    wanted = [row.id for row in in_order[(number - 1) * PAGE : number * PAGE]]
    loaded = {one.id: one for one in session.scalars(select(Location).where(Location.id.in_(wanted)))}
    return Page(tuple(loaded[id] for id in wanted), len(in_order), number, PAGE)


def active_locations(session: Session, client: Client) -> dict[UUID | None, list[Location]]:
    """The locations where visits can be planned, by area and name; None holds those in no area."""
    query = select(Location).where(Location.client_id == client.id, Location.is_active)
    grouped: dict[UUID | None, list[Location]] = {}
    for location in session.scalars(query.order_by(Location.name, Location.id)):
        grouped.setdefault(location.area_id, []).append(location)
    return grouped


def newest_zone(session: Session, client: Client) -> str | None:
    """The time zone of the location that was added last: the next is likely in the same."""
    query = select(Location.time_zone).where(Location.client_id == client.id)
    return session.scalar(query.order_by(Location.created_at.desc(), Location.id.desc()).limit(1))


def area(session: Session, reader: Person, client_id: UUID, area_id: UUID) -> Area:
    """An area of a client that `reader` sees."""
    visible = access.clients(reader).with_only_columns(Client.id).where(Client.id == client_id)
    found = session.scalars(select(Area).where(Area.id == area_id, Area.client_id.in_(visible))).one_or_none()
    if found is None:
        raise NotFound()
    return found


def location(session: Session, reader: Person, client_id: UUID, location_id: UUID) -> Location:
    """A location of a client that `reader` sees."""
    visible = access.locations(reader).where(Location.client_id == client_id)
    return access.get(session, visible, Location, location_id)


def _walk(
    parent: UUID | None,
    depth: int,
    path: str,
    below: dict[UUID | None, list[Area]],
    own: dict[UUID | None, int],
) -> Iterator[AreaRow]:
    for area in below.get(parent, ()):
        name = f"{path} › {area.name}" if path else area.name
        inner = list(_walk(area.id, depth + 1, name, below, own))
        nearest_below = sum(row.locations for row in inner if row.depth == depth + 1)
        yield AreaRow(area, depth, name, own.get(area.id, 0) + nearest_below)
        yield from inner
