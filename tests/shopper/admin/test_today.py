"""The office's first page: the parts of one's roles, and numbers that agree with the lists they lead to."""

import re
from datetime import timedelta
from html import unescape

import pytest

from evaluations.clock import now
from evaluations.designing import drafts
from evaluations.models import EvaluationState, Role, VisitState
from evaluations.reviewing import decisions
from tests.builders import NOON, a_person, a_visit, an_evaluation, today_there
from tests.evaluations.reviewing.visits import hand_in

TODAY = "/office/"
TILE = re.compile(r'<a href="([^"]+)" class="tile[^"]*"><b>(\d+)</b><span>(?:<svg.*?</svg>)?([^<]+)</span>')
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tiles(page):
    return {text: (int(number), unescape(address)) for address, number, text in TILE.findall(page)}


def length_of(page):
    """How many things a list shows, whichever list it is."""
    if of_all := re.search(r"\d+–\d+ of (\d+)", page):
        return int(of_all[1])
    return page.count('class="queue-row"') + page.count('class="checklist-name"')


@pytest.fixture
def scene(store):
    """Something for each number of the page."""
    today = today_there()
    editor, dora = a_person(store, Role.EDITOR), a_person(store, Role.DESIGNER, name="Dora")
    for days in (-9, -9, 0, 3, 40):
        a_visit(store, window_to=today + days * DAY)
    silent = an_evaluation(store, visit=a_visit(store, window_to=today - 2 * DAY)).visit
    silent.assigned_at = now() - 5 * DAY
    late = an_evaluation(store, state=EvaluationState.RETURNED, round=2, return_due_at=now() - HOUR)
    late.visit.state = VisitState.DONE
    for age in (1, 2, 60, 80):
        hand_in(store, an_evaluation(store), at=now() - age * HOUR)
    back = an_evaluation(store)
    hand_in(store, back, at=now() - HOUR)
    back.round = 2
    decisions.claim(store, hand_in(store, an_evaluation(store), at=now()), by=editor, at=now())
    drafts.start(store, "Empty", drafts.blank("Empty", ("en",)), by=dora, at=NOON)
    drafts.start(store, "Sound", drafts.scripted("Sound", ("en",)), by=dora, at=NOON)
    store.commit()


def test_the_page_is_not_for_shoppers(store, visitor):
    person = a_person(store, Role.SHOPPER)
    assert visitor.signs_in(person).get(TODAY).status_code == 404


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.SCHEDULER, {"Due today", "Overdue", "Without a shopper"}, {"Claimed by me", "Drafts"}),
        (Role.EDITOR, {"Claimed by me", "Over 72 hours"}, {"Due today", "Drafts"}),
        (Role.DESIGNER, {"Drafts", "Drafts with problems"}, {"Due today", "Claimed by me"}),
    ],
)
def test_each_role_sees_its_own_part_only(store, visitor, scene, role, seen, hidden):
    found = set(tiles(visitor.signs_in(a_person(store, role)).get(TODAY).text))
    assert seen <= found
    assert not hidden & found


def test_the_owner_sees_all_parts_and_every_number_is_the_length_of_its_list(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.OWNER))
    found = tiles(visitor.get(TODAY).text)
    expected = {"Overdue": 3, "Nothing heard for 12 hours": 1, "Sent back and overdue": 1, "Over 72 hours": 1}
    expected |= {"Due within 24 hours": 1, "Back from the shopper": 1, "Claimed by others": 1, "Drafts": 2}
    expected |= {"Drafts with problems": 1, "Due within 7 days": 2, "Without a shopper": 5}
    assert {text: found[text][0] for text in expected} == expected
    assert len(found) == 18
    for text, (number, address) in found.items():
        assert length_of(visitor.get(address).text) == number, text


def test_where_nothing_is_yet_the_page_says_what_to_do(store, visitor):
    page = visitor.signs_in(a_person(store, Role.OWNER)).get(TODAY).text
    for address in ("/office/waves/new", "/office/checklists/new"):
        assert f'href="{address}"' in page
    assert "Nothing is waiting" in page
    assert tiles(page) == {}


def test_where_nothing_presses_the_page_says_so_and_what_comes_next(store, visitor):
    a_visit(store, window_to=today_there() + 20 * DAY)
    page = visitor.signs_in(a_person(store, Role.SCHEDULER)).get(TODAY).text
    assert "find shoppers for the visits that have none" in page


def test_a_list_of_nothing_says_so_and_leads_back(store, visitor):
    visitor.signs_in(a_person(store, Role.OWNER))
    for address in ("visits/?focus=late", "reviews/?part=mine", "checklists/?only=problems"):
        assert "Nothing found" in visitor.get(f"/office/{address}").text


def test_words_that_name_no_list_show_it_whole(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.OWNER))
    for address in ("visits/?focus=x", "reviews/?part=x", "checklists/?only=x"):
        assert visitor.get(f"/office/{address}").status_code == 200


def test_the_queue_tells_who_began_what_waits_again(store, visitor):
    slow, quick = (a_person(store, Role.EDITOR, name=name) for name in ("Lena Slow", "Quentin Quick"))
    evaluation = hand_in(store, an_evaluation(store), at=now() - 10 * HOUR)
    decisions.claim(store, evaluation, by=slow, at=now() - 9 * HOUR)
    visitor.signs_in(quick)
    page = visitor.get("/office/reviews/").text
    assert "Lena Slow began 9 hours ago" in page
    own = visitor.get(f"/office/reviews/{evaluation.id}").text
    assert "Lena Slow began this 9 hours ago and did not decide" in own
    assert "Take over" not in own
    visitor.sends(f"/office/reviews/{evaluation.id}/claims", f"/office/reviews/{evaluation.id}")
    store.refresh(evaluation)
    assert evaluation.claimed_by_id == quick.id
