"""The heaps of the review desk and their parts: what is counted is what is shown."""

from datetime import timedelta

import pytest

from evaluations.models import Role
from evaluations.reviewing import decisions, queue
from evaluations.reviewing.heaps import HOLD, Part, Tab
from tests.builders import NOON, a_person, a_shopper, an_evaluation
from tests.evaluations.reviewing.visits import answers, hand_in

HOUR = timedelta(hours=1)
NOW = NOON + 100 * HOUR


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR)


@pytest.fixture
def scene(session, editor):
    """One evaluation in each part, and one that nobody handed in."""
    other = a_person(session, Role.EDITOR)
    an_evaluation(session)
    handed_in = {
        name: hand_in(session, an_evaluation(session), at=NOW - hours * HOUR)
        for name, hours in [
            ("overdue", 73),
            ("soon", 60),
            ("fresh", 1),
            ("mine", 2),
            ("others", 2),
            ("lapsed", 3),
        ]
    }
    decisions.claim(session, handed_in["mine"], by=editor, at=NOW - HOUR)
    decisions.claim(session, handed_in["others"], by=other, at=NOW - HOUR)
    decisions.claim(session, handed_in["lapsed"], by=other, at=NOW - HOLD)
    for name, hours in (("back", 30), ("late", 30), ("in time", 2)):
        sent_back = handed_in[name] = hand_in(session, an_evaluation(session), at=NOW - 50 * HOUR)
        decisions.claim(session, sent_back, by=other, at=NOW - hours * HOUR)
        decisions.send_back(session, sent_back, {"greeted": "Say more."}, by=other, at=NOW - hours * HOUR)
    answers(session, handed_in["back"], {"greeted": "yes"})
    hand_in(session, handed_in["back"], at=NOW - HOUR)
    return handed_in


def shown(session, reader, scene, part=None, tab=Tab.WAITING):
    names = {evaluation.id: name for name, evaluation in scene.items()}
    found = queue.queue(session, reader, tab, at=NOW, part=part)
    assert found.total == len(found.rows)
    return {names[row.evaluation_id] for row in found.rows}


PARTS = {
    Part.OVERDUE: {"overdue"},
    Part.SOON: {"soon"},
    Part.FRESH: {"fresh", "lapsed", "back"},
    Part.BACK: {"back"},
    Part.MINE: {"mine"},
    Part.OTHERS: {"others"},
    Part.LATE: {"late"},
}


@pytest.mark.parametrize("part", Part)
def test_each_part_holds_what_it_names_and_its_number_is_that_of_its_list(session, editor, scene, part):
    assert shown(session, editor, scene, part) == PARTS[part]


def test_the_ages_make_up_the_heap_that_waits(session, editor, scene):
    counts = queue.queue(session, editor, Tab.WAITING, at=NOW).counts
    assert counts[Part.OVERDUE] + counts[Part.SOON] + counts[Part.FRESH] == counts[Tab.WAITING]
    assert counts[Part.MINE] + counts[Part.OTHERS] == counts[Tab.CLAIMED]


def test_what_an_editor_left_for_eight_hours_waits_again_with_the_name(session, editor, scene):
    rows = queue.queue(session, editor, Tab.WAITING, at=NOW).rows
    [lapsed] = [row for row in rows if row.evaluation_id == scene["lapsed"].id]
    assert lapsed.holder == scene["lapsed"].claimed_by.name


def test_a_part_opens_its_own_heap(session, editor, scene):
    assert queue.queue(session, editor, Tab.DECIDED, at=NOW, part=Part.MINE).tab is Tab.CLAIMED


def test_who_is_no_editor_counts_nothing(session, scene):
    counts = queue.queue(session, a_shopper(session), Tab.WAITING, at=NOW).counts
    assert set(counts.values()) == {0}
