"""The client's locations: which there are, and what one of them reached over a span of waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import NotFound
from evaluations.models import ExportKind, Role
from evaluations.queries import portal as results
from evaluations.queries import portal_locations as queries
from evaluations.queries.portal_locations import Span, WaveLine
from evaluations.reporting import charts, exporting, location_report
from evaluations.reporting.charts import Mark, Palette, Step
from evaluations.reporting.exporting import Wanted
from evaluations.reporting.location_parts import LocationReport, WavePart
from shopper import drawing, telling
from shopper.database import db
from shopper.filters import wording
from shopper.language import current_language
from shopper.permissions import allowed
from shopper.portal.dashboard import chosen_area
from shopper.wordings.exporting import file_name

bp = Blueprint("portal_locations", __name__, url_prefix="/portal/locations")
MOST_WORDS = 100
MOST_TIMES = 5
"""Of one failure so many visits are shown, the newest."""
UNPROCESSABLE = 422


@bp.get("/")
@allowed(Role.CLIENT)
def index() -> str:
    """Every location that the reader may know, with the last result of each."""
    tree = results.areas(db, current_user.person)
    area_id, inside = chosen_area(tree)
    words = request.args.get("q", "").strip()[:MOST_WORDS]
    page = queries.listed(
        db, current_user.person, areas=inside, words=words, page=request.args.get("page", 1, type=int)
    )
    given = {name: value for name, value in (("q", words), ("area", area_id)) if value}
    return render_template(
        "portal/locations.html", tree=tree, area_id=area_id, words=words, page=page, given=given
    )


@bp.get("/<uuid:location_id>")
@allowed(Role.CLIENT)
def show(location_id: UUID) -> str | Response | tuple[str, int]:
    """One location over the span that was asked for; where that is a single visit, that visit."""
    place = queries.location(db, current_user.person, location_id)
    lines = queries.waves(db, current_user.person, location_id)
    asked = Asked.read(lines)
    span = asked.span
    cards = queries.scorecards(db, current_user.person, location_id, span) if span else []
    if len(cards) == 1:
        return redirect(url_for("portal.visit", evaluation_id=cards[0].evaluation_id))
    report = location_report.load(db, cards) if cards else None
    page = render_template(
        "portal/location.html",
        place=place,
        lines=lines,
        asked=asked,
        report=report,
        most_times=MOST_TIMES,
        **(_drawn(report) if report else {}),
    )
    return (page, UNPROCESSABLE) if asked.is_backwards or asked.unread else page


@bp.post("/<uuid:location_id>/reports")
@allowed(Role.CLIENT)
def order(location_id: UUID) -> Response:
    """Have the report made as a PDF, over the span that the page shows, in the reader's language."""
    reader = current_user.person
    place = queries.location(db, reader, location_id)
    asked = Asked.read(queries.waves(db, reader, location_id))
    span = asked.span
    if span is None:
        raise NotFound()
    wanted = Wanted(
        language=current_language(),
        location=location_id,
        programme=span.programme,
        wave=span.wave,
        since=span.since,
        until=span.until,
    )
    kind = ExportKind.LOCATION_REPORT
    name = file_name(kind, [reader.client.name, place.name], now().date())
    exporting.ask(db, kind, wanted, by=reader, file_name=name, at=now())
    return redirect(url_for("downloads.index"), 303)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose, and what of it cannot be read."""

    programme: UUID | None
    wave: UUID | None
    since: date | None
    until: date | None
    typed: Mapping[str, str]
    unread: tuple[str, ...]

    @classmethod
    def read(cls, lines: tuple[WaveLine, ...]) -> Asked:
        """Read it from the address; a programme or wave without results of the location does not exist."""
        programme, wave = queries.chosen(
            lines, request.args.get("programme", type=UUID), request.args.get("wave", type=UUID)
        )
        typed = {name: request.args.get(name, "").strip() for name in ("since", "until")}
        days = {name: _day(text) for name, text in typed.items()}
        unread = tuple(name for name, text in typed.items() if text and days[name] is None)
        return cls(programme, wave, days["since"], days["until"], typed, unread)

    @property
    def is_backwards(self) -> bool:
        """Whether its end lies before its beginning."""
        return self.since is not None and self.until is not None and self.until < self.since

    @property
    def span(self) -> Span | None:
        """The span, where there is one."""
        if self.programme is None or self.unread or self.is_backwards:
            return None
        return Span(self.programme, self.wave, self.since, self.until)

    @property
    def is_narrowed(self) -> bool:
        """Whether there is more of the location than was asked for."""
        return self.wave is not None or any(self.typed.values())

    @property
    def given(self) -> dict[str, object]:
        """What was chosen, for the address of what is over the same."""
        values = {"programme": self.programme, "wave": self.wave, "since": self.since, "until": self.until}
        return {name: value for name, value in values.items() if value is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _drawn(report: LocationReport) -> dict[str, Any]:
    """The charts of the page, and the marks of their legend."""
    brand = str(current_user.person.client.colour)
    panels = {
        one.key: drawing.plain(
            partial(_draw_panel, one.steps),
            telling.panel(wording(one.name, one.document), one.steps),
            brand,
            "drawn panel-drawn",
        )
        for one in report.touchpoints
    }
    return {
        "trends": [_trend(row, brand) for row in report.rows],
        "panels": panels,
        "legend": {
            mark.value: drawing.plain(partial(_draw_mark, mark), "", brand, "trend-mark")
            for mark in report.marks
        },
    }


def _trend(waves: tuple[WavePart, ...], brand: str) -> str:
    steps = tuple(wave.step for wave in waves)
    told = telling.trend(steps, [wave.name for wave in waves])
    return drawing.plain(partial(_draw_trend, steps), told, brand, "drawn trend-drawn")


def _draw_trend(steps: tuple[Step, ...], palette: Palette) -> str:
    return charts.trend(steps, width=620, height=180, palette=palette)


def _draw_panel(steps: tuple[Step, ...], palette: Palette) -> str:
    return charts.panel(steps, width=160, height=44, palette=palette)


def _draw_mark(kind: Mark, palette: Palette) -> str:
    return charts.mark(kind, palette=palette)
