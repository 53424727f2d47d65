"""What was said at a question before it was hidden stays with the agency."""

import io

import pypdf
import pytest
from sqlalchemy import select

from evaluations.document.tree import Is, Photo, ShortText, Touchpoint
from evaluations.models import Photo as Picture
from evaluations.models import Role, Scorecard
from evaluations.photos.store import Size
from shopper import reports
from tests.builders import (
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.reviewing.visits import released

SAID, TOLD = "Waiting-in-vain", "Explained-in-vain"
IF_NOT_GREETED = Is(question="greeted", answer="no")


@pytest.fixture
def visit(store):
    """The shopper said why nobody greeted, with a picture, and corrected then that somebody did."""
    document = a_document(
        a_question("greeted"),
        ShortText(key="reason", text={"en": "Why was nobody there?"}, show_if=IF_NOT_GREETED),
        Photo(key="proof", text={"en": "The empty shop."}, show_if=IF_NOT_GREETED),
    )
    location = a_location(store, name="High Street")
    wave = a_wave(store, location.client, a_version(store, document))
    answers = {"greeted": "yes", "reason": SAID}
    made = released(
        store, a_visit(store, wave, location), answers, told={"reason": TOLD}, photographed=["proof"]
    )
    store.commit()
    return made


@pytest.fixture
def reader(store, visit, visitor):
    person = a_client_user(store, visit.visit.location.client)
    store.commit()
    return visitor.signs_in(person)


def test_the_client_reads_that_it_was_not_asked_and_nothing_else(visit, reader):
    page = reader.get(f"/portal/visits/{visit.id}").text
    assert page.count("Not asked") == 2
    assert [word for word in (SAID, TOLD) if word in page] == []


def test_its_picture_does_not_exist_for_the_client(app, store, visit, reader):
    photo = store.scalars(select(Picture).where(Picture.evaluation_id == visit.id)).one()
    photo.sha256 = app.extensions["photos"].put(b"original", dict.fromkeys(Size, b"smaller"))
    store.commit()
    assert reader.get(f"/portal/photos/{photo.id}/web").status_code == 404


def test_nor_does_the_report_hold_a_word_of_it(app, store, visit):
    card = store.scalars(select(Scorecard).where(Scorecard.evaluation_id == visit.id)).one()
    body = reports.render(store, app.extensions["photos"], card, "en")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert "Not asked" in text
    assert [word for word in (SAID, TOLD) if word.lower() in text.lower()] == []


def test_the_editor_reads_what_it_depends_on_and_what_was_said_before(store, visit, visitor):
    editor = a_person(store, Role.EDITOR)
    store.commit()
    page = visitor.signs_in(editor).get(f"/office/reviews/{visit.id}").text
    assert f"Not asked; answered before: {SAID}" in page
    assert "Asked only if “Were you greeted?” is No. Nothing here counts." in page


@pytest.fixture
def unmet(store):
    """Nobody had to look for staff, because somebody greeted at once."""
    search = Touchpoint(
        key="search",
        name={"en": "Search for staff"},
        show_if=IF_NOT_GREETED,
        questions=(
            ShortText(key="reason", text={"en": "Why was nobody there?"}),
            a_question("found", "Anybody found?"),
        ),
    )
    location = a_location(store, name="High Street")
    document = a_document(touchpoints=(*a_document(a_question("greeted")).touchpoints, search))
    wave = a_wave(store, location.client, a_version(store, document))
    made = released(store, a_visit(store, wave, location), {"greeted": "yes", "reason": SAID})
    store.commit()
    return made


def test_of_a_touchpoint_that_was_not_met_the_client_reads_its_name_and_nothing_else(store, unmet, visitor):
    page = (
        visitor.signs_in(a_client_user(store, unmet.visit.location.client))
        .get(f"/portal/visits/{unmet.id}")
        .text
    )
    assert page.count("Nothing here was asked at this visit.") == 1
    assert [
        word for word in ("Why was nobody there?", "Anybody found?", SAID, "Not asked") if word in page
    ] == []
    assert "100.0" in page, "the rest is the whole"


def test_nor_does_the_report_list_its_questions(app, store, unmet):
    card = store.scalars(select(Scorecard).where(Scorecard.evaluation_id == unmet.id)).one()
    body = reports.render(store, app.extensions["photos"], card, "en")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert "Nothing here was asked at this visit." in text
    assert [word for word in ("Why was nobody there?", SAID) if word.lower() in text.lower()] == []


def test_the_editor_reads_when_it_would_have_been_met(store, unmet, visitor):
    page = visitor.signs_in(a_person(store, Role.EDITOR)).get(f"/office/reviews/{unmet.id}").text
    assert "Met only if “Were you greeted?” is No." in page
    assert page.count("Nothing here was asked, and nothing counts.") == 1
    assert f"Not asked; answered before: {SAID}" in page
