"""Reports as HTML: the words, figures and pictures of a visit, set in the reader's language.

Only the worker and the command line import this; it brings WeasyPrint with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Phase
from evaluations.errors import NotFound
from evaluations.models import Evaluation, Scorecard, Version
from evaluations.photos.store import DERIVED_TYPE, PhotoStore, Size
from evaluations.queries import editions
from evaluations.reporting import charts, colours, pdf, visit_report
from evaluations.reporting.charts import Bar
from evaluations.reporting.parts import TouchpointPart, VisitReport
from evaluations.reviewing import filing
from evaluations.scoring import bands
from evaluations.scoring.bands import Band
from shopper import filters, saying
from shopper.assets import STATIC, TEMPLATES
from shopper.config import Config
from shopper.language import current_language, gettext, speaking, translations

FONT_WEIGHTS = (400, 600)
MOST_COLUMNS, MOST_NAMED, MOST_SLIM = 8, 24, 30
FEWEST_COLUMNS = 4
"""So that two touchpoints do not become walls."""
TIGHTEST = 2
BETWEEN_BLOCKS = re.compile(
    r"\s*(</?(?:td|th|tr|tbody|thead|table|section|div|p|h1|h2|h3|ol|li|head|body|meta|link|title)\b[^>]*>)\s*"
)
"""Space that nobody sees and that costs a twentieth of the time."""
AFTER_FRONT = "after-front"
"""The id of whatever follows the first page."""
STRIP_HEIGHTS = {1: 84, 2: 62, 3: 50}
PALE = 0.08
QUOTES = {"en": "“{}”", "es": "«{}»"}
MILLIONTHS_PER_CENT = 1_000_000


def render(session: Session, photos: PhotoStore, scorecard: Scorecard, language: str) -> bytes:
    """The report of one visit as a PDF in `language`, its first page set as tightly as it needs."""
    report = visit_report.load(session, scorecard)
    layout = pdf.Layout(page(report, photos, language))
    tightness = 0 if _fits(layout) else _tightness(report, photos, language)
    return (pdf.Layout(page(report, photos, language, tightness)) if tightness else layout).write()


def _tightness(report: VisitReport, photos: PhotoStore, language: str) -> int:
    """How tightly the first page must be set, tried on that page alone."""
    for tightness in range(1, TIGHTEST):
        if _fits(pdf.Layout(page(report, photos, language, tightness, is_front_alone=True))):
            return tightness
    return TIGHTEST


def _fits(layout: pdf.Layout) -> bool:
    return layout.page_of(AFTER_FRONT) in (1, 2)


def of_visit(session: Session, config: Config, visit_id: UUID, language: str | None) -> bytes:
    """The report of a released visit, rendered now; in the language of its programme unless said."""
    released = select(Evaluation.id).where(Evaluation.visit_id == visit_id, editions.holds())
    scorecard = session.scalars(
        select(Scorecard).where(Scorecard.id.in_(editions.current(released)))
    ).one_or_none()
    if scorecard is None:
        raise NotFound()
    version = session.get_one(Version, scorecard.evaluation.version_id)
    programme = scorecard.evaluation.visit.wave.programme
    [first, *_rest] = filing.languages(canonical.read(version.document), programme.report_language)
    return render(session, PhotoStore(config.photos), scorecard, language or first)


def page(
    report: VisitReport,
    photos: PhotoStore,
    language: str,
    tightness: int = 0,
    *,
    is_front_alone: bool = False,
) -> pdf.Page:
    """The report as HTML with every file that it shows; `tightness` 0 to 2 sets the first page smaller."""
    strips = _strips(report, tightness)
    with speaking(language):
        template = _environment().get_template("reports/visit.html")
        html = template.render(
            language=language,
            strips=strips,
            tightness=tightness,
            is_front_alone=is_front_alone,
            **_context(report),
        )
        html = BETWEEN_BLOCKS.sub(r"\1", html)
        own_style = _own_style(report)
    return pdf.Page(html, own_style + _read("css/report.css").decode(), _files(report, photos, strips))


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the journey: columns for touchpoints, with the phases that they belong to."""

    parts: tuple[TouchpointPart, ...]
    columns: int
    is_slim: bool
    number: int
    height: int

    @property
    def chart(self) -> str:
        """The address of the row's columns."""
        return f"charts/journey-{self.number}.svg"

    @property
    def spare(self) -> int:
        """How many columns are left empty at the end."""
        return self.columns - len(self.parts)

    @property
    def phases(self) -> list[tuple[Phase, int]]:
        """The phases in order, each with the number of its touchpoints."""
        runs = groupby(self.parts, key=lambda part: part.touchpoint.phase)
        return [(phase, len(list(run))) for phase, run in runs]


