"""The check page: how a report stands, told to anybody who holds it, and nothing else of it."""

import hashlib
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from evaluations.models import Report, ReportState, Role, Scorecard
from evaluations.queries import genuine
from evaluations.reviewing import decisions, editions
from shopper.identity import delays
from tests.builders import NOON, a_client, a_client_user, a_location, a_person, a_visit, a_wave
from tests.evaluations.reviewing.visits import released

PDF = b"%PDF-1.7 of High Street"
UNKNOWN = "0000-0000-0000"
LATER = NOON + timedelta(days=1)


@pytest.fixture
def evaluation(store):
    brand = a_client(store, name="Marisol")
    wave = a_wave(store, brand, name="Spring wave")
    found = released(
        store, a_visit(store, wave, a_location(store, brand, name="High Street")), {"greeted": "no"}
    )
    report = store.scalars(select(Report)).first()
    report.state, report.sha256 = ReportState.READY, hashlib.sha256(PDF).hexdigest()
    store.commit()
    return found


@pytest.fixture
def card(store, evaluation):
    return store.scalars(select(Scorecard).where(Scorecard.evaluation_id == evaluation.id)).one()


@pytest.fixture
def editor(store):
    return a_person(store, Role.EDITOR, name="Ines")


def checks(visitor, code="", body=None, **more):
    file = {} if body is None else {"file": (io.BytesIO(body), "report.pdf")}
    return visitor.sends("/check", code=code, **file, **more)


def superseded(store, evaluation, editor):
    editions.open_again(store, evaluation, "A doubt", by=editor, at=LATER)
    decisions.approve(store, evaluation, by=editor, at=LATER)
    store.commit()


@pytest.mark.parametrize(
    ("code", "said"),
    [("", "Type the code or choose the file."), ("4F2A", "twelve letters"), ("x" * 41, "40")],
)
def test_what_cannot_be_a_code_is_refused_in_words(visitor, code, said):
    answer = checks(visitor, code)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_code_that_nobody_was_given_is_not_known(store, visitor, evaluation, card):
    card.released_at = None
    for code in (UNKNOWN, card.check_code):
        assert "Not known here" in checks(visitor, code).text


def test_codes_are_not_guessed_one_after_the_other(visitor):
    for number in range(delays.FREE_BY_ADDRESS):
        assert checks(visitor, f"0000-0000-{number:04}").status_code == 200
    answer = checks(visitor, "0000-0000-9999")
    assert (answer.status_code, "Too many attempts" in answer.text) == (429, True)


@pytest.mark.parametrize(
    "dress",
    [
        str,
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", "").replace("0", "O"),
    ],
)
def test_a_genuine_code_is_known_however_it_is_typed(visitor, card, dress):
    html = checks(visitor, dress(card.check_code)).text
    assert "Genuine and current" in html
    assert "Choose the file too" in html


def test_a_file_is_known_by_its_bytes_and_an_altered_one_is_not(visitor, card):
    assert "The file is unaltered, byte by byte." in checks(visitor, body=PDF).text
    assert (
        "The file is unaltered, byte by byte." in checks(visitor, sha256=hashlib.sha256(PDF).hexdigest()).text
    )
    assert "Not known here" in checks(visitor, body=PDF + b" ").text
    assert "This file does not belong to this code" in checks(visitor, card.check_code, PDF + b" ").text
    assert "Genuine and current" in checks(visitor, card.check_code, PDF).text


def test_a_superseded_report_says_since_when(store, visitor, evaluation, card, editor):
    superseded(store, evaluation, editor)
    html = checks(visitor, card.check_code, PDF).text
    assert "Genuine, but superseded" in html
    assert "On Sun 15 Mar 2026 a newer edition took its place." in html


def test_a_report_is_current_while_its_visit_is_only_looked_at_again(
    store, visitor, evaluation, card, editor
):
    editions.open_again(store, evaluation, "A doubt", by=editor, at=LATER)
    store.commit()
    assert "Genuine and current" in checks(visitor, card.check_code).text


def test_a_withdrawn_report_says_so(store, visitor, evaluation, card, editor):
    editions.withdraw(store, evaluation, "The wrong shop", "The wrong shop.", by=editor, at=LATER)
    store.commit()
    html = checks(visitor, card.check_code, PDF).text
    assert "It was withdrawn on Sun 15 Mar 2026 and no longer holds." in html


def test_a_stranger_learns_neither_place_nor_score_nor_way(store, visitor, visitors, evaluation, card):
    foreign = visitors().signs_in(a_client_user(store, a_client(store)))
    shopper = visitors().signs_in(evaluation.shopper)
    for who in (visitor, foreign, shopper):
        html = checks(who, card.check_code, PDF).text
        told = ("High Street", "Marisol", "Spring wave", str(evaluation.id), "0.0", "Poor")
        assert [word for word in told if word in html] == []


def test_whoever_may_read_the_result_is_led_to_it(store, visitors, evaluation, card, editor):
    superseded(store, evaluation, editor)
    reader = a_client_user(store, evaluation.visit.location.client)
    for who, address in (
        (reader, f"/portal/visits/{evaluation.id}"),
        (editor, f"/office/reviews/{evaluation.id}"),
    ):
        assert f'href="{address}"' in checks(visitors().signs_in(who), card.check_code).text


def test_the_address_may_name_the_code_and_asks_all_the_same(visitor, card):
    html = visitor.get(f"/check?code={card.check_code.lower()}").text
    assert f'value="{card.check_code}"' in html
    assert "Genuine" not in html


def test_a_code_with_other_signs_is_none():
    assert genuine.tidied("4F2A-91C3-0B7G") is None
    assert genuine.tidied("4f2a 91c3 0b7e") == "4F2A-91C3-0B7E"
