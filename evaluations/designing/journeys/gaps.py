"""What a journey leaves out, as hints: not every touchpoint suits every company, so nothing here is an error.

Each rule is a line of `RULES`: a code, how it is found, and where it begins. The web edge words them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluations.designing.journeys.mapping import PHASES, JourneyMap
from evaluations.document.tree import Channel, Lens, Phase, Stage

Finder = Callable[[JourneyMap, "Rule"], Iterator["Gap"]]
NOTHING = Fraction(0)
ENOUGH = 3
"""With fewer touchpoints it says nothing how they compare."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that the journey leaves out: of what, or at which touchpoint, and how much there is."""

    code: str
    touchpoint: str | None = None
    of: Phase | Stage | Channel | Lens | None = None
    share: Fraction | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of gap is found."""

    code: str
    finds: Finder
    limit: Fraction = NOTHING
    """The part of the score at which it begins."""


def gaps(journey: JourneyMap) -> tuple[Gap, ...]:
    """Everything that `journey` leaves out, in the order of the rules; of an empty one nothing is said."""
    if not journey.stops:
        return ()
    return tuple(gap for rule in RULES for gap in rule.finds(journey, rule))


def _empty_phases(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    """What is asked days after the visit looks at the time after the purchase, wherever it stands."""
    looked_at = {stop.touchpoint.phase for stop in journey.stops}
    if any(stop.days for stop in journey.stops):
        looked_at.add(Phase.AFTER)
    yield from (Gap(rule.code, of=phase) for phase in Phase if phase not in looked_at)


def _light_phases(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    if not journey.scored:
        return
    for phase in Phase:
        part = journey.part_of(phase)
        if journey.in_phase(phase) and part <= rule.limit:
            yield Gap(rule.code, of=phase, share=part)


def _empty_stages(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    met = {stop.touchpoint.stage for stop in journey.stops}
    yield from (Gap(rule.code, of=stage) for stage in Stage if stage not in met)


def _one_channel(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    channels = {stop.touchpoint.channel for stop in journey.stops}
    if len(channels) == 1 and len(journey.stops) >= ENOUGH:
        yield Gap(rule.code, of=channels.pop())


def _heavy(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    if len(journey.stops) >= ENOUGH:
        for stop in journey.scored:
            if stop.share is not None and stop.share >= rule.limit:
                yield Gap(rule.code, stop.touchpoint.key, share=stop.share)


def _light(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    """Those up to the limit, and up to half of what each would carry if all carried the same."""
    if len(journey.scored) < ENOUGH:
        return
    half_of_even = Fraction(1, 2 * len(journey.scored))
    for stop in journey.scored:
        if stop.share is not None and stop.share <= min(rule.limit, half_of_even):
            yield Gap(rule.code, stop.touchpoint.key, share=stop.share)


def _all_alike(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    if len(journey.scored) >= ENOUGH and len({stop.share for stop in journey.scored}) == 1:
        yield Gap(rule.code, share=journey.scored[0].share)


def _without_score(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    for stop in journey.stops:
        if stop.share is None and stop.questions:
            yield Gap(rule.code, stop.touchpoint.key)


def _without_question(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    yield from (Gap(rule.code, stop.touchpoint.key) for stop in journey.stops if not stop.questions)


def _no_target(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    if journey.scored and all(stop.touchpoint.target is None for stop in journey.stops):
        yield Gap(rule.code, count=len(journey.stops))


def _some_targets(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    if any(stop.touchpoint.target is not None for stop in journey.stops):
        for stop in journey.scored:
            if stop.touchpoint.target is None:
                yield Gap(rule.code, stop.touchpoint.key)


def _unused_lenses(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    used = frozenset(lens for stop in journey.stops for lens in stop.lenses)
    if used:
        yield from (Gap(rule.code, of=lens) for lens in Lens if lens not in used)


def _no_lens(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    questions = sum(stop.questions for stop in journey.stops)
    if questions and not any(stop.lenses for stop in journey.stops):
        yield Gap(rule.code, count=questions)


def _nothing_later(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    afterwards = [stop for stop in journey.in_phase(Phase.AFTER) if stop.questions]
    if afterwards and not any(stop.days for stop in journey.stops):
        yield Gap(rule.code, afterwards[0].touchpoint.key)


def _out_of_order(journey: JourneyMap, rule: Rule) -> Iterator[Gap]:
    in_turn = sorted(journey.stops, key=lambda stop: stop.number)
    for before, stop in pairwise(in_turn):
        if PHASES.index(stop.touchpoint.phase) < PHASES.index(before.touchpoint.phase):
            yield Gap(rule.code, stop.touchpoint.key)


RULES = (
    Rule("phase_empty", _empty_phases),
    Rule("phase_light", _light_phases, Fraction(5, 100)),
    Rule("stage_empty", _empty_stages),
    Rule("one_channel", _one_channel),
    Rule("touchpoint_heavy", _heavy, Fraction(50, 100)),
    Rule("touchpoint_light", _light, Fraction(3, 100)),
    Rule("all_weigh_alike", _all_alike),
    Rule("touchpoint_unscored", _without_score),
    Rule("touchpoint_asks_nothing", _without_question),
    Rule("no_target", _no_target),
    Rule("target_missing", _some_targets),
    Rule("nothing_later", _nothing_later),
    Rule("no_lens", _no_lens),
    Rule("lens_unused", _unused_lenses),
    Rule("out_of_order", _out_of_order),
)
