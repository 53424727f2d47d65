"""Several choices, numbers, money, durations, days, times, signatures and places: read, refused and marked."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.document.kinds import (
    Finding,
    answer_words,
    breaks_constraint,
    demands_comment,
    finding,
    fires,
    mark,
    read_answer,
    worth,
)
from evaluations.document.marks import NOT_COUNTED, Mark
from evaluations.document.tree import (
    AnyQuestion,
    Critical,
    Date,
    Duration,
    Effect,
    Money,
    Number,
    Option,
    Place,
    PointBand,
    SeveralChoices,
    ShortText,
    Signature,
    Time,
    YesNo,
)
from evaluations.errors import Invalid

SEEN = SeveralChoices(
    key="seen",
    options=(
        Option(key="poster", points=Decimal(5)),
        Option(key="screen", points=Decimal("2.5")),
        Option(key="litter", points=Decimal(-4), failing=True),
        Option(key="closed", points=Decimal(50), na=True),
    ),
    explain_on=("litter",),
    critical=Critical(on=("litter", "closed")),
    max_choices=2,
)
BANDS = (PointBand(up_to=60, points=5), PointBand(up_to=120, points=3), PointBand(points=-1))
WAIT = Duration(key="wait", bands=BANDS, critical=Critical(minimum=300))
PEOPLE = Number(key="people", minimum=0, maximum=50, critical=Critical(maximum=0), bonus=False)
DEGREES = Number(key="degrees", decimals=2, minimum="-40.5")
PRICE = Money(key="price", maximum=500)
YEN = Money(key="yen", currency="JPY")
DINARS = Money(key="dinars", currency="KWD")
DAY = Date(key="day", earliest="2026-03-01", latest="2026-03-31")
CLOCK = Time(key="clock")
SIGNED = Signature(key="signed")
SPOT = Place(key="spot")
CODE = ShortText(key="code", pattern=r"[A-Z]{2}\d{4}")
HERE = {"lat": "38.50000", "lon": "-5.25", "accuracy_m": 12, "fix_age_s": 3}


def euros(amount: str, currency: str = "EUR") -> dict[str, str]:
    return {"amount": amount, "currency": currency}


def given(value: object) -> dict[str, object]:
    return {"state": "answered", "value": value}


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        (SEEN, "poster", "answer_not_a_list"),
        (SEEN, ["poster", "door"], "answer_unknown_option"),
        (SEEN, ["poster", "poster"], "answer_chosen_twice"),
        (SEEN, ["poster", "screen", "litter"], "answer_too_many_chosen"),
        (SEEN.model_copy(update={"min_choices": 2}), ["poster"], "answer_too_few_chosen"),
        *((PEOPLE, odd, "answer_not_a_number") for odd in ("", "-0", "1e2", "+1", "01", "١", "1,5", 3, None)),
        (DEGREES, "-0.00", "answer_not_a_number"),
        (DEGREES, "1.", "answer_not_a_number"),
        (PEOPLE, "1234567890123456", "answer_not_a_number"),
        (PEOPLE, "1.0", "answer_too_precise"),
        (DEGREES, "1.234", "answer_too_precise"),
        (PEOPLE, "51", "answer_out_of_range"),
        (PEOPLE, "-1", "answer_out_of_range"),
        (DEGREES, "-40.51", "answer_out_of_range"),
        (PRICE, "12.50", "answer_not_money"),
        (PRICE, euros("12.50", "USD"), "answer_other_currency"),
        (PRICE, euros("12.505"), "answer_too_precise"),
        (PRICE, euros("500.01"), "answer_out_of_range"),
        (YEN, euros("1.5", "JPY"), "answer_too_precise"),
        (WAIT, 95, "answer_not_a_number"),
        (WAIT, "95.25", "answer_too_precise"),
        (WAIT, "-1", "answer_no_duration"),
        (WAIT, "360000", "answer_no_duration"),
        *(
            (DAY, odd, "answer_not_a_date")
            for odd in ("2026-02-30", "0000-01-01", "14/3/2026", "20260314", 3)
        ),
        (DAY, "2026-04-01", "answer_out_of_range"),
        (DAY, "2026-02-28", "answer_out_of_range"),
        *(
            (CLOCK, odd, "answer_not_a_time")
            for odd in ("24:00", "9:30", "09:60", "09:30:00", "09:30\n", 930)
        ),
        (SIGNED, "Maria", "answer_is_photos"),
        (SPOT, {}, "answer_not_a_place"),
        (SPOT, HERE | {"denied": True}, "answer_not_a_place"),
        (SPOT, "38.5, -5.2", "answer_not_a_place"),
        (CODE, "AB123", "answer_not_as_asked"),
        (CODE, "xAB1234", "answer_not_as_asked"),
    ],
)
def test_a_value_that_is_no_answer_is_refused(question: AnyQuestion, value: object, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_answer(question, given(value))
    assert (caught.value.code, caught.value.field) == (code, question.key)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (SEEN, ["screen", "poster"]),
        (SEEN, []),
        (PEOPLE, "50"),
        (DEGREES, "-40.5"),
        (DEGREES, "12.50"),
        (PRICE, euros("0.5")),
        (YEN, euros("1200", "JPY")),
        (DINARS, euros("1.505", "KWD")),
        (WAIT, "359999.9"),
        (DAY, "2026-03-31"),
        (CLOCK, "23:59"),
        (SIGNED, None),
        (SPOT, HERE),
        (SPOT, {"denied": True}),
        (CODE, " AB1234 "),
        (CODE, "  "),
    ],
)
def test_an_answer_is_read(question: AnyQuestion, value: object) -> None:
    stored = read_answer(question, given(value)).model_dump(mode="json", exclude_defaults=True)
    assert stored.get("value") == value


@pytest.mark.parametrize(
    ("question", "value", "found"),
    [
        (SEEN, [], Finding.BLANK),
        (SEEN, ["poster", "closed"], Finding.NOT_APPLICABLE),
        (SEEN, ["poster", "screen", "closed"], Finding.NOT_APPLICABLE),
        (SPOT, {"denied": True}, Finding.BLANK),
        (SPOT, HERE, Finding.ANSWERED),
        (PEOPLE, "51", Finding.BLANK),
        (CODE, "no", Finding.BLANK),
    ],
)
def test_what_became_of_a_question(question: AnyQuestion, value: object, found: Finding) -> None:
    assert finding(question, answered(value)) is found


def test_only_a_value_of_the_right_shape_breaks_a_constraint() -> None:
    assert breaks_constraint(PEOPLE, answered("51"))
    assert not breaks_constraint(PEOPLE, answered("5"))
    assert not breaks_constraint(PEOPLE, answered("many"))
    assert not breaks_constraint(PEOPLE, NOT_APPLICABLE)
    assert not breaks_constraint(PEOPLE, None)


# Marking


def marked(question: AnyQuestion, value: object) -> Mark:
    return mark(question, answered(value), blanks_count=False)


def test_several_choices_earn_their_sum_and_never_less_than_0() -> None:
    assert marked(SEEN, ["poster", "screen"]) == Mark(Fraction(15, 2), Fraction(15, 2), counted=True)
    assert marked(SEEN, ["litter"]) == Mark(Fraction(0), Fraction(15, 2), counted=True, failed=True)
    assert marked(SEEN, ["litter", "poster"]).earned == 1
    assert marked(SEEN, ["litter", "poster"]).failed


def test_an_option_that_means_not_applicable_takes_the_whole_answer_out() -> None:
    assert marked(SEEN, ["poster", "closed"]) == NOT_COUNTED
    assert marked(SEEN, ["closed", "litter"]) == NOT_COUNTED


def test_none_chosen_is_blank() -> None:
    assert marked(SEEN, []) == NOT_COUNTED
    assert mark(SEEN, answered([]), blanks_count=True) == mark(SEEN, None, blanks_count=True)


@pytest.mark.parametrize(
    ("seconds", "earned"), [("0", 5), ("60", 5), ("60.1", 3), ("120", 3), ("120.1", 0), ("9999", 0)]
)
def test_a_measure_earns_the_points_of_its_band_and_never_less_than_0(seconds: str, earned: int) -> None:
    assert marked(WAIT, seconds) == Mark(Fraction(earned), Fraction(5), counted=True, failed=earned == 0)


@pytest.mark.parametrize("question", [PEOPLE, PRICE, DAY, CLOCK, SIGNED, SPOT, CODE])
def test_what_has_no_bands_is_unscored(question: AnyQuestion) -> None:
    assert mark(question, None, blanks_count=True) == NOT_COUNTED
    assert worth(question) == 0


def test_a_measure_that_is_out_of_range_counts_as_blank() -> None:
    wait = WAIT.model_copy(update={"maximum": Decimal(100)})
    assert marked(wait, "101") == NOT_COUNTED
    assert mark(wait, answered("101"), blanks_count=True) == Mark(Fraction(0), Fraction(5), True, True)


def test_bands_that_are_all_below_0_make_nothing_possible() -> None:
    wait = Duration(key="wait", bands=(PointBand(points=-5),))
    assert marked(wait, "5") == Mark(counted=True)


# Criticals and explanations


@pytest.mark.parametrize(
    ("critical", "firing"),
    [
        ({"minimum": 300}, ["300", "300.1"]),
        ({"maximum": "0.5"}, ["0", "0.5"]),
        ({"minimum": 1, "maximum": 300}, ["1", "299.9", "300"]),
    ],
)
def test_a_measure_is_critical_within_its_range_inclusive(
    critical: dict[str, Any], firing: list[str]
) -> None:
    wait = Duration(key="wait", critical=Critical(**critical))
    values = ["0", "0.5", "1", "299.9", "300", "300.1"]
    assert [value for value in values if fires(wait, answered(value))] == firing


def test_what_is_blank_or_out_of_bounds_is_not_critical() -> None:
    assert not fires(PEOPLE, None)
    assert not fires(PEOPLE.model_copy(update={"minimum": Decimal(1)}), answered("0"))
    assert fires(PEOPLE, answered("0"))


def test_any_chosen_option_fires_unless_one_means_not_applicable() -> None:
    assert fires(SEEN, answered(["poster", "litter"]))
    assert not fires(SEEN, answered(["poster"]))
    assert not fires(SEEN, answered(["litter", "closed"]))


def test_any_chosen_option_wants_its_explanation() -> None:
    assert demands_comment(SEEN, answered(["poster", "litter"]))
    assert not demands_comment(SEEN, answered(["poster"]))
    assert answer_words(SEEN, answered(["screen", "poster"])) == ("poster", "screen")


@pytest.mark.parametrize("question", [WAIT, PEOPLE, PRICE, DAY, CLOCK, SPOT])
def test_what_is_measured_or_told_has_no_words_for_rules(question: AnyQuestion) -> None:
    assert answer_words(question, answered("5")) == ()


# Follow-ups


def test_a_follow_up_that_nobody_answered_is_due_and_not_counted_even_where_blanks_count() -> None:
    later = YesNo(key="mail", due_days=14)
    assert finding(later, None) is Finding.DUE
    assert mark(later, None, blanks_count=True) == NOT_COUNTED
    assert marked(later, "yes").earned == 10
    assert worth(later) == 10


# What a document cannot say


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Critical, {}),
        (Critical, {"on": ("no",), "minimum": 1}),
        (Critical, {"minimum": 2, "maximum": 1}),
        (Critical, {"minimum": 1, "effect": Effect.CAPS_TOTAL}),
        (Number, {"key": "n", "minimum": 2, "maximum": 1}),
        (Number, {"key": "n", "maximum": "1.0000001"}),
        (Number, {"key": "n", "maximum": "1e16"}),
        (Number, {"key": "n", "maximum": "1e999999"}),
        (Number, {"key": "n", "decimals": 7}),
        (Money, {"key": "m", "currency": "eur"}),
        (SeveralChoices, {"key": "s", "min_choices": 3, "max_choices": 2}),
        (SeveralChoices, {"key": "s", "options": (Option(key="a"), Option(key="a"))}),
        (Date, {"key": "d", "earliest": "2026-03-02", "latest": "2026-03-01"}),
        (Date, {"key": "d", "earliest": 1772000000}),
        (ShortText, {"key": "t", "pattern": "(a+)+"}),
        (Signature, {"key": "s", "photos_allowed": True}),
        (YesNo, {"key": "y", "due_days": 0}),
        (YesNo, {"key": "y", "due_days": 366}),
    ],
)
def test_a_part_that_contradicts_itself_is_refused(kind: type, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(**values)


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    assert [each.decimals for each in (PRICE, YEN, DINARS)] == [2, 0, 3]


def test_an_answer_may_be_compared_and_kept_in_sets() -> None:
    assert len({answered(["a", "b"]), answered(("a", "b")), answered(HERE), answered(euros("1"))}) == 3
    assert isinstance(hash(answered(HERE)), int)
    assert Answer.model_validate(answered(euros("1")).model_dump(mode="json")) == answered(euros("1"))
