"""What a result is compared with, in words: means with their intervals, and lenses."""

from __future__ import annotations

from babel.numbers import format_decimal
from flask import Flask

from evaluations.document.tree import Lens
from evaluations.inference.intervals import Interval
from evaluations.inference.means import Estimate
from evaluations.scoring.card import Scorecard
from shopper import filters
from shopper.filters import percent, shown
from shopper.language import gettext as _
from shopper.wordings.designing import LENSES


def interval_text(interval: Interval) -> str:
    """The ends of an interval as they are printed: "77.0–85.8 %"."""
    low, high = interval.printed
    return f"{format_decimal(low, '0.0', locale=filters.locale())}–{shown(str(high))}"


def mean_text(estimate: Estimate) -> str:
    """A mean with its interval where there is one: "81.4 % (77.0–85.8 %)"."""
    mean = percent(estimate.millionths)
    return f"{mean} ({interval_text(estimate.interval)})" if estimate.interval else mean


def beside_text(card: Scorecard, estimate: Estimate) -> str:
    """What the chart of a score beside the mean of all shows."""
    score = _("without a score") if card.score is None else shown(card.shown)
    return _(
        "Scale from 0 to 100: this visit %(score)s, the mean of all locations %(mean)s",
        score=score,
        mean=mean_text(estimate),
    )


def lens_name(lens: Lens) -> str:
    """One of the lenses: "Simplicity"."""
    return str(LENSES[lens])


def init_app(app: Flask) -> None:
    """Give these to the templates."""
    for function in (interval_text, mean_text, lens_name):
        app.jinja_env.filters[function.__name__] = function
