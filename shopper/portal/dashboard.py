"""How the client is doing: one wave at a time, from stored figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from evaluations.document import canonical
from evaluations.document.tree import Document, Touchpoint
from evaluations.errors import NotFound
from evaluations.models import Area, Role
from evaluations.queries import portal as queries
from evaluations.queries.results import Cell, WaveResult
from evaluations.reporting import acting, charts, withholding
from evaluations.reporting.charts import Bar
from shopper import drawing, telling
from shopper.database import db
from shopper.filters import wording
from shopper.permissions import allowed
from shopper.portal.blueprint import bp

Tree = tuple[tuple[Area, int], ...]
NEWEST = 8


@bp.get("/")
@allowed(Role.CLIENT)
def home() -> str:
    """The chosen wave, else the newest: its mean, the journey, areas by touchpoints, and its visits."""
    reader = current_user.person
    tree = queries.areas(db, reader)
    area_id, inside = chosen_area(tree)
    waves = queries.waves(db, reader, inside)
    wave = _chosen(waves)
    if wave is None:
        return render_template("portal/empty.html", is_filtered=area_id is not None)
    document = withholding.document(canonical.read(queries.document(db, wave)))
    heat = queries.heat(db, reader, wave, tree)
    columns = [touchpoint for touchpoint in document.touchpoints if touchpoint.key in heat.whole]
    return render_template(
        "portal/home.html",
        waves=waves,
        wave=wave,
        tree=tree,
        area_id=area_id,
        document=document,
        columns=columns,
        heat=heat,
        visits=queries.visits(db, reader, wave_id=wave.wave_id, areas=inside),
        newest=NEWEST,
        spread=_spread(wave),
        journey=_journey(document, heat.whole),
        lowest=_lowest(columns, heat.whole),
        acts=acting.to_act_on(db, reader, wave, document, inside),
    )


@bp.get("/visits")
@allowed(Role.CLIENT)
def visits() -> str:
    """Every released visit, of all waves or one, a page at a time."""
    reader = current_user.person
    tree = queries.areas(db, reader)
    area_id, inside = chosen_area(tree)
    waves = queries.waves(db, reader)
    wave_id = request.args.get("wave", type=UUID)
    if wave_id is not None and wave_id not in {wave.wave_id for wave in waves}:
        raise NotFound()
    page = queries.visits(
        db, reader, wave_id=wave_id, areas=inside, page=request.args.get("page", 1, type=int)
    )
    given = {name: value for name, value in (("wave", wave_id), ("area", area_id)) if value is not None}
    return render_template(
        "portal/visits.html",
        waves=waves,
        wave_id=wave_id,
        tree=tree,
        area_id=area_id,
        visits=page,
        withdrawn=queries.withdrawn(db, reader, wave_id=wave_id, areas=inside),
        given=given,
    )


def chosen_area(tree: Tree) -> tuple[UUID | None, frozenset[UUID] | None]:
    """The area that the reader chose, and it with all areas below it; of another client it does not exist."""
    area_id = request.args.get("area", type=UUID)
    return area_id, None if area_id is None else queries.within(tree, area_id)


def _chosen(waves: tuple[WaveResult, ...]) -> WaveResult | None:
    wave_id = request.args.get("wave", type=UUID)
    if wave_id is None:
        return waves[0] if waves else None
    found = next((wave for wave in waves if wave.wave_id == wave_id), None)
    if found is None and "area" not in request.args:
        raise NotFound()
    return found


def _spread(wave: WaveResult) -> str:
    scores = [location.millionths for location in wave.locations if location.millionths is not None]
    mean = None if wave.is_few else wave.millionths
    told = telling.spread(scores, mean)
    return drawing.plain(partial(_draw_spread, scores, mean), told, _brand(), "drawn spread")


def _draw_spread(scores: list[int], mean: int | None, palette: charts.Palette) -> str:
    return charts.spread(scores, mean=mean, palette=palette)


def _journey(document: Document, whole: Mapping[str, Cell]) -> str:
    bars = [
        Bar(cell.millionths if (cell := whole.get(touchpoint.key)) else None, None)
        for touchpoint in document.touchpoints
    ]
    told = telling.journey(bars, [wording(one.name, document) for one in document.touchpoints])
    return drawing.plain(partial(_draw_journey, bars), told, _brand(), "drawn journey-drawn")


def _lowest(columns: list[Touchpoint], whole: Mapping[str, Cell]) -> Touchpoint | None:
    """The touchpoint with the lowest figure, where there is another to compare it with."""
    scored = [touchpoint for touchpoint in columns if whole[touchpoint.key].millionths is not None]
    if len(scored) < 2:
        return None
    return min(scored, key=lambda touchpoint: whole[touchpoint.key].millionths or 0)


def _draw_journey(bars: list[Bar], palette: charts.Palette) -> str:
    return charts.journey(bars, columns=len(bars), width=len(bars) * 120, height=110, palette=palette)


def _brand() -> str:
    return str(current_user.person.client.colour)
