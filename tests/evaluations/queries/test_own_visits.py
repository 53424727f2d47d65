"""A shopper's own visits: nobody else's, whatever else the reader may see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from evaluations.errors import NotFound
from evaluations.models import EvaluationState, Photo, Role, VisitState
from evaluations.queries import own_visits
from tests.builders import NOON, a_person, a_shopper, an_evaluation


@pytest.mark.parametrize("roles", [{Role.SHOPPER}, {Role.EDITOR}, {Role.OWNER}, {Role.SHOPPER, Role.EDITOR}])
def test_somebody_elses_work_is_not_ones_own(session, roles):
    evaluation, reader = an_evaluation(session), a_person(session, *roles)
    photo = Photo(id=uuid4(), evaluation_id=evaluation.id, sent_by_id=evaluation.shopper_id, sha256="0" * 64)
    photo.byte_count, photo.mime, photo.width, photo.height, photo.received_at = 1, "image/jpeg", 1, 1, NOON
    session.add(photo)
    assert own_visits.own_visits(session, reader, NOON) == []
    for find, own_id in [
        (own_visits.own_visit, evaluation.visit_id),
        (own_visits.own_evaluation, evaluation.id),
        (own_visits.own_photo, photo.id),
    ]:
        assert find(session, evaluation.shopper, own_id)
        with pytest.raises(NotFound):
            find(session, reader, own_id)


def test_open_work_comes_first_by_its_last_day(session):
    shopper = a_shopper(session)
    made = [an_evaluation(session, shopper) for _ in range(4)]
    for evaluation, days in zip(made, (3, 1, 2, 0), strict=True):
        evaluation.visit.window_to = NOON.date() + timedelta(days=days)
    made[2].state = EvaluationState.RETURNED
    made[3].state, made[3].submitted_at = EvaluationState.SUBMITTED, NOON
    session.flush()
    listed = own_visits.own_visits(session, shopper, NOON)
    assert [one.evaluation for one in listed] == [made[1], made[2], made[0], made[3]]
    assert [one.is_open for one in listed] == [True, True, True, False]


def test_what_is_long_over_is_not_listed(session):
    shopper = a_shopper(session)
    done = an_evaluation(session, shopper, state=EvaluationState.RELEASED, submitted_at=NOON)
    withdrawn = an_evaluation(session, shopper, state=EvaluationState.ABANDONED)
    withdrawn.visit.state = VisitState.CANCELLED
    session.flush()
    soon, late = NOON + timedelta(days=30), NOON + timedelta(days=200)
    assert {one.evaluation for one in own_visits.own_visits(session, shopper, soon)} == {done, withdrawn}
    assert own_visits.own_visits(session, shopper, late) == []


def test_the_list_takes_few_queries_however_long(session):
    shopper = a_shopper(session)
    for _ in range(10):
        an_evaluation(session, shopper)
    session.expire_all()
    session.refresh(shopper)
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    for one in own_visits.own_visits(session, shopper, NOON):
        assert all((one.location.name, one.client.name, one.version))
    assert len(statements) == 2
