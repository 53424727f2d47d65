"""What a file of unsent work brings is as good as sent: once, to the visit it belongs to, in its shopper's name."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from evaluations.errors import Invalid
from evaluations.fieldwork import changes
from evaluations.fieldwork.unsent import taking_in
from evaluations.fieldwork.unsent.opening import Bundle, Part, Picture
from evaluations.models import (
    INSTALLATION,
    AuditEntry,
    Change,
    EvaluationState,
    FoundWork,
    Photo,
    Role,
    Submission,
)
from evaluations.photos.store import PhotoStore
from tests.builders import NOON, a_person, a_shopper, an_evaluation
from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


@pytest.fixture
def bring(session, scheduler, tmp_path):
    def bring(bundle):
        photos = taking_in.prepare(PhotoStore(tmp_path), bundle)
        return taking_in.take_in(session, bundle, photos, by=scheduler, at=NOON)[1]

    return bring


def a_bundle(user: UUID, phone: Phone, *sent: object, photos=(), hand_in=None) -> Bundle:
    given = ((uuid4(), hand_in),) if hand_in else ()
    return Bundle(user, (Part(phone.eid, list(sent), tuple(photos), given),))


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("roles", [None, {Role.EDITOR}])
def test_work_of_nobody_who_shops_here_is_refused(session, bring, roles):
    user = a_person(session, *roles).id if roles else uuid4()
    phone = Phone(an_evaluation(session))
    with pytest.raises(Invalid, match="bundle_of_nobody"):
        bring(a_bundle(user, phone, phone.answers("greeted", "yes")))
    assert count(session, Change) == 0


def test_what_is_not_that_shoppers_is_found_work_and_gets_nowhere_else(session, bring):
    evaluation, stranger = an_evaluation(session), a_shopper(session)
    phone = Phone(evaluation)
    (one,) = bring(a_bundle(stranger.id, phone, phone.answers("greeted", "yes"), hand_in=phone.hand_in()))
    assert one.evaluation is None
    assert len(one.receipts) == 1
    assert (count(session, Change), count(session, FoundWork)) == (0, 1)


def test_what_is_refused_in_it_is_refused_alone(session, bring):
    evaluation = an_evaluation(session)
    phone, good = Phone(evaluation), a_jpeg(40, 30)
    photos = [Picture(uuid4(), "image/jpeg", good), Picture(uuid4(), "image/jpeg", b"no picture")]
    (one,) = bring(
        a_bundle(
            evaluation.shopper_id,
            phone,
            phone.answers("greeted", "yes"),
            None,
            photos=photos,
            hand_in={"part": "visit"},
        )
    )
    assert dict(one.outcomes) == {"stored": 1, "unreadable": 1}
    assert (one.photos_new, [refusal.code for refusal in one.refusals]) == (
        1,
        ["photo_unknown_type", "unreadable_hand_in"],
    )
    assert evaluation.state is EvaluationState.IN_PROGRESS


@pytest.mark.parametrize("is_own", [True, False])
def test_nothing_in_it_is_written_as_the_installation(session, bring, is_own):
    evaluation = an_evaluation(session)
    shopper = evaluation.shopper if is_own else a_shopper(session)
    phone = Phone(evaluation)
    good, bad = phone.answers("greeted", "yes"), phone.comments("greeted", "Hm.", did=str(INSTALLATION))
    (one,) = bring(a_bundle(shopper.id, phone, good, bad))
    assert dict(one.outcomes) == {"stored": 1, "unreadable": 1}


def test_a_hand_in_of_what_is_still_on_the_phone_waits_for_it(session, bring):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    first, _still_there = phone.answers("greeted", "yes"), phone.comments("greeted", "Hm.")
    (one,) = bring(a_bundle(evaluation.shopper_id, phone, first, hand_in=phone.hand_in()))
    assert [refusal.code for refusal in one.refusals] == ["incomplete"]
    assert (count(session, Change), count(session, Submission)) == (1, 0)


def test_an_evaluation_that_takes_no_hand_in_any_more_still_takes_the_work(session, bring):
    evaluation = an_evaluation(session, state=EvaluationState.EXCLUDED)
    phone = Phone(evaluation)
    sent = phone.answers("greeted", "yes")
    (one,) = bring(a_bundle(evaluation.shopper_id, phone, sent, hand_in=phone.hand_in()))
    assert [refusal.code for refusal in one.refusals] == ["wrong_state"]
    assert (count(session, Change), count(session, Submission)) == (1, 0)


def test_bringing_it_in_twice_and_then_sending_it_is_as_good_as_once(session, bring, scheduler):
    evaluation = an_evaluation(session)
    phone, body = Phone(evaluation), a_jpeg(40, 30)
    attach = phone.attaches(body, "window")
    photo = Picture(UUID(attach["value"]["photo"]["id"]), "image/jpeg", body)
    sent = [phone.answers("greeted", "yes"), attach]
    named = (attach["value"]["photo"]["id"], attach["value"]["photo"]["sha256"])
    bundle = a_bundle(evaluation.shopper_id, phone, *sent, photos=[photo], hand_in=phone.hand_in(1, named))
    (first,), (second,) = bring(bundle), bring(bundle)
    assert (dict(first.outcomes), first.photos_new) == ({"stored": 2}, 1)
    assert (dict(second.outcomes), second.photos_new, second.photos_known) == ({"known": 2}, 0, 1)
    assert first.receipts == second.receipts
    later = changes.store(session, evaluation, sent, by=evaluation.shopper, at=NOON)
    assert [result.outcome for result in later.results] == ["known", "known"]
    assert (count(session, Change), count(session, Photo), count(session, Submission)) == (2, 1, 1)
    assert {row.author_id for row in session.scalars(select(Change))} == {evaluation.shopper_id}
    entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "work.imported")).all()
    assert {entry.actor_id for entry in entries} == {scheduler.id}
