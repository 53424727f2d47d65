"""The portal in the browser of a client user: the own client's released results and nothing else."""

import json
from datetime import UTC, date, datetime
from re import findall
from uuid import uuid4

import pytest
from sqlalchemy import select

from evaluations.document.tree import Photo
from evaluations.models import EvaluationState, Report, ReportState, Role, Scorecard
from evaluations.models import Photo as Picture
from evaluations.photos.store import Size
from evaluations.reporting.colours import _parse, contrast
from evaluations.reviewing import decisions
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
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_photo, hand_in, released, says

HOME = "/portal/"
SECRET_NAME = "Zacharias Quill"
CARLA = "Carla Client"


@pytest.fixture
def brand(store):
    return a_client(store, name="Marisol", colour="#ffee00")


@pytest.fixture
def wave(store, brand):
    document = a_document(
        a_question("greeted"),
        a_question("smiled", "Did they smile?"),
        Photo(key="window", text={"en": "The window", "es": "El escaparate"}, required=False),
    )
    return a_wave(store, brand, a_version(store, document), name="Spring wave")


@pytest.fixture
def carla(store, brand):
    person = a_client_user(store, brand, name=CARLA)
    store.commit()
    return person


@pytest.fixture
def reader(carla, visitor):
    return visitor.signs_in(carla)


@pytest.fixture
def stranger(store, visitors):
    person = a_client_user(store, a_client(store))
    store.commit()
    return visitors().signs_in(person)


def a_released(store, wave, name="High Street", found=None, **given):
    """A released visit by somebody whose name must never be read."""
    location = a_location(store, wave.programme.client, name=name)
    shopper = a_shopper(store, name=SECRET_NAME, email=f"quill{uuid4().hex}@example.org")
    visit = a_visit(store, wave, location)
    evaluation = released(store, visit, found or {"greeted": "yes", "smiled": "no"}, shopper=shopper, **given)
    store.commit()
    return evaluation


@pytest.fixture
def visit(store, wave):
    return a_released(store, wave, photographed=["window"])


def address_of(visit, rest=""):
    return f"{HOME}visits/{visit.id}{rest}"


def its_report(store):
    store.expire_all()
    return store.scalars(select(Report)).one()


def its_photo(store, visit):
    return store.scalars(select(Picture).where(Picture.evaluation_id == visit.id)).one()


def a_stored_photo(app, store, visit):
    """The one photo of `visit`, with bytes that name their size."""
    photo = its_photo(store, visit)
    photo.sha256 = app.extensions["photos"].put(b"original", {size: size.value.encode() for size in Size})
    store.commit()
    return photo


def ready(app, store, pdf=b"%PDF-1.7 a report"):
    report = its_report(store)
    report.state, report.sha256 = ReportState.READY, app.extensions["reports"].put(pdf)
    store.commit()


def test_the_portal_does_not_exist_for_anybody_but_client_users(store, visitors, visit):
    people = [
        a_shopper(store),
        *(a_person(store, role) for role in Role if role.value not in ("client", "shopper")),
    ]
    store.commit()
    for person in people:
        guest = visitors().signs_in(person)
        for address in (HOME, f"{HOME}visits", address_of(visit), address_of(visit, "/report.pdf")):
            assert guest.get(address).status_code == 404, (person.roles, address)


