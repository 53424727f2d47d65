"""What a client reads of a result that is looked at again, superseded or withdrawn."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from evaluations.models import Cause, EvaluationState, Report, ReportState, Role
from evaluations.queries import editions as queries
from evaluations.reviewing import decisions, editions
from tests.builders import (
    NOON,
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
from tests.evaluations.reviewing.visits import answers, comments, released

LATER = NOON + timedelta(days=1)
FOR_THE_AGENCY, FOR_THE_CLIENT = "Shopper phoned and was unsure", "One answer is being checked."


@pytest.fixture
def visit(store):
    document = a_document(
        a_question("greeted"),
        a_question("smiled", "Did they smile?"),
        a_question("known", "Did they know you?", internal=True, points=0),
    )
    brand = a_client(store, name="Marisol")
    wave = a_wave(store, brand, a_version(store, document), name="Spring wave")
    place = a_location(store, brand, name="High Street")
    found = released(store, a_visit(store, wave, place), {"greeted": "yes", "smiled": "no", "known": "yes"})
    store.commit()
    return found


@pytest.fixture
def reader(store, visit, visitor):
    person = a_client_user(store, visit.visit.location.client)
    store.commit()
    return visitor.signs_in(person)


@pytest.fixture
def editor(store):
    return a_person(store, Role.EDITOR, name="Ines Editor")


def page_of(visit, rest=""):
    return f"/portal/visits/{visit.id}{rest}"


def looked_at_again(store, visit, editor, told=FOR_THE_CLIENT):
    editions.open_again(store, visit, FOR_THE_AGENCY, by=editor, at=LATER, client_reason=told)
    store.commit()


def given_a_second_edition(store, visit, editor):
    looked_at_again(store, visit, editor)
    visit.state = EvaluationState.IN_PROGRESS
    answers(store, visit, {"smiled": "yes", "known": "no"})
    comments(store, visit, {"smiled": "At the till."})
    visit.state = EvaluationState.IN_REVIEW
    decisions.approve(
        store, visit, by=editor, at=LATER, note="Open.", client_reason="A smile had been overlooked."
    )
    store.commit()


def test_an_edition_with_a_number_beyond_all_counting_does_not_exist(reader, visit):
    for rest in (f"/editions/{10**22}", f"/editions/{2**31}/report.pdf"):
        assert reader.get(page_of(visit, rest)).status_code == 404


def test_editions_of_a_foreign_visit_do_not_exist(store, visit, editor, visitors):
    given_a_second_edition(store, visit, editor)
    stranger = visitors().signs_in(a_client_user(store, a_client(store)))
    for rest in ("/editions", "/editions/1", "/editions/1/report.pdf"):
        assert stranger.get(page_of(visit, rest)).status_code == 404


def test_an_edition_that_was_never_released_does_not_exist(reader, visit):
    for rest in ("/editions/2", "/editions/0", "/editions?before=1&after=2", "/editions/2/report.pdf"):
        assert reader.get(page_of(visit, rest)).status_code == 404


def test_a_result_that_is_looked_at_again_stays_with_a_note(store, visit, editor, reader):
    looked_at_again(store, visit, editor)
    html = reader.get(page_of(visit)).text
    assert "is being looked at again, since Sun 15 Mar 2026" in html
    assert FOR_THE_CLIENT in html
    assert '<p class="hero-score">50.0' in html
    assert [secret for secret in (FOR_THE_AGENCY, "Ines Editor") if secret in html] == []


def test_an_old_edition_says_that_it_is_superseded_when_and_why(store, visit, editor, reader):
    given_a_second_edition(store, visit, editor)
    html = reader.get(page_of(visit, "/editions/1")).text
    assert "This is edition 1. Since Sun 15 Mar 2026 edition 2 holds instead: it was looked at again." in html
    assert "A smile had been overlooked." in html
    assert '<p class="hero-score">50.0' in html
    assert f'href="{page_of(visit)}"' in html
    newest = reader.get(page_of(visit)).text
    assert '<p class="hero-score">100.0' in newest
    assert "Edition 2 of Sun 15 Mar 2026: it was looked at again." in newest


def test_two_editions_are_compared_without_what_is_internal(store, visit, editor, reader):
    given_a_second_edition(store, visit, editor)
    html = reader.get(page_of(visit, "/editions")).text
    assert "The score went from 50.0\N{NO-BREAK SPACE}% to 100.0\N{NO-BREAK SPACE}%." in html
    assert "The band was “Poor” and is now “Good”." in html
    assert "1 question reads otherwise." in html
    assert "At the till." in html
    for secret in ("Did they know you?", FOR_THE_AGENCY, "Ines Editor", visit.shopper.name):
        assert secret not in html


def test_one_edition_alone_is_said_to_hold(reader, visit):
    assert (
        "There is one edition of this result, and it holds." in reader.get(page_of(visit, "/editions")).text
    )


def test_a_withdrawn_result_says_so_with_its_reason_and_no_figure(store, visit, editor, reader):
    editions.withdraw(store, visit, FOR_THE_AGENCY, "The wrong shop was visited.", by=editor, at=LATER)
    store.commit()
    html = reader.get(page_of(visit)).text
    assert "This result was withdrawn" in html
    assert "The wrong shop was visited." in html
    assert [word for word in (FOR_THE_AGENCY, "50.0", "Did they smile?") if word in html] == []
    listed = reader.get("/portal/visits").text
    assert "The wrong shop was visited." in listed
    assert "50.0" not in listed
    for rest in ("/report", "/report.pdf", "/editions", "/editions/1"):
        assert reader.get(page_of(visit, rest)).status_code == 404


def a_pdf_of(app, store, visit, edition):
    card = next(one.scorecard for one in queries.every(store, visit.id) if one.number == edition)
    body = f"%PDF of edition {edition}".encode()
    report = store.scalars(
        select(Report).where(Report.scorecard_id == card.id, Report.language == "en")
    ).one()
    report.state, report.sha256 = ReportState.READY, app.extensions["reports"].put(body)
    store.commit()
    return body


def test_the_pdf_of_an_old_edition_is_kept(app, store, visit, editor, reader):
    body = a_pdf_of(app, store, visit, 1)
    given_a_second_edition(store, visit, editor)
    assert "Download this older PDF" in reader.get(page_of(visit, "/editions/1")).text
    assert reader.get(page_of(visit, "/editions/1/report.pdf")).data == body


def test_the_pdf_of_an_edition_in_which_something_was_hidden_since_is_not_given_out(
    app, store, visit, reader
):
    a_pdf_of(app, store, visit, 1)
    editions.file_again(store, visit, Cause.WITHHELD, at=LATER)
    store.commit()
    assert "Download this older PDF" not in reader.get(page_of(visit, "/editions/1")).text
    answer = reader.get(page_of(visit, "/editions/1/report.pdf"))
    assert (answer.status_code, answer.location) == (303, page_of(visit, "/editions/1"))
