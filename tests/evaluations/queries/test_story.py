"""What arrived of a visit, told in sums: by device, with its pauses; who came and went; what was made of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from evaluations.models import Change, Report, ReportState
from evaluations.queries import story
from evaluations.queries.story import CHANGES, PHOTOS, Arrival
from tests.builders import NOON, a_visit, an_evaluation, kept
from tests.evaluations.reviewing.visits import a_photo, answers, hand_in, released, says

MINUTE = timedelta(minutes=1)


@pytest.fixture
def evaluation(session):
    return an_evaluation(session)


def arrives(session, evaluation, device, at, number=1):
    for _ in range(number):
        session.add(
            Change(
                id=uuid4(),
                evaluation_id=evaluation.id,
                author_id=evaluation.shopper_id,
                device_id=device,
                seq=1,
                arrival=session.query(Change).count() + 1,
                register="answer:greeted",
                kind="answer.set",
                body="{}",
                depth=1,
                wall_ms=0,
                received_at=at,
            )
        )
        session.flush()


def test_a_visit_that_was_given_to_nobody_has_no_story(session):
    told = story.story(session, None)
    assert (told.arrivals, told.presences, told.reports, told.receipts) == ((), (), (), {})


def test_changes_of_one_device_are_one_arrival_until_a_longer_pause(session, evaluation):
    device = uuid4()
    arrives(session, evaluation, device, NOON, 3)
    arrives(session, evaluation, device, NOON + 30 * MINUTE, 2)
    arrives(session, evaluation, device, NOON + 61 * MINUTE)
    assert story.story(session, evaluation).arrivals == (
        Arrival(NOON, NOON + 30 * MINUTE, CHANGES, 5, 1),
        Arrival(NOON + 61 * MINUTE, NOON + 61 * MINUTE, CHANGES, 1, 1),
    )


def test_devices_are_numbered_as_they_first_sent_something(session, evaluation):
    first, second = uuid4(), uuid4()
    arrives(session, evaluation, first, NOON)
    arrives(session, evaluation, second, NOON + MINUTE)
    arrives(session, evaluation, first, NOON + 2 * MINUTE)
    arrivals = story.story(session, evaluation).arrivals
    assert [(one.device, one.number) for one in arrivals] == [(1, 2), (2, 1)]


def test_photos_are_counted_apart_and_other_visits_not_at_all(session, evaluation):
    other = an_evaluation(session)
    a_photo(session, other)
    for _ in range(2):
        a_photo(session, evaluation)
    photos = [one for one in story.story(session, evaluation).arrivals if one.what == PHOTOS]
    assert [(one.number, one.device) for one in photos] == [(2, None)]


def test_coming_and_going_are_told_by_the_phones_clock(session, evaluation):
    place = {"at_ms": 1_773_489_600_000, "place": None}
    says(session, evaluation, "visit:check_in", "check_in", place)
    [presence] = story.story(session, evaluation).presences
    assert (presence.at, presence.is_coming) == (NOON, True)


def test_each_round_has_the_receipt_that_was_given(session, evaluation):
    answers(session, evaluation, {"greeted": "yes"})
    hand_in(session, evaluation)
    receipts = story.story(session, evaluation).receipts
    assert [(number, len(digest)) for number, digest in receipts.items()] == [(1, 64)]


def test_only_reports_that_are_made_are_told(session):
    made = released(session, a_visit(session), {"greeted": "yes"})
    report = session.query(Report).one()
    assert story.story(session, made).reports == ()
    report.state, report.finished_at = ReportState.READY, NOON
    kept(session, report)
    [told] = story.story(session, made).reports
    assert (told.at, told.language, told.edition) == (NOON, "en", 1)
