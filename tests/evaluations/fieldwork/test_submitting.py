"""Handing in: nothing that the device still holds is left behind, and a receipt says what is here."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.document.canonical import canonical_json
from evaluations.document.tree import Narrative, Photo
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import changes, submitting
from evaluations.fieldwork.submitting import Receipt
from evaluations.models import AuditEntry, Evaluation, EvaluationState, Outcome, Submission, VisitState
from evaluations.photos.intake import Prepared, record
from evaluations.queries.capture import contents
from tests.builders import NOON, a_document, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.phones import Phone


def store(session: Session, evaluation: Evaluation, *sent: object) -> None:
    changes.store(session, evaluation, sent, by=evaluation.shopper, at=NOON)


def submit(
    session: Session, evaluation: Evaluation, sent: dict[str, Any], submission: UUID | None = None, at=NOON
) -> Receipt:
    return submitting.submit(
        session, evaluation, submission or uuid4(), submitting.read(sent), by=evaluation.shopper, at=at
    )


def send_photo(session: Session, evaluation: Evaluation, attach: dict[str, Any]) -> tuple[str, str]:
    photo = attach["value"]["photo"]
    prepared = Prepared(photo["sha256"], photo["bytes"], "image/jpeg", 640, 480)
    record(session, evaluation, UUID(photo["id"]), prepared, by=evaluation.shopper, at=NOON)
    return photo["id"], photo["sha256"]


def open_items(session: Session, evaluation: Evaluation) -> list[dict[str, Any]]:
    session.expire_all()
    newest = (
        select(Submission).where(Submission.evaluation_id == evaluation.id).order_by(Submission.round.desc())
    )
    submission = session.scalars(newest.limit(1)).one()
    return json.loads(submission.open_items)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        {},
        {"part": "visit", "round": 1},
        {"part": "E-mail", "round": 1, "manifest": {"did": str(uuid4()), "changes": [], "photos": []}},
        {"round": 0, "manifest": {"did": str(uuid4()), "changes": [], "photos": []}},
        {"round": 1, "manifest": {"did": str(uuid4()), "changes": ["x"], "photos": []}},
        {"round": 1, "manifest": {"did": str(uuid4()), "changes": [], "photos": [], "more": 1}},
    ],
)
def test_a_hand_in_of_odd_form_is_unreadable(odd):
    with pytest.raises(Invalid) as refusal:
        submitting.read(odd)
    assert refusal.value.code == "unreadable_hand_in"


def test_what_the_device_still_holds_is_named_and_nothing_moves(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    store(session, evaluation, phone.answers("greeted", "yes"))
    unsent, photo = phone.comments("greeted", "Hm."), phone.attaches(b"picture", "greeted")
    photo_id = photo["value"]["photo"]["id"]
    with pytest.raises(Conflict) as refusal:
        submit(session, evaluation, phone.hand_in(1, (photo_id, photo["value"]["photo"]["sha256"])))
    assert (refusal.value.code, refusal.value.values) == (
        "incomplete",
        {"missing_changes": [unsent["id"], photo["id"]], "missing_photos": [photo_id]},
    )
    assert evaluation.state is EvaluationState.IN_PROGRESS
    assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_a_photo_with_other_bytes_is_still_missing(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    attach = phone.attaches(b"picture", "greeted")
    store(session, evaluation, attach)
    photo_id, _sha256 = send_photo(session, evaluation, attach)
    with pytest.raises(Conflict) as refusal:
        submit(session, evaluation, phone.hand_in(1, (photo_id, "f" * 64)))
    assert refusal.value.values["missing_photos"] == [photo_id]


def test_what_only_another_evaluation_holds_is_missing(session):
    mine, other = an_evaluation(session), an_evaluation(session)
    phone, elsewhere = Phone(mine), Phone(other)
    attach = elsewhere.attaches(b"picture", "greeted")
    store(session, other, attach)
    photo = send_photo(session, other, attach)
    phone.made.append(attach)
    with pytest.raises(Conflict) as refusal:
        submit(session, mine, phone.hand_in(1, photo))
    assert refusal.value.values == {"missing_changes": [attach["id"]], "missing_photos": [photo[0]]}


def test_an_id_that_another_evaluation_was_handed_in_under_is_refused(session):
    mine, other, submission = an_evaluation(session), an_evaluation(session), uuid4()
    submit(session, other, Phone(other).hand_in(), submission)
    with pytest.raises(Conflict) as refusal:
        submit(session, mine, Phone(mine).hand_in(), submission)
    assert refusal.value.code == "hand_in_differs"
    assert mine.state is EvaluationState.IN_PROGRESS


def test_what_was_excluded_without_a_hand_in_cannot_be_handed_in(session):
    evaluation = an_evaluation(session, state=EvaluationState.EXCLUDED)
    with pytest.raises(WrongState):
        submit(session, evaluation, Phone(evaluation).hand_in())


def test_a_receipt_names_everything_that_is_here(session):
    evaluation = an_evaluation(session)
    one, two = Phone(evaluation), Phone(evaluation)
    attach = one.attaches(b"picture", "greeted")
    store(session, evaluation, one.answers("greeted", "yes"), attach, two.comments("greeted", "Hm."))
    photo = send_photo(session, evaluation, attach)
    receipt = submit(session, evaluation, one.hand_in(1, photo))
    assert sorted(receipt.changes) == sorted(change["id"] for change in one.made + two.made)
    assert receipt.photos == (photo,)
    assert (receipt.evaluation, receipt.part, receipt.round, receipt.at) == (evaluation.id, "visit", 1, NOON)


def test_the_digest_is_that_of_the_receipt(session):
    evaluation = an_evaluation(session)
    receipt = submit(session, evaluation, Phone(evaluation).hand_in())
    text = canonical_json(
        {
            "submission": str(receipt.submission),
            "evaluation": str(evaluation.id),
            "part": "visit",
            "round": 1,
            "changes": [],
            "photos": [],
            "at": "2026-03-14T12:00:00.000Z",
        }
    )
    assert receipt.digest == hashlib.sha256(text.encode()).hexdigest()


def test_handing_in_submits_the_evaluation_and_ends_the_visit(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    store(session, evaluation, phone.answers("greeted", "yes"))
    submit(session, evaluation, phone.hand_in())
    assert (evaluation.state, evaluation.submitted_at) == (EvaluationState.SUBMITTED, NOON)
    assert (evaluation.visit.state, evaluation.visit.outcome) == (VisitState.DONE, Outcome.MADE)
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id)).all()
    assert acts == ["evaluation.submitted"]


def test_a_visit_can_be_handed_in_without_a_single_change(session):
    evaluation = an_evaluation(session)
    assert submit(session, evaluation, Phone(evaluation).hand_in()).changes == ()
    assert evaluation.visit.state is VisitState.DONE


def test_a_repeat_gets_the_same_receipt(session):
    evaluation, submission = an_evaluation(session), uuid4()
    phone = Phone(evaluation)
    sent = phone.hand_in()
    first = submit(session, evaluation, sent, submission)
    store(session, evaluation, phone.answers("greeted", "yes"))
    assert submit(session, evaluation, sent, submission, at=NOON + timedelta(hours=1)) == first


def test_another_id_for_a_closed_round_gets_the_receipt_of_that_round(session):
    evaluation = an_evaluation(session)
    first = submit(session, evaluation, Phone(evaluation).hand_in())
    assert submit(session, evaluation, Phone(evaluation).hand_in()) == first
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_returned_evaluation_is_handed_in_again_in_the_next_round(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    store(session, evaluation, phone.answers("greeted", "yes"))
    first = submit(session, evaluation, phone.hand_in())
    evaluation.state, evaluation.round = EvaluationState.RETURNED, 2
    store(session, evaluation, phone.answers("greeted", "no"))
    assert evaluation.state is EvaluationState.IN_PROGRESS
    second = submit(session, evaluation, phone.hand_in(2))
    assert (second.round, len(second.changes)) == (2, 2)
    assert evaluation.state is EvaluationState.SUBMITTED
    assert submit(session, evaluation, phone.hand_in(1)) == first
    assert submit(session, evaluation, phone.hand_in(2)) == second


def test_a_returned_evaluation_may_be_handed_in_as_it_is(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    store(session, evaluation, phone.answers("greeted", "yes"))
    submit(session, evaluation, phone.hand_in())
    store(session, evaluation, phone.answers("greeted", "no"))
    evaluation.state, evaluation.round = EvaluationState.RETURNED, 2
    assert len(submit(session, evaluation, phone.hand_in(2)).changes) == 2
    assert evaluation.state is EvaluationState.SUBMITTED
    assert contents(session, evaluation).answers["greeted"].value == "no"


def test_a_round_that_a_restored_server_does_not_know_counts_as_the_present_one(session):
    evaluation = an_evaluation(session)
    first = submit(session, evaluation, Phone(evaluation).hand_in(3))
    assert first.round == 1
    assert submit(session, evaluation, Phone(evaluation).hand_in(3)) == first


def test_what_arrives_after_the_visit_was_called_off_can_still_be_handed_in(session):
    evaluation = an_evaluation(session, state=EvaluationState.ABANDONED)
    evaluation.visit.state = VisitState.CANCELLED
    phone = Phone(evaluation)
    store(session, evaluation, phone.answers("greeted", "yes"))
    submit(session, evaluation, phone.hand_in())
    assert (evaluation.state, evaluation.visit.state) == (EvaluationState.SUBMITTED, VisitState.DONE)


def a_rich_evaluation(session: Session) -> Evaluation:
    document = a_document(
        a_question("greeted", explain_on=("no",)),
        Narrative(key="story", min_length=20),
        Photo(key="window", min_count=2),
        a_question("bonus", required=False),
    )
    return an_evaluation(
        session, visit=a_visit(session, a_wave(session, version=a_version(session, document)))
    )


def test_what_is_open_is_accepted_and_listed_for_the_editor(session):
    evaluation = a_rich_evaluation(session)
    one, two = Phone(evaluation), Phone(evaluation)
    attach = one.attaches(b"picture", "window")
    store(session, evaluation, one.answers("greeted", "no"), one.answers("story", "Short."), attach)
    store(session, evaluation, two.answers("greeted", "no", vid="e" * 64), two.answers("bonus", "perhaps"))
    store(session, evaluation, one.comments("bonus", "This."), two.comments("bonus", "That."))
    lost = {"id": str(uuid4()), "what": "photo", "reason": "unreadable"}
    submit(session, evaluation, one.hand_in(left_out=[lost]))
    assert open_items(session, evaluation) == [
        {"code": "comment_missing", "touchpoint": "greeting", "question": "greeted", "needed": 1, "have": 0},
        {"code": "text_too_short", "touchpoint": "greeting", "question": "story", "needed": 20, "have": 6},
        {"code": "photos_missing", "touchpoint": "greeting", "question": "window", "needed": 2, "have": 1},
        {"code": "in_conflict", "register": "comment:bonus", "question": "bonus"},
        {"code": "photo_owed", "photo": attach["value"]["photo"]["id"], "question": "window"},
        {
            "code": "unreadable",
            "register": "answer:bonus",
            "question": "bonus",
            "reason": "answer_not_yes_no",
        },
        {"code": "left_out"} | lost,
    ]


@pytest.mark.parametrize("outcome", ["closed_store", "could_not"])
def test_a_visit_that_could_not_be_made_leaves_no_question_open(session, outcome):
    evaluation = a_rich_evaluation(session)
    phone = Phone(evaluation)
    store(session, evaluation, phone.ends(outcome, "Shutters down."))
    submit(session, evaluation, phone.hand_in())
    assert [item for item in open_items(session, evaluation) if "question" in item] == []
    assert evaluation.visit.outcome == Outcome(outcome)
