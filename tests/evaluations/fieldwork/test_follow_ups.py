"""What is asked days after a visit has its own day, takes answers after the hand-in, and is handed in by itself."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from sqlalchemy import func, insert, select

from evaluations.document.tree import Instruction, Is, Touchpoint
from evaluations.errors import Conflict, Invalid
from evaluations.fieldwork import changes
from evaluations.fieldwork.follow_ups import asked_alone
from evaluations.models import AuditEntry, EvaluationState, FollowUp, FollowUpState, Outcome, Submission
from evaluations.queries import capture
from evaluations.queries import follow_ups as queries
from tests.builders import NOON, a_document, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.evaluations.later import CALL, MAIL, PARCEL, a_followed_visit, handed_in, hands_in, sends
from tests.phones import NOON_MS, Phone

DAY = timedelta(days=1)


def days(session, evaluation):
    return {key: row.due_on for key, row in queries.of(session, evaluation).items()}


def states(session, evaluation):
    return {key: row.state for key, row in queries.of(session, evaluation).items()}


def test_before_the_visit_is_handed_in_nothing_is_asked_later(session):
    evaluation = a_followed_visit(session)
    sends(session, evaluation, Phone(evaluation).checks_in())
    assert queries.of(session, evaluation) == {}


def test_each_has_its_day_counted_from_the_check_in(session):
    evaluation, _phone = handed_in(session)
    assert days(session, evaluation) == {"mail": date(2026, 3, 21), "call": date(2026, 3, 28)}
    assert set(states(session, evaluation).values()) == {FollowUpState.DUE}


def test_the_day_is_that_of_the_place(session):
    evaluation = a_followed_visit(session, MAIL)
    phone = Phone(evaluation)
    late = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)  # half past midnight in Madrid
    sends(session, evaluation, phone.checks_in(at_ms=int(late.timestamp() * 1000)))
    hands_in(session, evaluation, phone, at=late + timedelta(hours=1))
    assert days(session, evaluation) == {"mail": date(2026, 3, 22)}


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_is_years_off_moves_no_day(session, years):
    evaluation = a_followed_visit(session, MAIL)
    phone = Phone(evaluation)
    sends(session, evaluation, phone.checks_in(at_ms=NOON_MS + years * 31_557_600_000))
    hands_in(session, evaluation, phone)
    assert days(session, evaluation) == {"mail": date(2026, 3, 21)}


def test_a_sentence_to_read_is_nothing_to_hand_in(session):
    evaluation, _phone = handed_in(session, MAIL, Instruction(key="wait", text={"en": "Wait."}, due_days=5))
    assert set(days(session, evaluation)) == {"mail"}


@pytest.mark.parametrize("outcome", ["closed_store", "could_not"])
def test_a_visit_that_was_not_made_asks_for_nothing_afterwards(session, outcome):
    evaluation = a_followed_visit(session)
    phone = Phone(evaluation)
    sends(session, evaluation, phone.ends(outcome))
    hands_in(session, evaluation, phone)
    assert queries.of(session, evaluation) == {}


def test_only_what_the_answers_of_the_visit_ask_for_is_asked_afterwards(session):
    wanted = MAIL.model_copy(update={"show_if": Is(question="greeted", answer="yes")})
    other = CALL.model_copy(update={"show_if": Is(question="greeted", answer="no")})
    evaluation, phone = handed_in(session, wanted, other)
    assert list(states(session, evaluation)) == ["mail"]
    hands_in(session, evaluation, phone, "mail", at=NOON + 7 * DAY)
    found = session.scalars(select(Submission).where(Submission.part == "mail")).one()
    assert [one["code"] for one in json.loads(found.open_items)] == ["answer_missing"]


@pytest.mark.parametrize(("greeted", "asked"), [("yes", ["mail"]), ("no", [])])
def test_what_stands_in_a_touchpoint_that_is_not_met_is_not_asked_afterwards(session, greeted, asked):
    if_greeted = Is(question="greeted", answer="yes")
    mailing = Touchpoint(key="mailing", name={"en": "Mailing"}, show_if=if_greeted, questions=(MAIL,))
    document = a_document(touchpoints=(*a_document().touchpoints, mailing))
    evaluation = an_evaluation(
        session, visit=a_visit(session, a_wave(session, version=a_version(session, document)))
    )
    phone = Phone(evaluation)
    sends(session, evaluation, phone.checks_in(), phone.answers("greeted", greeted))
    hands_in(session, evaluation, phone)
    assert list(states(session, evaluation)) == asked
    [alone] = asked_alone(document, "mail").touchpoints
    assert (alone.show_if, alone.questions[0].due_days) == (None, None)


def test_a_second_round_that_says_the_visit_was_not_made_takes_them_back(session):
    evaluation, phone = handed_in(session)
    evaluation.state, evaluation.round = EvaluationState.RETURNED, 2
    sends(session, evaluation, phone.ends("closed_store"))
    hands_in(session, evaluation, phone, round_=2)
    assert (evaluation.visit.outcome, queries.of(session, evaluation)) == (Outcome.CLOSED_STORE, {})


def test_an_answer_after_the_hand_in_counts_at_its_follow_up_alone(session):
    evaluation, phone = handed_in(session)
    late = phone.answers("greeted", "no"), phone.answers("mail", "yes"), phone.comments("call", "Twice.")
    assert sends(session, evaluation, *late) == ["after_hand_in", None, None]
    found = capture.contents(session, evaluation)
    assert (found.answers["greeted"].value, found.answers["mail"].value) == ("yes", "yes")


def test_after_its_own_hand_in_an_answer_waits_like_any_other(session):
    evaluation, phone = handed_in(session)
    sends(session, evaluation, phone.answers("mail", "yes"))
    hands_in(session, evaluation, phone, "mail")
    late = phone.answers("mail", "no"), phone.answers("call", "no")
    assert sends(session, evaluation, *late) == ["after_hand_in", None]
    assert capture.contents(session, evaluation).answers["mail"].value == "yes"


def test_the_next_round_of_the_visit_takes_in_nothing_of_a_follow_up(session):
    evaluation, phone = handed_in(session, MAIL, PARCEL)
    sends(session, evaluation, phone.answers("mail", "yes"), phone.attaches(b"parcel", "parcel"))
    hands_in(session, evaluation, phone, "mail")
    hands_in(session, evaluation, phone, "parcel")
    sends(session, evaluation, phone.answers("greeted", "no"), phone.answers("mail", "no"))
    sends(session, evaluation, phone.attaches(b"another", "parcel"))
    changes.take_in(session, evaluation)
    found = capture.contents(session, evaluation)
    assert (found.answers["greeted"].value, found.answers["mail"].value) == ("no", "yes")
    assert found.photo_counts == {"parcel": 1}


def test_a_photo_belongs_to_its_follow_up_and_may_be_taken_away_there(session):
    evaluation, phone = handed_in(session, PARCEL)
    photo = phone.attaches(b"parcel", "parcel")
    assert sends(session, evaluation, photo) == [None]
    assert sends(session, evaluation, phone.detaches(photo["value"]["photo"]["id"])) == [None]
    assert capture.contents(session, evaluation).photos == {}


def test_a_photo_of_the_visit_cannot_be_moved_to_a_follow_up_afterwards(session):
    evaluation = a_followed_visit(session, PARCEL)
    phone = Phone(evaluation)
    photo = phone.attaches(b"door", "greeted")
    sends(session, evaluation, photo)
    hands_in(session, evaluation, phone)
    moved = phone.attaches(b"door", "parcel", photo["value"]["photo"]["id"])
    assert sends(session, evaluation, moved) == ["after_hand_in"]
    assert set(capture.contents(session, evaluation).photos) == {"greeted"}


def test_handing_in_one_gives_it_a_receipt_and_leaves_the_other_due(session):
    evaluation, phone = handed_in(session)
    change = phone.answers("mail", "yes")
    sends(session, evaluation, change)
    receipt = hands_in(session, evaluation, phone, "mail", at=NOON + 7 * DAY)
    assert (receipt.part, receipt.round, change["id"] in receipt.changes) == ("mail", 1, True)
    assert states(session, evaluation) == {"mail": FollowUpState.SUBMITTED, "call": FollowUpState.DUE}
    assert evaluation.state is EvaluationState.SUBMITTED
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "follow_up.submitted")).one()
    assert json.loads(entry.details)["question"] == "mail"


def test_a_repeated_hand_in_gets_the_same_receipt(session):
    evaluation, phone = handed_in(session)
    first = hands_in(session, evaluation, phone, "mail")
    assert hands_in(session, evaluation, phone, "mail", submission=first.submission) == first
    assert hands_in(session, evaluation, phone, "mail", round_=9) == first
    assert session.scalar(select(func.count()).where(Submission.part == "mail")) == 1


def test_what_this_phone_still_holds_of_it_is_missing(session):
    evaluation, phone = handed_in(session)
    unsent = phone.answers("mail", "yes")
    with pytest.raises(Conflict) as refusal:
        hands_in(session, evaluation, phone, "mail")
    assert refusal.value.values["missing_changes"] == [unsent["id"]]
    assert states(session, evaluation)["mail"] is FollowUpState.DUE


def test_what_is_open_is_told_of_that_question_alone(session):
    explained = a_question("mail", "Did it arrive?", points=10, due_days=7, explain_on=("no",))
    evaluation, phone = handed_in(session, explained, CALL)
    sends(session, evaluation, phone.answers("mail", "no"))
    hands_in(session, evaluation, phone, "mail")
    newest = session.scalars(select(Submission).where(Submission.part == "mail")).one()
    told = [(one["code"], one["question"]) for one in json.loads(newest.open_items)]
    assert told == [("comment_missing", "mail")]


@pytest.mark.parametrize("part", ["greeted", "nothing"])
def test_what_is_not_asked_afterwards_has_no_hand_in_of_its_own(session, part):
    evaluation, phone = handed_in(session)
    with pytest.raises(Invalid) as refusal:
        hands_in(session, evaluation, phone, part)
    assert refusal.value.code == "unknown_part"


def test_a_follow_up_waits_for_the_visit(session):
    evaluation = a_followed_visit(session)
    with pytest.raises(Conflict) as refusal:
        hands_in(session, evaluation, Phone(evaluation), "mail")
    assert refusal.value.code == "follow_up_too_early"


def test_the_shopper_finds_them_by_their_day_until_two_weeks_after_they_closed(session):
    evaluation, phone = handed_in(session)
    hands_in(session, evaluation, phone, "mail")
    listed = queries.own(session, evaluation.shopper, NOON)
    assert [one.question.key for one in listed] == ["call", "mail"]
    rows = queries.of(session, evaluation)
    rows["mail"].state, rows["mail"].closed_at = FollowUpState.APPROVED, NOON
    session.flush()
    assert len(queries.own(session, evaluation.shopper, NOON + 13 * DAY)) == 2
    (left,) = queries.own(session, evaluation.shopper, NOON + 15 * DAY)
    assert (left.question.key, left.is_overdue) == ("call", True)


def test_nobody_else_finds_them_and_of_an_excluded_visit_nobody_does(session):
    evaluation, _phone = handed_in(session)
    other, _other_phone = handed_in(session)
    assert {one.visit.id for one in queries.own(session, other.shopper, NOON)} == {other.visit_id}
    evaluation.state = EvaluationState.EXCLUDED
    session.flush()
    assert queries.own(session, evaluation.shopper, NOON) == []


def test_visits_handed_in_before_there_were_follow_ups_get_theirs(session):
    evaluation, _phone = handed_in(session, MAIL, Instruction(key="wait", text={"en": "Wait."}, due_days=5))
    an_evaluation(session)
    for row in queries.of(session, evaluation).values():
        session.delete(row)
    session.flush()
    revision = import_module("evaluations.migrations.versions.0009_follow_ups")
    planned = [row for one in session.execute(revision.HANDED_IN) for row in revision._rows(one)]
    session.execute(insert(FollowUp), planned)
    session.expire_all()
    assert states(session, evaluation) == {"mail": FollowUpState.DUE}
    assert days(session, evaluation)["mail"] >= date(2026, 3, 21)
