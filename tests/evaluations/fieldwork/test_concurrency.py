"""Two requests at once: the database decides, and each change is one row."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.errors import Conflict, NotFound, WrongState
from evaluations.fieldwork import assigning, changes, submitting
from evaluations.models import Change, Evaluation, EvaluationState, Person, Role, Submission, Visit
from tests.builders import NOON, a_person, a_shopper, a_visit, an_evaluation
from tests.phones import Phone

Result = TypeVar("Result")
AT_ONCE = 4


@pytest.fixture
def phone(engine: Engine) -> Phone:
    """The phone of a shopper with a visit."""
    return a_phone(engine)


def a_phone(engine: Engine) -> Phone:
    with Session(writing(engine)) as session:
        phone = Phone(an_evaluation(session))
        session.commit()
    return phone


def at_once(engine: Engine, *acts: Callable[[Session], Result]) -> list[Result]:
    """Do all `acts`, each in a transaction of its own, from one starting shot."""
    barrier = Barrier(len(acts))

    def do(act: Callable[[Session], Result]) -> Result:
        barrier.wait()
        with Session(writing(engine)) as session:
            result = act(session)
            session.commit()
            return result

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(do, act) for act in acts]]


def storing(eid: UUID, batch: list[Any]) -> Callable[[Session], list[str]]:
    def store(session: Session) -> list[str]:
        evaluation = session.get_one(Evaluation, eid)
        stored = changes.store(session, evaluation, batch, by=evaluation.shopper, at=NOON)
        return [result.outcome.value for result in stored.results]

    return store


@pytest.mark.parametrize("round_", range(3))
def test_the_same_batch_at_once_is_stored_once(engine, phone, round_):
    batch = [phone.answers(key, "yes") for key in ["greeted", "warmth"] * 20]
    outcomes = at_once(engine, *[storing(phone.eid, batch) for _ in range(AT_ONCE)])
    assert Counter(outcome for each in outcomes for outcome in each) == {"stored": 40, "known": 120}
    with Session(engine) as session:
        rows = session.scalars(select(Change).order_by(Change.arrival)).all()
        assert [str(row.id) for row in rows] == [change["id"] for change in batch]
        assert len({row.arrival for row in rows}) == 40


def test_batches_that_overlap_in_opposite_order_lose_nothing(engine, phone):
    batch = [phone.answers("greeted", "yes") for _ in range(30)]
    outcomes = at_once(engine, storing(phone.eid, batch[:20]), storing(phone.eid, batch[:9:-1]))
    counted = Counter(outcome for each in outcomes for outcome in each)
    assert counted == {"stored": 30, "known": 10}


@pytest.mark.parametrize("round_", range(3))
def test_ids_in_two_evaluations_at_once_belong_to_one(engine, phone, round_):
    other = a_phone(engine)
    mine = [phone.answers("greeted", "yes") for _ in range(200)]
    theirs = [change | {"eid": str(other.eid)} for change in reversed(mine)]
    outcomes = at_once(engine, storing(phone.eid, mine), storing(other.eid, theirs))
    assert Counter(outcome for each in outcomes for outcome in each) == {"stored": 200, "differs": 200}
    with Session(engine) as session:
        assert len(session.scalars(select(Change)).all()) == 200


def test_two_hand_ins_at_once_close_one_round_with_one_receipt(engine, phone):
    def handing_in(session: Session) -> str:
        evaluation = session.get_one(Evaluation, phone.eid)
        sent = submitting.read(phone.hand_in())
        receipt = submitting.submit(session, evaluation, uuid4(), sent, by=evaluation.shopper, at=NOON)
        return receipt.digest

    assert len(set(at_once(engine, *[handing_in] * AT_ONCE))) == 1
    with Session(engine) as session:
        assert len(session.scalars(select(Submission)).all()) == 1


def test_a_change_and_a_hand_in_at_once_leave_nothing_out_of_both(engine, phone):
    change = phone.answers("greeted", "yes")

    def handing_in(session: Session) -> list[str]:
        evaluation = session.get_one(Evaluation, phone.eid)
        sent = submitting.read(Phone(evaluation).hand_in())
        receipt = submitting.submit(session, evaluation, uuid4(), sent, by=evaluation.shopper, at=NOON)
        return list(receipt.changes)

    named, _stored = at_once(engine, handing_in, storing(phone.eid, [change]))
    with Session(engine) as session:
        row = session.get_one(Change, UUID(change["id"]))
        evaluation = session.get_one(Evaluation, phone.eid)
        assert (named == [change["id"]]) == (row.disposition is None) == row.is_head
        assert evaluation.state is EvaluationState.SUBMITTED


def test_a_visit_given_twice_at_once_has_one_shopper(engine):
    with Session(writing(engine)) as session:
        visit, by = a_visit(session).id, a_person(session, Role.SCHEDULER).id
        shoppers = [a_shopper(session).id for _ in range(AT_ONCE)]
        session.commit()

    def giving(shopper: UUID) -> Callable[[Session], bool]:
        def give(session: Session) -> bool:
            try:
                people = session.get_one(Person, shopper), session.get_one(Person, by)
                assigning.assign(session, session.get_one(Visit, visit), people[0], by=people[1], at=NOON)
            except WrongState:
                session.rollback()
                return False
            return True

        return give

    assert sorted(at_once(engine, *[giving(shopper) for shopper in shoppers])) == [False] * 3 + [True]
    with Session(engine) as session:
        [evaluation] = session.scalars(select(Evaluation)).all()
        assert evaluation.shopper_id == session.get_one(Visit, visit).shopper_id


@pytest.mark.parametrize("round_", range(3))
def test_work_that_arrives_while_a_visit_is_taken_back_is_stored_or_refused(engine, phone, round_):
    change = phone.answers("greeted", "yes")
    with Session(writing(engine)) as session:
        by = a_person(session, Role.SCHEDULER).id
        visit = session.get_one(Evaluation, phone.eid).visit_id
        session.commit()

    def arriving(session: Session) -> str:
        evaluation = session.get(Evaluation, phone.eid)
        if evaluation is None:
            return "gone"
        try:
            changes.store(session, evaluation, [change], by=evaluation.shopper, at=NOON)
        except NotFound:
            session.rollback()
            return "gone"
        return "stored"

    def taking_back(session: Session) -> str:
        try:
            assigning.take_back(
                session, session.get_one(Visit, visit), by=session.get_one(Person, by), at=NOON
            )
        except (WrongState, Conflict, NotFound):
            session.rollback()
            return "kept"
        return "taken back"

    outcome = at_once(engine, arriving, taking_back)
    assert outcome in (["stored", "kept"], ["gone", "taken back"])
