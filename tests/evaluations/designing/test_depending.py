"""Conditions that can never hold are found before they are published, and stay true to their questions."""

from decimal import Decimal

import pytest

from evaluations.designing import drafting, library, own_touchpoints
from evaluations.designing.checking import errors, problems
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Chosen,
    Instruction,
    Is,
    IsNot,
    Narrative,
    Not,
    Number,
    OneOf,
    Option,
    Phase,
    Photo,
    SingleChoice,
    WasAnswered,
    WasNotApplicable,
)
from evaluations.document.tree.condition import leaves_of
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

IF_GREETED = Is(question="greeted", answer="yes")
COUNT = Number(key="count", text={"en": "How many?"}, minimum=Decimal(0), maximum=Decimal(50))
PICTURE = Photo(key="picture", text={"en": "The window."})
SENTENCE = Instruction(key="sentence", text={"en": "Go in."})
STORY = Narrative(key="story", text={"en": "What happened?"})
CLOSED = SingleChoice(
    key="closed",
    text={"en": "Which till?"},
    options=(
        Option(key="one", text={"en": "One"}, points=1),
        Option(key="none", text={"en": "None"}, na=True),
    ),
)


def depending(condition, *before, after=(), **values):
    """A checklist with a question that depends on others: greeted, and those given."""
    more = yes_no("more", show_if=condition, **values)
    return document(touchpoint("till", yes_no(), *before, more, *after))


def found(doc):
    return [problem.code for problem in problems(doc) if problem.code.startswith("depends_")]


@pytest.mark.parametrize(
    ("condition", "before"),
    [
        (IF_GREETED, ()),
        (IsNot(question="queue", answer="option_1"), (choice(),)),
        (OneOf(question="warmth", answers=("1", "5")), (rating(),)),
        (AtLeast(question="warmth", measure=Decimal("4.5")), (rating(),)),
        (AtMost(question="count", measure=Decimal(0)), (COUNT,)),
        (WasAnswered(question="story"), (STORY,)),
        (WasNotApplicable(question="closed"), (CLOSED,)),
        (WasNotApplicable(question="picture"), (PICTURE.model_copy(update={"na_allowed": True}),)),
        (AnyOf(of=(IF_GREETED, Not(of=Chosen(question="queue", answer="option_2")))), (choice(),)),
    ],
)
def test_a_condition_that_may_hold_stands_in_the_way_of_nothing(condition, before):
    assert found(depending(condition, *before)) == []


@pytest.mark.parametrize(
    ("condition", "before", "code"),
    [
        (Is(question="more", answer="yes"), (), "depends_on_itself"),
        (Is(question="gone", answer="yes"), (), "depends_on_none"),
        (Is(question="greeted", answer="perhaps"), (), "depends_on_unknown_answer"),
        (IsNot(question="queue", answer="option_9"), (choice(),), "depends_on_unknown_answer"),
        (OneOf(question="warmth", answers=("5", "6")), (rating(),), "depends_on_unknown_answer"),
        (Is(question="story", answer="yes"), (STORY,), "depends_on_unknown_answer"),
        (AtLeast(question="greeted", measure=Decimal(1)), (), "depends_on_no_figure"),
        (AtLeast(question="count", measure=Decimal(51)), (COUNT,), "depends_on_out_of_range"),
        (AtMost(question="warmth", measure=Decimal(0)), (rating(),), "depends_on_out_of_range"),
        (WasAnswered(question="picture"), (PICTURE,), "depends_on_no_answer"),
        (WasAnswered(question="sentence"), (SENTENCE,), "depends_on_no_answer"),
        (WasNotApplicable(question="greeted"), (), "depends_on_na"),
    ],
)
def test_one_that_never_holds_cannot_be_published(condition, before, code):
    doc = depending(condition, *before)
    assert found(doc) == [code]
    assert [problem.question for problem in errors(doc) if problem.code == code] == ["more"]


def test_a_condition_on_a_later_question_cannot_be_published():
    doc = depending(Is(question="queue", answer="option_1"), after=(choice(),))
    assert found(doc) == ["depends_on_later"]
    assert found(drafting.place_question(doc, "queue", "till", 0)) == []


def test_a_question_that_moves_before_the_one_it_depends_on_is_in_the_way_until_it_moves_back():
    doc = depending(IF_GREETED)
    assert found(drafting.place_question(doc, "more", "till", 0)) == ["depends_on_later"]
    assert found(drafting.remove_question(doc, "greeted")) == ["depends_on_none"]


