"""What a phone announces before it sends: the server answers what it lacks, and the office sees what never came."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.clock import from_wall_ms
from evaluations.errors import Invalid
from evaluations.fieldwork import announcing, assigning, changes
from evaluations.fieldwork.announcing import Lack, digest_of
from evaluations.fieldwork.found import keeping
from evaluations.models import INSTALLATION, Announcement, Evaluation, Person, Role, VisitState
from evaluations.photos.intake import Prepared, record
from evaluations.queries.on_phones import OnPhone, gaps, on_phones
from tests.builders import NOON, a_person, a_shopper, a_visit, an_evaluation
from tests.phones import NOON_MS, Phone, every

LATER = NOON + timedelta(minutes=3)


@pytest.fixture
def evaluation(session: Session) -> Evaluation:
    return an_evaluation(session)


def announce(
    session: Session,
    phone: Phone,
    *photos: dict[str, Any],
    by: Person,
    top: int | None = None,
    at=NOON,
    **more: str,
) -> list[Lack]:
    held = [{"id": one["value"]["photo"]["id"], "taken_ms": NOON_MS} for one in photos]
    holding = {"eid": str(phone.eid), "did": phone.did, "top_seq": phone.seq if top is None else top}
    sent = announcing.read({"holdings": [holding | more | {"photos": held}]})
    return announcing.announce(session, sent, holds=every, by=by, at=at)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"holdings": [{"eid": "x", "did": str(uuid4()), "top_seq": 1}]},
        {"holdings": [{"eid": str(uuid4()), "did": str(uuid4()), "top_seq": -1}]},
        {"holdings": [{"eid": str(uuid4()), "did": str(uuid4()), "top_seq": 1, "more": 1}]},
        {"holdings": [{"eid": str(uuid4()), "did": str(INSTALLATION), "top_seq": 1}]},
        {"holdings": [], "did": str(INSTALLATION)},
    ],
)
def test_an_announcement_that_cannot_be_read_is_refused(raw: object):
    with pytest.raises(Invalid, match="unreadable_announcement"):
        announcing.read(raw)


def test_another_shoppers_evaluation_looks_as_if_it_did_not_exist(session: Session, evaluation: Evaluation):
    theirs, unknown = Phone(evaluation), Phone(uuid4())
    made = theirs.answers("greeted", "yes")
    unknown.seq = theirs.seq
    changes.store(session, evaluation, [made], by=evaluation.shopper, at=NOON)
    stranger = a_shopper(session)
    for phone in (theirs, unknown):
        (lack,) = announce(session, phone, by=stranger)
        assert (lack.changes, lack.photos) == (((1, 1),), ())
    assert session.scalar(select(func.count()).select_from(Announcement)) == 0


def test_what_has_not_arrived_is_asked_for_by_number_and_photo(session: Session, evaluation: Evaluation):
    phone = Phone(evaluation)
    made = [phone.answers("greeted", answer) for answer in ("yes", "no", "yes", "no")]
    photo = phone.attaches(b"a", "window")
    changes.store(session, evaluation, [made[1], photo], by=evaluation.shopper, at=NOON)
    (lack,) = announce(session, phone, photo, by=evaluation.shopper)
    assert lack.changes == ((1, 1), (3, 4))
    assert lack.photos == (photo["value"]["photo"]["id"],)


@pytest.mark.parametrize("is_own", [True, False])
def test_where_the_same_numbers_are_of_other_changes_it_is_told_which_are_here(
    session: Session, evaluation: Evaluation, is_own: bool
):
    phone = Phone(evaluation if is_own else uuid4(), "0" * 64)
    made = [phone.answers("greeted", answer)["id"] for answer in ("yes", "no")]
    if is_own:
        changes.store(session, evaluation, phone.made, by=evaluation.shopper, at=NOON)
    else:
        keeping.store(session, UUID(str(phone.eid)), phone.made, by=evaluation.shopper, at=NOON)
    for held, told in ((made, None), ([made[0], str(uuid4())], tuple(sorted(made)))):
        (lack,) = announce(session, phone, by=evaluation.shopper, digest=digest_of(held))
        assert (lack.changes, lack.held) == ((), told)
    for held, told in ((made, None), ([made[0], str(uuid4())], tuple(sorted(made)))):
        (lack,) = announce(session, phone, by=evaluation.shopper, digest=digest_of(held), top=3)
        assert (lack.changes, lack.held) == (((3, 3),), told)


def test_nothing_is_asked_for_where_everything_has_arrived(session: Session, evaluation: Evaluation):
    phone = Phone(evaluation)
    photo = phone.attaches(b"a", "window")
    changes.store(session, evaluation, [photo], by=evaluation.shopper, at=NOON)
    send(session, evaluation, photo)
    (lack,) = announce(session, phone, photo, by=evaluation.shopper)
    assert (lack.changes, lack.photos) == ((), ())
    assert on_phones(session, [evaluation.id]) == {}


def test_the_office_sees_what_each_phone_still_holds_and_when_it_was_seen(
    session: Session, evaluation: Evaluation
):
    one, other = Phone(evaluation), Phone(evaluation)
    one.answers("greeted", "yes")
    photo = one.attaches(b"a", "window")
    other.answers("greeted", "no")
    announce(session, one, photo, by=evaluation.shopper)
    announce(session, other, by=evaluation.shopper, at=LATER)
    assert on_phones(session, [evaluation.id])[evaluation.id] == [
        OnPhone(UUID(other.did), 1, 0, None, LATER),
        OnPhone(UUID(one.did), 2, 1, from_wall_ms(NOON_MS), NOON),
    ]


def test_a_later_word_of_the_same_phone_takes_the_place_of_the_earlier_one(
    session: Session, evaluation: Evaluation
):
    phone = Phone(evaluation)
    photo = phone.attaches(b"a", "window")
    announce(session, phone, photo, by=evaluation.shopper)
    changes.store(session, evaluation, [photo], by=evaluation.shopper, at=NOON)
    announce(session, phone, by=evaluation.shopper, at=LATER)
    assert session.scalars(select(Announcement.announced_at)).all() == [LATER]
    assert on_phones(session, [evaluation.id]) == {}


def test_a_visit_of_which_a_phone_only_said_that_it_holds_something_can_be_taken_back(session: Session):
    visit, shopper, scheduler = a_visit(session), a_shopper(session), a_person(session, Role.SCHEDULER)
    evaluation = assigning.assign(session, visit, shopper, by=scheduler, at=NOON)
    phone = Phone(evaluation)
    made = phone.answers("greeted", "yes")
    announce(session, phone, by=shopper)
    assigning.take_back(session, visit, by=scheduler, at=NOON)
    assert (visit.state, session.scalars(select(Announcement)).all()) == (VisitState.PLANNED, [])
    (stored,) = keeping.store(session, phone.eid, [made], by=shopper, at=LATER).results
    assert stored.outcome == "stored", "should it come after all, it is found work"


def send(session: Session, evaluation: Evaluation, attach: dict[str, Any]) -> None:
    photo = attach["value"]["photo"]
    prepared = Prepared(photo["sha256"], photo["bytes"], "image/jpeg", 640, 480)
    record(session, evaluation, UUID(photo["id"]), prepared, by=evaluation.shopper, at=NOON)


@given(some.sets(some.integers(-2, 40)), some.integers(0, 40))
def test_gaps_are_exactly_the_numbers_that_are_not_there(present: set[int], top: int):
    spans = gaps(present, top)
    told = [number for first, last in spans for number in range(first, last + 1)]
    assert told == [number for number in range(1, top + 1) if number not in present]
    assert all(next_first > last + 1 for (_, last), (next_first, _) in pairwise(spans))


def test_what_came_above_the_announced_number_hides_nothing_below_it(
    session: Session, evaluation: Evaluation
):
    phone = Phone(evaluation)
    made = [phone.answers("greeted", answer) for answer in ("yes", "no", "yes", "no")]
    changes.store(session, evaluation, made[2:], by=evaluation.shopper, at=NOON)
    (lack,) = announce(session, phone, by=evaluation.shopper, top=3)
    assert lack.changes == ((1, 2),)
    (held,) = on_phones(session, [evaluation.id])[evaluation.id]
    assert held.changes == 2
