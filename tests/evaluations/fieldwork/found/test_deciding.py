"""Found work goes to a visit of the same shopper on the road that all work takes, or is set aside with a reason."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from evaluations.errors import Invalid, WrongState
from evaluations.fieldwork import assigning, changes, submitting
from evaluations.fieldwork.found import deciding, keeping
from evaluations.models import (
    AuditEntry,
    Change,
    EvaluationState,
    FoundState,
    FoundWork,
    Photo,
    Role,
)
from evaluations.photos.intake import Prepared
from evaluations.queries import capture
from evaluations.queries import found as queries
from tests.builders import NOON, a_person, a_shopper, a_visit, an_evaluation
from tests.phones import Phone


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


def found_of(session, shopper, *, handed_in: bool = False, eid: UUID | None = None):
    """Found work with an answer, a comment and a photo; the phone that made it, and the photo's id."""
    phone = Phone(eid or uuid4(), "0" * 64)
    attach = phone.attaches(b"a", "window")
    sent = [phone.checks_in(), phone.answers("greeted", "no"), phone.comments("greeted", "Nobody."), attach]
    keeping.store(session, phone.eid, sent, by=shopper, at=NOON)
    photo = UUID(attach["value"]["photo"]["id"])
    prepared = Prepared(attach["value"]["photo"]["sha256"], 1, "image/jpeg", 40, 30)
    keeping.record_photo(session, phone.eid, photo, prepared, by=shopper, at=NOON)
    if handed_in:
        sent_in = submitting.read(phone.hand_in(1, (str(photo), prepared.sha256)))
        keeping.submit(session, phone.eid, uuid4(), sent_in, by=shopper, at=NOON)
    work = session.scalars(select(FoundWork).where(FoundWork.eid == phone.eid)).one()
    return work, phone, photo


def take(session, work, evaluation, by):
    return deciding.take_over(session, work, evaluation, by=by, at=NOON)


def test_it_never_goes_to_another_shoppers_visit(session, scheduler):
    work, *_rest = found_of(session, a_shopper(session))
    with pytest.raises(Invalid, match="found_of_another"):
        take(session, work, an_evaluation(session), scheduler)
    assert session.scalars(select(Change)).all() == []


def test_where_nothing_arrived_there_is_nothing_to_take_over(session, scheduler):
    shopper = a_shopper(session)
    phone = Phone(uuid4(), "0" * 64)
    keeping.announce(session, phone.eid, UUID(phone.did), {"top_seq": 3, "photos": []}, by=shopper, at=NOON)
    work = session.scalars(select(FoundWork)).one()
    assert queries.contents(session, work).still_on_phones == 3
    with pytest.raises(Invalid, match="found_empty"):
        take(session, work, an_evaluation(session, shopper), scheduler)


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_is_not_set_aside_without_a_reason(session, scheduler, reason):
    work, *_rest = found_of(session, a_shopper(session))
    with pytest.raises(Invalid, match="reason_missing"):
        deciding.set_aside(session, work, reason=reason, by=scheduler, at=NOON)
    assert work.state is FoundState.OPEN


def test_what_was_set_aside_is_not_set_aside_again_but_may_be_taken_over(session, scheduler):
    shopper = a_shopper(session)
    work, *_rest = found_of(session, shopper)
    deciding.set_aside(session, work, reason=" A rehearsal. ", by=scheduler, at=NOON)
    assert (work.state, work.reason, work.decided_by) == (FoundState.SET_ASIDE, "A rehearsal.", scheduler)
    with pytest.raises(WrongState):
        deciding.set_aside(session, work, reason="Again.", by=scheduler, at=NOON)
    take(session, work, an_evaluation(session, shopper), scheduler)
    assert (work.state, work.reason) == (FoundState.TAKEN_OVER, "")


def test_a_photo_that_another_visit_holds_under_its_number_stays_where_it_is(session, scheduler):
    shopper, other = a_shopper(session), an_evaluation(session)
    work, _phone, photo = found_of(session, shopper)
    session.add(
        Photo(
            id=photo,
            evaluation_id=other.id,
            sent_by_id=other.shopper_id,
            sha256="f" * 64,
            byte_count=1,
            mime="image/jpeg",
            width=1,
            height=1,
            received_at=NOON,
        )
    )
    taken = take(session, work, an_evaluation(session, shopper), scheduler)
    assert (taken.changes, taken.photos, taken.left) == (4, 0, 1)
    assert session.get_one(Photo, photo).evaluation_id == other.id