def test_what_belongs_to_another_client_is_not_found(app, store, stranger, visit, wave):
    photo = a_stored_photo(app, store, visit)
    ready(app, store)
    area = visit.visit.location.area_id
    for address in (
        address_of(visit),
        address_of(visit, "/report"),
        address_of(visit, "/report.pdf"),
        f"{HOME}photos/{photo.id}/web",
        f"{HOME}?wave={wave.id}",
        f"{HOME}?area={area}",
        f"{HOME}visits?wave={wave.id}",
        f"{HOME}visits?area={area}",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.sends(address_of(visit, "/reports"), _from="/account/").status_code == 404
    for address in (HOME, f"{HOME}visits"):
        assert "High Street" not in stranger.get(address).text


@pytest.mark.parametrize(
    "state", [state for state in EvaluationState if state is not EvaluationState.RELEASED]
)
def test_a_visit_that_is_not_released_is_not_found(store, reader, visit, state):
    visit.state, visit.released_at = state, None
    store.commit()
    for rest in ("", "/report", "/report.pdf"):
        assert reader.get(address_of(visit, rest)).status_code == 404
    assert "High Street" not in reader.get(HOME).text


def test_a_client_without_released_visits_reads_what_will_come(reader):
    assert "No released visits yet" in reader.get(HOME).text
    assert "No released visits here" in reader.get(f"{HOME}visits").text


def test_few_locations_are_called_single_observations_and_have_no_mean(store, reader, wave):
    for number in range(4):
        a_released(store, wave, f"Shop {number}")
    page = reader.get(HOME).text
    assert "Single observations" in page
    assert "4 visits at 4 locations" in page
    assert 'class="hero-score">50.0' not in page


def test_five_locations_have_a_mean_of_their_stored_scores(store, reader, wave):
    for number in range(5):
        a_released(store, wave, f"Shop {number}", {"greeted": "yes", "smiled": "yes" if number else "no"})
    page = reader.get(HOME).text
    assert 'class="hero-score">90.0\N{NO-BREAK SPACE}%' in page
    assert "The mean of 5 locations in Spring wave, from 5 visits." in page
    assert "Single observations" not in page


def test_no_page_says_that_anything_rose_or_fell(store, reader, brand, wave):
    later = a_wave(
        store, brand, store.get_one(type(wave.version), wave.version_id), starts_on=date(2026, 9, 1)
    )
    for number in range(5):
        a_released(store, wave, f"Shop {number}")
        a_released(store, later, f"Place {number}", {"greeted": "yes", "smiled": "yes"})
    page = reader.get(HOME).text.lower()
    for word in ("rose", "fell", "trend", "arrow", "text-good", "text-poor"):
        assert word not in page.replace("arrow-", "")


def test_a_wave_is_chosen_and_one_that_is_unknown_is_not_found(store, reader, brand, wave, visit):
    later = a_wave(store, brand, wave.version, name="Autumn wave", starts_on=date(2026, 9, 1))
    a_released(store, later, "Station")
    assert "Station" in reader.get(HOME).text
    chosen = reader.get(f"{HOME}?wave={wave.id}").text
    assert "High Street" in chosen
    assert ">Station<" not in chosen
    assert reader.get(f"{HOME}?wave={uuid4()}").status_code == 404
    assert reader.get(f"{HOME}?wave=nonsense").status_code == 200


def test_visits_are_filtered_by_wave_and_area_and_come_in_pages(store, reader, brand, wave, visit):
    other = a_released(store, a_wave(store, brand, wave.version, name="Autumn wave"), "Station")
    area = other.visit.location.area_id
    assert "Station" not in reader.get(f"{HOME}visits?wave={wave.id}").text
    page = reader.get(f"{HOME}visits?area={area}").text
    assert "Station" in page
    assert "High Street" not in page
    assert "No released visits here" in reader.get(f"{HOME}visits?wave={wave.id}&area={area}").text
    assert "No released visits in this area" in reader.get(f"{HOME}?wave={wave.id}&area={area}").text


def test_a_page_of_many_visits_costs_the_same(store, reader, wave):
    version = wave.version_id
    shopper = a_shopper(store)
    for _ in range(30):
        visit = a_visit(store, wave, a_location(store, wave.programme.client))
        evaluation = an_evaluation(
            store, shopper, visit, state=EvaluationState.RELEASED, visited_at=NOON, version_id=version
        )
        store.add(
            Scorecard(
                evaluation=evaluation,
                verdict="passed",
                band="good",
                millionths=90_000_000,
                earned="9",
                possible="10",
                card="{}",
                released_at=NOON,
                scored_at=NOON,
            )
        )
    store.commit()
    assert "See all 30 visits" in reader.get(HOME).text
    assert "Page 2 of 2" in reader.get(f"{HOME}visits?page=2").text


def test_a_date_is_told_in_the_stores_own_time(store, reader, wave):
    a_released(store, wave, at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC))
    assert "Sun 15 Mar 2026" in reader.get(f"{HOME}visits").text


