"""What the server tells a phone: how its evaluation stands, its receipts, its visits."""

import hashlib
import json
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, update

from evaluations.clock import now
from evaluations.models import (
    Change,
    Decision,
    Evaluation,
    EvaluationState,
    Remark,
    Review,
    Role,
    Submission,
    VisitState,
)
from tests.builders import NOON, a_person, a_visit, an_evaluation, today_there
from tests.evaluations.photos.pictures import a_jpeg
from tests.shopper.field.conftest import Line
from tests.shopper.field.reading import count, data, error


def test_the_state_tells_what_came_since(line, phone):
    first, second = phone.answers("greeted", "yes"), phone.answers("greeted", "no")
    data(line.changes(first))
    cursor = data(line.get(f"evaluations/{line.eid}/state"))["cursor"]
    data(line.changes(second))
    state = data(line.get(f"evaluations/{line.eid}/state?since={cursor}"))
    assert state["changes"] == [{"arrival": 2, "disposition": None, "head": True, "change": second}]
    assert (state["cursor"], state["reload"], state["more"]) == (2, False, False)


def test_a_cursor_above_the_highest_number_means_reload(line, phone):
    data(line.changes(phone.answers("greeted", "yes")))
    state = data(line.get(f"evaluations/{line.eid}/state?since=99"))
    assert (state["reload"], len(state["changes"]), state["cursor"]) == (True, 1, 1)


def test_a_cursor_that_is_another_changes_number_since_a_backup_means_reload(line, phone, store):
    sent = [phone.answers("greeted", "yes") for _ in range(4)]
    data(line.changes(*sent[:2]))
    before = data(line.get(f"evaluations/{line.eid}/state"))
    assert (before["cursor"], before["last"]) == (2, sent[1]["id"])
    store.execute(delete(Change).where(Change.id == UUID(sent[1]["id"])))  # as if it came after the backup
    store.execute(update(Evaluation).values(arrivals=1))
    store.commit()
    data(line.changes(*sent[2:]))
    after = data(line.get(f"evaluations/{line.eid}/state?since=2&last={before['last']}"))
    assert (after["reload"], after["cursor"], after["last"]) == (True, 3, sent[3]["id"])
    assert [one["change"] for one in after["changes"]] == [sent[0], *sent[2:]]
    unnamed = data(line.get(f"evaluations/{line.eid}/state?since=3"))
    assert (unnamed["changes"], unnamed["last"]) == ([], sent[3]["id"]), "an older phone learns the name"
    again = data(line.get(f"evaluations/{line.eid}/state?since=3&last={after['last']}"))
    assert (again["reload"], again["changes"], again["last"]) == (False, [], after["last"])


def test_a_long_history_comes_in_pages(line, phone):
    sent = [phone.answers("greeted", "yes") for _ in range(250)]
    data(line.changes(*sent[:200]))
    data(line.changes(*sent[200:]))
    first = data(line.get(f"evaluations/{line.eid}/state?since=0"))
    second = data(line.get(f"evaluations/{line.eid}/state?since={first['cursor']}"))
    assert (first["more"], second["more"]) == (True, False)
    assert [one["change"] for one in first["changes"] + second["changes"]] == sent


def test_a_return_is_told_question_by_question_until_it_is_handed_in(line, phone, store, evaluation):
    data(line.changes(phone.answers("greeted", "yes")))
    data(line.hand_in(phone.hand_in()))
    editor = a_person(store, Role.EDITOR)
    evaluation = store.get_one(Evaluation, line.eid, populate_existing=True)
    review = Review(
        evaluation=evaluation, editor=editor, round=1, decision=Decision.RETURNED, decided_at=NOON
    )
    review.note, review.remarks = "Almost.", [Remark(question_key="greeted", text="How soon?")]
    store.add(review)
    evaluation.state, evaluation.round, evaluation.return_due_at = EvaluationState.RETURNED, 2, NOON
    store.commit()
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["round"], state["deadline"]) == ("returned", 2, "2026-03-14T12:00:00.000Z")
    assert (state["note"], state["remarks"]) == ("Almost.", {"greeted": ["How soon?"]})
    data(line.changes(phone.answers("greeted", "no")))
    assert data(line.get(f"evaluations/{line.eid}/state"))["remarks"] == {"greeted": ["How soon?"]}
    assert data(line.hand_in(phone.hand_in(2)))["round"] == 2
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["remarks"], state["note"]) == ("submitted", {}, "")


def test_the_state_names_the_photos_that_are_here(line):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    line.photo(body, photo_id)
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert state["photos"] == [{"id": photo_id, "sha256": hashlib.sha256(body).hexdigest()}]


def test_a_hand_in_is_refused_while_the_device_still_holds_something(line, phone, store):
    unsent, photo_id = phone.answers("greeted", "yes"), str(uuid4())
    response = line.hand_in(phone.hand_in(1, (photo_id, "a" * 64)))
    found = error(response)
    assert (response.status_code, found["code"]) == (409, "incomplete")
    assert (found["missing_changes"], found["missing_photos"]) == ([unsent["id"]], [photo_id])
    assert count(store, Submission) == 0


