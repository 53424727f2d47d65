"""Own questions on the pages: saved from a draft, found, added, and brought to their newest version when wanted."""

import pytest
from sqlalchemy import select

from evaluations.designing.own_questions import question_of
from evaluations.designing.own_touchpoints import entry_of
from evaluations.models import OwnQuestion, OwnTouchpoint, Role
from tests.builders import a_person
from tests.shopper.admin.checklists.paper import Paper, sent

OWN = "/office/checklists/own-questions/"
PAGE = "/questions/greeted/own-touchpoint"
SAVE = "/draft/questions/greeted/own-question"
RENEW = "/questions/greeted/renewals/new"


@pytest.fixture
def own(designer, store):
    """Ana saves her question as “Welcomed”."""

    def now():
        store.expire_all()
        return store.scalars(select(OwnQuestion).order_by(OwnQuestion.id)).first()

    assert designer.sends(PAGE, SAVE, own_name="Welcomed").status_code == 303
    return now


def rewords(designer, text="Did anybody greet you?"):
    return designer.sends("/questions/greeted", text__en=text)


def saves_again(designer, own):
    rewords(designer)
    return designer.sends(PAGE, SAVE, next_of=f"{own().id}:{own().edition}")


def test_a_library_without_own_questions_says_how_to_get_one(designer):
    page = designer.visitor.get(OWN).text
    assert "No own question yet" in page
    assert "Save in the library" in page


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT])
def test_own_questions_are_there_for_designers_only(designer, own, visitors, store, role):
    other = visitors().signs_in(a_person(store, role))
    for address in (OWN, f"{OWN}{own().id}", f"{designer.base}/draft{RENEW}"):
        assert other.get(address).status_code == 404


