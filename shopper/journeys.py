"""A checklist's journey as people see it: the map's words, and each touchpoint's figures, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from evaluations.designing.journeys import JourneyMap, Stop
from evaluations.document.tree import Document, Phase, Stage
from evaluations.reporting.charts import (
    DARK,
    LIGHT,
    PRINT,
    MapWords,
    Palette,
    Place,
    journey_map,
    journey_strips,
)
from evaluations.scoring import bands
from shopper import saying
from shopper.filters import number, shown, wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.wordings.designing import CHANNELS, PHASES, STAGES

PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}
PAGE = Palette(
    ink="var(--ink)",
    paper="var(--paper)",
    track="var(--mist)",
    line="var(--line)",
    muted="var(--muted)",
    accent="var(--accent)",
    on_accent="var(--on-accent)",
)
"""For a map that stands in a page itself, where it follows the page's colours."""
LARGEST_DOT, LEAST_DOT = 22.0, 2.0
"""The radius of a touchpoint's dot in the list, in pixels."""


@dataclass(frozen=True, slots=True)
class Row:
    """One touchpoint in the list beside the map."""

    stop: Stop
    name: str
    share: str
    target: str
    days: str
    only_if: str
    """When it is shown at all, as a sentence."""
    radius: float

    @property
    def facts(self) -> str:
        """Everything else about it in one line."""
        touchpoint = self.stop.touchpoint
        target = _("target %(target)s", target=self.target) if self.target else ""
        asked = ngettext("%(n)s question", "%(n)s questions", self.stop.questions)
        said = (STAGES[touchpoint.stage], CHANNELS[touchpoint.channel], target, asked, self.days)
        return " · ".join(str(part).replace(" ", "\N{NO-BREAK SPACE}") for part in said if part)

    @property
    def has_score(self) -> bool:
        """Whether its answers earn anything."""
        return self.stop.share is not None


def rows(journey: JourneyMap, document: Document) -> list[tuple[Phase, list[Row]]]:
    """The list beside the map: each phase with its touchpoints."""
    most = max((stop.share for stop in journey.scored if stop.share is not None), default=Fraction(0))
    return [(phase, [_row(stop, document, most) for stop in journey.in_phase(phase)]) for phase in Phase]


def picture(
    journey: JourneyMap, document: Document, *, palette: Palette = LIGHT, captioned: bool = True
) -> str:
    """The map as one picture."""
    said = f"{caption(journey)} {dashes(journey)}".strip() if captioned else ""
    words = _words(summary(journey, document), said)
    return journey_map(_places(journey, document, weighed=True), words, palette=palette)


def strips(journey: JourneyMap, document: Document, *, title: str, weighed: bool) -> Sequence[str]:
    """The map for paper, row by row."""
    places = _places(journey, document, weighed=weighed)
    words = _words(title, "", nothing="" if weighed else "–")
    return journey_strips(places, words, palette=PRINT, weighed=weighed)


def caption(journey: JourneyMap) -> str:
    """What the circles mean."""
    if journey.by_weights:
        return _("The area of a circle is the touchpoint’s part of the score, by weights.")
    return _("The area of a circle is the touchpoint’s part of the score, by points.")


def dashes(journey: JourneyMap) -> str:
    """What the dashed lines of the map mean, where there are any."""
    stages = {stop.touchpoint.stage for stop in journey.stops}
    if len(stages) == len(Stage) and all(journey.in_phase(phase) for phase in Phase):
        return ""
    return _("Dashed: nothing looks there.")


def summary(journey: JourneyMap, document: Document, *, weighed: bool = True) -> str:
    """What the map shows in two or three sentences, for those who do not see it."""
    counts = ", ".join(f"{PHASES[phase]}: {len(journey.in_phase(phase))}" for phase in Phase)
    said = [_("Map of the customer’s journey. Touchpoints %(counts)s.", counts=counts)]
    if weighed and journey.scored:
        heaviest = max(journey.scored, key=lambda stop: stop.share or 0)
        said.append(
            _(
                "“%(touchpoint)s” carries most of the score: %(share)s.",
                touchpoint=name_of(heaviest, document),
                share=share_text(heaviest.share),
            )
        )
    return " ".join(said)


def name_of(stop: Stop, document: Document) -> str:
    """What a touchpoint is called."""
    return wording(stop.touchpoint.name, document) or _("No name yet")


def share_text(share: Fraction | None) -> str:
    """A part of the score, with one decimal as its neighbours have: "13.0 %"; nothing and all are whole."""
    if share is None:
        return "–"
    figure = bands.shown(share)
    return percent_text(figure) if share in {0, 1} else shown(str(figure))


def percent_text(percent: Decimal) -> str:
    """A percentage as it was set: "80 %"."""
    return f"{number(percent)}\N{NO-BREAK SPACE}%"


def days_text(days: Sequence[int]) -> str:
    """When something is asked after the visit: "after 3 and 14 days"."""
    if not days:
        return ""
    if len(days) == 1:
        return ngettext("after %(n)s day", "after %(n)s days", days[0])
    *first, last = (str(day) for day in days)
    return _("after %(first)s and %(last)s days", first=", ".join(first), last=last)


def _row(stop: Stop, document: Document, most: Fraction) -> Row:
    target = stop.touchpoint.target
    part = sqrt(stop.share / most) if stop.share and most else 0.0
    return Row(
        stop=stop,
        name=name_of(stop, document),
        share=share_text(stop.share),
        target="" if target is None else percent_text(target),
        days=days_text(stop.days),
        only_if=saying.only_if(stop.touchpoint.show_if, document),
        radius=round(max(LEAST_DOT, LARGEST_DOT * part), 2),
    )


def _places(journey: JourneyMap, document: Document, *, weighed: bool) -> list[Place]:
    return [
        Place(
            number=stop.number,
            name=name_of(stop, document),
            phase=stop.touchpoint.phase,
            stage=stop.touchpoint.stage,
            share=stop.share,
            figure=share_text(stop.share),
            notes=tuple(_notes(stop, weighed=weighed)),
        )
        for stop in journey.stops
    ]


def _notes(stop: Stop, *, weighed: bool) -> list[str]:
    touchpoint = stop.touchpoint
    notes = [str(CHANNELS[touchpoint.channel]), ngettext("%(n)s question", "%(n)s questions", stop.questions)]
    if weighed and touchpoint.target is not None:
        notes.append(_("target %(target)s", target=percent_text(touchpoint.target)))
    return [*notes, days_text(stop.days)] if stop.days else notes


def _words(title: str, caption: str, nothing: str = "") -> MapWords:
    return MapWords(
        title=title,
        phases={phase: str(name) for phase, name in PHASES.items()},
        stages={stage: str(name) for stage, name in STAGES.items()},
        nothing=nothing or _("Nothing here yet"),
        caption=caption,
    )
