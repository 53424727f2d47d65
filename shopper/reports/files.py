"""Every file that a report shows: fonts, keys, charts and photos."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, partial

from evaluations.inference.means import Estimate
from evaluations.photos.store import DERIVED_TYPE, PhotoStore, Size
from evaluations.reporting import charts, pdf
from evaluations.reporting.branding import LOGO_TYPE, Brand
from evaluations.reporting.charts import Bar
from evaluations.reporting.parts import TouchpointPart, VisitReport
from evaluations.scoring.bands import Band
from shopper.assets import STATIC
from shopper.reports.strips import Strip

FONT_WEIGHTS = (400, 600)
MILLIONTHS_PER_CENT = 1_000_000
_narrow_bar = partial(charts.score_bar, width=84, height=9)
"""A bar within a table."""


def of_visit(report: VisitReport, photos: PhotoStore, strips: Iterable[Strip]) -> dict[str, pdf.File]:
    """What the report of a visit shows, by its address."""
    files = fixed_files() | of_brand(report.brand)
    for shot in report.photos:
        path = photos.open(shot.sha256, Size.PRINT)
        files[f"photos/{shot.sha256}.jpg"] = pdf.File(DERIVED_TYPE, path.read_bytes)
    scoring = report.document.scoring
    previous = report.previous.millionths if report.previous else None
    total = Bar(report.card.millionths, report.card.band, millionths(report.card.target), previous)
    fair, good = (int(border * MILLIONTHS_PER_CENT) for border in (scoring.bands.fair, scoring.bands.good))
    drawn = {"scale": charts.scale(total, fair=fair, good=good)}
    if report.context:
        drawn["beside"] = _beside(report.card.millionths, report.context.total.rest)
    for number, visit in enumerate(report.earlier, start=1):
        drawn[f"earlier-{number}"] = _narrow_bar(Bar(visit.millionths, visit.band))
    for lens in report.card.lenses:
        drawn[f"lens-{lens.key}"] = _narrow_bar(Bar(lens.millionths, None))
    for strip in strips:
        bars = [_bar(part) for part in strip.parts]
        drawn[f"journey-{strip.number}"] = charts.journey(bars, columns=strip.columns, height=strip.height)
    for part in report.touchpoints:
        drawn[f"bar-{part.number}"] = charts.score_bar(_bar(part))
    return files | {f"charts/{name}.svg": svg_file(chart) for name, chart in drawn.items()}


def of_brand(brand: Brand) -> dict[str, pdf.File]:
    """What a report shows of its brand."""
    return {} if brand.logo is None else {"logo.png": pdf.File(LOGO_TYPE, partial(bytes, brand.logo))}


@cache
def fixed_files() -> dict[str, pdf.File]:
    """What every report shows: its fonts and the keys of its charts."""
    fonts = {
        f"fonts/inter-{weight}.ttf": pdf.File(
            "font/ttf", partial(read, f"vendor/fonts/ttf/inter-{weight}.ttf")
        )
        for weight in FONT_WEIGHTS
    }
    keys = {f"charts/sign-{band}.svg": svg_file(charts.sign(band)) for band in Band}
    keys["charts/sign-none.svg"] = svg_file(charts.sign(None))
    keys["charts/target.svg"] = svg_file(charts.target_key())
    keys["charts/previous.svg"] = svg_file(charts.previous_key())
    return fonts | keys


def read(name: str) -> bytes:
    """A file of ours."""
    return (STATIC / name).read_bytes()


def svg_file(chart: str) -> pdf.File:
    """A chart as a file."""
    return pdf.File("image/svg+xml", chart.encode)


def _beside(score: int | None, rest: Estimate) -> str:
    """The score beside the mean of the wave, or alone where no mean can be given."""
    if rest.is_single:
        return charts.beside(score, None)
    return charts.beside(score, rest.millionths, rest.interval.millionths if rest.interval else None)


def _bar(part: TouchpointPart) -> Bar:
    return Bar(part.score.millionths, part.score.band, millionths(part.score.target), part.previous)


def millionths(percentage: Decimal | None) -> int | None:
    """A target as it was set, in millionths of a per cent."""
    return None if percentage is None else int(percentage * MILLIONTHS_PER_CENT)
