"""Tallies, criticals, totals and lenses, rule by rule."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Answer, answered
from evaluations.document.kinds import Finding
from evaluations.document.tree import Critical, Effect, Lens, Narrative, Option, SingleChoice, YesNo
from evaluations.scoring.bands import Band, Verdict
from evaluations.scoring.scorecard import score
from tests.evaluations.scoring.checklists import BONUS, a_choice, a_document, a_touchpoint

YES, NO = answered("yes"), answered("no")


def a_yes_no(key: str = "greeted", **more: object) -> YesNo:
    return YesNo(key=key, **more)


def critical(effect: Effect, cap: str | None = None, on: tuple[str, ...] = ("no",)) -> Critical:
    return Critical(on=on, effect=effect, cap=None if cap is None else Decimal(cap))


# Tallies


def test_an_empty_checklist_is_not_scored() -> None:
    card = score(a_document(), {})
    assert (card.verdict, card.score, card.touchpoints, card.renormalised) == (
        Verdict.NOT_SCORED,
        None,
        (),
        False,
    )


def test_answers_to_questions_that_the_checklist_lacks_are_not_looked_at() -> None:
    document = a_document(a_touchpoint(a_yes_no()))
    assert score(document, {"greeted": YES, "elsewhere": NO}) == score(document, {"greeted": YES})


def test_an_answer_that_cannot_be_read_is_blank() -> None:
    document = a_document(a_touchpoint(a_yes_no(), a_yes_no("helped")))
    card = score(document, {"greeted": answered("perhaps"), "helped": YES})
    assert card.questions[0].finding is Finding.BLANK
    assert card.shown == "100.0"


def test_blanks_are_left_out_unless_the_checklist_says_that_they_count() -> None:
    touchpoint = a_touchpoint(a_yes_no(), a_yes_no("helped"))
    assert score(a_document(touchpoint), {"greeted": YES}).shown == "100.0"
    counted = score(a_document(touchpoint, blanks_count=True), {"greeted": YES})
    assert counted.shown == "50.0"
    assert [one.key for one in counted.questions if one.failed] == ["helped"]


def test_a_touchpoint_where_nothing_is_possible_has_no_score_and_loses_its_bonus() -> None:
    touchpoint = a_touchpoint(BONUS, Narrative(key="story"), key="empty")
    document = a_document(touchpoint, a_touchpoint(a_yes_no()), bonus_may_exceed=True)
    card = score(document, {"smile": YES, "story": answered("She smiled."), "greeted": YES})
    assert card.touchpoints[0].score is None
    assert (card.earned, card.possible, card.shown) == (10, 10, "100.0")


def test_a_weight_of_0_takes_no_part_in_the_total() -> None:
    document = a_document(
        a_touchpoint(a_yes_no(), key="t1", weight="0"),
        a_touchpoint(a_yes_no("helped"), key="t2", weight="2.5"),
        total="weights",
    )
    card = score(document, {"greeted": NO, "helped": YES})
    assert (card.shown, card.touchpoints[0].shown) == ("100.0", "0.0")
    assert [one.share for one in card.touchpoints] == [0, 1]


def test_weights_that_are_all_0_give_no_score() -> None:
    document = a_document(a_touchpoint(a_yes_no(), weight="0"), total="weights")
    card = score(document, {"greeted": YES})
    assert (card.score, card.verdict) == (None, Verdict.NOT_SCORED)
    assert card.touchpoints[0].shown == "100.0"


def test_the_weights_are_renormalised_only_when_one_that_weighs_has_no_score() -> None:
    def renormalised(weight: str, answer: Answer, total: str = "weights") -> bool:
        document = a_document(
            a_touchpoint(a_yes_no(na_allowed=True), key="t1", weight=weight),
            a_touchpoint(a_yes_no("helped"), key="t2"),
            total=total,
        )
        return score(document, {"greeted": answer, "helped": YES}).renormalised

    assert renormalised("2", NOT_APPLICABLE) is True
    assert renormalised("2", YES) is False
    assert renormalised("0", NOT_APPLICABLE) is False
    assert renormalised("2", NOT_APPLICABLE, "points") is False


def test_each_touchpoint_says_what_part_of_the_total_it_makes() -> None:
    touchpoints = (
        a_touchpoint(a_yes_no(points=Decimal(30)), key="t1", weight="1"),
        a_touchpoint(a_yes_no("helped"), key="t2", weight="4"),
        a_touchpoint(Narrative(key="story"), key="t3", weight="5"),
    )
    answers = {"greeted": YES, "helped": YES}
    by_points = score(a_document(*touchpoints), answers)
    by_weights = score(a_document(*touchpoints, total="weights"), answers)
    assert [one.share for one in by_points.touchpoints] == [Fraction(3, 4), Fraction(1, 4), 0]
    assert [one.share for one in by_weights.touchpoints] == [Fraction(1, 5), Fraction(4, 5), 0]


def test_did_not_observe_is_tallied_apart_and_is_neither_no_nor_not_applicable() -> None:
    document = a_document(
        a_touchpoint(a_yes_no(not_observed_allowed=True), key="t1"),
        a_touchpoint(a_yes_no("helped", not_observed_allowed=True), a_yes_no("thanked"), key="t2"),
    )
    card = score(document, {"greeted": NOT_OBSERVED, "helped": NOT_OBSERVED, "thanked": YES})
    assert (card.shown, card.not_observed) == ("100.0", 2)
    assert [one.not_observed for one in card.touchpoints] == [1, 1]
    assert [one.finding for one in card.questions][:2] == [Finding.NOT_OBSERVED] * 2


# Bonus


def test_a_bonus_makes_up_for_points_lost_in_its_own_touchpoint_only() -> None:
    document = a_document(
        a_touchpoint(a_yes_no(), a_yes_no("helped"), BONUS, key="t1"),
        a_touchpoint(a_yes_no("thanked"), key="t2"),
    )
    lost_here = score(document, {"greeted": YES, "helped": NO, "smile": YES, "thanked": YES})
    lost_there = score(document, {"greeted": YES, "helped": YES, "smile": YES, "thanked": NO})
    assert (lost_here.earned, lost_there.earned) == (25, 20)


def test_a_bonus_that_may_exceed_lifts_the_weighted_total_above_100() -> None:
    document = a_document(a_touchpoint(a_yes_no(), BONUS), total="weights", bonus_may_exceed=True)
    card = score(document, {"greeted": YES, "smile": YES})
    assert (card.shown, card.band) == ("150.0", Band.GOOD)


def test_a_bonus_question_never_fails_by_earning_nothing() -> None:
    card = score(a_document(a_touchpoint(a_yes_no(), BONUS)), {"greeted": YES, "smile": NO})
    assert [one.failed for one in card.questions] == [False, False]


# Criticals


def test_a_critical_question_that_was_answered_otherwise_does_nothing() -> None:
    document = a_document(a_touchpoint(a_yes_no(critical=critical(Effect.FAILS_VISIT))))
    card = score(document, {"greeted": YES})
    assert (card.criticals, card.verdict) == ((), Verdict.PASSED)


@pytest.mark.parametrize(
    "answer",
    [NOT_APPLICABLE, NOT_OBSERVED, None, answered("perhaps")],
    ids=["not applicable", "not observed", "blank", "unreadable"],
)
def test_what_was_not_answered_fires_nothing(answer: Answer | None) -> None:
    question = a_yes_no(
        na_allowed=True,
        not_observed_allowed=True,
        critical=critical(Effect.FAILS_VISIT, on=("yes", "no", "perhaps")),
    )
    card = score(a_document(a_touchpoint(question), blanks_count=True), {"greeted": answer} if answer else {})
    assert card.criticals == ()
    assert card.verdict is not Verdict.FAILED


def test_choosing_an_option_that_means_not_applicable_fires_nothing() -> None:
    queue = SingleChoice(
        key="queue",
        options=(Option(key="short", points=Decimal(5)), Option(key="none_there", na=True, failing=True)),
        critical=critical(Effect.FAILS_VISIT, on=("none_there",)),
    )
    card = score(a_document(a_touchpoint(queue)), {"queue": answered("none_there")})
    assert (card.criticals, card.verdict, card.questions[0].failed) == ((), Verdict.NOT_SCORED, False)


def test_a_visit_fails_even_with_no_percentage() -> None:
    question = a_yes_no(points=Decimal(0), critical=critical(Effect.FAILS_VISIT))
    card = score(a_document(a_touchpoint(question)), {"greeted": NO})
    assert (card.verdict, card.score, card.band) == (Verdict.FAILED, None, None)


def test_a_failed_visit_keeps_its_percentage_and_has_no_band() -> None:
    exit_blocked = a_yes_no("exit_free", points=Decimal(0), critical=critical(Effect.FAILS_VISIT))
    document = a_document(a_touchpoint(a_yes_no(), exit_blocked), target=Decimal(50))
    card = score(document, {"greeted": YES, "exit_free": NO})
    assert (card.shown, card.verdict, card.band) == ("100.0", Verdict.FAILED, None)


def test_zeroing_takes_the_bonus_too_even_where_it_may_exceed() -> None:
    zeroes = a_yes_no("clean", points=Decimal(0), critical=critical(Effect.ZEROES_TOUCHPOINT))
    document = a_document(a_touchpoint(a_yes_no(), zeroes, BONUS), bonus_may_exceed=True)
    card = score(document, {"greeted": YES, "clean": NO, "smile": YES})
    assert (card.touchpoints[0].earned, card.touchpoints[0].possible, card.shown) == (0, 10, "0.0")


def test_zeroing_a_touchpoint_leaves_its_questions_and_lenses_as_they_are() -> None:
    zeroes = a_yes_no("clean", points=Decimal(0), critical=critical(Effect.ZEROES_TOUCHPOINT))
    greeted = a_yes_no(lenses=(Lens.RELEVANCE,))
    card = score(a_document(a_touchpoint(greeted, zeroes)), {"greeted": YES, "clean": NO})
    assert (card.questions[0].earned, card.lenses[0].shown) == (10, "100.0")


def test_the_lowest_cap_wins() -> None:
    caps = [
        a_yes_no(f"q{cap}", points=Decimal(0), critical=critical(Effect.CAPS_TOTAL, cap))
        for cap in ("60", "40", "50")
    ]
    card = score(
        a_document(a_touchpoint(a_yes_no(), *caps)),
        {"greeted": YES} | {one.key: NO for one in caps},
    )
    assert (card.shown, card.cap, len(card.criticals)) == ("40.0", 40, 3)


def test_a_cap_above_the_total_changes_nothing() -> None:
    capping = a_yes_no(critical=critical(Effect.CAPS_TOTAL, "90"))
    document = a_document(a_touchpoint(capping, a_yes_no("helped")))
    card = score(document, {"greeted": NO, "helped": YES})
    assert (card.shown, card.cap) == ("50.0", 90)


def test_the_figure_after_the_cap_gives_band_and_verdict() -> None:
    capping = a_yes_no("clean", points=Decimal(0), critical=critical(Effect.CAPS_TOTAL, "69.99"))
    document = a_document(a_touchpoint(a_yes_no(), capping), target=Decimal(70))
    card = score(document, {"greeted": YES, "clean": NO})
    assert card.score == Fraction("0.6999")
    assert (card.shown, card.band, card.verdict) == ("70.0", Band.FAIR, Verdict.PASSED)


def test_all_criticals_apply_together() -> None:
    document = a_document(
        a_touchpoint(a_yes_no("a", critical=critical(Effect.FAILS_VISIT)), key="t1"),
        a_touchpoint(a_yes_no("b", critical=critical(Effect.ZEROES_TOUCHPOINT, on=("yes",))), key="t2"),
        a_touchpoint(a_yes_no("c", critical=critical(Effect.CAPS_TOTAL, "20", on=("yes",))), key="t3"),
    )
    card = score(document, {"a": NO, "b": YES, "c": YES})
    assert [one.effect for one in card.criticals] == list(Effect)
    assert (card.earned, card.shown, card.verdict) == (10, "20.0", Verdict.FAILED)


# Lenses


def test_a_lens_is_unweighted_without_bonus_and_over_all_touchpoints() -> None:
    lens = (Lens.SIMPLICITY,)
    document = a_document(
        a_touchpoint(a_yes_no(lenses=lens), key="t1", weight="9"),
        a_touchpoint(
            a_choice("shelf", {"good": "30", "bad": "0"}, lenses=lens),
            BONUS.model_copy(update={"lenses": lens}),
            a_yes_no("other"),
            key="t2",
        ),
        total="weights",
    )
    card = score(document, {"greeted": YES, "shelf": answered("bad"), "smile": YES, "other": YES})
    assert [(one.key, one.earned, one.possible, one.shown) for one in card.lenses] == [
        (Lens.SIMPLICITY, 10, 40, "25.0")
    ]


def test_lenses_come_in_one_order_and_only_those_that_a_question_carries() -> None:
    document = a_document(
        a_touchpoint(
            a_yes_no(lenses=(Lens.CONSISTENCY, Lens.RELEVANCE)), Narrative(key="n", lenses=(Lens.USEFULNESS,))
        )
    )
    card = score(document, {"greeted": YES})
    assert [one.key for one in card.lenses] == [Lens.RELEVANCE, Lens.USEFULNESS, Lens.CONSISTENCY]
    assert [one.shown for one in card.lenses] == ["100.0", None, "100.0"]


# Targets


def test_a_touchpoints_target_is_judged_on_the_shown_figure_and_enters_no_verdict() -> None:
    touchpoint = a_touchpoint(a_yes_no(), a_yes_no("helped"), target=Decimal("50.1"))
    card = score(a_document(touchpoint), {"greeted": YES, "helped": NO})
    assert (card.touchpoints[0].meets_target, card.verdict) == (False, Verdict.PASSED)
    missing = score(a_document(touchpoint), {})
    assert missing.touchpoints[0].meets_target is None


def test_each_touchpoint_has_its_band() -> None:
    document = a_document(
        a_touchpoint(a_yes_no(), key="t1"),
        a_touchpoint(a_yes_no("helped"), key="t2"),
        a_touchpoint(Narrative(key="story"), key="t3"),
    )
    card = score(document, {"greeted": YES, "helped": NO})
    assert [one.band for one in card.touchpoints] == [Band.GOOD, Band.POOR, None]


# Follow-ups


LATER = YesNo(key="mail", points=Decimal(15), due_days=14)


def test_a_follow_up_that_nobody_answered_changes_no_figure_and_leaves_the_card_provisional() -> None:
    visit = a_touchpoint(YesNo(key="greeted"), key="door")
    card = score(a_document(visit, a_touchpoint(LATER), blanks_count=True), {"greeted": answered("yes")})
    assert (card.shown, card.is_provisional, card.due, card.open_points) == ("100.0", True, 1, 15)
    assert card.touchpoints[1].score is None


def test_a_follow_up_that_was_answered_counts_and_closes() -> None:
    visit = a_touchpoint(YesNo(key="greeted", points=Decimal(5)), key="door")
    answers = {"greeted": answered("yes"), "mail": answered("no")}
    card = score(a_document(visit, a_touchpoint(LATER)), answers)
    assert (card.shown, card.is_provisional, card.open_points) == ("25.0", False, 0)


@pytest.mark.parametrize("closing", [NOT_OBSERVED, NOT_APPLICABLE])
def test_a_follow_up_that_closes_without_an_answer_is_not_no(closing: Answer) -> None:
    later = LATER.model_copy(update={"na_allowed": True, "not_observed_allowed": True})
    visit = a_touchpoint(YesNo(key="greeted"), key="door")
    card = score(a_document(visit, a_touchpoint(later)), {"greeted": answered("yes"), "mail": closing})
    assert (card.shown, card.is_provisional) == ("100.0", False)
