"""Each kind of question reads, refuses, names and marks its answers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.document.answers import LONGEST_TEXT, NOT_APPLICABLE, NOT_OBSERVED, Answer, answered
from evaluations.document.kinds import (
    KINDS,
    answer_words,
    demands_comment,
    fires,
    mark,
    read_answer,
    readable,
)
from evaluations.document.marks import NOT_COUNTED, Mark
from evaluations.document.tree import (
    AnyQuestion,
    Critical,
    Instruction,
    Kind,
    Narrative,
    Option,
    Photo,
    Rating,
    ShortText,
    SingleChoice,
    YesNo,
)
from evaluations.errors import Invalid

GREETED = YesNo(key="greeted", explain_on=("no",), critical=Critical(on=("no",)))
WARMTH = Rating(key="warmth", explain_on=("1", "2"), critical=Critical(on=("1",)))
TO_TEN = Rating(key="to_ten", lo=0, hi=10)
WELCOME = SingleChoice(
    key="welcome",
    options=(
        Option(key="warm", points=Decimal(5)),
        Option(key="cool", points=Decimal("2.5"), failing=True),
        Option(key="rude", points=Decimal(-3)),
        Option(key="no_staff", points=Decimal(50), na=True, failing=True),
    ),
    explain_on=("rude", "no_staff"),
    critical=Critical(on=("rude", "no_staff")),
)
BADGE = ShortText(key="badge", max_length=10)
STORY = Narrative(key="story", min_length=20, max_length=60)
WINDOW = Photo(key="window")
READ_THIS = Instruction(key="read_this")


def refusal(question: AnyQuestion, raw: object) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_answer(question, raw)
    assert caught.value.field == question.key
    return caught.value


def given(value: object) -> dict[str, object]:
    return {"state": "answered", "value": value}


def test_every_kind_is_in_the_table() -> None:
    assert set(KINDS) == set(Kind)


# Refusing


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        (GREETED, "maybe", "answer_not_yes_no"),
        (GREETED, "Yes", "answer_not_yes_no"),
        (GREETED, 1, "answer_not_yes_no"),
        (GREETED, None, "answer_not_yes_no"),
        (GREETED, ["yes"], "answer_not_yes_no"),
        (WELCOME, "hot", "answer_unknown_option"),
        (WELCOME, 1, "answer_unknown_option"),
        (WELCOME, None, "answer_unknown_option"),
        (WARMTH, 0, "answer_not_on_scale"),
        (WARMTH, 6, "answer_not_on_scale"),
        (TO_TEN, -1, "answer_not_on_scale"),
        (TO_TEN, 11, "answer_not_on_scale"),
        (WARMTH, "4", "answer_not_on_scale"),
        (WARMTH, None, "answer_not_on_scale"),
        (BADGE, 7, "answer_not_text"),
        (BADGE, None, "answer_not_text"),
        (BADGE, "x" * 11, "answer_too_long"),
        (STORY, "x" * 61, "answer_too_long"),
        (STORY, "x" * (LONGEST_TEXT + 1), "answer_too_long"),
        (WINDOW, "photo.jpg", "answer_is_photos"),
        (READ_THIS, "yes", "answer_not_asked"),
        (READ_THIS, None, "answer_not_asked"),
    ],
)
def test_a_value_that_is_no_answer_is_refused(question: AnyQuestion, value: object, code: str) -> None:
    assert refusal(question, given(value)).code == code


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "yes",
        [],
        {},
        {"value": "yes"},
        {"state": "perhaps", "value": "yes"},
        {"state": ["na"]},
        {"state": "na", "value": "yes"},
        {"state": "answered", "value": "yes", "more": 1},
        {"state": "answered", "value": True},
        {"state": "answered", "value": 4.0},
        {"state": "answered", "value": [1]},
        {"state": "answered", "value": {"lat": 38.5, "lon": -5}},
        {"state": "answered", "value": {"amount": "1"}},
        {"state": "answered", "value": "\ud800"},
    ],
    ids=repr,
)
def test_what_has_not_the_shape_of_an_answer_is_refused(raw: object) -> None:
    assert refusal(GREETED, raw).code == "answer_malformed"


def test_not_applicable_and_not_observed_are_refused_where_they_are_not_allowed() -> None:
    assert refusal(GREETED, {"state": "na"}).code == "answer_na_not_allowed"
    assert refusal(GREETED, {"state": "not_observed"}).code == "answer_not_observed_not_allowed"


def test_an_instruction_takes_no_answer_even_where_it_says_that_it_may_not_apply() -> None:
    question = Instruction(key="read_this", na_allowed=True)
    assert refusal(question, {"state": "na"}).code == "answer_not_asked"


def test_a_refusal_quotes_what_was_given_and_what_would_do() -> None:
    off_scale = refusal(WARMTH, given("9" * 5000))
    assert off_scale.values == {"value": "9" * 80, "lo": 1, "hi": 5}
    assert refusal(BADGE, given("x" * 11)).values["max_length"] == 10
    assert refusal(BADGE, given("x" * (LONGEST_TEXT + 1))).values["max_length"] == LONGEST_TEXT


# Reading


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (GREETED, "yes"),
        (WELCOME, "no_staff"),
        (WARMTH, 5),
        (TO_TEN, 0),
        (BADGE, "x" * 10),
        (BADGE, ""),
        (BADGE, "😀" * 10),
        (STORY, "Too short is for completeness to say"),
        (WINDOW, None),
    ],
)
def test_an_answer_is_read(question: AnyQuestion, value: object) -> None:
    answer = read_answer(question, given(value))
    assert answer.value == value
    assert readable(question, answer)


def test_the_states_without_a_value_are_read_where_they_are_allowed() -> None:
    question = Photo(key="window", na_allowed=True, not_observed_allowed=True)
    assert read_answer(question, {"state": "na"}) == NOT_APPLICABLE
    assert read_answer(question, {"state": "not_observed", "value": None}) == NOT_OBSERVED


@pytest.mark.parametrize("answer", [NOT_APPLICABLE, answered("perhaps")])
def test_an_answer_that_would_be_refused_is_not_readable_and_counts_as_blank(answer: Answer) -> None:
    assert not readable(GREETED, answer)
    assert mark(GREETED, answer, blanks_count=False) == NOT_COUNTED
    assert mark(GREETED, answer, blanks_count=True) == mark(GREETED, None, blanks_count=True)


# Marking


def marked(question: AnyQuestion, answer: Answer | None) -> Mark:
    return mark(question, answer, blanks_count=False)


def test_yes_earns_all_points_unless_the_question_is_turned_round() -> None:
    turned = YesNo(key="waited", favourable="no")
    assert marked(GREETED, answered("yes")) == Mark(Fraction(10), Fraction(10), counted=True)
    assert marked(GREETED, answered("no")) == Mark(Fraction(0), Fraction(10), counted=True, failed=True)
    assert marked(turned, answered("yes")).earned == 0
    assert marked(turned, answered("no")).earned == 10


def test_a_choice_earns_its_points_but_never_less_than_0() -> None:
    assert marked(WELCOME, answered("warm")).earned == 5
    assert marked(WELCOME, answered("cool")).earned == Fraction(5, 2)
    assert marked(WELCOME, answered("rude")) == Mark(Fraction(0), Fraction(5), counted=True, failed=True)


def test_an_option_that_means_not_applicable_is_not_counted_and_no_part_of_what_is_possible() -> None:
    assert marked(WELCOME, answered("no_staff")) == NOT_COUNTED
    assert marked(WELCOME, answered("warm")).possible == 5


def test_a_failing_option_fails_the_question_whatever_it_earns() -> None:
    assert marked(WELCOME, answered("cool")).failed
    assert not marked(WELCOME, answered("warm")).failed


def test_options_that_are_all_below_0_make_nothing_possible() -> None:
    question = SingleChoice(key="harm", options=(Option(key="some", points=Decimal(-1)),))
    assert marked(question, answered("some")) == Mark(counted=True)


def test_a_failing_option_fails_even_where_nothing_is_possible() -> None:
    question = SingleChoice(key="harm", options=(Option(key="some", failing=True),))
    assert marked(question, answered("some")) == Mark(counted=True, failed=True)


@pytest.mark.parametrize(("value", "earned"), [(1, "0"), (2, "2.5"), (3, "5"), (4, "7.5"), (5, "10")])
def test_a_rating_earns_in_proportion_from_either_end(value: int, earned: str) -> None:
    turned = Rating(key="effort", favourable="low")
    assert marked(WARMTH, answered(value)).earned == Fraction(earned)
    assert marked(turned, answered(value)).earned == 10 - Fraction(earned)


def test_a_rating_is_exact_where_decimals_are_not() -> None:
    assert marked(Rating(key="r", lo=1, hi=7), answered(3)).earned == Fraction(10, 3)


@pytest.mark.parametrize("question", [BADGE, STORY, WINDOW, READ_THIS])
def test_texts_photos_and_instructions_are_unscored(question: AnyQuestion) -> None:
    for answer in (None, answered("Maria"), Answer(state="answered")):
        assert mark(question, answer, blanks_count=True) == NOT_COUNTED


@pytest.mark.parametrize("question", [GREETED, WARMTH, WELCOME])
def test_a_blank_is_left_out_unless_blanks_count(question: AnyQuestion) -> None:
    possible = Fraction(5 if question is WELCOME else 10)
    assert mark(question, None, blanks_count=False) == NOT_COUNTED
    assert mark(question, None, blanks_count=True) == Mark(possible=possible, counted=True, failed=True)


def test_a_bonus_question_earns_and_has_nothing_possible() -> None:
    bonus = YesNo(key="smile", bonus=True)
    assert marked(bonus, answered("yes")) == Mark(Fraction(10), Fraction(0), counted=True)
    assert marked(bonus, answered("no")) == Mark(counted=True)
    assert mark(bonus, None, blanks_count=True) == Mark(counted=True)


def test_a_question_without_points_is_counted_and_never_fails() -> None:
    question = YesNo(key="greeted", points=Decimal(0))
    assert marked(question, answered("no")) == Mark(counted=True)


# Words


def test_answers_are_named_by_the_words_that_rules_use() -> None:
    assert answer_words(GREETED, answered("no")) == ("no",)
    assert answer_words(WELCOME, answered("no_staff")) == ("no_staff",)
    assert answer_words(WARMTH, answered(3)) == ("3",)


@pytest.mark.parametrize("question", [BADGE, STORY])
def test_texts_have_no_words_for_rules(question: AnyQuestion) -> None:
    assert answer_words(question, answered("no")) == ()


@pytest.mark.parametrize("answer", [None, NOT_APPLICABLE, NOT_OBSERVED, answered("perhaps")])
def test_what_was_not_answered_has_no_words(answer: Answer | None) -> None:
    question = YesNo(key="greeted", na_allowed=True, not_observed_allowed=True)
    assert answer_words(question, answer) == ()


def test_a_comment_is_demanded_on_the_answers_that_are_to_be_explained() -> None:
    assert not demands_comment(GREETED, answered("yes"))
    assert demands_comment(GREETED, answered("no"))
    assert demands_comment(WELCOME, answered("no_staff"))
    assert [value for value in range(1, 6) if demands_comment(WARMTH, answered(value))] == [1, 2]


def test_a_critical_question_fires_on_its_answers_and_never_on_not_applicable() -> None:
    assert not fires(GREETED, answered("yes"))
    assert fires(GREETED, answered("no"))
    assert fires(WELCOME, answered("rude"))
    assert not fires(WELCOME, answered("no_staff"))
    assert [value for value in range(1, 6) if fires(WARMTH, answered(value))] == [1]
    assert not fires(YesNo(key="other"), answered("no"))
