"""The review queue: due first comes first, and nothing shows before it is handed in."""

from datetime import timedelta
from uuid import uuid4

import pytest

from evaluations.errors import NotFound
from evaluations.models import EvaluationState, Role
from evaluations.reviewing import decisions
from evaluations.reviewing import queue as review
from evaluations.reviewing.heaps import Tab
from tests.builders import NOON, a_client, a_client_user, a_person, a_shopper, an_evaluation
from tests.evaluations.reviewing.visits import a_photo, answers, hand_in, says

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR)


def names(queue):
    return [row.evaluation_id for row in queue.rows]


@pytest.mark.parametrize("tab", Tab)
def test_what_is_not_handed_in_is_in_no_tab(session, editor, tab):
    an_evaluation(session)
    an_evaluation(session, state=EvaluationState.ABANDONED)
    assert review.queue(session, editor, tab, at=NOON).rows == ()


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.DESIGNER, Role.SCHEDULER])
def test_only_editors_have_a_queue(session, role):
    hand_in(session, an_evaluation(session))
    queue = review.queue(session, a_person(session, role), Tab.WAITING, at=NOON)
    assert (queue.rows, queue.counts[Tab.WAITING]) == ((), 0)


def test_what_waits_longest_comes_first_and_is_due_after_72_hours(session, editor):
    young = hand_in(session, an_evaluation(session), at=NOON)
    old = hand_in(session, an_evaluation(session), at=NOON - 5 * HOUR)
    queue = review.queue(session, editor, Tab.WAITING, at=NOON)
    assert names(queue) == [old.id, young.id]
    assert queue.rows[0].due_at == NOON + 67 * HOUR
    assert review.next_waiting(session, editor, at=NOON) == old.id


def test_nothing_waits_where_everything_is_claimed(session, editor):
    decisions.claim(session, hand_in(session, an_evaluation(session)), by=editor, at=NOON)
    assert review.next_waiting(session, editor, at=NOON) is None


def test_each_evaluation_stands_in_the_tab_of_its_state(session, editor):
    waiting = hand_in(session, an_evaluation(session))
    claimed, returned, resumed, released, excluded = (
        hand_in(session, an_evaluation(session)) for _ in range(5)
    )
    for evaluation in (claimed, returned, resumed, released, excluded):
        decisions.claim(session, evaluation, by=editor, at=NOON)
    for evaluation in (returned, resumed):
        decisions.send_back(session, evaluation, {"greeted": "Say more."}, by=editor, at=NOON)
    answers(session, resumed, {"greeted": "yes"})
    decisions.approve(session, released, by=editor, at=NOON, note="It was closed.")
    decisions.exclude(session, excluded, "Wrong store.", by=editor, at=NOON + HOUR)
    tabs = {tab: set(names(review.queue(session, editor, tab, at=NOON))) for tab in Tab}
    assert tabs == {
        Tab.WAITING: {waiting.id},
        Tab.CLAIMED: {claimed.id},
        Tab.RETURNED: {returned.id, resumed.id},
        Tab.DECIDED: {released.id, excluded.id},
        Tab.FOLLOW_UPS: set(),
    }
    counts = review.queue(session, editor, Tab.WAITING, at=NOON).counts
    assert {tab: counts[tab] for tab in Tab} == {tab: len(ids) for tab, ids in tabs.items()}
    [holder] = {row.holder_id for row in review.queue(session, editor, Tab.CLAIMED, at=NOON).rows}
    assert holder == editor.id
    assert {row.due_at for row in review.queue(session, editor, Tab.RETURNED, at=NOON).rows} == {
        NOON + 24 * HOUR
    }


def test_a_row_tells_photos_that_are_there_and_what_was_open(session, editor):
    evaluation = an_evaluation(session)
    a_photo(session, evaluation, "greeted")
    gone = a_photo(session, evaluation, "greeted")
    says(session, evaluation, f"photo:{gone.id}", "photo.detach", None)
    hand_in(session, evaluation)
    [row] = review.queue(session, editor, Tab.WAITING, at=NOON).rows
    assert row.photos == 1
    assert "answer_missing" in (row.open_items or "")


def test_a_row_tells_what_was_open_at_the_newest_hand_in(session, editor):
    evaluation = hand_in(session, an_evaluation(session))
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.send_back(session, evaluation, {}, by=editor, at=NOON, note="Answer it.")
    answers(session, evaluation, {"greeted": "yes"})
    hand_in(session, evaluation)
    [row] = review.queue(session, editor, Tab.WAITING, at=NOON).rows
    assert (row.round, row.open_items) == (2, "[]")


def test_a_long_queue_comes_in_pages(session, editor):
    for hours in range(review.PAGE + 3):
        an_evaluation(session, state=EvaluationState.SUBMITTED, submitted_at=NOON + hours * HOUR)
    first, last = (
        review.queue(session, editor, Tab.WAITING, at=NOON),
        review.queue(session, editor, Tab.WAITING, 7, at=NOON),
    )
    assert (len(first.rows), first.pages) == (review.PAGE, 2)
    assert (len(last.rows), last.page) == (3, 2)


def test_what_is_not_handed_in_is_not_found_by_its_id(session, editor):
    for evaluation_id in (an_evaluation(session).id, uuid4()):
        with pytest.raises(NotFound):
            review.evaluation(session, editor, evaluation_id)


def test_a_photo_is_found_by_editors_alone(session, editor):
    evaluation = an_evaluation(session)
    photo = a_photo(session, evaluation, "greeted")
    assert review.photo(session, editor, photo.id) is photo
    for reader in (a_shopper(session), a_client_user(session, a_client(session))):
        with pytest.raises(NotFound):
            review.photo(session, reader, photo.id)