def test_a_hand_in_gives_a_receipt_and_a_repeat_the_same(line, phone, store):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    sha256 = hashlib.sha256(body).hexdigest()
    data(line.changes(phone.answers("greeted", "yes"), phone.attaches(body, "greeted", photo_id)))
    line.photo(body, photo_id)
    submission, sent = str(uuid4()), phone.hand_in(1, (photo_id, sha256))
    receipt = data(line.hand_in(sent, submission))
    assert receipt["changes"] == sorted(change["id"] for change in phone.made)
    assert receipt["photos"] == [{"id": photo_id, "sha256": sha256}]
    assert (receipt["submission"], receipt["evaluation"]) == (submission, str(line.eid))
    text = {name: value for name, value in receipt.items() if name != "digest"}
    canonical = json.dumps(text, sort_keys=True, separators=(",", ":"))
    assert receipt["digest"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert data(line.hand_in(sent, submission)) == receipt
    assert data(line.hand_in(sent, str(uuid4()))) == receipt
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["receipt"]) == ("submitted", receipt["digest"][:4].upper())
    assert count(store, Submission) == 1


def test_a_phone_that_lost_the_answer_to_its_hand_in_gets_the_same_receipt_later(line, phone, store):
    assert data(line.get(f"evaluations/{line.eid}/receipts")) == {"receipts": []}
    data(line.changes(phone.answers("greeted", "yes")))
    receipt = data(line.hand_in(phone.hand_in()))
    assert data(line.get(f"evaluations/{line.eid}/receipts")) == {"receipts": [receipt]}


def test_a_receipt_is_given_to_nobody_but_its_shopper(line, phone, store, visitors):
    data(line.hand_in(phone.hand_in()))
    other = an_evaluation(store)
    store.commit()
    stranger = Line(visitors().signs_in(other.shopper), line.eid)
    assert stranger.get(f"evaluations/{line.eid}/receipts").status_code == 404


def test_what_comes_after_the_hand_in_is_kept_and_named(line, phone):
    data(line.hand_in(phone.hand_in()))
    [result] = data(line.changes(phone.answers("greeted", "yes")))["results"]
    assert (result["result"], result["disposition"]) == ("stored", "after_hand_in")


def test_the_list_shows_own_open_visits_and_names_withdrawn_ones(line, store, evaluation):
    withdrawn = an_evaluation(store, evaluation.shopper, state=EvaluationState.ABANDONED)
    withdrawn.visit.state, withdrawn.visit.window_to = VisitState.CANCELLED, today_there()
    old = an_evaluation(store, evaluation.shopper, state=EvaluationState.RELEASED)
    old.submitted_at = now() - timedelta(days=400)
    an_evaluation(store)
    a_visit(store)
    store.commit()
    found = data(line.get("me/visits"))
    assert [visit["id"] for visit in found["visits"]] == [str(evaluation.visit_id)]
    assert found["withdrawn"] == [{"id": str(withdrawn.visit_id), "eid": str(withdrawn.id)}]
    [visit] = found["visits"]
    assert (visit["state"], visit["evaluation_state"], visit["round"]) == ("assigned", "in_progress", 1)
    assert (visit["eid"], visit["vid"]) == (str(evaluation.id), evaluation.version.content_hash)
    assert visit["location"]["name"] == evaluation.visit.location.name
    assert visit["client"] == evaluation.visit.wave.programme.client.name


def test_the_package_carries_the_document_whose_hash_is_its_version(line, evaluation):
    response = line.get(f"visits/{evaluation.visit_id}/package")
    package = data(response)
    assert hashlib.sha256(package["document"].encode()).hexdigest() == package["vid"]
    assert (package["eid"], package["visit"]) == (str(evaluation.id), str(evaluation.visit_id))
    etag = response.headers["ETag"]
    assert not etag.startswith("W/")
    again = line.get(f"visits/{evaluation.visit_id}/package", **{"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert line.get(f"visits/{evaluation.visit_id}/package", **{"If-None-Match": '"old"'}).status_code == 200


def test_the_package_of_a_withdrawn_visit_still_says_where_work_belongs(line, store, evaluation):
    evaluation.visit.state = VisitState.CANCELLED
    store.commit()
    response = line.get(f"visits/{evaluation.visit_id}/package")
    found = error(response)
    assert (response.status_code, found["code"], found["eid"]) == (410, "visit_withdrawn", str(line.eid))


def test_no_answer_may_be_kept_by_anybody_on_the_way(line, evaluation):
    for response in [
        line.get("me/visits"),
        line.get(f"visits/{evaluation.visit_id}/package"),
        line.get(f"evaluations/{line.eid}/state"),
    ]:
        assert "no-store" in response.headers["Cache-Control"]
