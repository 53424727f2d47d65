"""Two designers at one draft: who saves second is told who was first, and loses nothing of what was typed."""

import pytest

from tests.shopper.admin.checklists.paper import Paper

LIT = "/questions/lit"


@pytest.mark.parametrize(
    ("path", "box", "typed"),
    [
        (LIT, "text__en", "Was the sign really lit?"),
        ("/touchpoints/signage", "guidance__en", "Look up, please."),
        ("/settings", "briefing__en", "Wear a hat."),
        ("/touchpoints/new", "name__en", "Fitting rooms upstairs"),
        ("/touchpoints/signage/questions/rating", "text__en", "How bright was it?"),
    ],
)
def test_a_stale_save_is_refused_with_who_saved_and_everything_typed(designer, colleague, path, box, typed):
    send = designer.fills(path, **{box: typed})
    colleague.sends("/questions/queue", text__en="How many waited?")
    before = designer.document
    page = send()
    assert page.status_code == 409
    assert "Ben saved this draft" in page.text
    assert "after you had opened it. Nothing was overwritten." in page.text
    assert typed in page.text
    assert designer.document == before


@pytest.mark.parametrize("path", [LIT, "/touchpoints/signage", "/settings"])
def test_saving_again_puts_what_was_typed_beside_what_the_other_did(designer, colleague, path):
    box = {LIT: "help__en", "/touchpoints/signage": "guidance__en", "/settings": "briefing__en"}[path]
    send = designer.fills(path, **{box: "Wear a hat."})
    colleague.sends("/questions/queue", text__en="How many waited?")
    page = send()
    address = f"{designer.base}/draft{path}"
    answer = designer.visitor.post(address, data=Paper(page.text, address).fields(address))
    assert answer.status_code == 303
    assert "Wear a hat." in designer.versions[-1].document
    assert designer.document.question("queue").text == {"en": "How many waited?"}


def test_what_was_typed_for_a_question_that_was_removed_is_given_back(designer, colleague):
    send = designer.fills(LIT, text__en="Was the sign really lit?")
    colleague.sends(LIT, "/draft/questions/lit/removals")
    page = send()
    assert page.status_code == 409
    assert "removed or published meanwhile" in page.text
    assert "Was the sign really lit?" in page.text


def test_what_was_typed_for_a_draft_that_was_published_is_given_back(designer, colleague):
    send = designer.fills("/settings", briefing__en="Wear a hat.")
    colleague.sends("/check", "/versions")
    page = send()
    assert (page.status_code, "Wear a hat." in page.text) == (409, True)


@pytest.mark.parametrize(
    ("path", "to", "fields"),
    [
        ("/touchpoints/signage", "/draft/touchpoints/signage/moves", {"step": "later"}),
        ("/touchpoints/signage", "/draft/touchpoints/signage/removals", {}),
        (LIT, "/draft/questions/lit/removals", {}),
        (LIT, "/draft/questions/lit/copies", {}),
        ("/library", "/draft/placements", {"entry": "signage"}),
    ],
)
def test_a_stale_act_is_refused_and_leads_to_how_it_stands_now(designer, colleague, path, to, fields):
    send = designer.fills(path, to, **fields)
    colleague.sends("/questions/queue", text__en="How many waited?")
    before = designer.document
    page = send()
    assert page.status_code == 409
    assert "Ben saved this draft" in page.text
    assert f'href="{designer.base}"' in page.text
    assert designer.document == before


def test_a_form_without_an_edition_is_refused(designer):
    page = designer.sends(LIT, edition=None, text__en="Was it bright?")
    assert page.status_code == 409
    assert designer.document.question("lit").text == {"en": "Was it lit?"}
