"""What happens to visits between phone and server: rounds that cross, versions, cleared and cloned phones, backups."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.designing import drafts, publishing
from evaluations.fieldwork import announcing, changes, submitting
from evaluations.fieldwork.submitting import Receipt
from evaluations.models import (
    AuditEntry,
    Change,
    Evaluation,
    EvaluationState,
    Role,
    SignIn,
    Submission,
)
from evaluations.queries import capture, on_phones, own_visits
from evaluations.reviewing import decisions
from tests.builders import NOON, a_document, a_person, a_question, an_evaluation
from tests.phones import NOON_MS, Phone, every

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def evaluation(session: Session) -> Evaluation:
    return an_evaluation(session)


def store(session: Session, evaluation: Evaluation, *sent: object) -> list[tuple[str, str | None]]:
    stored = changes.store(session, evaluation, sent, by=evaluation.shopper, at=NOON)
    return [(result.outcome.value, result.disposition) for result in stored.results]


def hand_in(session: Session, evaluation: Evaluation, sent: dict, submission: UUID | None = None) -> Receipt:
    read = submitting.read(sent)
    return submitting.submit(session, evaluation, submission or uuid4(), read, by=evaluation.shopper, at=NOON)


def announce(session: Session, evaluation: Evaluation, *phones: Phone, did: str, browser: SignIn, at=NOON):
    holdings = [
        {"eid": str(phone.eid), "did": phone.did, "top_seq": phone.seq, "photos": []} for phone in phones
    ]
    sent = announcing.read({"did": did, "holdings": holdings})
    announcing.recognise(session, browser, sent, by=evaluation.shopper, at=at)
    return announcing.announce(session, sent, holds=every, by=evaluation.shopper, at=at)


def acts(session: Session, evaluation: Evaluation) -> list[str]:
    query = select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id)
    return list(session.scalars(query))


@pytest.fixture
def browser(session: Session, evaluation: Evaluation) -> SignIn:
    row = SignIn(
        token_hash=uuid4().hex,
        person=evaluation.shopper,
        created_at=NOON,
        last_seen_at=NOON,
        expires_at=LATER,
    )
    session.add(row)
    session.flush()
    return row


def test_a_phone_that_was_offline_while_its_visit_came_back_brings_its_work_into_the_new_round(
    session: Session, evaluation: Evaluation
):
    quick, offline = Phone(evaluation), Phone(evaluation)
    store(session, evaluation, quick.answers("greeted", "yes"))
    first = hand_in(session, evaluation, quick.hand_in())
    editor = a_person(session, Role.EDITOR)
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.send_back(session, evaluation, {"greeted": "Who was it?"}, by=editor, due_at=LATER, at=NOON)
    sent = offline.comments("greeted", "A man in green.")
    assert store(session, evaluation, sent) == [("stored", None)]
    assert (evaluation.state, evaluation.round) == (EvaluationState.IN_PROGRESS, 2)
    assert hand_in(session, evaluation, offline.hand_in(1)) == first
    assert evaluation.state is EvaluationState.IN_PROGRESS
    assert capture.contents(session, evaluation).comments["greeted"] == "A man in green."
    assert sent["id"] in hand_in(session, evaluation, offline.hand_in(2)).changes


def test_publishing_another_version_meanwhile_rejects_nothing_and_changes_no_visit(
    session: Session, evaluation: Evaluation
):
    phone, designer = Phone(evaluation), a_person(session, Role.DESIGNER)
    answered = evaluation.version.content_hash
    draft = drafts.open_draft(session, evaluation.version.checklist, by=designer, at=NOON)
    asking_else = a_document(a_question("greeted", "Did anybody greet you?"), a_question("thanked"))
    drafts.save(session, draft, asking_else, draft.edition, by=designer, at=NOON)
    newer = publishing.publish(session, draft, draft.edition, by=designer, at=NOON)
    assert newer.content_hash != answered
    assert store(session, evaluation, phone.answers("greeted", "yes")) == [("stored", None)]
    own = own_visits.own_visit(session, evaluation.shopper, evaluation.visit_id)
    assert own.version == answered == phone.vid


def test_a_browser_that_names_its_device_for_the_first_time_tells_nothing(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    phone = Phone(evaluation)
    announce(session, evaluation, did=phone.did, browser=browser)
    announce(session, evaluation, did=phone.did, browser=browser)
    assert browser.device_id == phone.did
    assert acts(session, evaluation) == []


def test_a_phone_whose_storage_was_cleared_is_told_to_the_office_with_what_was_lost(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    lost, fresh = Phone(evaluation), Phone(evaluation)
    lost.answers("greeted", "yes")
    lost.comments("greeted", "At once.")
    announce(session, evaluation, lost, did=lost.did, browser=browser)
    announce(session, evaluation, did=fresh.did, browser=browser, at=LATER)
    assert acts(session, evaluation) == ["evaluation.device_replaced"]
    (held,) = on_phones.of(session, evaluation)
    assert (held.device, held.changes, held.gone_at) == (UUID(lost.did), 2, LATER)
    assert browser.device_id == fresh.did


def test_storage_that_never_reached_the_network_is_told_at_every_visit_that_is_open(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    done = an_evaluation(session, evaluation.shopper, state=EvaluationState.SUBMITTED)
    theirs = an_evaluation(session)
    browser.device_id = str(uuid4())
    announce(session, evaluation, did=str(uuid4()), browser=browser)
    assert acts(session, evaluation) == ["evaluation.device_replaced"]
    assert acts(session, done) == acts(session, theirs) == []


def test_a_cloned_phone_that_took_a_new_id_is_not_taken_for_a_cleared_one(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    phone, clone = Phone(evaluation), Phone(evaluation)
    clone.did = phone.did
    first, second = phone.answers("greeted", "yes"), clone.comments("greeted", "At once.")
    assert store(session, evaluation, first, second) == [("stored", None), ("forked", None)]
    announce(session, evaluation, clone, did=clone.did, browser=browser)
    announce(session, evaluation, clone, did=str(uuid4()), browser=browser)
    assert "evaluation.device_replaced" not in acts(session, evaluation)


def test_a_device_that_is_met_again_after_all_has_lost_nothing(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    phone = Phone(evaluation)
    phone.answers("greeted", "yes")
    announce(session, evaluation, phone, did=phone.did, browser=browser)
    announce(session, evaluation, did=str(uuid4()), browser=browser)
    announce(session, evaluation, phone, did=phone.did, browser=browser, at=LATER)
    (held,) = on_phones.of(session, evaluation)
    assert (held.changes, held.gone_at) == (1, None)


def test_a_server_restored_from_a_backup_gets_back_what_it_had_confirmed_and_the_hand_in(
    session: Session, evaluation: Evaluation, browser: SignIn
):
    phone, submission = Phone(evaluation), uuid4()
    store(session, evaluation, phone.checks_in())
    backup = session.begin_nested()
    store(session, evaluation, phone.answers("greeted", "yes"), phone.comments("greeted", "At once."))
    confirmed = hand_in(session, evaluation, phone.hand_in(), submission)
    backup.rollback()
    session.expire_all()
    assert evaluation.state is EvaluationState.IN_PROGRESS
    (lack,) = announce(session, evaluation, phone, did=phone.did, browser=browser)
    assert lack.changes == ((2, 3),)
    assert store(session, evaluation, *phone.made[1:]) == [("stored", None)] * 2
    again = hand_in(session, evaluation, phone.hand_in(), submission)
    assert (again.submission, again.changes) == (confirmed.submission, confirmed.changes)
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (Change, Submission)]
    assert counts == [3, 1]


def test_a_clock_that_is_years_off_shows_in_times_and_in_nothing_else(
    session: Session, evaluation: Evaluation
):
    phone = Phone(evaluation)
    ahead = NOON_MS + 40 * 365 * 86_400_000
    sent = [phone.checks_in(at_ms=ahead), phone.answers("greeted", "no", wall_ms=ahead)]
    assert store(session, evaluation, *sent) == [("stored", None)] * 2
    hand_in(session, evaluation, phone.hand_in())
    assert evaluation.submitted_at == NOON
    assert evaluation.visited_at is not None
    assert evaluation.visited_at.year == NOON.year + 40
    assert capture.contents(session, evaluation).answers["greeted"].value == "no"
