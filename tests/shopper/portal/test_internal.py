"""Internal questions stay with the agency: no page, no picture and no report of a client holds a word of them."""

import io
import json

import pypdf
import pytest
from sqlalchemy import select

from evaluations.document.tree import Photo, Scoring, ShortText, Signature, Touchpoint
from evaluations.models import Photo as Picture
from evaluations.models import Role, Scorecard
from evaluations.photos.store import Size
from shopper import reports
from tests.builders import (
    a_client,
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

ASKED = "Zweifelsfrage"
TOLD = "Quellenangabe"
EXPLAINED = "Vertrauliches"
NAMED = "Innenpunkt"
SECRETS = (ASKED, TOLD, EXPLAINED, NAMED)


def withheld(key, **given):
    return {"key": key, "text": {"en": f"{ASKED} {key}?", "es": f"¿{ASKED} {key}?"}, "internal": True} | given


@pytest.fixture
def visit(store):
    greeting = Touchpoint(
        key="greeting",
        name={"en": "Greeting", "es": "Saludo"},
        questions=(
            a_question("greeted"),
            a_question("costly", f"{ASKED} costly?", points=90, internal=True, explain_on=("no",)),
            ShortText(**withheld("acquainted")),
            Photo(**withheld("proof", required=False)),
        ),
    )
    integrity = Touchpoint(
        key="integrity",
        name={"en": NAMED, "es": NAMED},
        questions=(Signature(**withheld("signed", required=False)),),
    )
    document = a_document(touchpoints=(greeting, integrity), scoring=Scoring(target=80))
    brand = a_client(store, name="Marisol")
    wave = a_wave(store, brand, a_version(store, document), name="Spring wave")
    found = released(
        store,
        a_visit(store, wave, a_location(store, brand, name="High Street")),
        {"greeted": "yes", "costly": "no", "acquainted": f"{TOLD} of a cousin"},
        told={"costly": f"{EXPLAINED} was said"},
        photographed=["proof"],
    )
    store.commit()
    return found


@pytest.fixture
def reader(store, visit, visitor):
    person = a_client_user(store, visit.visit.location.client)
    store.commit()
    return visitor.signs_in(person)


def its_card(store, visit):
    return store.scalars(select(Scorecard).where(Scorecard.evaluation_id == visit.id)).one()


def test_no_page_of_the_portal_holds_a_word_of_them(visit, reader):
    for address in ("", "visits", f"visits/{visit.id}", f"visits/{visit.id}/report"):
        html = reader.get(f"/portal/{address}").text
        assert "High Street" in html
        assert [word for word in (*SECRETS, "costly", "acquainted") if word in html] == []


def test_the_picture_of_an_internal_answer_does_not_exist_for_a_client(app, store, visit, reader):
    photo = store.scalars(select(Picture).where(Picture.evaluation_id == visit.id)).one()
    photo.sha256 = app.extensions["photos"].put(b"original", dict.fromkeys(Size, b"smaller"))
    store.commit()
    address = f"/portal/photos/{photo.id}/web"
    assert reader.get(address).status_code == 404
    card = its_card(store, visit)
    card.contents = card.contents.replace('"question":"proof"', '"question":"greeted"')
    store.commit()
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_report_holds_a_word_of_them(app, store, visit, language):
    body = reports.render(store, app.extensions["photos"], its_card(store, visit), language)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert "Were you greeted?" in text
    assert [word for word in SECRETS if word.lower() in text.lower()] == []


def test_what_they_earned_is_in_the_figures_as_their_points_say(store, visit, reader):
    assert json.loads(its_card(store, visit).card)["shown"] == "10.0"
    assert "10.0" in reader.get(f"/portal/visits/{visit.id}").text


def test_the_editor_reads_them_marked_as_internal(store, visit, visitors):
    editor = a_person(store, Role.EDITOR)
    store.commit()
    html = visitors().signs_in(editor).get(f"/office/reviews/{visit.id}").text
    assert [word for word in SECRETS if word not in html] == []
    assert html.count("Internal, never shown to the client") == 4
