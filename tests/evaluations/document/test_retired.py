"""A retired option is no answer any more and earns nothing, and is written only where there is one."""

from fractions import Fraction

import pytest

from evaluations.designing import checking, files, sense
from evaluations.designing.depending import can_be_na
from evaluations.document import canonical
from evaluations.document.answers import answered
from evaluations.document.kinds import readable, worth
from evaluations.document.tree import Critical, Is, Option, SeveralChoices, SingleChoice
from tests.evaluations.designing.documents import document, touchpoint, yes_no

WARM = Option(key="warm", text={"en": "Warm"}, points=5)
COOL = Option(key="cool", text={"en": "Cool"}, points=3)
GONE = Option(key="gone", text={"en": "Gone"}, points=9, retired=True)
NOT = Option(key="not", text={"en": "Not"}, na=True, retired=True)


@pytest.mark.parametrize("kind", [SingleChoice, SeveralChoices])
def test_it_is_no_answer_and_out_of_what_is_possible(kind):
    question = kind(key="q", options=(WARM, COOL, GONE, NOT))
    assert worth(question) == Fraction(5 if kind is SingleChoice else 8)
    value = "gone" if kind is SingleChoice else ["warm", "gone"]
    assert not readable(question, answered(value))
    assert readable(question, answered("warm" if kind is SingleChoice else ["warm"]))
    assert not can_be_na(question)


def test_it_is_not_written_where_it_is_not_so():
    plain = canonical.write(document(touchpoint("till", SingleChoice(key="q", options=(WARM, COOL)))))
    assert "retired" not in plain
    whole = document(touchpoint("till", SingleChoice(key="q", options=(WARM, COOL, GONE))))
    assert canonical.write(whole).count('"retired":true') == 1
    assert canonical.read(canonical.write(whole)) == whole


def test_a_workbook_gives_it_back_as_it_was():
    question = SingleChoice(key="q", text={"en": "Which?"}, options=(WARM, GONE, COOL))
    whole = document(
        touchpoint("till", question, SeveralChoices(key="s", text={"en": "S"}, options=(WARM, NOT)))
    )
    body = files.as_workbook(whole, name="Spring", version=1)
    assert files.read(body, "a.xlsx", language="en").document == whole


def test_what_rests_on_it_is_found():
    first = SingleChoice(
        key="q",
        text={"en": "Which?"},
        options=(WARM, COOL, GONE),
        critical=Critical(on=("gone",)),
        explain_on=("gone",),
    )
    then = yes_no("then", show_if=Is(question="q", answer="gone"))
    codes = {problem.code for problem in checking.errors(document(touchpoint("till", first, then)))}
    assert {"explains_retired_answer", "critical_on_retired_answer", "depends_on_retired_answer"} <= codes
    assert sense.words_for(first) == {"warm", "cool"}


def test_two_that_are_left_make_a_choice_and_words_may_come_again():
    again = Option(key="gone_2", text={"en": "Gone"})
    short = SingleChoice(key="q", text={"en": "Which?"}, options=(WARM, GONE, NOT))
    assert "choice_too_short" in {one.code for one in checking.errors(document(touchpoint("till", short)))}
    fine = SingleChoice(key="q", text={"en": "Which?"}, options=(WARM, GONE, again))
    assert "option_twice" not in {one.code for one in checking.errors(document(touchpoint("till", fine)))}
