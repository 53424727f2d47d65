"""Giving a visit to a shopper issues its evaluation; it can be taken back while nothing has arrived."""

import json

import pytest
from sqlalchemy import select

from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import assigning, changes
from evaluations.models import AuditEntry, Evaluation, EvaluationState, Role, VisitState
from evaluations.photos.intake import Prepared, record
from tests.builders import NOON, a_person, a_shopper, a_visit
from tests.phones import Phone


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


@pytest.mark.parametrize("roles", [(Role.OWNER,), (Role.SCHEDULER, Role.EDITOR), (Role.CLIENT,)])
def test_only_shoppers_are_given_visits(session, scheduler, roles):
    visit, person = a_visit(session), a_person(session, *roles)
    with pytest.raises(Invalid) as refusal:
        assigning.assign(session, visit, person, by=scheduler, at=NOON)
    assert refusal.value.code == "not_a_shopper"
    assert visit.state is VisitState.PLANNED


def test_who_no_longer_works_here_is_given_no_visit(session, scheduler):
    with pytest.raises(Invalid) as refusal:
        assigning.assign(
            session, a_visit(session), a_shopper(session, is_active=False), by=scheduler, at=NOON
        )
    assert refusal.value.code == "shopper_inactive"


@pytest.mark.parametrize("state", [state for state in VisitState if state is not VisitState.PLANNED])
def test_only_a_planned_visit_is_given(session, scheduler, state):
    visit = a_visit(session, state=state)
    with pytest.raises(WrongState):
        assigning.assign(session, visit, a_shopper(session), by=scheduler, at=NOON)
    assert session.scalars(select(Evaluation).where(Evaluation.visit_id == visit.id)).all() == []


@pytest.mark.parametrize(
    "state", [VisitState.PLANNED, VisitState.UNDER_WAY, VisitState.DONE, VisitState.CANCELLED]
)
def test_only_an_assigned_visit_is_taken_back(session, scheduler, state):
    visit = a_visit(session)
    assigning.assign(session, visit, a_shopper(session), by=scheduler, at=NOON)
    visit.state = state
    with pytest.raises(WrongState):
        assigning.take_back(session, visit, by=scheduler, at=NOON)


def test_a_visit_is_not_taken_back_once_a_change_has_arrived(session, scheduler):
    visit, shopper = a_visit(session), a_shopper(session)
    evaluation = assigning.assign(session, visit, shopper, by=scheduler, at=NOON)
    changes.store(session, evaluation, [Phone(evaluation).answers("greeted", "yes")], by=shopper, at=NOON)
    with pytest.raises(WrongState):
        assigning.take_back(session, visit, by=scheduler, at=NOON)
    assert visit.shopper is shopper


def test_a_visit_is_not_taken_back_once_a_photo_has_arrived(session, scheduler):
    visit, shopper = a_visit(session), a_shopper(session)
    evaluation = assigning.assign(session, visit, shopper, by=scheduler, at=NOON)
    photo = Prepared("0" * 64, 5, "image/jpeg", 1, 1)
    record(session, evaluation, evaluation.id, photo, by=shopper, at=NOON)
    with pytest.raises(Conflict) as refusal:
        assigning.take_back(session, visit, by=scheduler, at=NOON)
    assert refusal.value.code == "work_has_arrived"


def test_assigning_issues_the_evaluation_on_the_version_of_the_wave(session, scheduler):
    visit, shopper = a_visit(session), a_shopper(session)
    evaluation = assigning.assign(session, visit, shopper, by=scheduler, at=NOON)
    assert (visit.state, visit.shopper, visit.assigned_at) == (VisitState.ASSIGNED, shopper, NOON)
    assert (evaluation.state, evaluation.round) == (EvaluationState.IN_PROGRESS, 1)
    assert evaluation.version is visit.wave.version
    session.expire_all()
    assert visit.evaluation is evaluation


def test_a_visit_that_was_taken_back_can_be_given_to_another(session, scheduler):
    visit, first, second = a_visit(session), a_shopper(session), a_shopper(session)
    old = assigning.assign(session, visit, first, by=scheduler, at=NOON).id
    assigning.take_back(session, visit, by=scheduler, at=NOON)
    assert (visit.state, visit.shopper, visit.assigned_at) == (VisitState.PLANNED, None, None)
    evaluation = assigning.assign(session, visit, second, by=scheduler, at=NOON)
    assert evaluation.id != old
    assert session.scalars(select(Evaluation.shopper_id)).all() == [second.id]


def test_giving_and_taking_back_are_in_the_trail(session, scheduler):
    visit, shopper = a_visit(session), a_shopper(session)
    evaluation = assigning.assign(session, visit, shopper, by=scheduler, at=NOON)
    issued = str(evaluation.id)
    assigning.take_back(session, visit, by=scheduler, at=NOON)
    trail = session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == visit.id).order_by(AuditEntry.id)
    )
    acts = {entry.act: json.loads(entry.details) for entry in trail}
    assert acts == {
        "visit.assigned": {"shopper": str(shopper.id), "evaluation": issued},
        "visit.taken_back": {"shopper": str(shopper.id), "evaluation": issued},
    }