def test_a_question_is_saved_by_itself_and_the_draft_remembers_it(designer, own):
    assert question_of(own()).text == designer.document.question("greeted").text
    origin = designer.document.question("greeted").origin
    assert (origin.id, origin.version, origin.key) == (str(own().id), 1, None)
    page = designer.visitor.get(f"{OWN}{own().id}").text
    assert "Welcomed" in page
    assert "Spring, draft of version 1" in page
    assert "As it was first saved." in page
    assert "Welcomed" in designer.visitor.get(OWN).text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"own_name": "  "}, "Enter a name"),
        ({"own_name": "WELCOMED"}, "already one named “WELCOMED”"),
        ({"own_name": "x" * 121}, "at most 120 characters"),
        ({"own_name": "Other", "next_of": "0198f3a0-0000-7000-8000-000000000001:1"}, "Choose one of the own"),
        ({"own_name": "Other", "next_of": "nothing"}, "Choose one of the own"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_typed(designer, own, store, typed, message):
    page = designer.sends(PAGE, SAVE, **({"next_of": ""} | typed))
    assert (page.status_code, message in page.text) == (422, True)
    kept = Paper(page.text, "").fields(f"{designer.base}{SAVE}")
    assert kept["own_name"] == typed["own_name"].strip()
    assert len(store.scalars(select(OwnQuestion)).all()) == 1


def test_saving_again_offers_the_next_version_and_keeps_the_one_before(designer, own):
    assert saves_again(designer, own).status_code == 303
    assert own().number == 2
    page = designer.visitor.get(f"{OWN}{own().id}").text
    assert "<del>Was it greeted?</del>" in page
    assert "as version 2 of it" in page


def test_only_own_questions_of_the_same_kind_are_offered_for_a_next_version(designer, own):
    page = f"{designer.base}/draft/questions/warmth/own-touchpoint"
    assert "as the next version of" not in designer.visitor.get(page).text
    assert "as the next version of “Welcomed”" in designer.opens(PAGE).text


def test_an_own_question_is_found_and_added_to_the_touchpoint_that_was_open(designer, own):
    page = designer.opens("/library?q=welcomed&into=till")
    assert "Add to “Till”" in page.text
    answer = designer.sends(
        "/library?q=welcomed&into=till", "/draft/touchpoints/till/own-questions", own=str(own().id)
    )
    assert answer.location.endswith("/touchpoints/till#question-greeted_2")
    assert designer.document.question("greeted_2").origin.id == str(own().id)


@pytest.mark.parametrize("named", ["nothing", "0198f3a0-0000-7000-8000-000000000001", "archived"])
def test_what_is_not_in_the_library_is_not_added(designer, own, named):
    page, to = "/library?into=till", "/draft/touchpoints/till/own-questions"
    send = designer.fills(page, to, own=str(own().id) if named == "archived" else named)
    if named == "archived":
        sent(designer.visitor, f"{OWN}{own().id}", f"{OWN}{own().id}/archives")
    before = designer.document
    assert send().status_code in (404, 409)
    assert designer.document == before


def test_a_newer_version_is_told_compared_and_taken_only_when_it_is_wanted(designer, own):
    designer.sends("/library?into=till", "/draft/touchpoints/till/own-questions", own=str(own().id))
    saves_again(designer, own)
    till = designer.opens("/touchpoints/till").text
    assert "“Welcomed” is here as version 1; the library has version 2." in till
    assert designer.document.question("greeted_2").text == {"en": "Was it greeted?"}
    page = designer.opens("/questions/greeted_2/renewals/new").text
    assert "<ins>Did anybody greet you?</ins>" in page
    assert designer.sends("/questions/greeted_2/renewals/new").status_code == 303
    assert designer.document.question("greeted_2").text == {"en": "Did anybody greet you?"}
    assert "the library has version" not in designer.opens("/touchpoints/till").text


def test_where_nothing_is_newer_there_is_nothing_to_take(designer, own):
    assert designer.opens(RENEW).status_code == 409
    assert designer.opens("/questions/warmth/renewals/new").status_code == 404
    assert designer.opens("/touchpoints/greeting/renewals/new").status_code == 404


def test_what_changed_after_the_difference_was_looked_at_is_not_taken(designer, own, colleague):
    designer.sends("/library?into=till", "/draft/touchpoints/till/own-questions", own=str(own().id))
    saves_again(designer, own)
    send = designer.fills("/questions/greeted_2/renewals/new")
    rewords(designer, "Were you greeted by name?")
    designer.sends(PAGE, SAVE, next_of=f"{own().id}:{own().edition}")
    assert send().status_code == 409
    assert designer.document.question("greeted_2").text == {"en": "Was it greeted?"}


def test_editing_a_question_does_not_forget_where_it_is_from(designer, own):
    rewords(designer)
    assert designer.document.question("greeted").origin.id == str(own().id)


def test_one_is_renamed_archived_and_put_back(designer, own):
    address = f"{OWN}{own().id}"
    assert sent(designer.visitor, address, name="Greeted").status_code == 303
    assert sent(designer.visitor, address, f"{address}/archives").status_code == 303
    assert "Archived questions" in designer.visitor.get(OWN).text
    assert (
        "Greeted"
        not in designer.opens("/library?q=greeted").text.split("library-count")[1].split("library-group")[0]
    )
    assert sent(designer.visitor, address, f"{address}/restorations").status_code == 303
    assert own().archived_at is None


def test_a_saved_touchpoint_is_linked_to_the_draft_and_renewed_from_another(designer, store, colleague):
    designer.sends("/touchpoints/greeting/own-touchpoint", name="Welcome", phases=["during"])
    kept = store.scalars(select(OwnTouchpoint)).one()
    here = designer.document.touchpoints[1]
    assert (here.origin.version, [one.origin.key for one in here.questions]) == (1, ["greeted", "warmth"])
    designer.sends("/library", "/draft/placements", own=str(kept.id), entry=None, phase="during")
    rewords(designer)
    designer.sends("/questions/greeted/own-touchpoint", place="greeted")
    store.expire_all()
    assert (kept.number, entry_of(kept).questions[0].text) == (2, {"en": "Did anybody greet you?"})
    assert designer.document.touchpoints[1].origin.version == 2
    copy = designer.document.touchpoints[3]
    assert "the library has version 2" in designer.opens(f"/touchpoints/{copy.key}").text
    assert "the library has version" not in designer.opens("/touchpoints/greeting").text
    assert designer.sends(f"/touchpoints/{copy.key}/renewals/new").status_code == 303
    assert designer.document.question("greeted_2").text == {"en": "Did anybody greet you?"}
    page = designer.visitor.get(f"/office/checklists/own-touchpoints/{kept.id}").text
    assert "as version 2 of it" in page
