"""An editor puts an answer right: nothing is overwritten, and before, after, why and who are in the trail."""

import json

import pytest
from sqlalchemy import select

from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.fieldwork import changes
from evaluations.models import INSTALLATION, AuditEntry, Change, CurrentRegister, EvaluationState, Role
from evaluations.queries import capture
from evaluations.queries.story import story
from evaluations.reviewing import corrections, decisions, editions
from tests.builders import NOON, a_document, a_person, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.evaluations.reviewing.visits import a_change, answers, comments, hand_in
from tests.phones import Phone

YES, NO = ({"state": "answered", "value": value} for value in ("yes", "no"))
WHY = "The photo shows it."


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR, name="Ines")


@pytest.fixture
def evaluation(session):
    version = a_version(session, a_document(a_question("greeted"), a_question("smiled", na_allowed=False)))
    return an_evaluation(session, visit=a_visit(session, a_wave(session, version=version)))


@pytest.fixture
def held(session, evaluation, editor):
    answers(session, evaluation, {"greeted": "no", "smiled": "yes"})
    comments(session, evaluation, {"greeted": "Nobody looked up."})
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    return evaluation


def put_right(session, evaluation, by, answer, key="greeted", comment="Nobody looked up.", reason=WHY):
    corrections.correct(session, evaluation, key, answer, comment, reason, by=by, at=NOON)


def test_only_what_one_holds_in_review_is_put_right(session, held, editor):
    with pytest.raises(Conflict):
        put_right(session, held, a_person(session, Role.EDITOR), YES)
    held.state = EvaluationState.SUBMITTED
    with pytest.raises(WrongState):
        put_right(session, held, editor, YES)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answer": YES, "reason": " "}, "correction_reason_needed"),
        ({"answer": NO}, "nothing_corrected"),
        ({"answer": {"state": "answered", "value": "maybe"}}, "answer_not_yes_no"),
        ({"answer": {"state": "na", "value": None}, "key": "smiled"}, "answer_na_not_allowed"),
        ({"answer": YES, "comment": "x" * 20_001}, "note_too_long"),
    ],
)
def test_a_correction_that_says_nothing_or_nonsense_is_refused(session, held, editor, given, code):
    with pytest.raises(Invalid) as refused:
        put_right(session, held, editor, **given)
    assert refused.value.code == code
    assert session.scalars(select(Change).where(Change.device_id == INSTALLATION)).all() == []


def test_a_question_that_the_checklist_does_not_have_does_not_exist(session, held, editor):
    with pytest.raises(NotFound):
        put_right(session, held, editor, YES, key="nowhere")


def test_what_was_there_stays_in_the_log_and_the_trail_tells_all(session, held, editor):
    put_right(session, held, editor, YES, comment="Somebody nodded.")
    found = capture.contents(session, held)
    assert (found.answers["greeted"].value, found.comments["greeted"]) == ("yes", "Somebody nodded.")
    log = session.scalars(
        select(Change).where(Change.register == "answer:greeted").order_by(Change.arrival)
    ).all()
    assert [(json.loads(one.body)["value"]["value"], one.is_head) for one in log] == [
        ("no", False),
        ("yes", True),
    ]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "evaluation.corrected")).one()
    told = json.loads(entry.details)
    assert (entry.actor_id, told["question"], told["before"], told["after"]) == (
        editor.id,
        "greeted",
        NO,
        YES,
    )
    assert (told["reason"], told["before_comment"]) == (WHY, "Nobody looked up.")
    [shown] = corrections.of(session, held)["greeted"]
    assert (shown.editor, shown.reason, shown.before.value, shown.comment_changed) == (
        "Ines",
        WHY,
        "no",
        True,
    )


def test_an_answer_is_made_blank_and_not_counted(session, held, editor):
    put_right(session, held, editor, None, key="smiled", comment="")
    assert "smiled" not in capture.contents(session, held).answers
    put_right(session, held, editor, YES, key="smiled", comment="")
    assert capture.contents(session, held).answers["smiled"].value == "yes"


def test_a_contradiction_of_two_phones_is_settled_by_it(session, evaluation, editor):
    for value in (YES, NO):
        change = a_change(evaluation, "answer:greeted", "answer.set", value)
        changes.store(session, evaluation, [change], by=evaluation.shopper, at=NOON)
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    assert session.get(CurrentRegister, (evaluation.id, "answer:greeted")).in_conflict
    put_right(session, evaluation, editor, YES, comment="")
    assert not session.get(CurrentRegister, (evaluation.id, "answer:greeted")).in_conflict


def test_a_contradiction_of_more_changes_than_a_phone_may_settle_is_settled_too(session, evaluation, editor):
    phone = Phone(evaluation)
    made = [phone.answers("greeted", "yes", base=[]) for _ in range(201)]
    changes.store(session, evaluation, made, by=evaluation.shopper, at=NOON)
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    put_right(session, evaluation, editor, NO, comment="")
    assert capture.contents(session, evaluation).answers["greeted"].value == "no"
    row = session.get(CurrentRegister, (evaluation.id, "answer:greeted"))
    assert (row.in_conflict, len(json.loads(row.heads))) == (False, 1)


@pytest.mark.parametrize("seq", [7, 2_147_483_647])
def test_a_phone_that_claims_to_be_the_installation_stands_in_no_editors_way(
    session, evaluation, editor, seq
):
    claimed = Phone(evaluation).answers("greeted", "no", did=str(INSTALLATION), seq=seq)
    changes.store(session, evaluation, [claimed], by=evaluation.shopper, at=NOON)
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    put_right(session, evaluation, editor, YES, comment="")
    written = session.scalars(select(Change).where(Change.device_id == INSTALLATION)).all()
    assert [(one.author_id, one.seq) for one in written] == [(editor.id, 1)]


def test_it_is_no_arrival_from_a_phone(session, held, editor):
    before = story(session, held).arrivals
    put_right(session, held, editor, YES)
    assert story(session, held).arrivals == before


def test_what_was_opened_again_and_put_right_is_the_next_edition(session, held, editor):
    first = decisions.approve(session, held, by=editor, at=NOON)
    editions.open_again(session, held, WHY, by=editor, at=NOON)
    put_right(session, held, editor, YES)
    second = decisions.approve(session, held, by=editor, at=NOON)
    assert (first.millionths, second.millionths) == (50_000_000, 100_000_000)
