"""A client's brand: settled by the office, seen in every page and report, and refused where it cannot be shown."""

import io
from uuid import uuid4

import pypdf
import pytest
from PIL import Image
from sqlalchemy import select

from evaluations.fieldwork.brands import LONGEST_FOOTER
from evaluations.models import AuditEntry, Client, Paper, Photo, Role, Scorecard
from evaluations.photos.store import DERIVED, Size
from shopper import reports
from tests.builders import (
    a_client,
    a_client_user,
    a_document,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.photos.pictures import a_jpeg, a_picture, as_bytes
from tests.evaluations.reviewing.visits import released

FIELDS = {"name": "Marisol", "colour": "#8a3b52", "paper": "letter", "footer": "", "shows_photos": "y"}
LETTER = (612, 792)


@pytest.fixture
def brand(store):
    client = a_client(store, name="Marisol", colour="#8a3b52")
    store.commit()
    return client


@pytest.fixture
def designer(store, visitor, brand):
    return visitor.signs_in(a_person(store, Role.DESIGNER))


@pytest.fixture
def client(store, visitors, brand):
    return visitors().signs_in(a_client_user(store, brand))


def settings(brand):
    return f"/office/clients/{brand.id}/settings"


def sends_logo(designer, brand, body, name="logo.png"):
    sent = {"csrf_token": designer.token(settings(brand)), "logo": (io.BytesIO(body), name)}
    return designer.post(f"/office/clients/{brand.id}/logo", data=sent)


def fresh(store, brand):
    store.expire_all()
    return store.get(Client, brand.id)


def test_whom_it_does_not_concern_finds_nothing_of_it(store, visitors, brand, client):
    editor = visitors().signs_in(a_person(store, Role.EDITOR))
    for reader in (editor, client):
        for path in ("settings", "logo.png", "first-page.png"):
            assert reader.get(f"/office/clients/{brand.id}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"footer": "x" * (LONGEST_FOOTER + 1)}, "at most 160"),
        ({"paper": "a3"}, "Not a valid choice"),
        ({"colour": "teal"}, "#rrggbb"),
        ({"name": ""}, "Enter a name."),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_kept(store, designer, brand, fields, words):
    answer = designer.sends(settings(brand), **(FIELDS | fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert (fresh(store, brand).paper, brand.footer, brand.colour) == (Paper.A4, "", "#8a3b52")


def test_what_is_settled_is_kept_and_written_down(store, designer, brand):
    assert designer.sends(settings(brand), **(FIELDS | {"footer": " Only  for you "})).status_code == 303
    kept = fresh(store, brand)
    assert (kept.paper, kept.footer) == (Paper.LETTER, "Only for you")
    assert (kept.shows_photos, kept.shows_comments, kept.shows_previous) == (True, False, False)
    [entry] = store.scalars(select(AuditEntry).where(AuditEntry.act == "client.changed"))
    assert '"after": {"footer": "Only for you", "paper": "letter", "shows_comments": false' in entry.details


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 415, "not a logo we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "not a logo we can read"),
        (as_bytes(a_picture(), "PNG") + b"<script>", 415, "something else at once"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(store, designer, brand, body, status, words):
    answer = sends_logo(designer, brand, body)
    assert answer.status_code == status
    assert words in answer.text
    assert fresh(store, brand).logo_sha256 is None
    nothing = designer.sends(f"/office/clients/{brand.id}/logo", settings(brand))
    assert nothing.status_code == 422


def test_a_logo_stands_in_the_portal_until_it_is_removed(store, designer, client, brand):
    assert "masthead-logo" not in client.get("/portal/").text
    assert sends_logo(designer, brand, a_jpeg(600, 200)).status_code == 303
    mark = fresh(store, brand).logo_sha256
    assert (
        f'<img class="masthead-logo" src="/portal/logos/{mark}.png" alt="Marisol">'
        in client.get("/portal/").text
    )
    shown = client.get(f"/portal/logos/{mark}.png")
    assert Image.open(io.BytesIO(shown.data)).format == "PNG"
    assert shown.data == designer.get(f"/office/clients/{brand.id}/logo.png").data
    assert client.get(f"/portal/logos/{'0' * 64}.png").status_code == 404
    designer.sends(f"/office/clients/{brand.id}/logo/removals", settings(brand))
    assert client.get(f"/portal/logos/{mark}.png").status_code == 404
    assert designer.get(f"/office/clients/{brand.id}/logo.png").status_code == 404


def test_another_clients_logo_does_not_exist(store, designer, brand, visitors):
    sends_logo(designer, brand, a_jpeg(600, 200))
    other = visitors().signs_in(a_client_user(store, a_client(store)))
    assert other.get(f"/portal/logos/{fresh(store, brand).logo_sha256}.png").status_code == 404


def test_reports_and_pages_show_what_the_brand_shows(app, store, designer, client, brand):
    wave = a_wave(store, brand, a_version(store, a_document(a_question("greeted"))))
    visit = released(
        store,
        a_visit(store, wave),
        {"greeted": "no"},
        told={"greeted": "Nobody looked up."},
        photographed=["greeted"],
    )
    photo = store.scalars(select(Photo).where(Photo.evaluation_id == visit.id)).one()
    photo.sha256 = app.extensions["photos"].put(a_jpeg(), dict.fromkeys(DERIVED, a_jpeg()))
    sends_logo(designer, brand, a_jpeg(600, 200))
    assert "Nobody looked up." in client.get(f"/portal/visits/{visit.id}").text
    assert client.get(f"/portal/photos/{photo.id}/{Size.WEB}").status_code == 200
    designer.sends(
        settings(brand),
        **{name: text for name, text in FIELDS.items() if name != "shows_photos"}
        | {"footer": "Only for Marisol"},
    )
    page = client.get(f"/portal/visits/{visit.id}").text
    assert "Nobody looked up." not in page
    assert str(photo.id) not in page
    assert client.get(f"/portal/photos/{photo.id}/{Size.WEB}").status_code == 404
    store.expire_all()
    card = store.scalars(select(Scorecard)).one()
    document = pypdf.PdfReader(io.BytesIO(reports.render(store, app.extensions["photos"], card, "en")))
    texts = [page.extract_text() for page in document.pages]
    assert {tuple(round(side) for side in page.mediabox[2:]) for page in document.pages} == {LETTER}
    assert all("Only for Marisol" in text for text in texts)
    assert "Nobody looked up." not in " ".join(texts)
    assert [len(page.images) for page in document.pages] == [1, *[0] * (len(document.pages) - 1)]


def test_the_first_page_follows_what_is_asked_for(designer, brand):
    address = f"/office/clients/{brand.id}/first-page.png"
    assert designer.get(address.replace(str(brand.id), str(uuid4()))).status_code == 404
    pages = [
        Image.open(io.BytesIO(designer.get(f"{address}?{asked}").data))
        for asked in ("paper=moon&colour=red", "paper=letter&colour=%231a5fb4&shows_photos=no")
    ]
    shapes = [round(page.height / page.width, 2) for page in pages]
    assert shapes == [1.41, 1.29]
    bars = [page.convert("RGB").getpixel((450, 4)) for page in pages]
    assert bars == [(138, 59, 82), (26, 95, 180)]
