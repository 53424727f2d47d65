"""The map of a journey weighs as scoring does, and each rule on what is left out finds that and nothing else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluations.designing.journeys import RULES, Gap, gaps, journey_of
from evaluations.designing.library import default_script
from evaluations.document.answers import answered
from evaluations.document.tree import (
    AnyQuestion,
    Channel,
    Document,
    Instruction,
    Lens,
    Phase,
    Photo,
    Stage,
    Touchpoint,
)
from evaluations.scoring.scorecard import score
from tests.evaluations.designing.documents import choice, document, journey, touchpoint, yes_no


def asks(key: str, points: int = 10, **values: Any) -> AnyQuestion:
    return yes_no(key, points=points, **({"lenses": tuple(Lens)} | values))


def stop(key: str, points: int = 10, **values: Any) -> Touchpoint:
    return touchpoint(key, asks(f"q_{key}", points), **({"target": 80} | values))


def whole() -> list[Touchpoint]:
    """A journey in which nothing is missing."""
    return [
        stop("advert", 10, phase=Phase.BEFORE, stage=Stage.AWARENESS, channel=Channel.PRINT),
        stop("site", 20, phase=Phase.BEFORE, stage=Stage.CONSIDERATION, channel=Channel.WEB),
        stop("till", 30),
        touchpoint(
            "mail", asks("arrived", 20, due_days=3), phase=Phase.AFTER, stage=Stage.LOYALTY, target=80
        ),
        stop("repair", 20, phase=Phase.AFTER, stage=Stage.USE),
    ]


def found(*touchpoints: Touchpoint, **values: Any) -> tuple[Gap, ...]:
    return gaps(journey_of(document(*touchpoints, **values)))


def codes(*touchpoints: Touchpoint, **values: Any) -> set[str]:
    return {gap.code for gap in found(*touchpoints, **values)}


def without(key: str) -> list[Touchpoint]:
    return [each for each in whole() if each.key != key]


def with_changed(key: str, **values: Any) -> list[Touchpoint]:
    return [each.model_copy(update=values) if each.key == key else each for each in whole()]


def test_a_journey_in_which_nothing_is_missing_has_no_gap() -> None:
    assert found(*whole()) == ()


def test_an_empty_journey_has_no_gap_since_it_is_none() -> None:
    assert found() == ()


def test_the_map_is_in_the_order_of_phases_and_keeps_the_numbers_of_the_checklist() -> None:
    late, early = stop("late", phase=Phase.AFTER), stop("early", phase=Phase.BEFORE)
    stops = journey_of(document(late, early)).stops
    assert [(one.touchpoint.key, one.number) for one in stops] == [("early", 2), ("late", 1)]


def test_a_stop_counts_what_asks_and_names_the_days_once() -> None:
    one = touchpoint(
        "mail",
        Instruction(key="read"),
        asks("a", due_days=14),
        asks("b", due_days=3),
        asks("c", due_days=3),
        asks("d"),
    )
    [only] = journey_of(document(one)).stops
    assert (only.questions, only.days) == (4, (3, 14))


@pytest.mark.parametrize("total", ["points", "weights"])
def test_the_shares_are_those_by_which_scoring_counts(total: str) -> None:
    """Losing all of one touchpoint costs the total exactly its share."""
    parts = [
        stop("one", 10, weight=Decimal("2.5")),
        touchpoint("two", choice("queue", 7, 3, 0), asks("extra", 4, bonus=True), weight=Decimal(1)),
        stop("three", 13, weight=Decimal("0.25")),
    ]
    doc = document(*parts, scoring={"total": total})
    perfect = {"q_one": "yes", "queue": "option_1", "q_three": "yes"}
    worst = {"q_one": "no", "queue": "option_3", "q_three": "no"}
    for each in journey_of(doc).stops:
        lost = {question.key for question in each.touchpoint.questions}
        given = {key: answered((worst if key in lost else perfect)[key]) for key in perfect}
        assert score(doc, given).score == 1 - (each.share or Fraction(0))


def test_a_weight_of_0_is_a_share_of_0_and_nothing_to_earn_is_no_share() -> None:
    parts = [stop("one", weight=0), stop("two", weight=3), touchpoint("proof", Photo(key="front"), weight=5)]
    one, two, proof = journey_of(document(*parts, scoring={"total": "weights"})).stops
    assert (one.share, two.share, proof.share) == (Fraction(0), Fraction(1), None)


def test_an_empty_phase_is_a_gap() -> None:
    assert [gap.of for gap in found(*without("till")) if gap.code == "phase_empty"] == [Phase.DURING]
    after = [each for each in whole() if each.phase is not Phase.AFTER]
    assert [gap.of for gap in found(*after) if gap.code == "phase_empty"] == [Phase.AFTER]


def test_what_is_asked_days_later_looks_at_the_time_after() -> None:
    during = [each for each in whole() if each.phase is Phase.DURING]
    later = touchpoint("mail", yes_no("arrived", due_days=7))
    assert "phase_empty" in codes(*during)
    assert [gap.of for gap in found(*during, later) if gap.code == "phase_empty"] == [Phase.BEFORE]


def test_a_phase_that_carries_next_to_nothing_is_a_gap_up_to_a_twentieth() -> None:
    def light(points: int) -> list[tuple[Phase, Fraction]]:
        parts = [stop("a", points, phase=Phase.BEFORE), stop("b", 50), stop("c", 100 - 50 - points)]
        return [(gap.of, gap.share) for gap in found(*parts) if gap.code == "phase_light"]  # type: ignore[misc]

    assert light(5) == [(Phase.BEFORE, Fraction(5, 100))]
    assert light(6) == []


def test_a_phase_without_any_score_carries_nothing() -> None:
    parts = [*without("advert")[1:], touchpoint("advert", Photo(key="seen"), phase=Phase.BEFORE)]
    assert Gap("phase_light", of=Phase.BEFORE, share=Fraction(0)) in found(*parts)


def test_where_nothing_is_scored_no_phase_is_said_to_be_light() -> None:
    assert "phase_light" not in codes(touchpoint("one", Photo(key="seen")))


def test_an_empty_stage_is_a_gap() -> None:
    assert [gap.of for gap in found(*without("repair")) if gap.code == "stage_empty"] == [Stage.USE]


def test_a_single_channel_is_a_gap_from_three_touchpoints_on() -> None:
    in_store = [each.model_copy(update={"channel": Channel.STORE}) for each in whole()]
    assert Gap("one_channel", of=Channel.STORE) in found(*in_store)
    assert "one_channel" not in codes(*in_store[:2])
    assert "one_channel" not in codes(*with_changed("site", channel=Channel.WEB))


def test_half_of_the_score_at_one_touchpoint_is_a_gap() -> None:
    half = [stop("a", 50), stop("b", 30), stop("c", 20)]
    assert [(gap.touchpoint, gap.share) for gap in found(*half) if gap.code == "touchpoint_heavy"] == [
        ("a", Fraction(1, 2))
    ]
    assert "touchpoint_heavy" not in codes(stop("a", 49), stop("b", 31), stop("c", 20))
    assert "touchpoint_heavy" not in codes(stop("a", 50), stop("b", 50))


def test_next_to_nothing_of_the_score_is_a_gap() -> None:
    parts = [stop("returns", 2), stop("b", 49), stop("c", 49)]
    assert [(gap.touchpoint, gap.share) for gap in found(*parts) if gap.code == "touchpoint_light"] == [
        ("returns", Fraction(2, 100))
    ]
    assert "touchpoint_light" not in codes(stop("returns", 4), stop("b", 48), stop("c", 48))


def test_among_many_touchpoints_a_little_is_no_gap() -> None:
    alike = [stop(f"t{number}", 100) for number in range(49)]
    assert "touchpoint_light" not in codes(*alike, stop("last", 90))
    assert "touchpoint_light" in codes(*alike, stop("last", 40))


def test_weighing_all_alike_is_a_gap() -> None:
    assert Gap("all_weigh_alike", share=Fraction(1, 3)) in found(stop("a"), stop("b"), stop("c"))
    assert "all_weigh_alike" not in codes(stop("a"), stop("b"), stop("c", 11))
    assert "all_weigh_alike" not in codes(stop("a"), stop("b"))


def test_a_touchpoint_without_a_score_is_a_gap_and_one_without_a_question_another() -> None:
    proof, silent = touchpoint("proof", Photo(key="front")), touchpoint("silent", Instruction(key="read"))
    said = found(*whole(), proof, silent)
    assert Gap("touchpoint_unscored", "proof") in said
    assert Gap("touchpoint_asks_nothing", "silent") in said
    assert Gap("touchpoint_unscored", "silent") not in said


def test_no_target_at_all_is_one_gap_and_a_missing_one_is_named() -> None:
    aimless = [each.model_copy(update={"target": None}) for each in whole()]
    assert {"no_target"} == codes(*aimless)
    assert found(*with_changed("till", target=None)) == (Gap("target_missing", "till"),)


def test_what_has_no_score_needs_no_target() -> None:
    proof = touchpoint("proof", asks("front", 0), target=None)
    assert "target_missing" not in codes(*whole(), proof)


def test_asking_nothing_later_is_a_gap_where_something_stands_after_the_purchase() -> None:
    at_once = with_changed("mail", questions=(asks("arrived", 20),))
    assert found(*at_once) == (Gap("nothing_later", "mail"),)
    assert "nothing_later" not in codes(*[each for each in at_once if each.phase is not Phase.AFTER])


def test_a_lens_that_no_question_looks_through_is_a_gap() -> None:
    def seen_through(*lenses: Lens) -> tuple[Gap, ...]:
        return found(
            *[
                each.model_copy(
                    update={
                        "questions": tuple(
                            one.model_copy(update={"lenses": lenses}) for one in each.questions
                        )
                    }
                )
                for each in whole()
            ]
        )

    some = seen_through(Lens.RELEVANCE, Lens.USEFULNESS, Lens.ATTRACTIVENESS, Lens.CONSISTENCY)
    assert some == (Gap("lens_unused", of=Lens.SIMPLICITY),)
    assert seen_through() == (Gap("no_lens", count=5),)


def test_a_touchpoint_that_is_asked_after_a_later_phase_is_a_gap() -> None:
    parts = whole()
    assert found(parts[0], *parts[2:], parts[1]) == (Gap("out_of_order", "site"),)


def test_every_rule_is_told_apart_by_its_code() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_gaps_come_in_the_order_of_the_rules() -> None:
    order = [rule.code for rule in RULES]
    places = [order.index(gap.code) for gap in gaps(journey_of(journey()))]
    assert len(places) > 3
    assert places == sorted(places)


def test_the_script_of_a_store_visit_is_told_what_it_leaves_out() -> None:
    script = Document(touchpoints=default_script())
    empty = {gap.of for gap in gaps(journey_of(script)) if gap.code == "phase_empty"}
    assert empty == {Phase.BEFORE, Phase.AFTER}
