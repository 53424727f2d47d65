"""A designer says on which answers a question is shown at all."""

from decimal import Decimal

import pytest

from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    Chosen,
    Duration,
    Instruction,
    Is,
    IsNot,
    Not,
    OneOf,
    Photo,
    SeveralChoices,
    WasAnswered,
    WasNotApplicable,
)
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

QUEUE = "/questions/queue"
IF_GREETED = Is(question="greeted", answer="yes")


def condition_of(designer, key="queue"):
    return designer.document.question(key).show_if


def row(place, question, test="", answer="", inside="", **more):
    """The boxes of a row, by their names."""
    given = {"question": question, "test": test, "answer": answer, "inside": inside} | more
    return {f"tests__{place}__{name}": value for name, value in given.items()}


def group(place, join):
    """The boxes of the row that heads a group."""
    return {f"tests__{place}__join": join}


TOO_MANY = {name: value for n in range(21) for name, value in row(n, "lit", "answered").items()}
NOT_ASKED, NO_FIT = "Choose a question that is asked before.", "Choose a comparison that fits the question."
DEAR = Is(question="warmth", answer="1")
ROW_NOBODY = row(0, "greeted", "is", "no")
NOBODY = Is(question="greeted", answer="no")


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        (row(0, "greeted", "is", "yes"), IF_GREETED),
        (row(0, "lit", "answered"), WasAnswered(question="lit")),
        (row(0, "warmth", "at_least", figure="3"), AtLeast(question="warmth", measure=Decimal(3))),
        (row(0, "warmth", "one_of", answers=["2", "4"]), OneOf(question="warmth", answers=("2", "4"))),
        ({"join": "any"} | ROW_NOBODY | row(1, "warmth", "is", "1"), AnyOf(of=(NOBODY, DEAR))),
        ({"join": "all"} | ROW_NOBODY | row(1, "") | row(2, "warmth", "is", "1"), All(of=(NOBODY, DEAR))),
        ({"join": "none"} | row(0, "greeted", "is", "no"), Not(of=NOBODY)),
        ({"join": "none"} | ROW_NOBODY | row(1, "warmth", "is", "1"), Not(of=AnyOf(of=(NOBODY, DEAR)))),
        (
            row(0, "lit", "is", "yes") | group(1, "any") | row(2, "greeted", "is", "no", "1")
            | row(3, "warmth", "is", "1", "1"),
            All(of=(Is(question="lit", answer="yes"), AnyOf(of=(NOBODY, DEAR)))),
        ),
        (
            row(0, "warmth", "one_of", answers=["1", "2"]) | group(1, "none") | row(2, "greeted", "is", "no", "1"),
            All(of=(OneOf(question="warmth", answers=("1", "2")), Not(of=NOBODY))),
        ),
        (group(0, "all") | row(1, "greeted", "is", "no", "1") | group(2, "none"), NOBODY),
        ({"join": "none"} | group(0, "all") | row(1, "greeted", "is", "no", "1") | row(2, "warmth", "is", "1", "1"),
         Not(of=All(of=(NOBODY, DEAR)))),
        (row(0, "", figure="3"), None),
        (group(0, "all"), None),
        ({"join": "sideways"} | row(0, "greeted", "is", "no", inside="1"), None),
    ],
)  # fmt: skip
def test_a_condition_is_set_by_rows(designer, typed, condition):
    answer = designer.sends(QUEUE, **typed)
    assert answer.status_code == (422 if "sideways" in typed.values() else 303)
    assert condition_of(designer) == condition


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (row(0, "arrived", "is", "yes"), NOT_ASKED),
        (row(0, "queue", "answered"), NOT_ASKED),
        (row(0, "Nonsense!", "is", "yes"), NOT_ASKED),
        (row(0, "greeted"), "Choose a comparison."),
        (row(0, "greeted", "smells"), "Choose a comparison."),
        (row(0, "greeted", "at_least", figure="3"), NO_FIT),
        (row(0, "greeted", "chosen", "yes"), NO_FIT),
        (row(0, "greeted", "na"), NO_FIT),
        (row(0, "greeted", "is"), "Choose an answer."),
        (row(0, "greeted", "is", "perhaps"), "Choose an answer to this question."),
        (row(0, "greeted", "is", "y" * 99), "Choose an answer to this question."),
        (row(0, "warmth", "one_of"), "Tick at least one answer."),
        (row(0, "warmth", "one_of", answers=["1", "9"]), "Choose an answer to this question."),
        (row(0, "warmth", "one_of", answers=["1"] * 61), "Choose an answer to this question."),
        (row(0, "warmth", "at_most"), "Say how much."),
        (row(0, "warmth", "at_most", figure="few"), "This is not a number: few."),
        (row(0, "warmth", "at_least", figure="6"), "a figure that “How was the warmth?” does not take."),
        (TOO_MANY, "At most 20 conditions."),
        (
            {"join": "none"} | group(0, "none") | row(1, "greeted", "is", "no", "1") | row(2, "warmth", "is", "1", "1")
            | row(3, "lit", "answered"),
            "“None of these” cannot stand within “none of these”.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_row_and_nothing_is_kept(designer, typed, message):
    before = designer.document
    page = designer.sends(QUEUE, **typed)
    assert page.status_code == 422
    assert message in page.text
    assert designer.document == before


def test_rows_are_added_and_taken_away_without_saving(designer):
    page = designer.sends(QUEUE, arrange="tests:add")
    assert 'name="tests-0-question"' in page.text
    assert "tests-1-question" not in page.text
    page = designer.sends(QUEUE, **row(0, "greeted", "is", "yes"), arrange="tests:drop-0")
    assert "tests-0-question" not in page.text
    assert condition_of(designer) is None


def test_a_group_is_added_with_a_row_in_it_and_goes_with_all_its_rows(designer):
    first = row(0, "greeted", "is", "yes")
    page = designer.sends(QUEUE, **first, arrange="tests:group").text
    assert 'name="tests-1-join"' in page
    assert '<input type="hidden" name="tests-2-inside" value="1">' in page
    rows = first | group(1, "none") | row(2, "lit", "answered", inside="1") | row(3, "warmth", "is", "1")
    page = designer.sends(QUEUE, **rows, arrange="tests:add-1").text
    assert '<input type="hidden" name="tests-3-inside" value="1">' in page
    assert page.count("-inside") == 2
    page = designer.sends(QUEUE, **rows, arrange="tests:drop-1").text
    assert ("tests-1-join" in page, "tests-1-question" in page, "tests-2-question" in page) == (
        False,
        True,
        False,
    )


def test_boxes_that_a_row_lacks_are_not_filled_from_the_row_that_stood_there(designer):
    grouped = group(0, "any") | row(1, "greeted", "is", "no", "1") | row(2, "warmth", "is", "1", "1")
    designer.sends(QUEUE, **grouped | row(3, "lit", "answered"))
    assert isinstance(condition_of(designer), All)
    rest = {f"tests__{n}__{box}": None for n in (1, 2, 3) for box in ("inside", "question", "test", "answer")}
    gone = {
        "tests__0__join": None,
        "tests__0__question": "greeted",
        "tests__0__test": "is",
        "tests__0__answer": "yes",
    }
    assert designer.sends(QUEUE, **rest | gone).status_code == 303
    assert condition_of(designer) == IF_GREETED


def test_an_option_that_is_offered_no_more_stays_where_it_stands_and_is_not_chosen_anew(begin):
    on = IsNot(question="queue", answer="option_1")
    options = tuple(one.model_copy(update={"retired": one.key == "option_1"}) for one in choice().options)
    retired = choice(options=options)
    designer = begin(document(touchpoint("till", retired, yes_no("more", show_if=on), yes_no("other"))))
    assert designer.sends("/questions/more", help__en="Look.").status_code == 303
    assert condition_of(designer, "more") == on
    page = designer.sends("/questions/other", **row(0, "queue"), arrange="tests:show").text
    assert ('<option value="option_1">' in page, '<option value="option_2">' in page) == (False, True)
    page = designer.sends("/questions/other", **row(0, "queue", "is", "option_1"))
    assert (page.status_code, "Choose an answer to this question." in page.text) == (422, True)


@pytest.mark.parametrize(
    "arrange", ["tests:drop-99", "tests:add-99", "tests:up-0", "tests:", "tests:drop--1", "tests:group-x"]
)
def test_an_arrangement_that_cannot_be_breaks_nothing(designer, arrange):
    page = designer.sends(QUEUE, **row(0, "greeted", "is", "yes"), arrange=arrange)
    assert page.status_code == 200
    assert 'name="tests-0-question"' in page.text


def test_a_row_shows_what_fits_the_question_that_is_chosen_in_it(designer):
    page = designer.sends(QUEUE, **row(0, "warmth"), arrange="tests:show").text
    assert ">is at least</option>" in page
    assert 'name="tests-0-answer"' in page
    page = designer.sends(QUEUE, **row(0, "warmth", "one_of"), arrange="tests:show").text
    assert (
        page.count('type="checkbox" name="tests-0-answers"')
        + page.count('name="tests-0-answers" type="checkbox"')
        == 5
    )
    page = designer.sends(QUEUE, **row(0, "greeted", "at_least", "1"), arrange="tests:show").text
    assert (">is at least</option>" in page, 'name="tests-0-answer"' in page) == (False, True)
    assert "Show what fits" in page


def test_the_rows_are_said_as_a_sentence(designer):
    rows = (
        row(0, "warmth", "one_of", answers=["1", "2"]) | group(1, "none") | row(2, "greeted", "is", "no", "1")
    )
    page = designer.sends(QUEUE, **rows, arrange="tests:show").text
    assert "Shown only if “How was the warmth?” is one of 1, 2 and not (“Was it greeted?” is No)." in page


def test_only_what_stands_before_is_offered_each_in_its_touchpoint(designer):
    page = designer.sends(QUEUE, arrange="tests:add").text
    assert '<optgroup label="Greeting">' in page
    assert '<option value="greeted">2 · Was it greeted?</option>' in page
    assert 'value="arrived"' not in page


def test_a_photo_before_a_question_is_no_answer_to_go_by(begin):
    window = touchpoint("window", Photo(key="front", text={"en": "The front"}), yes_no(key="clean"))
    page = begin(document(window)).opens("/questions/clean").text
    assert "No question before this one has an answer that can be depended on." in page
    assert "No question stands before" not in page


def test_the_first_question_has_nothing_to_go_by(designer):
    assert "No question stands before this one" in designer.opens("/questions/lit").text


def test_a_new_question_depends_on_those_before_it_too(designer):
    new = "/touchpoints/greeting/questions/instruction"
    designer.sends(new, text__en="Thank them.", **row(0, "greeted", "is", "yes"))
    assert designer.document.question("thank_them").show_if == IF_GREETED


def test_the_journey_says_on_what_a_question_depends(designer):
    designer.sends(QUEUE, **row(0, "greeted", "is", "yes"))
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
    condition = All(of=(AnyOf(of=(Not(of=OneOf(question="warmth", answers=("1", "2"))),)),))
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
    assert '<option value="seen">1 · What was seen?</option>' in page
    page = designer.sends("/questions/more", **row(0, "seen"), arrange="tests:show").text
    assert [name for name in (">is<", ">includes<", ">includes nothing but<") if name in page] == [
        ">includes<",
        ">includes nothing but<",
    ]
    designer.sends("/questions/more", **row(0, "seen", "chosen", "option_1"))
    assert condition_of(designer, "more") == Chosen(question="seen", answer="option_1")


def test_two_designers_who_set_it_otherwise_choose(designer, colleague):
    mine = designer.fills(QUEUE, **row(0, "greeted", "is", "no"))
    colleague.sends(QUEUE, **row(0, "greeted", "is", "yes"))
    page = mine()
    assert page.status_code == 409
    assert "“Was it greeted?” is Yes" in page.text
    assert condition_of(designer) == IF_GREETED


def test_a_question_that_measures_has_its_condition_beside_its_bands(designer):
    typed = {"bands__0__up_to": "3", "bands__0__points": "5", "bands__1__points": "1"}
    path = "/touchpoints/till/questions/number"
    designer.sends(path, text__en="How many people?", **row(0, "greeted", "is", "yes"), **typed)
    made = designer.document.question("how_many_people")
    assert (made.show_if, len(made.bands)) == (IF_GREETED, 2)


LATER = document(
    touchpoint("door", yes_no(), rating()),
    touchpoint("help", yes_no("helped")),
    touchpoint("till", yes_no("paid")),
)
HELP = "/touchpoints/help"


def met_if(designer):
    return next(one.show_if for one in designer.document.touchpoints if one.key == "help")


def test_a_touchpoint_is_met_only_where_its_condition_holds(begin):
    designer = begin(LATER)
    rows = (
        row(0, "warmth", "one_of", answers=["1", "2"]) | group(1, "none") | row(2, "greeted", "is", "no", "1")
    )
    assert designer.sends(HELP, **rows).status_code == 303
    assert met_if(designer) == All(of=(OneOf(question="warmth", answers=("1", "2")), Not(of=NOBODY)))
    page = designer.opens(HELP).text
    assert "Met only if “How was the warmth?” is one of 1, 2 and not (“Was it greeted?” is No)." in page
    assert designer.sends(HELP, weight="3").status_code == 303
    assert met_if(designer) is not None, "it is sent back unchanged"
    assert designer.sends(HELP, tests__0__question="", tests__2__question="").status_code == 303
    assert met_if(designer) is None


@pytest.mark.parametrize("question", ["helped", "paid", "gone"])
def test_a_touchpoint_looks_at_neither_its_own_questions_nor_later_ones(begin, question):
    designer = begin(LATER)
    page = designer.sends(HELP, **row(0, question, "is", "yes"))
    assert (page.status_code, NOT_ASKED in page.text) == (422, True)
    assert designer.document == LATER


def test_the_rows_of_a_touchpoint_are_arranged_without_saving(begin):
    designer = begin(LATER)
    page = designer.sends(HELP, name__en="Help desk", arrange="tests:add").text
    assert 'id="met-tests-0-question"' in page
    assert 'value="Help desk"' in page
    assert designer.document == LATER


def test_the_first_touchpoint_has_nothing_to_go_by(begin):
    page = begin(LATER).opens("/touchpoints/door?settings=open").text
    assert "Nothing is asked before this touchpoint" in page


def test_a_touchpoint_that_moves_before_what_it_depends_on_says_so_and_is_not_published(begin):
    designer = begin(LATER)
    designer.sends(HELP, **row(0, "greeted", "is", "no"))
    answer = designer.sends(HELP, "/draft/touchpoints/help/moves", place="0", phase="during", step=None)
    page = designer.visitor.get(answer.location).text
    assert page.count("It is shown only if “Was it greeted?” says so, which stands after it.") == 3, (
        "told, in its head, and beside it"
    )
    assert '<optgroup label="Not possible any more">' in page
    assert "stands after it" in designer.opens("/check").text
    designer.sends("/questions/greeted", "/draft/questions/greeted/removals")
    assert "the question “greeted” says so, which is not in the checklist" in designer.opens("/check").text


def test_two_designers_who_set_the_condition_of_a_touchpoint_otherwise_choose(begin, ben, visitors):
    ana = begin(LATER)
    mine = ana.fills(HELP, **row(0, "greeted", "is", "no"))
    type(ana)(visitors().signs_in(ben), ana.engine, ana.base).sends(HELP, **row(0, "greeted", "is", "yes"))
    page = mine()
    assert page.status_code == 409
    assert "“Was it greeted?” is Yes" in page.text
    assert met_if(ana) == IF_GREETED
