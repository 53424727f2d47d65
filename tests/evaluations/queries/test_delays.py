"""How long after seeing something it was written down."""

from datetime import timedelta

import pytest

from evaluations.fieldwork import changes
from evaluations.queries import capture
from evaluations.queries.delays import Delay, Since, delays
from tests.builders import NOON, a_document, a_person, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.phones import NOON_MS, Phone

MINUTE = 60_000


@pytest.fixture
def evaluation(session):
    document = a_document(a_question("greeted"), a_question("smiled"))
    return an_evaluation(
        session, visit=a_visit(session, a_wave(session, version=a_version(session, document)))
    )


@pytest.fixture
def told(session, evaluation):
    def tell(*batch):
        changes.store(session, evaluation, list(batch), by=evaluation.shopper, at=NOON)
        return delays(session, evaluation, capture.contents(session, evaluation))

    return tell


def test_what_is_answered_on_the_spot_has_no_delay(evaluation, told):
    phone = Phone(evaluation)
    assert not told(phone.answers("greeted", "yes"))
    assert not told(phone.checks_out(at_ms=NOON_MS + 10 * MINUTE))


def test_what_is_answered_after_leaving_was_answered_so_much_later(evaluation, told):
    phone = Phone(evaluation)
    found = told(
        phone.checks_out(at_ms=NOON_MS),
        phone.answers("greeted", "yes", wall_ms=NOON_MS + 12 * MINUTE),
        phone.answers("smiled", "no", wall_ms=NOON_MS + 48 * MINUTE),
    )
    assert found.of["greeted"] == Delay(timedelta(minutes=12), Since.LEAVING)
    assert (found.median, found.longest) == (timedelta(minutes=12), timedelta(minutes=48))


def test_an_answer_that_is_changed_counts_from_its_last_words(evaluation, told):
    phone = Phone(evaluation)
    told(phone.checks_out(at_ms=NOON_MS), phone.answers("greeted", "yes", wall_ms=NOON_MS + MINUTE))
    found = told(phone.answers("greeted", "no", wall_ms=NOON_MS + 60 * MINUTE))
    assert found.of["greeted"].lasted == timedelta(minutes=60)


def test_what_a_timer_measured_counts_from_its_stop(evaluation, told):
    phone = Phone(evaluation)
    found = told(
        phone.stops_timer("greeted", "95.3", at_ms=NOON_MS),
        phone.checks_out(at_ms=NOON_MS + 20 * MINUTE),
        phone.answers("greeted", "yes", wall_ms=NOON_MS + 95_300 + 30 * MINUTE),
    )
    assert found.of["greeted"] == Delay(timedelta(minutes=30), Since.TIMER)


@pytest.mark.parametrize("wall_ms", [NOON_MS - 1, NOON_MS + 2_000, NOON_MS + 61 * 24 * 60 * MINUTE])
def test_a_clock_that_was_changed_tells_no_delay(evaluation, told, wall_ms):
    phone = Phone(evaluation)
    assert not told(phone.checks_out(at_ms=NOON_MS), phone.answers("greeted", "yes", wall_ms=wall_ms))


def test_a_timer_that_ran_on_to_the_end_of_the_calendar_tells_no_delay(evaluation, told):
    phone = Phone(evaluation)
    last_ms = 253_402_300_799_000
    assert not told(phone.stops_timer("greeted", "999999.9", at_ms=last_ms), phone.answers("greeted", "yes"))


def test_an_answer_that_was_cleared_has_none(evaluation, told):
    phone = Phone(evaluation)
    late = phone.answers("greeted", "yes", wall_ms=NOON_MS + MINUTE)
    assert not told(phone.checks_out(at_ms=NOON_MS), late, phone.clears("greeted"))


def test_what_somebody_else_wrote_is_no_delay_of_the_shopper(session, evaluation, told):
    phone = Phone(evaluation)
    told(phone.checks_out(at_ms=NOON_MS))
    late = phone.answers("greeted", "yes", wall_ms=NOON_MS + MINUTE)
    changes.store(session, evaluation, [late], by=a_person(session), at=NOON)
    assert not delays(session, evaluation, capture.contents(session, evaluation))