def test_a_visit_gets_all_of_it_in_its_shoppers_name_and_only_once(session, scheduler):
    shopper = a_shopper(session)
    work, phone, photo = found_of(session, shopper)
    evaluation = an_evaluation(session, shopper)
    taken = take(session, work, evaluation, scheduler)
    again = take(session, work, evaluation, scheduler)
    assert (taken.changes, taken.photos, taken.left, taken.handed_in) == (4, 1, 0, False)
    assert (again.changes, again.photos) == (4, 1)
    rows = session.scalars(select(Change).where(Change.evaluation_id == evaluation.id)).all()
    assert {row.author_id for row in rows} == {shopper.id}
    assert {str(row.id) for row in rows} == {made["id"] for made in phone.made}
    contents = capture.contents(session, evaluation)
    assert (contents.answers["greeted"].value, contents.comments["greeted"]) == ("no", "Nobody.")
    assert contents.photos["window"][0].held
    assert session.get_one(Photo, photo).evaluation_id == evaluation.id
    assert (work.state, work.evaluation_id) == (FoundState.TAKEN_OVER, evaluation.id)
    told = session.scalars(select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id)).all()
    assert "evaluation.work_added" in told


def test_the_phones_own_numbers_at_that_visit_are_not_taken_for_a_clone(session, scheduler):
    shopper = a_shopper(session)
    evaluation = an_evaluation(session, shopper)
    work, phone, _photo = found_of(session, shopper)
    same_phone = Phone(evaluation)
    same_phone.did = phone.did
    take(session, work, evaluation, scheduler)
    stored = changes.store(session, evaluation, [same_phone.answers("greeted", "yes")], by=shopper, at=NOON)
    assert [result.outcome for result in stored.results] == ["stored"]


def test_what_was_handed_in_is_handed_in_with_it(session, scheduler):
    shopper = a_shopper(session)
    work, _phone, _photo = found_of(session, shopper, handed_in=True)
    evaluation = an_evaluation(session, shopper)
    assert take(session, work, evaluation, scheduler).handed_in
    assert evaluation.state is EvaluationState.SUBMITTED
    assert not take(session, work, evaluation, scheduler).handed_in


def test_a_visit_that_was_reassigned_leaves_both_shoppers_work_apart(session, scheduler):
    first, second = a_shopper(session), a_shopper(session)
    visit = a_visit(session)
    issued = assigning.assign(session, visit, first, by=scheduler, at=NOON)
    eid, phone = issued.id, Phone(issued)
    assigning.take_back(session, visit, by=scheduler, at=NOON)
    now_theirs = assigning.assign(session, visit, second, by=scheduler, at=NOON)
    theirs = Phone(now_theirs)
    changes.store(session, now_theirs, [theirs.answers("greeted", "yes")], by=second, at=NOON)
    keeping.store(session, eid, [phone.answers("greeted", "no")], by=first, at=NOON)
    work = session.scalars(select(FoundWork)).one()
    origin = queries.origin(session, work)
    assert origin is not None
    assert (origin.id, origin.shopper_id) == (visit.id, second.id)
    assert queries.targets(session, work) == []
    assert capture.contents(session, now_theirs).answers["greeted"].value == "yes"


def test_the_office_sees_how_much_it_is_without_what_it_says(session, scheduler):
    shopper = a_shopper(session)
    evaluation = an_evaluation(session, shopper)
    work, _phone, _photo = found_of(session, shopper, handed_in=True)
    contents = queries.contents(session, work)
    assert (contents.answers, contents.comments, contents.devices) == (1, 1, 1)
    assert contents.counts == {"change": 4, "photo": 1, "hand_in": 1}
    assert contents.check_in == NOON
    assert [target.evaluation_id for target in queries.targets(session, work)] == [evaluation.id]
    assert queries.waiting(session, scheduler) == 1
    assert queries.waiting(session, a_person(session, Role.EDITOR)) == 0