def test_only_what_is_asked_at_the_visit_can_be_depended_on():
    mail = yes_no("mail", due_days=7)
    on_mail = Is(question="mail", answer="yes")
    assert found(depending(on_mail, mail)) == ["depends_on_follow_up"]
    assert found(depending(on_mail, mail, due_days=9)) == ["depends_on_follow_up"]
    assert found(depending(IF_GREETED, mail, due_days=7)) == []


def test_the_same_fault_is_told_once_however_many_tests_have_it():
    twice = All(of=(Is(question="gone", answer="yes"), IsNot(question="gone", answer="no")))
    assert found(depending(twice)) == ["depends_on_none"]


def test_each_question_that_a_condition_cannot_look_at_is_named():
    both = All(of=(Is(question="gone", answer="yes"), Is(question="queue", answer="option_1")))
    told = [
        problem.values["on"]
        for problem in errors(depending(both, after=(choice(),)))
        if "on" in problem.values
    ]
    assert told == [{"": "gone"}, choice().text]


def depends_on(question):
    return [test.question for test in leaves_of(question.show_if)] if question.show_if else []


def test_a_copied_touchpoint_depends_on_its_own_questions_and_still_on_those_elsewhere():
    elsewhere = All(of=(IF_GREETED, Is(question="lit", answer="yes")))
    doc = document(
        touchpoint("signage", yes_no("lit"), phase=Phase.BEFORE),
        touchpoint("till", yes_no(), yes_no("more", show_if=elsewhere)),
    )
    _document, copy = drafting.copy_touchpoint(doc, "till")
    assert depends_on(copy.questions[1]) == [copy.questions[0].key, "lit"]


def test_a_question_that_is_copied_depends_on_the_same_as_before():
    _document, copy = drafting.copy_question(depending(IF_GREETED), "more")
    assert copy.show_if == IF_GREETED


def test_a_touchpoint_of_the_library_depends_on_its_own_questions_whatever_they_are_called_in_the_checklist():
    entry = own_touchpoints.entry_from(depending(IF_GREETED).touchpoints[0])
    placed = library.placed(entry, taken={"greeted", "more"})
    assert depends_on(placed.questions[1]) == [placed.questions[0].key] == ["greeted_2"]


def test_what_depends_on_a_question_elsewhere_goes_into_the_library_without_its_condition():
    doc = document(
        touchpoint("signage", yes_no("lit"), phase=Phase.BEFORE),
        touchpoint("till", yes_no("more", show_if=Is(question="lit", answer="yes"))),
    )
    assert own_touchpoints.entry_from(doc.touchpoints[1]).questions[0].show_if is None


def met_if(condition, *own, after=()):
    """A checklist with a touchpoint that is met only if `condition` holds, after one that asks about the greeting."""
    return document(
        touchpoint("door", yes_no()),
        touchpoint("help", *(own or (yes_no("helped"),)), show_if=condition),
        touchpoint("till", *(after or (yes_no("paid"),))),
    )


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("greeted", None),
        ("helped", "depends_on_own"),
        ("paid", "depends_on_later"),
        ("gone", "depends_on_none"),
    ],
)
def test_a_touchpoint_depends_on_what_stands_before_it_alone(on, code):
    doc = met_if(Is(question=on, answer="yes"))
    assert found(doc) == ([code] if code else [])
    assert [(problem.touchpoint, problem.question) for problem in errors(doc) if problem.code == code] == (
        [("help", None)] if code else []
    )


def test_what_a_touchpoint_depends_on_is_checked_as_for_a_question():
    assert found(met_if(Is(question="greeted", answer="perhaps"))) == ["depends_on_unknown_answer"]
    moved = drafting.place_touchpoint(met_if(IF_GREETED), "help", Phase.BEFORE, 0)
    assert found(moved) == ["depends_on_later"]
    assert found(drafting.remove_touchpoint(met_if(IF_GREETED), "door")) == ["depends_on_none"]


def test_a_touchpoint_that_is_copied_is_met_where_the_first_is():
    copied, copy = drafting.copy_touchpoint(met_if(IF_GREETED), "help")
    assert copy.show_if == IF_GREETED
    assert found(copied) == []


def test_a_touchpoint_goes_into_the_library_without_its_condition():
    entry = own_touchpoints.entry_from(met_if(IF_GREETED).touchpoints[1])
    assert library.placed(entry, taken=()).show_if is None


def test_what_is_taken_for_granted_may_be_where_not_everybody_meets_it():
    def assumed(condition):
        asked = yes_no("helped", text={"en": "Did the employee who helped you smile?"})
        return [one.code for one in problems(met_if(condition, asked)) if one.code == "assumes"]

    assert (assumed(None), assumed(IF_GREETED)) == (["assumes"], [])
