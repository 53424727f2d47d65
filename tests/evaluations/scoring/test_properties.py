"""What holds of every scorecard, whatever the checklist and its answers."""

import json
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from evaluations.document.answers import Answer
from evaluations.document.canonical import canonical_json
from evaluations.document.kinds import Finding, finding, mark
from evaluations.document.tree import Document
from evaluations.scoring.bands import Verdict
from evaluations.scoring.card import Figure, Scorecard
from evaluations.scoring.scorecard import as_json, from_json, score
from tests.evaluations.scoring.generated import answer_sheets, answers_to, documents


def figures(card: Scorecard) -> list[Figure]:
    return [card, *card.touchpoints, *card.lenses, *card.questions]


def scores(card: Scorecard) -> list[Fraction | None]:
    return [card.score, *(one.score for one in card.touchpoints)]


def results(card: Scorecard) -> list[object]:
    """All that a client may read of a card, but for the questions themselves."""
    touchpoints = [(one.key, one.earned, one.possible, one.score, one.zeroed) for one in card.touchpoints]
    lenses = [(one.key, one.score) for one in card.lenses if one.score is not None]
    return [card.score, card.verdict, card.band, card.criticals, touchpoints, lenses]


def idle(card: Scorecard) -> set[str]:
    """The questions that are not counted; a critical needs no points, so one that fired is not idle."""
    fired = {critical.question for critical in card.criticals}
    return {one.key for one in card.questions if not one.counted and one.key not in fired}


def without(document: Document, keys: set[str]) -> Document:
    """`document` without the questions of these keys."""
    touchpoints = tuple(
        touchpoint.model_copy(
            update={"questions": tuple(one for one in touchpoint.questions if one.key not in keys)}
        )
        for touchpoint in document.touchpoints
    )
    return document.model_copy(update={"touchpoints": touchpoints})


@given(st.data())
def test_a_question_that_is_not_counted_might_as_well_not_be_there(data: st.DataObject) -> None:
    document = data.draw(documents())
    answers = data.draw(answer_sheets(document))
    card = score(document, answers)
    uncounted = idle(card)
    assert results(score(without(document, uncounted), answers)) == results(card)


@given(st.data())
def test_an_answer_that_is_not_counted_changes_no_score(data: st.DataObject) -> None:
    document = data.draw(documents())
    assume(not document.scoring.blanks_count)
    answers = data.draw(answer_sheets(document))
    card = score(document, answers)
    uncounted = idle(card)
    counted_only = {key: answer for key, answer in answers.items() if key not in uncounted}
    assert results(score(document, counted_only)) == results(card)


@given(st.data())
def test_every_score_is_between_0_and_100_percent_unless_a_bonus_may_exceed(data: st.DataObject) -> None:
    document = data.draw(documents())
    card = score(document, data.draw(answer_sheets(document)))
    for figure in figures(card):
        assert figure.earned >= 0
        assert figure.possible >= 0
        assert figure.score is None or figure.score >= 0
    if not document.scoring.bonus_may_exceed:
        assert all(one is None or one <= 1 for one in scores(card))
    assert all(one.score is None or one.score <= 1 for one in [*card.lenses, *card.questions])


@given(st.data())
def test_the_order_of_the_answers_is_irrelevant(data: st.DataObject) -> None:
    document = data.draw(documents())
    answers = data.draw(answer_sheets(document))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert score(document, shuffled) == score(document, answers)


@given(st.data())
def test_the_order_of_touchpoints_and_questions_is_irrelevant_to_every_score(data: st.DataObject) -> None:
    document = data.draw(documents())
    answers = data.draw(answer_sheets(document))
    turned = document.model_copy(
        update={
            "touchpoints": tuple(
                touchpoint.model_copy(update={"questions": touchpoint.questions[::-1]})
                for touchpoint in document.touchpoints[::-1]
            )
        }
    )
    one, other = score(document, answers), score(turned, answers)
    assert (one.score, one.verdict, one.band) == (other.score, other.verdict, other.band)
    assert one.lenses == other.lenses
    assert one.touchpoints == other.touchpoints[::-1]


@given(st.data(), st.sampled_from(["2", "0.5", "10", "20"]))
def test_weights_are_free_of_scale(data: st.DataObject, factor: str) -> None:
    document = data.draw(documents(total="weights"))
    answers = data.draw(answer_sheets(document))
    scaled = document.model_copy(
        update={
            "touchpoints": tuple(
                touchpoint.model_copy(update={"weight": touchpoint.weight * Decimal(factor)})
                for touchpoint in document.touchpoints
            )
        }
    )
    one, other = score(document, answers), score(scaled, answers)
    assert results(one) == results(other)
    assert [part.share for part in one.touchpoints] == [part.share for part in other.touchpoints]


@given(st.data())
def test_improving_a_mark_never_lowers_a_score(data: st.DataObject) -> None:
    document = data.draw(documents(with_criticals=False))
    answers = data.draw(answer_sheets(document))
    questions = [question for question in document.questions() if question.key in answers]
    assume(questions)
    question = data.draw(st.sampled_from(questions))

    def earned(answer: Answer) -> Fraction:
        return mark(question, answer, blanks_count=False).earned

    one, other = data.draw(answers_to(question)), data.draw(answers_to(question))
    assume(finding(question, one) is finding(question, other) is Finding.ANSWERED)
    worse, better = sorted((one, other), key=earned)
    before = score(document, answers | {question.key: worse})
    after = score(document, answers | {question.key: better})
    for was, became in zip(scores(before), scores(after), strict=True):
        assert (was is None) == (became is None)
        assert was is None or became is None or became >= was


@given(st.data())
def test_the_parts_that_touchpoints_make_add_up_to_the_whole(data: st.DataObject) -> None:
    document = data.draw(documents(with_criticals=False))
    card = score(document, data.draw(answer_sheets(document)))
    whole = sum(one.share for one in card.touchpoints)
    if card.score is None:
        assert whole == 0
    else:
        assert whole == 1
        assert card.score == sum(one.share * (one.score or 0) for one in card.touchpoints)
    if not card.by_weights:
        assert card.score == (card.earned / card.possible if card.possible else None)


@given(st.data())
def test_what_fired_has_its_effect(data: st.DataObject) -> None:
    document = data.draw(documents())
    card = score(document, data.draw(answer_sheets(document)))
    failed = any(fired.effect == "fails_visit" for fired in card.criticals)
    assert failed == (card.verdict is Verdict.FAILED)
    assert card.cap is None or card.score is None or card.score * 100 <= Fraction(card.cap)
    zeroed = {fired.touchpoint for fired in card.criticals if fired.effect == "zeroes_touchpoint"}
    for touchpoint in card.touchpoints:
        assert touchpoint.zeroed == (touchpoint.key in zeroed)
        assert not touchpoint.zeroed or touchpoint.earned == 0


@given(st.data())
def test_a_scorecard_survives_being_written_and_read(data: st.DataObject) -> None:
    document = data.draw(documents())
    card = score(document, data.draw(answer_sheets(document)))
    text = canonical_json(as_json(card))
    assert from_json(json.loads(text)) == card