def test_a_visit_shows_score_band_verdict_and_every_question(store, reader, wave, visit):
    page = reader.get(address_of(visit)).text
    for words in (
        "50.0\N{NO-BREAK SPACE}%",
        "Poor",
        "Passed",
        "Were you greeted?",
        "Did they smile?",
        "The window",
    ):
        assert words in page
    assert page.index('id="q-greeted"') < page.index('id="q-smiled"') < page.index('id="q-window"')
    assert "Failed: none of 10 points." in page


def test_a_client_never_reads_who_the_shopper_was(app, store, reader, visit):
    ready(app, store)
    photo = a_stored_photo(app, store, visit)
    shopper = visit.shopper
    for address in (
        HOME,
        f"{HOME}visits",
        address_of(visit),
        address_of(visit, "/report"),
        address_of(visit, "/report.pdf"),
        f"{HOME}photos/{photo.id}/web",
    ):
        answer = reader.get(address)
        assert answer.status_code == 200
        everything = answer.get_data(as_text=True) + str(answer.headers)
        for secret in (SECRET_NAME, "Quill", shopper.email, str(shopper.id)):
            assert secret not in everything, address


def test_a_place_that_was_closed_is_said_to_have_been(store, reader, wave):
    location = a_location(store, wave.programme.client)
    evaluation = an_evaluation(store, visit=a_visit(store, wave, location))
    says(store, evaluation, "visit:outcome", "outcome.set", {"outcome": "closed_store", "note": "Shut."})
    editor = a_person(store, Role.EDITOR)
    decisions.claim(store, hand_in(store, evaluation), by=editor, at=NOON)
    decisions.approve(store, evaluation, by=editor, at=NOON, note="No photo, but the mall confirms it.")
    store.commit()
    page = reader.get(address_of(evaluation)).text
    assert "The place was closed" in page
    assert "it enters no average" in page
    assert "<q>Shut.</q>" in page
    for silence in ("Left blank", "questions answered", 'class="touchpoint"', "Along the customer"):
        assert silence not in page


def test_comments_and_photos_stand_at_their_questions(store, reader, wave):
    made = a_released(store, wave, told={"smiled": "<b>Not once.</b>"}, photographed=["window"])
    page = reader.get(address_of(made)).text
    smiled, window = page[page.index('id="q-smiled"') :].split('id="q-window"')
    assert "&lt;b&gt;Not once.&lt;/b&gt;" in smiled
    assert f"/portal/photos/{its_photo(store, made).id}/web" in window


def test_a_photo_is_shown_in_its_smaller_sizes_only(app, store, reader, visit):
    photo = a_stored_photo(app, store, visit)
    for size in ("web", "print", "thumbnail"):
        answer = reader.get(f"{HOME}photos/{photo.id}/{size}")
        assert (answer.status_code, answer.data) == (200, size.encode())
        assert answer.headers["Cache-Control"] == "private, no-store"
    for address in (f"{photo.id}/original", f"{uuid4()}/web"):
        assert reader.get(f"{HOME}photos/{address}").status_code == 404


def test_a_report_that_is_owed_makes_the_reader_wait_on_a_page_that_asks_again_by_itself(
    store, reader, visit
):
    answer = reader.get(address_of(visit, "/report.pdf"))
    assert answer.location == address_of(visit, "/report?waited=1")
    waiting = reader.get(answer.location)
    assert "The report is being made" in waiting.text
    assert waiting.headers["Refresh"] == f"2; url={address_of(visit, '/report?waited=1')}"


