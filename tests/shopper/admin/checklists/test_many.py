"""Many questions at once, without script: ticked, and changed, moved, copied, pasted or removed in one step."""

from __future__ import annotations

from html import unescape

import pytest

from evaluations.document.tree import Instruction, Lens
from tests.evaluations.designing.documents import asked, document, journey, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import Paper
from tests.shopper.admin.checklists.test_undoing import presses

ALL = "/questions"
GREETING = "/touchpoints/greeting"
BOTH = ["greeted", "warmth"]


def does(designer, path, what, **changes):
    """Open a page of the draft, tick and fill in, and press the button that sends the form to `what`."""
    page = f"{designer.base}/draft{path}"
    fields = Paper(designer.visitor.get(page).text, page).fields(f"{designer.base}/draft/question-changes")
    for name, value in changes.items():
        fields.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return designer.visitor.post(f"{designer.base}/draft/{what}", data=fields)


def changes_many(designer, path=GREETING, **changes):
    return does(designer, path, "question-changes", **changes)


def told(designer, answer):
    return unescape(designer.visitor.get(answer.location).text)


def test_ticked_questions_are_changed_in_one_step(designer):
    answer = changes_many(
        designer,
        questions=BOTH,
        many__points="4",
        many__required="no",
        many__lenses_how="add",
        many__lenses="relevance",
    )
    assert (answer.status_code, answer.location) == (303, f"{designer.base}/draft{GREETING}#questions")
    assert "2 questions changed." in told(designer, answer)
    for key in BOTH:
        question = designer.document.question(key)
        assert (question.points, question.required, question.lenses) == (4, False, (Lens.RELEVANCE,))
    _where, page = presses(designer, GREETING, "undo")
    assert designer.document == journey()
    assert "Undid: required, lenses, points of 2 questions" in page


def test_the_whole_checklist_is_ticked_on_one_page(designer):
    page = unescape(designer.opens(ALL).text)
    assert all(f'value="{key}"' in page for key in asked(journey()))
    answer = changes_many(designer, ALL, questions=["lit", "arrived"], many__explain_no="yes")
    assert answer.location == f"{designer.base}/draft{ALL}"
    assert [designer.document.question(key).explain_on for key in ("lit", "arrived")] == [("no",), ("no",)]


def test_what_cannot_be_is_refused_by_name_and_nothing_is_half_done(begin):
    designer = begin(
        document(touchpoint("greeting", yes_no("a"), Instruction(key="b", text={"en": "Look up."})))
    )
    before = designer.document
    answer = changes_many(designer, questions=["a", "b"], many__required="no", many__points="3")
    page = unescape(answer.text)
    assert (answer.status_code, designer.document) == (422, before)
    assert "“Look up.”: Its kind earns no points." in page
    assert "“Look up.”: It takes no answer." in page
    assert 'value="a" aria-label="Tick: Was it a?" checked' in page
    assert 'name="many-points" type="text" value="3"' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"many__points": "3"}, "Tick at least one question first."),
        ({"questions": BOTH}, "Say first what is to become of the ticked questions."),
        ({"questions": BOTH, "many__points": "many"}, "This is not a number: many."),
        ({"questions": [*BOTH, "nobody"], "many__points": "3"}, "of what was ticked, 1 are gone meanwhile"),
    ],
)
def test_a_change_without_ticks_or_wishes_changes_nothing(designer, changes, said):
    answer = changes_many(designer, **changes)
    assert answer.status_code in {409, 422}
    assert said in unescape(answer.text)
    assert designer.document == journey()


def test_what_is_so_already_is_said(designer):
    assert "nothing changed" in told(designer, changes_many(designer, questions=BOTH, many__required="yes"))


