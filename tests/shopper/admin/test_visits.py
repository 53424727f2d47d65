"""One visit: assigned, taken back, changed, cancelled, and its story told from the audit trail."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from evaluations import audit
from evaluations.fieldwork import assigning, planning
from evaluations.models import EvaluationState, Report, ReportState, Role, VisitState
from evaluations.reviewing import decisions
from shopper.admin.history import ACTS
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_location,
    a_person,
    a_shopper,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_photo, answers, hand_in, says

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def person(store):
    return a_person(store, Role.SCHEDULER, name="Sol Planner")


@pytest.fixture
def scheduler(store, person, visitor):
    store.commit()
    return visitor.signs_in(person)


@pytest.fixture
def shopper(store):
    return a_shopper(store, name="Ana Ruiz")


def address_of(visit):
    return f"/office/visits/{visit.id}"


def test_a_shopper_finds_no_page_of_the_office_even_for_the_own_visit(store, visitor, shopper):
    visit = an_evaluation(store, shopper).visit
    store.commit()
    assert visitor.signs_in(shopper).get(address_of(visit)).status_code == 404


def test_a_visit_that_is_not_there_is_not_found(scheduler):
    assert scheduler.get("/office/visits/00000000-0000-7000-8000-000000000000").status_code == 404


def test_a_visit_is_assigned_from_its_own_page(store, scheduler, shopper):
    visit = a_visit(store)
    store.commit()
    page = scheduler.get(address_of(visit)).text
    assert f'<option value="{shopper.id}">Ana Ruiz</option>' in page
    scheduler.sends(f"{address_of(visit)}/assignments", address_of(visit), shopper=str(shopper.id))
    store.refresh(visit)
    assert (visit.state, visit.shopper_id) == (VisitState.ASSIGNED, shopper.id)
    page = scheduler.get(address_of(visit)).text
    assert "The visit is assigned to Ana Ruiz." in page
    assert "Shopper: Ana Ruiz" in page
    assert "by Sol Planner" in page


def test_without_a_shopper_nothing_is_assigned(store, scheduler, shopper):
    visit = a_visit(store)
    store.commit()
    answer = scheduler.sends(f"{address_of(visit)}/assignments", address_of(visit), shopper="")
    assert answer.status_code == 422
    assert "Choose a shopper." in answer.text


def test_where_there_is_no_shopper_the_page_says_who_adds_them(store, scheduler):
    visit = a_visit(store)
    store.commit()
    assert "The owner adds shoppers" in scheduler.get(address_of(visit)).text


@pytest.mark.parametrize("state", [VisitState.DONE, VisitState.CANCELLED])
def test_a_visit_that_is_over_takes_no_shopper(store, scheduler, shopper, state):
    visit, other = a_visit(store, state=state), a_visit(store)
    store.commit()
    assert "Assign" not in scheduler.get(address_of(visit)).text
    answer = scheduler.sends(f"{address_of(visit)}/assignments", address_of(other), shopper=str(shopper.id))
    assert answer.status_code == 409
    assert "Load the page again" in answer.text
    store.refresh(visit)
    assert (visit.state, visit.shopper_id) == (state, None)


def test_somebody_who_is_no_shopper_is_not_given_a_visit(store, scheduler, shopper):
    visit, editor = a_visit(store), a_person(store, Role.EDITOR)
    store.commit()
    answer = scheduler.sends(f"{address_of(visit)}/assignments", address_of(visit), shopper=str(editor.id))
    assert answer.status_code == 422
    assert "Not a valid choice" in answer.text


def test_a_visit_is_taken_back_after_a_question(store, scheduler, person, shopper):
    visit = a_visit(store)
    assigning.assign(store, visit, shopper, by=person, at=NOON)
    store.commit()
    assert "disappears from the phone of Ana Ruiz" in scheduler.get(address_of(visit)).text
    scheduler.sends(f"{address_of(visit)}/withdrawals", address_of(visit))
    store.refresh(visit)
    assert (visit.state, visit.shopper_id) == (VisitState.PLANNED, None)


def test_the_window_and_the_note_are_changed(store, scheduler):
    visit = a_visit(store)
    store.commit()
    fields = {"window_from": "2026-03-09", "window_to": "2026-03-15", "note": "Go at noon\nwith a child"}
    scheduler.sends(f"{address_of(visit)}/settings", **fields)
    page = scheduler.get(address_of(visit)).text
    assert "Go at noon\nwith a child" in page.replace("\r", "")
    assert "Between Mon 9 Mar 2026 and Sun 15 Mar 2026" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"window_to": "2026-03-08"}, "The last day lies before the first."),
        ({"window_to": "2026-04-01"}, "This day lies outside the dates of the wave."),
        ({"window_from": "2026-02-28"}, "This day lies outside the dates of the wave."),
        ({"window_from": ""}, "Enter the first day."),
        ({"note": "x" * 2001}, "2000"),
    ],
)
def test_a_window_that_does_not_fit_is_refused_at_the_field(store, scheduler, fields, words):
    visit = a_visit(store)
    store.commit()
    given = {"window_from": "2026-03-09", "window_to": "2026-03-15", "note": ""} | fields
    answer = scheduler.sends(f"{address_of(visit)}/settings", **given)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_visit_that_is_over_is_not_changed(store, scheduler):
    visit, other = a_visit(store, state=VisitState.DONE), a_visit(store)
    store.commit()
    answer = scheduler.sends(
        f"{address_of(visit)}/settings",
        f"{address_of(other)}/settings",
        window_from="2026-03-09",
        window_to="2026-03-15",
    )
    assert answer.status_code == 409
    assert "done or cancelled" in answer.text


def test_cancelling_asks_for_a_reason_first(store, scheduler):
    visit = a_visit(store)
    store.commit()
    assert "A cancelled visit cannot be brought back." in scheduler.get(address_of(visit)).text
    answer = scheduler.sends(f"{address_of(visit)}/cancellations", address_of(visit), reason=" ")
    assert answer.status_code == 422
    assert "Say why." in answer.text
    store.refresh(visit)
    assert visit.state is VisitState.PLANNED


def test_a_cancelled_visit_tells_why_and_offers_nothing_more(store, scheduler):
    visit = a_visit(store)
    store.commit()
    scheduler.sends(f"{address_of(visit)}/cancellations", address_of(visit), reason="The store was sold")
    page = scheduler.get(address_of(visit)).text
    assert "Reason: The store was sold" in page
    assert "What to do" not in page
    store.refresh(visit)
    assert visit.state is VisitState.CANCELLED


def test_a_visit_that_was_handed_in_cannot_be_cancelled(store, scheduler, shopper):
    evaluation = an_evaluation(store, shopper, state=EvaluationState.SUBMITTED)
    evaluation.visit.state = VisitState.DONE
    other = a_visit(store)
    store.commit()
    answer = scheduler.sends(
        f"{address_of(evaluation.visit)}/cancellations", address_of(other), reason="Sold"
    )
    assert answer.status_code == 409


def test_an_editor_reads_a_visit_without_learning_who_the_shopper_was(
    store, visitors, person, shopper, scheduler
):
    visit = a_visit(store)
    evaluation = assigning.assign(store, visit, shopper, by=person, at=NOON)
    evaluation.state, visit.state = EvaluationState.SUBMITTED, VisitState.DONE
    audit.record(store, "evaluation.submitted", evaluation, by=shopper, at=NOON, round=1)
    editor = a_person(store, Role.EDITOR)
    store.commit()
    page = visitors().signs_in(editor).get(address_of(visit)).text
    assert "Ana Ruiz" not in page
    assert "by the shopper" in page
    assert "What to do" not in page
    assert f"/office/reviews/{evaluation.id}" in page
    assert f"/office/reviews/{evaluation.id}" not in scheduler.get(address_of(visit)).text


def test_the_story_is_told_newest_first_in_the_time_of_the_place(store, scheduler, person, shopper):
    wave = a_wave(store)
    place = a_location(store, wave.programme.client, time_zone="America/Lima")
    [visit] = planning.plan_visits(store, wave, [place], by=person, at=NOON)
    assigning.assign(store, visit, shopper, by=person, at=NOON)
    store.commit()
    page = scheduler.get(address_of(visit)).text
    assert page.index("<b>Assigned</b>") < page.index("<b>Planned</b>")
    assert "Sat 14 Mar 2026, 07:00" in page


@pytest.fixture
def whole_way(store, person, shopper):
    """A visit that was planned, assigned, made, returned, mended, approved, reported, and read by its client."""
    wave = a_wave(store, a_client(store, name="Marisol"))
    place = a_location(store, wave.programme.client, time_zone="America/Lima")
    [visit] = planning.plan_visits(store, wave, [place], by=person, at=NOON - 9 * DAY)
    evaluation = assigning.assign(store, visit, shopper, by=person, at=NOON - 8 * DAY)
    edith = a_person(store, Role.EDITOR, name="Edith")
    place_and_time = {"at_ms": 1_773_489_600_000, "place": None}
    says(store, evaluation, "visit:check_in", "check_in", place_and_time)
    answers(store, evaluation, {"greeted": "no"})
    for _ in range(3):
        a_photo(store, evaluation)
    hand_in(store, evaluation, at=NOON + HOUR)
    decisions.claim(store, evaluation, by=edith, at=NOON + 2 * HOUR)
    decisions.send_back(
        store, evaluation, {"greeted": "Why not?"}, by=edith, at=NOON + 3 * HOUR, note="Thanks"
    )
    hand_in(store, evaluation, at=NOON + 5 * HOUR)
    decisions.claim(store, evaluation, by=edith, at=NOON + 6 * HOUR)
    decisions.approve(store, evaluation, by=edith, at=NOON + 7 * HOUR, note="Enough.")
    [report] = store.scalars(select(Report))
    report.state, report.finished_at = ReportState.READY, NOON + 8 * HOUR
    store.commit()
    return visit


STEPS = [
    "Released to the client",
    "Approved",
    "Review started",
    "Evaluation handed in",
    "Sent back to the shopper",
    "Review started",
    "Evaluation handed in",
    "3 photos arrived",
    "5 changes arrived from device 1",
    "Begun",
    "Checked in",
    "Assigned",
    "Planned",
]


def story_on(page):
    return re.findall(r"<p><b>([^<]+)</b>", page.split('<ol class="told', 1)[1])


def test_the_whole_way_of_a_visit_is_told_in_order(store, visitor, whole_way):
    page = visitor.signs_in(a_person(store, Role.OWNER)).get(address_of(whole_way)).text
    told = story_on(page)
    assert told[0] == "Report made, English"
    assert sorted(told[1:]) == sorted(STEPS)
    assert told[-2:] == ["Assigned", "Planned"]
    assert told.index("Sent back to the shopper") < told.index("3 photos arrived")
    assert len(re.findall(r"Receipt [0-9A-F]{4}<", page)) == 2
    assert "Were you greeted? · Why not?" in page
    assert "Sat 14 Mar 2026, 07:00" in page  # noon in UTC, at a place in Lima


def test_a_scheduler_reads_how_many_remarks_there_were_and_not_what_they_say(scheduler, whole_way):
    page = scheduler.get(address_of(whole_way)).text
    assert "1 remark<" in page
    assert "Why not?" not in page
    assert "Thanks" not in page


def test_an_editor_reads_the_story_without_the_shoppers_name(store, visitors, shopper, whole_way):
    page = visitors().signs_in(a_person(store, Role.EDITOR)).get(address_of(whole_way)).text
    assert "5 changes arrived from device 1" in page
    assert shopper.name not in page


def test_what_the_client_reads_is_told_once_for_each_person(store, visitors, whole_way):
    client = whole_way.location.client
    carla = visitors().signs_in(a_client_user(store, client, name="Carla"))
    stranger = visitors().signs_in(a_client_user(store, a_client(store)))
    address = f"/portal/visits/{whole_way.evaluation.id}"
    assert stranger.get(address).status_code == 404
    for _ in range(2):
        assert carla.get(address).status_code == 200
    page = visitors().signs_in(a_person(store, Role.OWNER)).get(address_of(whole_way)).text
    assert story_on(page).count("Read by the client") == 1
    assert "by Carla" in page


def test_everything_that_is_written_down_about_a_visit_has_words():
    written = {
        act
        for package in ("evaluations", "shopper")
        for path in (ROOT / package).rglob("*.py")
        for act in re.findall(
            r'"((?:visit|evaluation|photo|passage)\.(?:[a-z]+_)?[a-z]+)"', path.read_text(encoding="utf-8")
        )
    }
    registers = {"photo.attach", "photo.detach"}
    assert written - registers - ACTS.keys() == set()
    assert "visit.planned" in written


def test_every_way_of_going_on_is_refused_without_its_token(store, scheduler):
    visit = a_visit(store)
    store.commit()
    for act in ("assignments", "withdrawals", "cancellations", "settings"):
        assert scheduler.post(f"{address_of(visit)}/{act}", data={}).status_code == 400
