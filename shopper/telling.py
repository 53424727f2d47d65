"""What charts show, told in words: their text for whoever does not see them, in the reader's language.

The figures stand beside each chart as a table too; this is what is read out in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluations.reporting.charts import Bar, Step
from shopper.filters import percent
from shopper.language import gettext as _
from shopper.language import ngettext

BETWEEN = "; "


def trend(steps: Sequence[Step], names: Sequence[str]) -> str:
    """A trend wave by wave, with the mean of all locations and its interval where there are enough."""
    told = BETWEEN.join(_step(step, name) for step, name in zip(steps, names, strict=True))
    return _("Scores wave by wave, on a scale from 0 to 100 %%: %(waves)s.", waves=told)


def panel(name: str, steps: Sequence[Step]) -> str:
    """One touchpoint through the waves, the oldest first."""
    told = BETWEEN.join(_figure(step.mean) for step in steps)
    return _("%(touchpoint)s through the waves: %(figures)s", touchpoint=name, figures=told)


def journey(bars: Sequence[Bar], names: Sequence[str]) -> str:
    """The touchpoints in journey order, each with its score."""
    told = (
        BETWEEN.join([f"{name} {_figure(bar.score)}", *_compared(bar)])
        for bar, name in zip(bars, names, strict=True)
    )
    return _("Columns along the journey: %(touchpoints)s", touchpoints=BETWEEN.join(told))


def spread(scores: Sequence[int], mean: int | None) -> str:
    """How many scores there are, from the lowest to the highest, and their mean where one is drawn."""
    if not scores:
        return _("No scores")
    told = ngettext(
        "%(n)s score, %(low)s",
        "%(n)s scores from %(low)s to %(high)s",
        len(scores),
        low=percent(min(scores)),
        high=percent(max(scores)),
    )
    return told if mean is None else BETWEEN.join([told, _("mean %(mean)s", mean=percent(mean))])


def _step(step: Step, name: str) -> str:
    told = [f"{name} {_figure(step.mean)}"]
    if step.apart:
        told.append(
            _("with a critical answer %(scores)s", scores=", ".join(percent(score) for score in step.apart))
        )
    if step.context is not None:
        told.append(_("all locations %(mean)s", mean=_with_interval(step)))
    if step.target is not None:
        told.append(_("target %(target)s", target=percent(step.target)))
    return ", ".join(told)


def _with_interval(step: Step) -> str:
    if step.interval is None:
        return percent(step.context)
    low, high = (percent(end) for end in step.interval)
    return f"{percent(step.context)} ({low}–{high})"


def _compared(bar: Bar) -> Iterable[str]:
    if bar.target is not None:
        yield _("target %(target)s", target=percent(bar.target))
    if bar.previous is not None:
        yield _("wave before %(score)s", score=percent(bar.previous))


def _figure(millionths: int | None) -> str:
    return _("no score") if millionths is None else percent(millionths)
