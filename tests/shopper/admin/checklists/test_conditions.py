"""A designer says on which answers a question is shown at all."""

from decimal import Decimal

import pytest

from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    Duration,
    Instruction,
    Is,
    IsNot,
    Not,
    OneOf,
    SeveralChoices,
    WasAnswered,
    WasNotApplicable,
)
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

QUEUE = "/questions/queue"
IF_GREETED = Is(question="greeted", answer="yes")


def condition_of(designer, key="queue"):
    return designer.document.question(key).show_if


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ({"tests__0__test": "greeted:is:yes"}, IF_GREETED),
        ({"tests__0__test": "lit:answered:"}, WasAnswered(question="lit")),
        (
            {"tests__0__test": "warmth:at_least:", "tests__0__figure": "3"},
            AtLeast(question="warmth", measure=Decimal(3)),
        ),
        (
            {"join": "any", "tests__0__test": "greeted:is:no", "tests__1__test": "warmth:is:1"},
            AnyOf(of=(Is(question="greeted", answer="no"), Is(question="warmth", answer="1"))),
        ),
        (
            {
                "join": "all",
                "tests__0__test": "greeted:is:no",
                "tests__1__test": "",
                "tests__2__test": "lit:is:yes",
            },
            All(of=(Is(question="greeted", answer="no"), Is(question="lit", answer="yes"))),
        ),
        ({"tests__0__test": "", "tests__0__figure": "3"}, None),
    ],
)
def test_a_condition_is_set_by_rows(designer, typed, condition):
    assert designer.sends(QUEUE, **typed).status_code == 303
    assert condition_of(designer) == condition


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"tests__0__test": "arrived:is:yes"}, "Choose one of the answers before this question."),
        ({"tests__0__test": "greeted:is:perhaps"}, "Choose one of the answers before this question."),
        ({"tests__0__test": "nonsense"}, "Choose one of the answers before this question."),
        ({"tests__0__test": "queue:answered:"}, "Choose one of the answers before this question."),
        ({"tests__0__test": "warmth:at_most:"}, "Say how much."),
        ({"tests__0__test": "warmth:at_most:", "tests__0__figure": "few"}, "This is not a number: few."),
        ({f"tests__{n}__test": "lit:answered:" for n in range(11)}, "At most 10 conditions."),
    ],
)
def test_what_cannot_be_is_said_at_its_row_and_nothing_is_kept(designer, typed, message):
    before = designer.document
    page = designer.sends(QUEUE, **typed)
    assert page.status_code == 422
    assert message in page.text
    assert designer.document == before


def test_rows_are_added_and_taken_away_without_saving(designer):
    page = designer.sends(QUEUE, arrange="tests:add")
    assert 'name="tests-0-test"' in page.text
    assert "tests-1-test" not in page.text
    page = designer.sends(QUEUE, tests__0__test="greeted:is:yes", arrange="tests:drop-0")
    assert "tests-0-test" not in page.text
    assert condition_of(designer) is None


def test_only_what_stands_before_is_offered_each_by_its_question(designer):
    page = designer.sends(QUEUE, arrange="tests:add").text
    assert '<optgroup label="2 · Was it greeted?">' in page
    assert '<option value="warmth:at_least:">“How was the warmth?” is at least …</option>' in page
    assert "arrived:is:yes" not in page
    assert "greeted:na:" not in page, "that one is always applicable"


def test_the_first_question_has_nothing_to_go_by(designer):
    assert "No question stands before this one" in designer.opens("/questions/lit").text


def test_a_new_question_depends_on_those_before_it_too(designer):
    new = "/touchpoints/greeting/questions/instruction"
    designer.sends(new, text__en="Thank them.", tests__0__test="greeted:is:yes")
    assert designer.document.question("thank_them").show_if == IF_GREETED


def test_the_journey_says_on_what_a_question_depends(designer):
    designer.sends(QUEUE, tests__0__test="greeted:is:yes")
    assert "only if “Was it greeted?” is Yes" in designer.opens("/touchpoints/till").text


