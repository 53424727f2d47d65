"""What the kinds that measure, choose and withhold need before they can be published."""

import pytest

from evaluations.designing.checking import errors, problems, words_for
from evaluations.document.tree import (
    Critical,
    Date,
    Duration,
    Effect,
    Number,
    Option,
    PointBand,
    SeveralChoices,
    ShortText,
    Signature,
)
from tests.evaluations.designing.documents import document, touchpoint, yes_no

TOO_LONG = Critical(minimum=600)


def several(**values):
    options = tuple(Option(key=key, text={"en": key}, points=5) for key in ("poster", "screen"))
    return SeveralChoices(key="seen", **({"text": {"en": "What was seen?"}, "options": options} | values))


def wait(**values):
    return Duration(key="wait", **({"text": {"en": "How long was the wait?"}} | values))


def codes(*questions, **values):
    return {
        problem.code for problem in problems(document(touchpoint("till", yes_no(), *questions), **values))
    }


def bands(*borders):
    return tuple(PointBand(up_to=border, points=5) for border in borders)


def test_sound_questions_of_the_kinds_that_measure_and_choose_have_no_problems():
    assert codes(several(), wait(bands=bands(60, 120, None), critical=TOO_LONG)) == set()


@pytest.mark.parametrize(
    ("borders", "found"),
    [
        ((60, 120), {"last_band_not_open"}),
        ((120, 60, None), {"bands_not_ascending"}),
        ((60, 60, None), {"bands_not_ascending"}),
        ((None, None), {"bands_not_ascending"}),
        ((None, 60), {"bands_not_ascending", "last_band_not_open"}),
        ((60,), {"last_band_not_open"}),
        ((None,), set()),
        ((), set()),
    ],
)
def test_bands_ascend_and_the_last_one_is_open(borders, found):
    assert codes(wait(bands=bands(*borders))) == found


def test_a_band_that_does_not_ascend_is_named_by_its_place():
    doc = document(touchpoint("till", wait(bands=bands(60, 120, 90, None))))
    assert [problem.values for problem in errors(doc)] == [{"place": 3}]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (wait(critical=Critical(on=("60",))), "critical_needs_range"),
        (several(critical=TOO_LONG), "critical_needs_answers"),
        (several(critical=Critical(on=("door",))), "critical_on_unknown_answer"),
        (Date(key="day", text={"en": "Which day?"}, critical=TOO_LONG), "cannot_be_critical"),
        (Signature(key="signed", text={"en": "Sign."}, critical=Critical(on=("yes",))), "cannot_be_critical"),
        (wait(explain_on=("60",)), "explains_unknown_answer"),
        (several(explain_on=("door",)), "explains_unknown_answer"),
        (several(min_choices=3), "more_choices_than_options"),
        (several(options=(Option(key="poster", text={"en": "A poster"}),)), "choice_too_short"),
        (yes_no("knows", internal=True, critical=Critical(on=("yes",))), "internal_is_critical"),
    ],
)
def test_what_makes_no_sense_cannot_be_published(question, code):
    doc = document(touchpoint("till", yes_no(), question))
    assert [problem.code for problem in errors(doc)] == [code]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (wait(maximum=300, critical=TOO_LONG), "critical_out_of_range"),
        (wait(minimum=300, critical=Critical(maximum=60)), "critical_out_of_range"),
        (yes_no("knows", internal=True), "internal_earns_points"),
    ],
)
def test_what_gives_pause_can_be_published(question, code):
    doc = document(touchpoint("till", yes_no(), question))
    assert errors(doc) == ()
    assert code in {problem.code for problem in problems(doc)}


def test_an_option_that_means_not_applicable_is_none_to_choose():
    options = (
        Option(key="poster", text={"en": "A poster"}),
        Option(key="none", text={"en": "None"}, na=True),
    )
    assert "more_choices_than_options" in codes(several(options=options, min_choices=2))


def test_a_critical_on_options_that_all_mean_not_applicable_never_fires():
    options = (
        Option(key="poster", text={"en": "A poster"}),
        Option(key="none", text={"en": "None"}, na=True),
    )
    assert codes(several(options=options, critical=Critical(on=("none",)))) == {"critical_never_fires"}


def test_a_range_zeroes_no_touchpoint_in_which_nothing_earns_points():
    zeroes = Critical(minimum=600, effect=Effect.ZEROES_TOUCHPOINT)
    doc = document(touchpoint("till", yes_no()), touchpoint("queue", wait(critical=zeroes)))
    assert [problem.code for problem in errors(doc)] == ["zeroes_nothing"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Number(key="n", text={"en": "How many?", "es": "¿Cuántos?"}, unit={"en": "people"}), "unit_missing"),
        (
            ShortText(key="n", text={"en": "Code?", "es": "¿Código?"}, constraint_message={"en": "Two."}),
            "constraint_message_missing",
        ),
    ],
)
def test_wordings_that_one_language_has_are_needed_in_the_other(question, code):
    assert code in codes(question, languages=("en", "es"))


def test_rules_may_name_the_options_of_several_choices_and_no_measures():
    assert words_for(several()) == {"poster", "screen"}
    assert words_for(wait()) == frozenset()
