"""Reports that are owed are rendered once, by one worker at a time, whatever becomes of the others."""

import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.models import Report, ReportState, Scorecard
from evaluations.photos.store import PhotoStore
from evaluations.reporting import owing
from evaluations.reporting.owing import LEASE, LEASING, PAUSES
from tests.builders import NOON, a_document
from tests.evaluations.reporting.visits import all_good, an_approved_visit

HASH = "0" * 64
PAUSE, LONGEST = PAUSES[0], PAUSES[-1]
MOST_ATTEMPTS = LEASING.most_attempts


@pytest.fixture
def card(session: Session) -> Scorecard:
    return a_card(session)


def a_card(session: Session) -> Scorecard:
    document = a_document()
    return an_approved_visit(session, PhotoStore(Path("/nowhere")), document, all_good(document), comments={})


def claimed(session: Session, at: object = NOON) -> UUID:
    token = uuid4()
    assert owing.claim(session, token, at=at) is not None  # type: ignore[arg-type]
    return token


def test_where_nothing_is_owed_there_is_nothing_to_claim(session: Session) -> None:
    assert not owing.is_waiting(session, at=NOON)
    assert owing.claim(session, uuid4(), at=NOON) is None


def test_a_claimed_report_is_nobody_elses(session: Session, card: Scorecard) -> None:
    owing.owe(session, card, "en", at=NOON)
    claimed(session)
    assert not owing.is_waiting(session, at=NOON + LEASE / 2)
    assert owing.claim(session, uuid4(), at=NOON + LEASE / 2) is None


def test_who_lost_the_lease_can_neither_finish_nor_fail_the_report(session: Session, card: Scorecard) -> None:
    report = owing.owe(session, card, "en", at=NOON)
    first = claimed(session)
    second = claimed(session, NOON + LEASE)
    assert not owing.finish(session, report.id, first, sha256=HASH, byte_count=1, at=NOON + LEASE)
    assert not owing.fail(session, report.id, first, "late", at=NOON + LEASE)
    assert owing.finish(session, report.id, second, sha256=HASH, byte_count=1, at=NOON + LEASE)
    session.refresh(report)
    assert (report.state, report.attempts, report.sha256, report.claim) == (ReportState.READY, 2, HASH, None)


def test_what_a_killed_worker_left_is_taken_up_when_its_lease_runs_out(
    session: Session, card: Scorecard
) -> None:
    report = owing.owe(session, card, "en", at=NOON)
    claimed(session)
    assert owing.is_waiting(session, at=NOON + LEASE)
    again = owing.claim(session, uuid4(), at=NOON + LEASE)
    assert again is not None
    assert (again.id, again.attempts) == (report.id, 2)


def test_a_failed_attempt_is_followed_by_another_after_a_pause(session: Session, card: Scorecard) -> None:
    report = owing.owe(session, card, "en", at=NOON)
    assert owing.fail(session, report.id, claimed(session), "a photo is missing", at=NOON)
    assert owing.claim(session, uuid4(), at=NOON + PAUSE / 2) is None
    assert owing.claim(session, uuid4(), at=NOON + PAUSE) is not None


def test_after_the_last_attempt_a_report_has_failed_with_its_error_kept(
    session: Session, card: Scorecard
) -> None:
    report, at = owing.owe(session, card, "en", at=NOON), NOON
    for _ in range(MOST_ATTEMPTS):
        assert owing.fail(session, report.id, claimed(session, at), "a photo is missing", at=at)
        at += LONGEST
    session.refresh(report)
    assert (report.state, report.error, report.attempts) == (ReportState.FAILED, "a photo is missing", 5)
    assert owing.claim(session, uuid4(), at=at + LEASE) is None


def test_work_beyond_its_limits_is_tried_less_often(session: Session, card: Scorecard) -> None:
    report = owing.owe(session, card, "en", at=NOON)
    assert LEASING.fail(session, report.id, claimed(session), "too slow", at=NOON, most_attempts=1)
    session.refresh(report)
    assert report.state is ReportState.FAILED


def test_a_worker_that_is_still_at_it_holds_its_claim_for_longer(session: Session, card: Scorecard) -> None:
    report, token = owing.owe(session, card, "en", at=NOON), uuid4()
    assert owing.claim(session, token, at=NOON) is report
    assert LEASING.renew(session, report.id, token, at=NOON + LEASE / 2)
    assert owing.claim(session, uuid4(), at=NOON + LEASE) is None
    assert not LEASING.renew(session, report.id, uuid4(), at=NOON + LEASE)


def test_a_report_that_ends_every_worker_is_given_up(session: Session, card: Scorecard) -> None:
    report, at = owing.owe(session, card, "en", at=NOON), NOON
    for _ in range(MOST_ATTEMPTS):
        claimed(session, at)
        at += LEASE
    assert owing.claim(session, uuid4(), at=at) is None
    session.refresh(report)
    assert (report.state, report.error) == (ReportState.FAILED, owing.LEASE_RAN_OUT)


def test_a_report_is_owed_once_per_language(session: Session, card: Scorecard) -> None:
    english = owing.owe(session, card, "en", at=NOON)
    assert owing.owe(session, card, "en", at=NOON + LEASE) is english
    assert owing.owe(session, card, "es", at=NOON) is not english
    assert session.scalar(select(func.count()).select_from(Report)) == 2


def test_a_failed_report_can_be_owed_again(session: Session, card: Scorecard) -> None:
    report = owing.owe(session, card, "en", at=NOON)
    report.state, report.attempts = ReportState.FAILED, MOST_ATTEMPTS
    session.flush()
    assert owing.owe(session, card, "en", at=NOON) is report
    assert owing.claim(session, uuid4(), at=NOON) is report


def test_what_has_waited_longest_comes_first(session: Session, card: Scorecard) -> None:
    owing.owe(session, card, "en", at=NOON)
    earlier = owing.owe(session, card, "es", at=NOON - timedelta(hours=1))
    assert owing.claim(session, uuid4(), at=NOON) is earlier


def test_workers_at_once_never_get_the_same_report(engine: Engine) -> None:
    with Session(writing(engine)) as session:
        cards = [a_card(session) for _ in range(6)]
        owed = {owing.owe(session, card, language, at=NOON).id for card in cards for language in ("en", "es")}
        session.commit()
    taken: list[UUID] = []
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        while True:
            with Session(writing(engine)) as session, session.begin():
                report = owing.claim(session, uuid4(), at=NOON)
                if report is None:
                    return
                taken.append(report.id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(owed)
