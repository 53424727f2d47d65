"""One location over time in the browser of a client user, and its PDF: own areas, released results, nobody named."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import select

from evaluations.clock import now
from evaluations.document.tree import Critical, Effect, Photo, Scoring, ShortText
from evaluations.models import PICTURE, Area, EvaluationState, Export, PersonArea, Role, Wave, Withholding
from evaluations.models import Photo as Picture
from evaluations.photos.store import Size
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    kept,
)
from tests.evaluations.reviewing.visits import released
from tests.shopper.exporting.asked import a_worker, made

LIST = "/portal/locations/"
SECRET_NAME = "Zacharias Quill"
SECRET_ANSWER = "Vertrauliches"
DOCUMENT = a_document(
    a_question("greeted"),
    a_question("smiled", "Did they smile?"),
    a_question(
        "exit", "Was the exit free?", points=0, critical=Critical(on=("no",), effect=Effect.FAILS_VISIT)
    ),
    ShortText(key="trust", text={"en": "Integrity"}, internal=True),
    Photo(key="window", text={"en": "The window"}, required=False),
    scoring=Scoring(target=80),
)
GOOD = {"greeted": "yes", "smiled": "yes", "exit": "yes"}


@pytest.fixture
def brand(store):
    return a_client(store, name="Marisol")


@pytest.fixture
def place(store, brand):
    return a_location(store, brand, name="High Street", code="HS1", city="Cádiz")


@pytest.fixture
def waves(store, brand):
    spring = a_wave(store, brand, a_version(store, DOCUMENT), name="Spring")
    values = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), "created_at": NOON}
    of = {"programme_id": spring.programme_id, "version_id": spring.version_id}
    return spring, kept(store, Wave(name="Summer", **of, **values))


@pytest.fixture
def carla(store, brand):
    person = a_client_user(store, brand)
    store.commit()
    return person


@pytest.fixture
def reader(carla, visitor):
    return visitor.signs_in(carla)


def visited(store, wave, place, *, day=0, told=None, photographed=(), **answers):
    """A released visit by somebody whose name must never be read."""
    shopper = a_shopper(store, name=SECRET_NAME, email=f"quill{uuid4().hex}@example.org")
    found = {**GOOD, "trust": SECRET_ANSWER, **answers}
    at = NOON + timedelta(days=day)
    made_visit = a_visit(store, wave, place)
    evaluation = released(
        store, made_visit, found, told=told, photographed=photographed, at=at, shopper=shopper
    )
    store.commit()
    return evaluation


@pytest.fixture
def often(store, waves, place):
    """Three visits in two waves, of which two failed on the same question."""
    spring, summer = waves
    told = {"smiled": "Nobody looked up."}
    return [
        visited(store, spring, place, smiled="no", told=told, photographed=["smiled"]),
        visited(store, spring, place, day=2),
        visited(store, summer, place, day=90, smiled="no", told={"smiled": "They laughed at me."}),
    ]


def page_of(place, rest=""):
    return f"{LIST}{place.id}{rest}"


def test_the_list_and_its_pages_exist_for_client_users_alone(store, visitors, place, often):
    people = [
        a_shopper(store),
        *(a_person(store, role) for role in Role if role.value not in ("client", "shopper")),
    ]
    store.commit()
    for person in people:
        guest = visitors().signs_in(person)
        assert [guest.get(address).status_code for address in (LIST, page_of(place))] == [404, 404]
        assert guest.post(page_of(place, "/reports")).status_code in (400, 404)


def test_another_clients_location_and_wave_do_not_exist(store, reader, place, often):
    foreign = a_location(store, a_client(store))
    wave = a_wave(store, foreign.client, a_version(store, DOCUMENT))
    visited(store, wave, foreign)
    for address in (
        page_of(foreign),
        page_of(place, f"?wave={wave.id}"),
        page_of(place, f"?programme={wave.programme_id}"),
        f"{LIST}?area={foreign.area_id}",
        page_of(place, f"?wave={often[0].visit.wave_id}&programme={uuid4()}"),
    ):
        assert reader.get(address).status_code == 404, address
    assert foreign.name not in reader.get(LIST).text


def test_a_reader_of_one_area_knows_no_location_of_another(store, brand, waves, visitors, place, often):
    elsewhere = a_location(store, brand, name="Harbour Lane")
    person = a_client_user(store, brand)
    kept(store, PersonArea(person_id=person.id, area_id=elsewhere.area_id))
    store.commit()
    guest = visitors().signs_in(person)
    listed = guest.get(LIST).text
    assert "Harbour Lane" in listed
    assert "High Street" not in listed
    assert guest.get(page_of(place)).status_code == 404
    assert "No released visits yet" in guest.get(page_of(elsewhere)).text


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("?since=2026-13-01", "Enter a date, such as 2026-11-21."),
        ("?since=yesterday&until=2026-05-01", "Enter a date, such as 2026-11-21."),
        ("?since=2026-05-02&until=2026-05-01", "The last day lies before the first."),
    ],
)
def test_a_span_that_cannot_be_is_refused_at_its_boxes_and_orders_nothing(
    store, reader, place, often, span, said
):
    answer = reader.get(page_of(place, span))
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-describedby="span-refused"' in answer.text
    assert reader.sends(page_of(place, f"/reports{span}"), page_of(place)).status_code == 404
    assert store.scalars(select(Export)).all() == []


def test_withdrawn_and_unreleased_results_are_in_no_figure(store, reader, waves, place, often):
    for state in (EvaluationState.WITHDRAWN, EvaluationState.APPROVED):
        hidden = visited(store, waves[1], place, day=95, greeted="no")
        hidden.state = state
        hidden.released_at = None if state is EvaluationState.APPROVED else hidden.released_at
        store.commit()
    page = reader.get(page_of(place)).text
    assert "from 3 visits" in page
    assert "75.0\N{NO-BREAK SPACE}%" in page
    assert "Were you greeted?" not in page.split("What failed more than once")[1].split("Each visit")[0]


def test_nothing_internal_and_nobody_is_named(store, reader, place, often):
    page = reader.get(page_of(place)).text
    assert [word for word in (SECRET_NAME, "Quill", SECRET_ANSWER, "Integrity") if word in page] == []


def test_a_single_visit_is_shown_as_that_visit(store, reader, waves, place, often):
    summer = reader.get(page_of(place, f"?wave={waves[1].id}"))
    assert summer.status_code == 302
    assert summer.location == f"/portal/visits/{often[2].id}"
    assert "All visits of this location" in reader.get(summer.location).text


def test_the_days_of_the_span_are_those_of_the_place(reader, place, often):
    found = reader.get(page_of(place, "?since=2026-03-14&until=2026-03-16")).text
    assert "The mean of 2 visits." in found
    assert "Single observations" in found
    assert reader.get(page_of(place, "?since=2026-03-15&until=2026-03-16")).status_code == 302
    nothing = reader.get(page_of(place, "?since=2027-01-01")).text
    assert "No released visit in this time" in nothing
    assert "The whole time" in nothing


def test_what_failed_twice_is_told_with_each_day_word_and_photo(app, store, reader, place, often):
    photo = store.scalars(select(Picture).where(Picture.evaluation_id == often[0].id)).one()
    photo.sha256 = app.extensions["photos"].put(b"original", dict.fromkeys(Size, b"small"))
    store.commit()
    page = reader.get(page_of(place)).text
    told = page.split("What failed more than once")[1].split("Each visit")[0]
    for part in (
        "2 of 3 visits",
        "Did they smile?",
        "Nobody looked up.",
        "They laughed at me.",
        "Sat 14 Mar 2026",
    ):
        assert part in told
    assert f"/portal/photos/{photo.id}/thumbnail" in told
    assert reader.get(f"/portal/photos/{photo.id}/thumbnail").status_code == 200


def test_what_the_editor_keeps_from_the_client_is_not_here_either(store, reader, place, often):
    photo = store.scalars(select(Picture).where(Picture.evaluation_id == often[0].id)).one()
    assert f"/portal/photos/{photo.id}/" in reader.get(page_of(place)).text
    editor = a_person(store, Role.EDITOR)
    for register, words in ((f"{PICTURE}{photo.id}", ""), ("comment:smiled", "Nobody")):
        kept(
            store,
            Withholding(evaluation_id=often[0].id, register=register, words=words, by_id=editor.id, at=NOON),
        )
    store.commit()
    page = reader.get(page_of(place)).text
    assert f"/portal/photos/{photo.id}/" not in page
    assert "Nobody" not in page
    assert "looked up." in page


def test_a_failed_visit_is_counted_apart_and_enters_no_mean(store, reader, waves, place, often):
    visited(store, waves[1], place, day=91, exit="no", greeted="no", smiled="no")
    page = reader.get(page_of(place)).text
    assert "1 of 4 visits" in page
    assert "They are in no mean." in page
    assert "from 3 visits" in page


def test_the_list_says_what_each_location_reached_last(store, brand, reader, place, often):
    kept(store, Area(client_id=brand.id, name="Nowhere"))
    a_location(store, brand, name="Not yet")
    closed = a_location(store, brand, name="Closed down", is_active=False)
    store.commit()
    page = reader.get(LIST).text
    row = page.split("High Street")[1].split("</tr>")[0]
    for part in ("HS1", "Cádiz", "50.0\N{NO-BREAK SPACE}%", "Poor", "Below target", "Fri 12 Jun 2026"):
        assert part in row
    assert "No released visit yet" in page.split("Not yet")[1].split("</tr>")[0]
    assert closed.name not in page


def test_the_list_is_searched_without_accents_and_by_area(store, brand, reader, place, often):
    other = a_location(store, brand, name="Harbour Lane")
    store.commit()
    assert "Harbour Lane" not in reader.get(f"{LIST}?q=cadiz").text
    assert "High Street" in reader.get(f"{LIST}?q=cadiz").text
    assert "High Street" not in reader.get(f"{LIST}?area={other.area_id}").text
    assert "No location fits what you are looking for." in reader.get(f"{LIST}?q=nirgendwo").text


def test_a_client_without_locations_reads_what_will_be_there(reader):
    assert "No locations yet" in reader.get(LIST).text


def test_targets_that_are_not_shown_leave_no_trace(store, reader, waves, place, often):
    assert "80.0\N{NO-BREAK SPACE}%" in reader.get(page_of(place)).text
    waves[0].programme.shows_targets = False
    store.commit()
    shown = reader.get(page_of(place)).text + reader.get(LIST).text
    assert "Target" not in shown
    assert "Below target" not in shown
    assert "80.0\N{NO-BREAK SPACE}%" not in shown


def test_the_pdf_is_asked_for_made_by_the_worker_and_names_nobody(
    app, engine, tmp_path, store, reader, carla, place, often
):
    worker = a_worker(engine, tmp_path)
    photo = store.scalars(select(Picture)).one()
    photo.sha256 = worker.stores.photos.put(b"original", dict.fromkeys(Size, a_picture()))
    store.commit()
    asked = reader.sends(page_of(place, "/reports?since=2026-01-01"), page_of(place))
    assert (asked.status_code, asked.location) == (303, "/portal/downloads/")
    assert "Marisol High Street" in reader.get("/portal/downloads/").text
    export = made(engine, worker, store.scalars(select(Export)).one())
    assert (export.total, export.file_name) == (3, f"Marisol High Street {now().date().isoformat()}.pdf")
    body = worker.stores.exports.open(export.sha256).read_bytes()
    read = pypdf.PdfReader(io.BytesIO(body))
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for part in (
        "Location report",
        "High Street",
        "75.0 %",
        "From 3 visits.",
        "2 of 3 visits",
        "They laughed at me.",
    ):
        assert part in text
    assert [word for word in (SECRET_NAME, "Quill", SECRET_ANSWER, "Integrity") if word in text] == []
    assert SECRET_NAME.encode() not in body


def a_picture():
    """A photo of one colour."""
    from PIL import Image

    kept_bytes = io.BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(kept_bytes, "JPEG")
    return kept_bytes.getvalue()