def test_what_somebody_else_changed_meanwhile_is_refused_by_name(designer, colleague):
    page = f"{designer.base}/draft{GREETING}"
    address = f"{designer.base}/draft/question-removals"
    fields = Paper(designer.visitor.get(page).text, page).fields(f"{designer.base}/draft/question-changes")
    fields.setlist("questions", BOTH)
    colleague.sends("/questions/lit", points="3")
    colleague.sends("/questions/greeted", points="3")
    before = designer.document
    answer = designer.visitor.post(address, data=fields)
    assert (answer.status_code, designer.document) == (409, before)
    assert "Nothing was done: Ben changed “Was it greeted?”" in unescape(answer.text)
    fields.setlist("questions", ["warmth"])
    assert designer.visitor.post(address, data=fields).status_code == 303
    assert designer.document.question("lit").points == 3


def test_ticked_questions_move_and_are_removed_in_one_step_each(designer):
    answer = does(designer, GREETING, "question-moves", questions=BOTH, many__touchpoint="till")
    assert "2 questions moved." in told(designer, answer)
    assert asked(designer.document) == ["lit", "queue", "greeted", "warmth", "arrived"]
    answer = does(designer, ALL, "question-removals", questions=["lit", *BOTH])
    assert "3 questions removed. Undo brings back what was removed." in told(designer, answer)
    assert asked(designer.document) == ["queue", "arrived"]
    presses(designer, ALL, "undo")
    where, _page = presses(designer, ALL, "undo")
    assert (where, designer.document) == (ALL, journey())


def test_questions_are_copied_into_another_checklist(designer, begin):
    answer = does(designer, GREETING, "clippings", questions=BOTH)
    assert "Copied: 2 questions from “Spring”." in told(designer, answer)
    other = begin(document(touchpoint("till", yes_no("greeted"))))
    assert "Paste 2 questions from “Spring”" in unescape(other.opens("/touchpoints/till").text)
    answer = other.sends("/touchpoints/till", "/draft/pastes")
    assert answer.location == f"{other.base}/draft/touchpoints/till#question-greeted_2"
    assert asked(other.document) == ["greeted", "greeted_2", "warmth"]
    presses(other, "/touchpoints/till", "undo")
    assert asked(other.document) == ["greeted"]


def test_a_touchpoint_is_copied_and_what_stays_behind_is_said(begin):
    lit = yes_no("lit", text={"en": "Was it lit?", "es": "¿Estaba encendido?"})
    shone = yes_no("shone", show_if={"test": "answered", "question": "lit"})
    here = begin(document(touchpoint("sign", lit), touchpoint("light", shone), languages=("en", "es")))
    here.sends("/touchpoints/light", "/draft/clippings")
    other = begin(document())
    answer = other.sends("/questions", "/draft/pastes")
    page = told(other, answer)
    assert answer.location == f"{other.base}/draft/touchpoints/light"
    assert "Pasted: 1 touchpoint from “Spring”." in page
    assert "Left out, because this checklist does not have it: Spanish." in page
    assert (
        "Asked without its condition, which looked at a question that was not copied: “Was it shone?”."
        in page
    )
    assert other.document.question("shone").show_if is None


def test_without_a_language_in_common_nothing_is_pasted(designer, begin):
    designer.sends("/touchpoints/till", "/draft/clippings")
    other = begin(document(title={"es": "Otoño"}, languages=("es",)))
    answer = other.sends("/questions", "/draft/pastes")
    assert answer.status_code == 409
    assert "no language in common" in answer.text
    assert asked(other.document) == []


def test_what_one_copied_another_cannot_paste(designer, colleague):
    does(designer, GREETING, "clippings", questions=BOTH)
    page = colleague.opens(GREETING)
    assert 'id="paste"' not in page.text
    answer = colleague.visitor.post(
        f"{colleague.base}/draft/pastes",
        data={"csrf_token": Paper(page.text, "").forms[0][1][0][1], "where": "greeting"},
    )
    assert answer.status_code == 404


def test_a_checklist_without_questions_has_nothing_to_tick(begin):
    page = begin(document()).opens(ALL).text
    assert "Where does the customer" in page
    assert 'id="many"' not in page
