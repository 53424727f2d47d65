"""Work for a visit that is unknown or another's is kept apart, once, with the answers that any work gets."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from evaluations.errors import Conflict, TooLarge
from evaluations.fieldwork import announcing, submitting
from evaluations.fieldwork.found import deciding, keeping
from evaluations.models import Change, Evaluation, FoundItem, FoundState, FoundWork, Photo, Role
from evaluations.photos.intake import Prepared
from tests.builders import NOON, a_person, a_shopper, an_evaluation
from tests.phones import Phone, every

VID = "0" * 64
LATER = NOON + timedelta(hours=1)


def a_lost_phone() -> Phone:
    """A phone with a visit that this server does not know."""
    return Phone(uuid4(), VID)


def keep(session, phone, *sent, by, at=NOON):
    return keeping.store(session, phone.eid, sent, by=by, at=at)


def outcomes(stored) -> list[str]:
    return [result.outcome.value for result in stored.results]


def a_prepared(sha256: str = "a" * 64, size: int = 1000) -> Prepared:
    return Prepared(sha256, size, "image/jpeg", 40, 30)


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def announce(session, phone, *photos: str, by):
    held = [{"id": photo, "taken_ms": None} for photo in photos]
    holding = {"eid": str(phone.eid), "did": phone.did, "top_seq": phone.seq, "photos": held}
    sent = announcing.read({"holdings": [holding]})
    return announcing.announce(session, sent, holds=every, by=by, at=NOON)


def test_what_cannot_be_read_is_said_and_nothing_is_begun(session):
    phone = a_lost_phone()
    stored = keep(session, phone, None, phone.comments("greeted", "\x00"), by=a_shopper(session))
    assert outcomes(stored) == ["unreadable", "unreadable"]
    assert count(session, FoundWork) == 0


def test_another_content_under_a_known_id_changes_nothing(session):
    phone, shopper = a_lost_phone(), a_shopper(session)
    change = phone.answers("greeted", "yes")
    keep(session, phone, change, by=shopper)
    stored = keep(session, phone, change | {"value": {"state": "na"}}, by=shopper)
    assert outcomes(stored) == ["differs"]
    assert json.loads(session.scalars(select(FoundItem.body)).one()) == change


def test_nothing_of_it_gets_into_the_visit_of_another_shopper(session):
    evaluation, stranger = an_evaluation(session), a_shopper(session)
    phone = Phone(evaluation)
    stored = keep(session, phone, phone.answers("greeted", "yes"), by=stranger)
    assert outcomes(stored) == ["stored"]
    assert (count(session, Change), count(session, FoundItem)) == (0, 1)


def test_two_shoppers_who_name_the_same_visit_never_meet(session):
    phone, one, other = a_lost_phone(), a_shopper(session), a_shopper(session)
    change = phone.answers("greeted", "yes")
    assert outcomes(keep(session, phone, change, by=one)) == ["stored"]
    assert outcomes(keep(session, phone, change, by=other)) == ["stored"]
    keeping.record_photo(session, phone.eid, UUID(int=7), a_prepared(), by=one, at=NOON)
    assert keeping.look_for_photo(session, phone.eid, UUID(int=7), by=other) is None


def test_more_than_is_kept_of_one_shopper_stays_on_the_phone(session, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES", 5_000)
    phone, shopper = a_lost_phone(), a_shopper(session)
    small = phone.answers("greeted", "yes")
    keep(session, phone, small, by=shopper)
    with pytest.raises(TooLarge, match="found_full"), session.begin_nested():
        keep(session, phone, phone.comments("greeted", "x" * 6_000), by=shopper)
    assert outcomes(keep(session, phone, small, by=shopper)) == ["known"]
    assert outcomes(keep(session, a_lost_phone(), by=a_shopper(session))) == []


def test_work_for_too_many_unknown_visits_is_refused(session, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_WORKS", 1)
    shopper, first, second = a_shopper(session), a_lost_phone(), a_lost_phone()
    keep(session, first, first.answers("greeted", "yes"), by=shopper)
    with pytest.raises(TooLarge, match="found_full"), session.begin_nested():
        keep(session, second, second.answers("greeted", "yes"), by=shopper)
    second.answers("greeted", "no")
    (lack,) = announce(session, second, by=shopper)
    assert lack.changes == ((1, 2),)
    assert count(session, FoundWork) == 1


def test_a_photo_with_other_bytes_never_replaces_the_first(session):
    eid, shopper = uuid4(), a_shopper(session)
    photo = uuid4()
    keeping.record_photo(session, eid, photo, a_prepared(), by=shopper, at=NOON)
    with pytest.raises(Conflict, match="photo_differs"):
        keeping.record_photo(session, eid, photo, a_prepared("b" * 64), by=shopper, at=NOON)
    held = keeping.look_for_photo(session, eid, photo, by=shopper)
    assert held is not None
    assert held.sha256 == "a" * 64
    assert count(session, Photo) == 0


def test_a_hand_in_waits_until_what_the_phone_holds_is_here(session):
    phone, shopper = a_lost_phone(), a_shopper(session)
    change = phone.answers("greeted", "yes")
    sent = submitting.read(phone.hand_in())
    with pytest.raises(Conflict, match="incomplete") as refused:
        keeping.submit(session, phone.eid, uuid4(), sent, by=shopper, at=NOON)
    assert refused.value.values["missing_changes"] == [change["id"]]
    keep(session, phone, change, by=shopper)
    receipt = keeping.submit(session, phone.eid, uuid4(), sent, by=shopper, at=NOON)
    again = keeping.submit(session, phone.eid, uuid4(), sent, by=shopper, at=LATER)
    assert receipt == again
    assert (receipt.changes, receipt.round, len(receipt.digest)) == ((change["id"],), 1, 64)


def test_every_change_is_kept_once_and_a_number_used_twice_is_forked(session):
    phone, shopper = a_lost_phone(), a_shopper(session)
    one = phone.answers("greeted", "yes")
    clone = phone.answers("greeted", "no", seq=1)
    first = keep(session, phone, one, one, by=shopper)
    again = keep(session, phone, one, clone, by=shopper)
    assert (outcomes(first), outcomes(again)) == (["stored", "stored"], ["known", "forked"])
    assert first.heads == {"answer:greeted": (one["id"],)}
    assert {result.disposition for result in again.results} == {"reassigned"}
    assert count(session, FoundItem) == 2


def test_what_was_announced_and_is_not_here_is_asked_for(session):
    phone, shopper = a_lost_phone(), a_shopper(session)
    sent = [phone.answers("greeted", answer) for answer in ("yes", "no", "yes")]
    keep(session, phone, sent[1], by=shopper)
    photo = str(uuid4())
    (lack,) = announce(session, phone, photo, by=shopper)
    assert (lack.changes, lack.photos) == (((1, 1), (3, 3)), (photo,))


def test_a_phone_that_made_nothing_begins_no_found_work(session):
    shopper = a_shopper(session)
    assert [lack.changes for lack in announce(session, a_lost_phone(), by=shopper)] == [()]
    assert count(session, FoundWork) == 0


def test_what_comes_after_a_decision_waits_for_another_one(session):
    phone, shopper, scheduler = a_lost_phone(), a_shopper(session), a_person(session, Role.SCHEDULER)
    first = phone.answers("greeted", "yes")
    keep(session, phone, first, by=shopper)
    work = session.scalars(select(FoundWork)).one()
    deciding.set_aside(session, work, reason="A test visit.", by=scheduler, at=NOON)
    keep(session, phone, first, by=shopper)
    assert work.state is FoundState.SET_ASIDE
    keep(session, phone, phone.answers("greeted", "no"), by=shopper, at=LATER)
    session.refresh(work)
    assert (work.state, work.last_at) == (FoundState.OPEN, LATER)


def test_a_visit_that_a_restored_server_forgot_is_asked_for_whole(session):
    evaluation = an_evaluation(session)
    phone, shopper = Phone(evaluation), evaluation.shopper
    sent = [phone.answers("greeted", "yes"), phone.comments("greeted", "At once.")]
    session.delete(evaluation)
    session.flush()
    (lack,) = announce(session, phone, by=shopper)
    assert lack.changes == ((1, 2),)
    assert outcomes(keep(session, phone, *sent, by=shopper)) == ["stored", "stored"]
    assert session.scalars(select(Evaluation)).all() == []
