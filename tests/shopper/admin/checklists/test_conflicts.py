"""Two designers at one draft: what they do in different places is put together, and in the same place they choose."""

import json
import re
from html import unescape

import pytest

from evaluations.document.tree import Critical, Effect
from tests.shopper.admin.checklists.paper import Paper

LIT = "/questions/lit"
QUEUE = "/questions/queue"
SIGNAGE = "/touchpoints/signage"
SETTINGS = "/settings"


def said_of_both(text):
    """What the page puts side by side, as it is read."""
    part = re.search(r'<section class="clashes".*?</section>', text, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", part[0])).split()) if part else ""


def again(designer, path, page, **changes):
    """Send the form of `page` once more, with `changes`."""
    address = f"{designer.base}/draft{path}"
    fields = Paper(page.text, address).fields(address)
    for name, value in changes.items():
        fields.setlist(name.replace("__", "-"), [value])
    return designer.visitor.post(address, data=fields)


@pytest.mark.parametrize(
    ("path", "box", "mine", "theirs"),
    [
        (LIT, "text__en", "Was the sign really lit?", "Did the sign shine?"),
        (SIGNAGE, "guidance__en", "Look up, please.", "Stand across the street."),
        (SETTINGS, "briefing__en", "Wear a hat.", "Wear no hat."),
    ],
)
def test_the_same_wording_is_shown_twice_and_nothing_is_overwritten(
    designer, colleague, path, box, mine, theirs
):
    send = designer.fills(path, **{box: mine})
    colleague.sends(path, **{box: theirs})
    before = designer.document
    page = send()
    assert page.status_code == 409
    assert "Ben changed this too" in page.text
    assert mine in page.text
    assert theirs in page.text
    assert designer.document == before


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Did it shine?"), ("mine", "Was it bright?")])
def test_one_of_the_two_wordings_is_chosen(designer, colleague, choice, kept):
    send = designer.fills(LIT, text__en="Was it bright?", help__en="Look up.")
    colleague.sends(LIT, text__en="Did it shine?", points="7")
    answer = again(designer, LIT, send(), take__text__en=choice)
    assert answer.status_code == 303
    lit = designer.document.question("lit")
    assert (lit.text, lit.help, lit.points) == ({"en": kept}, {"en": "Look up."}, 7)


def test_of_both_wordings_a_third_is_made(designer, colleague):
    send = designer.fills(LIT, text__en="Was it bright?")
    colleague.sends(LIT, text__en="Did it shine?")
    again(designer, LIT, send(), text__en="Was it bright, did it shine?")
    assert designer.document.question("lit").text == {"en": "Was it bright, did it shine?"}


def test_a_third_save_meanwhile_is_shown_again(designer, colleague):
    send = designer.fills(LIT, text__en="Was it bright?")
    colleague.sends(LIT, text__en="Did it shine?")
    page = send()
    colleague.sends(LIT, text__en="Did it glow?")
    page = again(designer, LIT, page, take__text__en="mine")
    assert (page.status_code, "Did it glow?" in page.text) == (409, True)


@pytest.mark.parametrize(
    ("path", "mine", "theirs", "said_words"),
    [
        (LIT, {"points": "5"}, {"points": "7.5"}, ("Points", "5", "7.5")),
        (LIT, {"required": None}, {"points": "1", "required": None, "help__en": "x"}, ()),
        (LIT, {"favourable": "no", "points": "2"}, {"points": "3"}, ("Points", "2", "3")),
        (
            QUEUE,
            {"options__0__points": "9"},
            {"options__0__points": "8"},
            ("“Option 1” (9)", "“Option 1” (8)"),
        ),
        (
            LIT,
            {"critical_effect": "fails_visit"},
            {"critical_effect": "caps_total", "critical_cap": "50"},
            ("the visit fails", "total at most 50"),
        ),
        (LIT, {"lenses": "simplicity"}, {"lenses": "usefulness"}, ("Simplicity", "Usefulness")),
        (LIT, {"explain_yes": "y"}, {"explain_no": "y"}, ("Explanations", "Yes", "No")),
        (SIGNAGE, {"channel": "print"}, {"channel": "post"}, ("Print or outdoor", "Post")),
        (SIGNAGE, {"target": "80"}, {"target": "90"}, ("Target", "80", "90")),
        (SETTINGS, {"target": "80"}, {"good": "95"}, ("target 80 %", "good from 95 %")),
        (SETTINGS, {"name": "Autumn"}, {"name": "Winter", "title__en": "W"}, ("Autumn", "Winter")),
    ],
)
def test_what_clashes_is_said_in_words_on_both_sides(designer, colleague, path, mine, theirs, said_words):
    send = designer.fills(path, **mine)
    colleague.sends(path, **theirs)
    page = send()
    text = said_of_both(page.text)
    assert page.status_code == (409 if said_words else 303)
    assert [words for words in said_words if words not in text] == []


def test_different_fields_of_one_question_are_put_together_and_said(designer, colleague):
    send = designer.fills(LIT, help__en="Look up.")
    colleague.sends(LIT, text__en="Did it shine?", critical_effect="fails_visit")
    answer = send()
    assert answer.status_code == 303
    lit = designer.document.question("lit")
    assert (lit.text, lit.help) == ({"en": "Did it shine?"}, {"en": "Look up."})
    assert lit.critical == Critical(on=("no",), effect=Effect.FAILS_VISIT)
    page = designer.opens(SIGNAGE)
    assert "Ben changed this too (wording, critical rule). Both are kept." in page.text


def test_one_writes_english_while_the_other_writes_spanish(designer, colleague):
    for each in (designer, colleague):
        each.sends(SETTINGS, languages=["en", "es"])
    send = designer.fills(LIT, text__en="Was it bright?")
    colleague.sends(LIT, text__es="¿Estaba encendido?")
    assert send().status_code == 303
    assert designer.document.question("lit").text == {"en": "Was it bright?", "es": "¿Estaba encendido?"}


def test_what_together_makes_no_sense_is_shown_field_by_field(designer, colleague):
    designer.sends("/touchpoints/signage/questions/narrative", text__en="Tell.", min_length="0")
    path = "/questions/tell"
    send = designer.fills(path, max_length="200")
    colleague.sends(path, min_length="300")
    page = send()
    assert page.status_code == 409
    assert "Ben changed this too" in page.text
    kept = designer.document.question("tell")
    assert (kept.min_length, kept.max_length) == (300, 4000)


@pytest.mark.parametrize(
    ("path", "box", "typed"),
    [
        (LIT, "text__en", "Was the sign really lit?"),
        (SIGNAGE, "guidance__en", "Look up, please."),
        (SETTINGS, "briefing__en", "Wear a hat."),
        ("/touchpoints/new", "name__en", "Fitting rooms upstairs"),
        ("/touchpoints/signage/questions/rating", "text__en", "How bright was it?"),
    ],
)
def test_changes_in_different_places_never_clash(designer, colleague, path, box, typed):
    send = designer.fills(path, **{box: typed})
    colleague.sends(QUEUE, text__en="How many waited?")
    answer = send()
    assert answer.status_code == 303
    assert typed in designer.versions[-1].document
    assert designer.document.question("queue").text == {"en": "How many waited?"}


@pytest.mark.parametrize(
    ("path", "to", "fields"),
    [
        (SIGNAGE, "/draft/touchpoints/signage/moves", {"step": "later"}),
        (SIGNAGE, "/draft/touchpoints/signage/copies", {}),
        (SIGNAGE, "/draft/touchpoints/signage/removals", {}),
        (LIT, "/draft/questions/lit/removals", {}),
        (LIT, "/draft/questions/lit/copies", {}),
        (LIT, "/draft/questions/lit/moves", {"touchpoint": "till"}),
        ("/library", "/draft/placements", {"entry": "signage"}),
    ],
)
def test_an_act_is_done_beside_what_somebody_else_saved(designer, colleague, path, to, fields):
    send = designer.fills(path, to, **fields)
    colleague.sends(QUEUE, text__en="How many waited?")
    before = designer.document
    assert send().status_code == 303
    assert designer.document != before
    assert designer.document.question("queue").text == {"en": "How many waited?"}


@pytest.mark.parametrize(
    ("path", "to"),
    [(LIT, "/draft/questions/lit/removals"), (SIGNAGE, "/draft/touchpoints/signage/removals")],
)
def test_what_somebody_changed_since_is_not_removed_unseen(designer, colleague, path, to):
    send = designer.fills(path, to)
    colleague.sends(LIT, text__en="Did the sign shine?")
    before = designer.document
    page = send()
    assert page.status_code == 409
    assert "Ben saved this draft" in page.text
    assert designer.document == before


def test_a_touchpoint_into_which_a_question_was_moved_is_not_removed_unseen(designer, colleague):
    send = designer.fills(SIGNAGE, "/draft/touchpoints/signage/removals")
    colleague.sends(QUEUE, "/draft/questions/queue/moves", touchpoint="signage")
    assert send().status_code == 409
    assert designer.document.question("queue")


def test_what_was_typed_for_a_question_that_was_removed_is_given_back(designer, colleague):
    send = designer.fills(LIT, text__en="Was the sign really lit?")
    colleague.sends(LIT, "/draft/questions/lit/removals")
    page = send()
    assert page.status_code == 409
    assert "removed or published meanwhile" in page.text
    assert "Was the sign really lit?" in page.text
    assert '"kind"' not in page.text


def test_what_was_typed_for_a_draft_that_was_published_is_given_back(designer, colleague):
    send = designer.fills(SETTINGS, briefing__en="Wear a hat.")
    colleague.sends("/check", "/versions")
    page = send()
    assert (page.status_code, "Wear a hat." in page.text) == (409, True)


def test_what_was_typed_for_a_draft_thrown_away_is_not_put_into_the_next_unseen(designer, colleague):
    colleague.sends("/check", "/versions")
    colleague.visitor.sends(f"{designer.base}/drafts", _from=designer.base)
    send = designer.fills(LIT, text__en="Was it bright?")
    token = colleague.visitor.token(designer.base)
    data = {"csrf_token": token, "edition": designer.seal}
    colleague.visitor.post(f"{designer.base}/draft/discards", data=data)
    colleague.visitor.sends(f"{designer.base}/drafts", _from=designer.base)
    page = send()
    assert (page.status_code, "Was it bright?" in page.text) == (409, True)
    assert designer.document.question("lit").text == {"en": "Was it lit?"}


@pytest.mark.parametrize("seal", [None, "", "1", "x:1", "{id}:99", "{id}:-1", "{id}:x", "{id}:" + "9" * 40])
def test_a_form_that_names_no_edition_there_was_is_refused(designer, seal):
    named = seal.replace("{id}", str(designer.versions[-1].id)) if seal else seal
    page = designer.sends(LIT, edition=named, text__en="Was it bright?")
    assert (page.status_code, "Was it bright?" in page.text) == (409, True)
    assert designer.document.question("lit").text == {"en": "Was it lit?"}


@pytest.mark.parametrize("base", ["", "[]", "7", "{", '{"key": "lit"}', "[" * 5000, json.dumps({"text": 5})])
def test_where_what_was_there_before_cannot_be_read_every_difference_is_shown(designer, colleague, base):
    send = designer.fills(LIT, text__en="Was it bright?", base=base)
    colleague.sends(LIT, points="7")
    page = send()
    assert (page.status_code, "Was it bright?" in page.text) == (409, True)
    assert designer.document.question("lit").text == {"en": "Was it lit?"}


def test_what_was_refused_is_still_made_from_the_same(designer, colleague):
    send = designer.fills(LIT, points="many", help__en="Look up.")
    colleague.sends(LIT, text__en="Did it shine?")
    page = send()
    assert page.status_code == 422
    assert again(designer, LIT, page, points="5").status_code == 303
    lit = designer.document.question("lit")
    assert (lit.text, lit.points, lit.help) == ({"en": "Did it shine?"}, 5, {"en": "Look up."})


def test_options_put_in_order_are_still_made_from_the_same(designer, colleague):
    send = designer.fills(QUEUE, arrange="up-1")
    colleague.sends(QUEUE, text__en="How many waited?")
    assert again(designer, QUEUE, send()).status_code == 303
    queue = designer.document.question("queue")
    assert (queue.text, queue.options[0].key) == ({"en": "How many waited?"}, "option_2")


def test_a_colleagues_new_name_is_not_taken_back(designer, colleague):
    send = designer.fills(SETTINGS, briefing__en="Wear a hat.")
    colleague.sends(SETTINGS, name="Summer")
    assert send().status_code == 303
    assert "Summer" in designer.opens(SETTINGS).text