def test_a_report_that_is_ready_is_downloaded_under_a_decent_name(app, store, reader, visit):
    ready(app, store)
    assert "report.pdf" in reader.get(address_of(visit)).text
    answer = reader.get(address_of(visit, "/report.pdf"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data == b"%PDF-1.7 a report"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="High Street 2026-03-14.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_waiting_ends_in_a_download_and_does_not_ask_again(app, store, reader, visit):
    ready(app, store)
    waited = reader.get(address_of(visit, "/report?waited=1"))
    assert "The download has started." in waited.text
    assert waited.headers["Refresh"] == f"0; url={address_of(visit, '/report.pdf')}"
    assert "Refresh" not in reader.get(address_of(visit, "/report")).headers


def test_a_report_that_failed_says_so_and_is_tried_again(store, reader, visit):
    report = its_report(store)
    report.state, report.attempts, report.error = ReportState.FAILED, 5, "at /srv/secret/path"
    store.commit()
    page = reader.get(address_of(visit, "/report")).text
    assert "The report could not be made" in page
    assert "/srv/secret" not in page
    answer = reader.sends(address_of(visit, "/reports"), _from=address_of(visit, "/report"))
    assert answer.location == address_of(visit, "/report?waited=1")
    assert its_report(store).state is ReportState.OWED


def test_a_report_in_another_language_is_made_when_somebody_asks(store, visitors, brand, visit):
    person = a_client_user(store, brand, language="es")
    store.commit()
    reader = visitors().signs_in(person)
    answer = reader.sends(address_of(visit, "/reports"), _from=address_of(visit))
    assert answer.status_code == 303
    store.expire_all()
    assert sorted(store.scalars(select(Report.language))) == ["en", "es"]
    reader.sends(address_of(visit, "/reports"), _from=address_of(visit))
    assert len(store.scalars(select(Report.id)).all()) == 2


@pytest.mark.parametrize(
    ("colour", "status"), [("ffee00", 200), ("000000", 200), ("zzz", 404), ("12345", 404)]
)
def test_the_clients_colour_is_a_style_sheet_readable_in_both_schemes(reader, colour, status):
    answer = reader.get(f"{HOME}colours/{colour}.css")
    assert answer.status_code == status
    if status == 200:
        light, _soft, on_light, dark, _soft_dark, _on_dark = findall(r"#[0-9a-f]{6}", answer.text)
        assert contrast(_parse(light), (0xF4, 0xF6, 0xF8)) >= 4.5
        assert contrast(_parse(light), _parse(on_light)) >= 4.5
        assert contrast(_parse(dark), (0x18, 0x22, 0x2C)) >= 4.5


def test_stored_scorecards_name_nobody(store, visit):
    card = store.scalars(select(Scorecard)).one()
    assert SECRET_NAME not in json.dumps(json.loads(card.card))


@pytest.mark.parametrize(("outcome", "status"), [("closed_store", 200), ("could_not", 404), ("made", 404)])
def test_of_the_photos_without_a_question_a_client_sees_only_that_of_a_closed_front(
    app, store, reader, wave, outcome, status
):
    evaluation = an_evaluation(store, visit=a_visit(store, wave, a_location(store, wave.programme.client)))
    says(store, evaluation, "visit:check_in", "check_in", {"at_ms": 1_773_489_600_000, "place": None})
    says(store, evaluation, "visit:outcome", "outcome.set", {"outcome": outcome, "note": "Shut."})
    a_photo(store, evaluation)
    editor = a_person(store, Role.EDITOR)
    decisions.claim(store, hand_in(store, evaluation), by=editor, at=NOON)
    decisions.approve(store, evaluation, by=editor, at=NOON, note="It is as it is.")
    photo = a_stored_photo(app, store, evaluation)
    assert reader.get(f"{HOME}photos/{photo.id}/web").status_code == status
    page = reader.get(address_of(evaluation)).text
    assert (f"photos/{photo.id}/web" in page) is (status == 200)
