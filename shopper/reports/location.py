"""The report of one location over a span; where that holds a single visit, the report of that visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from evaluations.models import Scorecard
from evaluations.photos.store import DERIVED_TYPE, PhotoStore, Size
from evaluations.reporting import charts, colours, location_report, pdf
from evaluations.reporting.charts import PRINT, Palette
from evaluations.reporting.location_parts import LocationReport, Occurrence
from evaluations.reporting.parts import ReportPhoto
from shopper import telling
from shopper.language import speaking
from shopper.reports import files, visit
from shopper.reports.environment import environment
from shopper.reports.style import own_style

MOST_TIMES = 4
"""Of one failure so many visits are told, the newest."""
MOST_SHOTS = 4
"""At each of them so many photos are shown."""
MOST_FIGURES = 6
"""Beside a small chart stand the figures of so many waves, the newest; those of the others stand below."""
MOST_BELOW = 9
MOST_REPEATS = 12
"""So many failures are told in full; of the others there is a line."""
STYLES = ("css/report.css", "css/report_location.css")


def render(
    session: Session, photos: PhotoStore, cards: Sequence[Scorecard], language: str, address: str
) -> bytes:
    """The report as a PDF in `language`, with links to the pages of its visits at the installation's `address`."""
    if len(cards) == 1:
        return visit.render(session, photos, cards[0], language)
    report = location_report.load(session, cards)
    return pdf.Layout(page(report, photos, language, address)).write()


def page(report: LocationReport, photos: PhotoStore, language: str, address: str) -> pdf.Page:
    """The report as HTML with every file that it shows."""
    palette = replace(PRINT, accent=colours.readable(report.newest.brand.colour))
    spans = _spans(len(report.waves))
    with speaking(language):
        html = (
            environment()
            .get_template("reports/location.html")
            .render(
                language=language,
                report=report,
                newest=report.newest,
                places=_places(report),
                address=address,
                trends=[
                    telling.trend([wave.step for wave in row], [wave.name for wave in row])
                    for row in report.rows
                ],
                tell_panel=telling.panel,
                newest_waves=spans[0],
                earlier_waves=spans[1:],
                most_times=MOST_TIMES,
                most_shots=MOST_SHOTS,
                most_repeats=MOST_REPEATS,
            )
        )
        style = own_style(report.newest.brand) + "".join(files.read(name).decode() for name in STYLES)
    return pdf.Page(visit.BETWEEN_BLOCKS.sub(r"\1", html), style, _files(report, photos, palette))


def _spans(count: int) -> list[tuple[int, int]]:
    """Which waves stand in each table of touchpoints, from and to: the newest beside the charts, then the others."""
    newest = max(0, count - MOST_FIGURES)
    ends = range(newest, 0, -MOST_BELOW)
    return [(newest, count), *((max(0, end - MOST_BELOW), end) for end in ends)]


def _places(report: LocationReport) -> list[str]:
    newest = report.newest
    places = (newest.code, newest.address, newest.city, *reversed(newest.areas))
    return [place for place in dict.fromkeys(places) if place]


def _files(report: LocationReport, photos: PhotoStore, palette: Palette) -> dict[str, pdf.File]:
    found = files.fixed_files() | files.of_brand(report.newest.brand)
    for shot in _shown(report):
        path = photos.open(shot.sha256, Size.PRINT)
        found[f"photos/{shot.sha256}.jpg"] = pdf.File(DERIVED_TYPE, path.read_bytes)
    drawn = {f"mark-{mark}": charts.mark(mark, palette=palette) for mark in charts.Mark}
    for number, row in enumerate(report.rows, start=1):
        drawn[f"trend-{number}"] = charts.trend([wave.step for wave in row], height=104, palette=palette)
    for number, touchpoint in enumerate(report.touchpoints, start=1):
        drawn[f"panel-{number}"] = charts.panel(touchpoint.steps, width=110, height=23, palette=palette)
    return found | {f"charts/{name}.svg": files.svg_file(chart) for name, chart in drawn.items()}


def _shown(report: LocationReport) -> Iterator[ReportPhoto]:
    """The photos that the report shows, and no others: they are most of its weight."""
    for repeat in report.repeats[:MOST_REPEATS]:
        for one in repeat.times[:MOST_TIMES]:
            yield from _shots(one)


def _shots(one: Occurrence) -> tuple[ReportPhoto, ...]:
    return one.question.photos[:MOST_SHOTS]