@pytest.fixture
def waiting(begin):
    """Ana, at a draft whose last question depends on how long the wait was, and on a choice."""
    condition = All(
        of=(
            AtLeast(question="wait", measure=Decimal(95)),
            IsNot(question="queue", answer="option_1"),
            WasNotApplicable(question="queue"),
        )
    )
    questions = (
        Duration(key="wait", text={"en": "How long was the wait?"}),
        choice(na_allowed=True),
        yes_no("more", show_if=condition),
    )
    return begin(document(touchpoint("till", *questions)))


def test_a_condition_is_shown_as_it_was_set_and_sent_back_unchanged(waiting):
    before = waiting.document
    page = waiting.opens("/questions/more").text
    assert 'value="1:35"' in page, "a duration as it is typed"
    assert waiting.sends("/questions/more", help__en="Look.").status_code == 303
    assert waiting.document.question("more").show_if == before.question("more").show_if


def test_a_condition_that_rows_cannot_show_stays_until_it_is_taken_away(begin):
    condition = Not(of=OneOf(question="warmth", answers=("1", "2")))
    designer = begin(document(touchpoint("till", rating(), yes_no("more", show_if=condition))))
    page = designer.opens("/questions/more").text
    assert "Shown only if not (“How was the warmth?” is one of 1, 2)." in page
    designer.sends("/questions/more", help__en="Look.")
    assert condition_of(designer, "more") == condition
    designer.sends("/questions/more", condition_dropped="y")
    assert condition_of(designer, "more") is None


def test_a_question_that_moves_before_what_it_depends_on_says_so_and_keeps_its_condition(waiting):
    answer = waiting.sends("/touchpoints/till", "/draft/questions/more/moves", place="0")
    page = waiting.visitor.get(answer.location).text
    assert page.count("It is shown only if “Which queue?” says so, which stands after it.") == 2, (
        "told, and beside it"
    )
    form = waiting.opens("/questions/more").text
    assert '<optgroup label="Not possible any more">' in form
    assert waiting.sends("/questions/more", help__en="Look.").status_code == 303
    assert condition_of(waiting, "more") is not None
    assert "stands after it" in waiting.opens("/check").text


def test_a_draft_with_an_impossible_condition_cannot_be_published(waiting):
    waiting.sends("/questions/wait", "/draft/questions/wait/removals")
    assert "which is not in the checklist" in waiting.opens("/check").text
    assert waiting.versions[-1].is_draft


def test_of_several_choices_it_is_asked_whether_one_is_among_them(begin):
    several = SeveralChoices(key="seen", text={"en": "What was seen?"}, options=choice().options)
    designer = begin(
        document(touchpoint("till", Instruction(key="go", text={"en": "Go."}), several, yes_no("more")))
    )
    page = designer.sends("/questions/more", arrange="tests:add").text
    assert '<optgroup label="1 · What was seen?">' in page
    assert '<option value="seen:chosen:option_1">“What was seen?” includes “Option 1”</option>' in page


def test_two_designers_who_set_it_otherwise_choose(designer, colleague):
    mine = designer.fills(QUEUE, tests__0__test="greeted:is:no")
    colleague.sends(QUEUE, tests__0__test="greeted:is:yes")
    page = mine()
    assert page.status_code == 409
    assert "“Was it greeted?” is Yes" in page.text
    assert condition_of(designer) == IF_GREETED


def test_a_question_that_measures_has_its_condition_beside_its_bands(designer):
    typed = {"bands__0__up_to": "3", "bands__0__points": "5", "bands__1__points": "1"}
    path = "/touchpoints/till/questions/number"
    designer.sends(path, text__en="How many people?", tests__0__test="greeted:is:yes", **typed)
    made = designer.document.question("how_many_people")
    assert (made.show_if, len(made.bands)) == (IF_GREETED, 2)
