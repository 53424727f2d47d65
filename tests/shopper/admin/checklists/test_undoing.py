"""Undo and redo on the designer's pages, without script."""

from __future__ import annotations

from html import unescape

from tests.evaluations.designing.documents import asked, journey
from tests.shopper.admin.checklists.paper import Paper

LIT = "/questions/lit"
SIGNAGE = "/touchpoints/signage"


def presses(designer, path, button):
    """Open a page and press Undo or Redo in its head; the page that comes after."""
    address = f"{designer.base}/draft/{button}s"
    page = designer.opens(path).text
    answer = designer.visitor.post(address, data=Paper(page, address).fields(address))
    assert answer.status_code == 303, answer.status
    shown = designer.visitor.get(answer.location)
    if shown.status_code == 303:  # the head of the journey is the first touchpoint
        shown = designer.visitor.get(shown.location)
    return answer.location.removeprefix(f"{designer.base}/draft"), unescape(shown.text)


def test_a_step_is_undone_and_done_again_and_said_in_words(designer):
    designer.sends(LIT, points="3")
    assert "Undo: points of “Was it lit?”" in unescape(designer.opens(SIGNAGE).text)
    where, page = presses(designer, SIGNAGE, "undo")
    assert (where, designer.document) == (f"{SIGNAGE}#question-lit", journey())
    assert "Undid: points of “Was it lit?”" in page
    assert "Redo: points of “Was it lit?”" in page
    _where, page = presses(designer, SIGNAGE, "redo")
    assert (designer.document.question("lit").points, "Done again: points of “Was it lit?”" in page) == (
        3,
        True,
    )


def test_where_nothing_was_done_there_is_nothing_to_undo(designer):
    page = designer.opens(SIGNAGE).text
    assert "Nothing to undo" in page
    assert "Nothing to redo" in page
    for button in ("undo", "redo"):
        _where, page = presses(designer, SIGNAGE, button)
        assert "There is nothing to" in page
    assert designer.document == journey()


def test_the_open_question_stays_open_with_what_it_says_now(designer):
    designer.sends(LIT, text__en="Did it shine?")
    where, page = presses(designer, LIT, "undo")
    assert where == LIT
    assert ">\nWas it lit?</textarea>" in page


def test_an_undo_leads_to_what_it_brought_back(designer):
    designer.sends(SIGNAGE, f"/draft{SIGNAGE}/removals")
    where, page = presses(designer, "/touchpoints/till", "undo")
    assert (where, asked(designer.document)) == (SIGNAGE, asked(journey()))
    assert "Undid: removing the touchpoint “Signage”" in page
    where, page = presses(designer, SIGNAGE, "redo")
    assert where == ""
    assert "Done again: removing the touchpoint “Signage”" in page


def test_settings_are_undone_where_they_stand(designer):
    designer.sends("/settings", title__en="Summer")
    where, page = presses(designer, "/settings", "undo")
    assert (where, designer.document) == ("/settings", journey())
    assert "Undid: title of the checklist" in page


def test_two_designers_undo_their_own_and_a_clash_is_refused_by_name(designer, colleague):
    designer.sends(LIT, points="3")
    colleague.sends("/questions/warmth", text__en="How warm was it?")
    colleague.sends(LIT, points="4")
    before = designer.document
    _where, page = presses(designer, SIGNAGE, "undo")
    assert designer.document == before
    assert "Not undone: points of “Was it lit?”. Ben has changed “Was it lit?” since, and that stays." in page
    presses(colleague, SIGNAGE, "undo")
    presses(colleague, SIGNAGE, "undo")
    assert designer.document.question("lit").points == 3
    assert designer.document.question("warmth") == journey().question("warmth")


def test_an_undo_after_publishing_is_refused(designer):
    address = f"{designer.base}/draft/undos"
    fields = Paper(designer.opens(SIGNAGE).text, address).fields(address)
    designer.sends("/check", "/versions")
    assert designer.visitor.post(address, data=fields).status_code == 409
