"""The log of changes: each is kept once, nothing readable is refused, and the projection follows."""

import json
import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.errors import NotFound
from evaluations.fieldwork import changes
from evaluations.models import INSTALLATION, Change, CurrentRegister, Evaluation, EvaluationState, VisitState
from tests.builders import NOON, an_evaluation
from tests.phones import NOON_MS, Phone

GREETED = "answer:greeted"


def arrive(session: Session, evaluation: Evaluation, *sent: object, at=NOON) -> changes.Stored:
    return changes.store(session, evaluation, sent, by=evaluation.shopper, at=at)


def outcomes(stored: changes.Stored) -> list[str]:
    return [result.outcome.value for result in stored.results]


def shown(session: Session, evaluation: Evaluation) -> dict[str, tuple[str | None, list[str], bool]]:
    rows = session.scalars(select(CurrentRegister).where(CurrentRegister.evaluation_id == evaluation.id))
    return {row.register: (row.value, json.loads(row.heads), row.in_conflict) for row in rows}


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def marks(session: Session, evaluation: Evaluation) -> dict[str, tuple[bool, int]]:
    rows = session.scalars(select(Change).where(Change.evaluation_id == evaluation.id))
    return {str(row.id): (row.is_head, row.depth) for row in rows}


def test_an_unreadable_change_spoils_nothing_beside_it(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    good, bad = phone.answers("greeted", "yes"), phone.comments("greeted", "\x00")
    stored = arrive(session, evaluation, None, bad, good, {"id": "what"})
    assert outcomes(stored) == ["unreadable", "unreadable", "stored", "unreadable"]
    assert [result.id for result in stored.results] == [None, bad["id"], good["id"], None]
    assert [result.code for result in stored.results] == ["bad_change", "unfit_text", None, "bad_change"]
    assert count(session) == 1


def test_no_phone_writes_as_the_installation_and_what_comes_beside_it_is_kept(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    good, bad = phone.answers("greeted", "yes"), phone.comments("greeted", "Hm.", did=str(INSTALLATION))
    stored = arrive(session, evaluation, bad, good)
    told = [(one.id, one.outcome.value, one.code) for one in stored.results]
    assert told == [(bad["id"], "unreadable", "bad_change"), (good["id"], "stored", None)]
    assert session.scalars(select(Change.device_id)).all() == [UUID(phone.did)]


def test_another_content_under_a_known_id_changes_nothing(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes")
    arrive(session, evaluation, change)
    stored = arrive(session, evaluation, change | {"value": {"state": "answered", "value": "no"}})
    assert outcomes(stored) == ["differs"]
    assert '"yes"' in str(shown(session, evaluation)[GREETED][0])


def test_an_id_that_another_evaluation_holds_is_never_taken(session):
    mine, other = an_evaluation(session), an_evaluation(session)
    change = Phone(mine).answers("greeted", "yes")
    arrive(session, mine, change)
    assert outcomes(arrive(session, other, change | {"eid": str(other.id)})) == ["differs"]
    assert shown(session, other) == {}


def test_an_evaluation_that_is_gone_takes_nothing(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes")
    by = evaluation.shopper
    session.delete(evaluation)
    session.flush()
    with pytest.raises(NotFound):
        changes.store(session, evaluation, [change], by=by, at=NOON)


def test_a_change_is_stored_once_and_known_afterwards(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes")
    first, again = arrive(session, evaluation, change), arrive(session, evaluation, change)
    assert (outcomes(first), outcomes(again)) == (["stored"], ["known"])
    assert first.heads == again.heads == {GREETED: (change["id"],)}
    assert count(session) == 1


def test_the_same_change_twice_in_one_batch_is_one_row(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes")
    other = change | {"value": {"state": "na"}}
    assert outcomes(arrive(session, evaluation, change, change, other)) == ["stored", "stored", "differs"]
    assert count(session) == 1


def test_an_empty_batch_does_nothing(session):
    evaluation = an_evaluation(session)
    assert arrive(session, evaluation) == changes.Stored((), {})
    assert evaluation.visit.state is VisitState.ASSIGNED


def test_arrival_numbers_only_grow(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    first, second = phone.answers("greeted", "yes"), phone.answers("greeted", "no")
    arrive(session, evaluation, first)
    third = phone.comments("greeted", "Nobody.")
    arrive(session, evaluation, first, second, third)
    numbers = {str(row.id): row.arrival for row in session.scalars(select(Change))}
    assert numbers[first["id"]] < numbers[second["id"]] < numbers[third["id"]] == evaluation.arrivals


def test_the_body_is_kept_as_it_was_sent(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).comments("greeted", "“Añó” \U0001f642 \u2028")
    arrive(session, evaluation, change)
    assert json.loads(session.get_one(Change, UUID(change["id"])).body) == change


def test_the_first_change_begins_the_visit(session):
    evaluation = an_evaluation(session)
    arrive(session, evaluation, None)
    assert evaluation.visit.state is VisitState.ASSIGNED
    arrive(session, evaluation, Phone(evaluation).checks_in())
    assert evaluation.visit.state is VisitState.UNDER_WAY
    assert evaluation.visited_at == NOON


def test_a_clock_beyond_the_calendar_breaks_nothing(session):
    evaluation = an_evaluation(session)
    arrive(session, evaluation, Phone(evaluation).checks_in(at_ms=8_640_000_000_000_000))
    assert evaluation.visited_at is None


def test_two_devices_that_differ_are_in_conflict_until_one_settles_it(session):
    evaluation = an_evaluation(session)
    one, two = Phone(evaluation), Phone(evaluation)
    yes, no = one.answers("greeted", "yes"), two.answers("greeted", "no")
    stored = arrive(session, evaluation, yes, no)
    assert sorted(stored.heads[GREETED]) == sorted([yes["id"], no["id"]])
    assert shown(session, evaluation)[GREETED][2]
    two.saw[GREETED] = [yes["id"], no["id"]]
    settled = arrive(session, evaluation, two.answers("greeted", "yes"))
    assert len(settled.heads[GREETED]) == 1
    assert not shown(session, evaluation)[GREETED][2]


def test_depths_follow_when_a_base_arrives_late(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    log = [phone.answers("greeted", "yes"), phone.answers("greeted", "no"), phone.clears("greeted")]
    for change in reversed(log):
        arrive(session, evaluation, change)
    assert marks(session, evaluation) == {
        log[0]["id"]: (False, 1),
        log[1]["id"]: (False, 2),
        log[2]["id"]: (True, 3),
    }
    assert shown(session, evaluation)[GREETED][0] is None


def a_history(evaluation: Evaluation, draw: random.Random) -> list[dict[str, Any]]:
    """What two phones do that now and then learn of each other's changes."""
    phones = [Phone(evaluation), Phone(evaluation)]
    for _ in range(30):
        phone, other = draw.sample(phones, 2)
        key = draw.choice(["greeted", "warmth"])
        if draw.random() < 0.3:
            phone.saw[f"answer:{key}"] = [
                *phone.saw.get(f"answer:{key}", []),
                *other.saw.get(f"answer:{key}", []),
            ]
        if draw.random() < 0.2:
            phone.clears(key)
        else:
            phone.answers(key, draw.choice(["yes", "no"]))
    return [change for phone in phones for change in phone.made]


@pytest.mark.parametrize("seed", range(5))
def test_any_order_batching_and_repetition_gives_the_same_state(session, seed):
    draw = random.Random(seed)
    evaluation = an_evaluation(session)
    log = a_history(evaluation, draw)
    arrive(session, evaluation, *log)
    expected, expected_marks = shown(session, evaluation), marks(session, evaluation)
    with session.begin_nested() as elsewhere:
        for table in (CurrentRegister, Change):
            session.query(table).delete()
        session.expunge_all()
        evaluation = session.get_one(Evaluation, evaluation.id)
        late = log + draw.choices(log, k=10)
        draw.shuffle(late)
        while late:
            size = draw.randint(1, 7)
            arrive(session, evaluation, *late[:size])
            late = late[size:]
        assert (shown(session, evaluation), marks(session, evaluation)) == (expected, expected_marks)
        elsewhere.rollback()


def test_a_number_used_twice_by_cloned_storage_is_forked_and_kept(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    first, clone = phone.answers("greeted", "yes"), phone.comments("greeted", "Hm.") | {"seq": 1}
    assert outcomes(arrive(session, evaluation, first)) == ["stored"]
    assert outcomes(arrive(session, evaluation, clone, first)) == ["forked", "known"]
    assert outcomes(arrive(session, evaluation, clone)) == ["forked"]
    assert count(session) == 2


def test_one_number_in_two_evaluations_is_no_fork(session):
    one, two = an_evaluation(session), an_evaluation(session)
    first, second = Phone(one), Phone(two)
    second.did = first.did
    arrive(session, one, first.answers("greeted", "yes"))
    assert outcomes(arrive(session, two, second.answers("greeted", "yes"))) == ["stored"]


def dispositions(stored: changes.Stored) -> list[str | None]:
    return [result.disposition for result in stored.results]


def test_a_question_that_the_version_does_not_ask_is_kept_and_said(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("retired", "yes")
    assert dispositions(arrive(session, evaluation, change)) == ["unknown_question"]
    assert dispositions(arrive(session, evaluation, change)) == ["unknown_question"]


def test_a_timer_of_a_question_that_the_version_does_not_ask_is_kept_and_said(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    stored = arrive(session, evaluation, phone.starts_timer("retired"), phone.starts_timer("greeted"))
    assert dispositions(stored) == ["unknown_question", None]


def test_a_photo_of_no_question_is_as_good_as_any(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    stored = arrive(session, evaluation, phone.attaches(b"a", None), phone.attaches(b"b", "retired"))
    assert dispositions(stored) == [None, "unknown_question"]


def test_another_version_is_kept_and_said(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes", vid="f" * 64)
    assert dispositions(arrive(session, evaluation, change)) == ["other_version"]


def test_what_comes_more_than_a_day_after_the_window_is_late(session):
    evaluation = an_evaluation(session)
    window = timedelta(days=(evaluation.visit.window_to - NOON.date()).days)
    phone = Phone(evaluation)
    in_time = arrive(
        session, evaluation, phone.answers("greeted", "yes"), at=NOON + window + timedelta(hours=20)
    )
    late = arrive(session, evaluation, phone.answers("greeted", "no"), at=NOON + window + timedelta(days=2))
    assert dispositions(in_time) + dispositions(late) == [None, "late"]
    assert '"no"' in str(shown(session, evaluation)[GREETED][0])


def test_what_comes_after_the_deadline_of_a_return_is_late(session):
    evaluation = an_evaluation(session, round=2, return_due_at=NOON)
    phone = Phone(evaluation)
    assert dispositions(arrive(session, evaluation, phone.answers("greeted", "yes"))) == [None]
    late = arrive(session, evaluation, phone.answers("greeted", "no"), at=NOON + timedelta(minutes=1))
    assert dispositions(late) == ["late"]


def test_work_on_a_visit_that_was_called_off_is_kept(session):
    evaluation = an_evaluation(session, state=EvaluationState.ABANDONED)
    evaluation.visit.state = VisitState.CANCELLED
    stored = arrive(session, evaluation, Phone(evaluation).answers("greeted", "yes"))
    assert dispositions(stored) == ["withdrawn"]
    assert evaluation.visit.state is VisitState.CANCELLED
    assert GREETED in shown(session, evaluation)


CLOSED = ["submitted", "in_review", "approved", "released", "excluded", "withdrawn"]


@pytest.mark.parametrize("state", CLOSED)
def test_what_arrives_after_hand_in_is_kept_but_is_no_head(session, state):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    arrive(session, evaluation, phone.answers("greeted", "yes"))
    before = shown(session, evaluation)
    evaluation.state = EvaluationState(state)
    after = phone.answers("greeted", "no")
    stored = arrive(session, evaluation, after, phone.comments("greeted", "Hm."))
    assert (outcomes(stored), dispositions(stored)) == (["stored"] * 2, ["after_hand_in"] * 2)
    assert shown(session, evaluation) == before
    assert marks(session, evaluation)[after["id"]] == (False, 0)
    assert evaluation.state.value == state


def test_the_next_round_starts_with_what_arrived_after_hand_in(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    arrive(session, evaluation, phone.answers("greeted", "yes"))
    evaluation.state = EvaluationState.SUBMITTED
    after = phone.answers("greeted", "no")
    arrive(session, evaluation, after)
    evaluation.state, evaluation.round = EvaluationState.RETURNED, 2
    arrive(session, evaluation, phone.comments("greeted", "Nobody."))
    assert shown(session, evaluation)[GREETED][1] == [after["id"]]
    assert evaluation.state is EvaluationState.IN_PROGRESS


def test_a_repeat_does_not_begin_the_next_round(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes")
    arrive(session, evaluation, change)
    evaluation.state = EvaluationState.RETURNED
    assert outcomes(arrive(session, evaluation, change)) == ["known"]
    assert evaluation.state is EvaluationState.RETURNED


def test_shifting_a_clock_by_years_changes_no_value(session):
    evaluation = an_evaluation(session)
    one, two = Phone(evaluation), Phone(evaluation)
    old = one.answers("greeted", "yes", wall_ms=NOON_MS + 10**12)
    two.saw[GREETED] = [old["id"]]
    arrive(session, evaluation, two.answers("greeted", "no", wall_ms=0), old)
    value, _heads, in_conflict = shown(session, evaluation)[GREETED]
    assert '"no"' in str(value)
    assert not in_conflict


def test_a_change_belongs_to_who_sends_it(session):
    evaluation = an_evaluation(session)
    change = Phone(evaluation).answers("greeted", "yes", did=str(uuid4()))
    arrive(session, evaluation, change)
    assert session.get_one(Change, UUID(change["id"])).author_id == evaluation.shopper_id