def _strips(report: VisitReport, tightness: int) -> tuple[Strip, ...]:
    parts = report.touchpoints
    if len(parts) < 2:  # one touchpoint alone is the total
        return ()
    is_slim = len(parts) > MOST_NAMED
    rows = -(-len(parts) // (MOST_SLIM if is_slim else MOST_COLUMNS))
    columns = max(FEWEST_COLUMNS, -(-len(parts) // rows))
    starts = range(0, len(parts), columns)
    height = STRIP_HEIGHTS[min(rows + tightness, 3)]
    return tuple(
        Strip(parts[start : start + columns], columns, is_slim, number, height)
        for number, start in enumerate(starts, start=1)
    )


def _context(report: VisitReport) -> dict[str, Any]:
    places = (report.address, report.city, *reversed(report.areas))
    findings = Counter(question.score.finding.value for question in report.questions)
    return {
        "report": report,
        "document": report.document,
        "card": report.card,
        "bands": report.document.scoring.bands,
        "places": [place for place in dict.fromkeys(places) if place],
        "criticals": [question for question in report.questions if question.critical],
        "has_unscored": any(part.score.score is None for part in report.touchpoints),
        "has_targets": any(part.score.target is not None for part in report.touchpoints),
        "has_before": any(part.previous is not None for part in report.touchpoints),
        "counts": {
            "questions": len(report.questions) - findings["hidden"],
            "counted": sum(question.score.counted for question in report.questions),
            "na": findings["na"],
            "not_observed": findings["not_observed"],
        },
    }


def _files(report: VisitReport, photos: PhotoStore, strips: Iterable[Strip]) -> dict[str, pdf.File]:
    files = dict(_fixed_files())
    for shot in report.photos:
        path = photos.open(shot.sha256, Size.PRINT)
        files[f"photos/{shot.sha256}.jpg"] = pdf.File(DERIVED_TYPE, path.read_bytes)
    scoring = report.document.scoring
    previous = report.previous.millionths if report.previous else None
    total = Bar(report.card.millionths, report.card.band, _millionths(report.card.target), previous)
    fair, good = (int(border * MILLIONTHS_PER_CENT) for border in (scoring.bands.fair, scoring.bands.good))
    drawn = {"scale": charts.scale(total, fair=fair, good=good)}
    for strip in strips:
        bars = [_bar(part) for part in strip.parts]
        drawn[f"journey-{strip.number}"] = charts.journey(bars, columns=strip.columns, height=strip.height)
    for part in report.touchpoints:
        drawn[f"bar-{part.number}"] = charts.score_bar(_bar(part))
    return files | {f"charts/{name}.svg": _svg(chart) for name, chart in drawn.items()}


@cache
def _fixed_files() -> dict[str, pdf.File]:
    """What every report shows: its fonts and the keys of its charts."""
    fonts = {
        f"fonts/inter-{weight}.ttf": pdf.File(
            "font/ttf", partial(_read, f"vendor/fonts/ttf/inter-{weight}.ttf")
        )
        for weight in FONT_WEIGHTS
    }
    keys = {f"charts/sign-{band}.svg": _svg(charts.sign(band)) for band in Band}
    keys["charts/sign-none.svg"] = _svg(charts.sign(None))
    keys["charts/target.svg"] = _svg(charts.target_key())
    keys["charts/previous.svg"] = _svg(charts.previous_key())
    return fonts | keys


def _read(name: str) -> bytes:
    return (STATIC / name).read_bytes()


def _svg(chart: str) -> pdf.File:
    return pdf.File("image/svg+xml", chart.encode)


def _bar(part: TouchpointPart) -> Bar:
    return Bar(part.score.millionths, part.score.band, _millionths(part.score.target), part.previous)


def _millionths(percentage: Decimal | None) -> int | None:
    return None if percentage is None else int(percentage * MILLIONTHS_PER_CENT)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: translations(current_language()).ugettext(message),
        lambda one, many, n: translations(current_language()).ungettext(one, many, n),
        newstyle=True,
    )
    ours = (long_day, short_day, clock, bare, exact, percentage, share, excerpt, quoted, spaced)
    said = (saying.answer_text, saying.is_out_of_bounds)
    for function in (*ours, *said, filters.percent, filters.shown, filters.wording):
        environment.filters[function.__name__] = function
    return environment


def _own_style(report: VisitReport) -> str:
    """What is this report's own in its style: the brand's colour, and the words at the foot of each page."""
    values = {
        "accent": colours.readable(report.colour),
        "accent-soft": colours.tint(report.colour, PALE),
        "page-words": _page_words(),
    }
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in values.items())} }}\n"


def _page_words() -> str:
    """ "Page 1 of 4" as a value of the style property `content`."""
    words = gettext("Page %(page)s of %(pages)s", page="\n", pages="\f")
    counters = {"\n": "counter(page)", "\f": "counter(pages)"}
    for mark in counters:
        words = words.replace(mark, f"\0{mark}\0")
    return " ".join(counters.get(piece) or f'"{piece}"' for piece in words.split("\0") if piece)


def long_day(moment: datetime, zone: str) -> str:
    """A date in full in the place's own calendar: "Saturday 14 March 2026"."""
    return format_date(moment.astimezone(ZoneInfo(zone)).date(), "full", locale=filters.locale())


def short_day(moment: datetime, zone: str) -> str:
    """A date in few letters: "14 Mar 2026"."""
    return format_date(moment.astimezone(ZoneInfo(zone)).date(), "medium", locale=filters.locale())


def clock(moment: datetime, zone: str) -> str:
    """The time of day at the place: "12:05"."""
    return format_time(moment.astimezone(ZoneInfo(zone)), "HH:mm", locale=filters.locale())


def bare(figure: str) -> str:
    """A shown percentage with the reader's decimal sign, without the per cent sign."""
    return filters.shown(figure).rstrip("%\N{NO-BREAK SPACE}")


def exact(points: Fraction) -> str:
    """Points with at most two decimals."""
    rounded = Decimal(points.numerator) / Decimal(points.denominator)
    return filters.number(rounded.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def percentage(value: Decimal) -> str:
    """A target, cap or border as it was set: "80 %"."""
    return f"{filters.number(value)}\N{NO-BREAK SPACE}%"


def share(part: Fraction) -> str:
    """A part of the whole: "20 %", "33.3 %"."""
    return percentage(bands.shown(part))


def excerpt(text: str, longest: int) -> str:
    """The beginning of `text`, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:.–-") + "…"


def quoted(text: str) -> str:
    """`text` in the quotation marks of the reader's language."""
    return QUOTES[current_language()].format(text)


def spaced(text: str) -> str:
    """A hash in groups of eight, so that it can be read and may be broken."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))
