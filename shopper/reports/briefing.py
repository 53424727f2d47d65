"""The briefing on paper: what a shopper reads before a visit, the journey, and the checklist to be filled in by hand.

Run as a program, this module is the process that sets it: WeasyPrint stays out of the web's. It gets what is to be
said and answers a PDF; it sees no database and no secrets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment

from evaluations.confined import Answer, serve
from evaluations.designing.journeys import JourneyMap, Stop, journey_of
from evaluations.designing.outline import numbers, outline
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Picture, Touchpoint
from evaluations.models import Paper
from evaluations.reporting import pdf
from evaluations.reporting.branding import Brand
from shopper import journeys, saying
from shopper.briefings import Told
from shopper.filters import wording
from shopper.language import speaking
from shopper.reports import files, on_paper
from shopper.reports.environment import environment
from shopper.reports.style import own_style
from shopper.reports.visit import BETWEEN_BLOCKS
from shopper.wordings.designing import CHANNELS, PHASES, STAGES

IDLE_S = 300.0
"""After which the process ends by itself: it holds a hundred megabytes."""
LONG = 1200
"""Characters from which on a question may be split between pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands on paper."""

    number: int | None
    """None where nothing is asked."""
    question: AnyQuestion
    only_if: str
    pictures: tuple[Picture, ...]

    @property
    def is_long(self) -> bool:
        """Whether it may take more than a page."""
        options = getattr(self.question, "options", ())
        wordings = (self.question.text, self.question.help, *(option.text for option in options))
        return len(self.only_if) + sum(max(map(len, each.values()), default=0) for each in wordings) > LONG


@dataclass(frozen=True, slots=True)
class Part:
    """One touchpoint with its questions."""

    stop: Stop
    name: str
    only_if: str
    asked: list[Asked]

    @property
    def touchpoint(self) -> Touchpoint:
        """The touchpoint itself."""
        return self.stop.touchpoint


def render(told: Told, document: Document, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The briefing as a PDF."""
    return pdf.Layout(page(told, document, pictures or {})).write()


def page(told: Told, document: Document, pictures: Mapping[str, bytes]) -> pdf.Page:
    """The briefing as HTML with every file that it shows."""
    journey = journey_of(document)
    with speaking(told.language):
        title = journeys.summary(journey, document, weighed=told.shows_marking)
        strips = _strips(journey, document, told, title)
        html = (
            _environment()
            .get_template("reports/briefing.html")
            .render(
                told=told,
                language=told.language,
                document=document,
                outline=outline(document),
                briefing=[line for line in wording(document.briefing, document).splitlines() if line.strip()],
                journey=journey,
                map_title=title,
                caption=journeys.caption(journey),
                dashes=journeys.dashes(journey),
                strips=range(1, len(strips) + 1),
                phases=journeys.rows(journey, document),
                parts=list(_parts(journey, document, pictures)),
                words={"phases": PHASES, "stages": STAGES, "channels": CHANNELS},
            )
        )
        html = BETWEEN_BLOCKS.sub(r"\1", html)
        style = own_style(Brand("", paper=Paper(told.paper)))
    shown = files.fixed_files() | {
        f"journey-{number}.svg": files.svg_file(strip) for number, strip in enumerate(strips, start=1)
    }
    shown |= {
        f"pictures/{name}.jpg": pdf.File("image/jpeg", body.__bytes__) for name, body in pictures.items()
    }
    sheets = "".join(files.read(f"css/{name}.css").decode() for name in ("report", "briefing"))
    return pdf.Page(html, style + sheets, shown)


@cache
def _environment() -> Environment:
    """The templates of reports, with what questions on paper need."""
    own = environment().overlay()
    own.filters = environment().filters | on_paper.FILTERS
    return own


def _strips(journey: JourneyMap, document: Document, told: Told, title: str) -> Sequence[str]:
    if not journey.stops:
        return ()
    return journeys.strips(journey, document, title=title, weighed=told.shows_marking)


def _parts(journey: JourneyMap, document: Document, pictures: Mapping[str, bytes]) -> Iterator[Part]:
    """The touchpoints in the order in which a shopper goes through them; questions are numbered throughout."""
    numbered = numbers(document)
    for stop in sorted(journey.stops, key=lambda stop: stop.number):
        asked = [
            Asked(
                numbered.get(question.key),
                question,
                saying.only_if(question.show_if, document),
                tuple(each for each in question.pictures if each.sha256 in pictures),
            )
            for question in stop.touchpoint.questions
        ]
        yield Part(
            stop, journeys.name_of(stop, document), saying.only_if(stop.touchpoint.show_if, document), asked
        )


def _answered(frames: list[bytes]) -> Answer:
    """The PDF of what is told: what it says, its checklist, and then each picture after its name."""
    told, document, *rest = frames
    pictures = {name.decode(): body for name, body in zip(rest[::2], rest[1::2], strict=True)}
    return {}, [render(Told(**json.loads(told)), canonical.read(document.decode()), pictures)]


if __name__ == "__main__":
    pdf.settle()
    serve(_answered, idle_s=IDLE_S)
