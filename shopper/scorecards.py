"""The charts of one visit's scorecard, alike for the client who reads it and for the office that tries a checklist."""

from __future__ import annotations

from functools import partial

from evaluations.reporting import charts
from evaluations.reporting.charts import Bar
from evaluations.reporting.parts import VisitReport
from shopper import drawing
from shopper.compared import beside_text
from shopper.language import gettext as _

MILLION = 1_000_000


def drawn(report: VisitReport) -> dict[str, str]:
    """What the page of a scorecard shows drawn, by its name in the template."""
    return {
        "scale": _scale(report),
        "beside": _beside(report),
        "journey": _journey(report) if report.touchpoints else "",
    }


def _scale(report: VisitReport) -> str:
    card, bands = report.card, report.document.scoring.bands
    previous = report.previous.millionths if report.previous else None
    bar = Bar(
        card.millionths, card.band, None if card.target is None else int(card.target * MILLION), previous
    )
    alt = _("The score on the scale from 0 to 100 %, with the bounds of its bands")
    draw = partial(_draw_scale, bar, int(bands.fair * MILLION), int(bands.good * MILLION))
    return drawing.picture(draw, alt, "drawn scale-drawn")


def _draw_scale(bar: Bar, fair: int, good: int, palette: charts.Palette) -> str:
    return charts.scale(bar, fair=fair, good=good, width=420, palette=palette)


def _beside(report: VisitReport) -> str:
    rest = report.context.total.rest if report.context else None
    if rest is None or rest.is_single:
        return ""
    interval = rest.interval.millionths if rest.interval else None
    draw = partial(_draw_beside, report.card.millionths, rest.millionths, interval)
    return drawing.picture(draw, beside_text(report.card, rest), "drawn scale-drawn")


def _draw_beside(
    score: int | None, mean: int | None, interval: tuple[int, int] | None, palette: charts.Palette
) -> str:
    return charts.beside(score, mean, interval, width=420, palette=palette)


def _journey(report: VisitReport) -> str:
    bars = [
        Bar(
            part.score.millionths,
            part.score.band,
            None if part.score.target is None else int(part.score.target * MILLION),
            part.previous,
        )
        for part in report.touchpoints
    ]
    alt = _("The scores below as columns, with a sign for the band of each")
    return drawing.picture(partial(_draw_journey, bars), alt, "drawn journey-drawn")


def _draw_journey(bars: list[Bar], palette: charts.Palette) -> str:
    return charts.journey(bars, columns=len(bars), width=len(bars) * 120, height=110, palette=palette)
