"""A follow-up counts when an editor approved it; until all have closed the scorecard is provisional."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from evaluations.document.tree import Is
from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.models import (
    AuditEntry,
    EvaluationState,
    FollowUpState,
    Release,
    Report,
    Role,
    Scorecard,
)
from evaluations.photos.intake import Prepared, record
from evaluations.queries import follow_ups as queries
from evaluations.queries import portal
from evaluations.reporting import visit_report
from evaluations.reviewing import decisions, desk, follow_ups
from evaluations.reviewing import queue as review
from evaluations.reviewing.heaps import Tab
from evaluations.scoring import scorecard
from tests.builders import NOON, a_client_user, a_person, a_question
from tests.evaluations.later import MAIL, PARCEL, a_followed_visit, handed_in, hands_in, sends
from tests.phones import Phone

DAY = timedelta(days=1)
DUE, SUBMITTED, APPROVED, NOT_OBSERVED = FollowUpState


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR)


def approved(session, editor, *later, **given):
    """A visit that was handed in and approved, with its follow-ups still due."""
    evaluation, phone = handed_in(session, *later, **given)
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON)
    return evaluation, phone


def answered(session, evaluation, phone, key, value="yes"):
    sends(session, evaluation, phone.answers(key, value))
    hands_in(session, evaluation, phone, key)


def cards(session, evaluation):
    """Each edition as (percentage, is provisional), the first first."""
    query = select(Scorecard).where(Scorecard.evaluation_id == evaluation.id).order_by(Scorecard.edition)
    read = [scorecard.from_json(json.loads(one.card)) for one in session.scalars(query)]
    return [(one.shown, one.is_provisional) for one in read]


def state(session, evaluation, key):
    return queries.of(session, evaluation)[key].state


def test_what_arrived_counts_only_when_it_was_approved(session, editor):
    evaluation, phone = approved(session, editor)
    answered(session, evaluation, phone, "mail", "no")
    assert cards(session, evaluation) == [("100.0", True)]
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert cards(session, evaluation) == [("100.0", True), ("50.0", True)]


def test_the_card_is_final_when_all_have_closed_and_the_earlier_ones_are_kept(session, editor):
    evaluation, phone = approved(session, editor)
    answered(session, evaluation, phone, "mail", "no")
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    follow_ups.close(session, evaluation, "call", by=editor, at=NOON + 15 * DAY)
    assert cards(session, evaluation) == [("100.0", True), ("50.0", True), ("50.0", False)]
    assert state(session, evaluation, "call") is NOT_OBSERVED


def test_an_answer_given_before_the_visit_was_approved_waits_for_its_own_approval(session, editor):
    evaluation, phone = handed_in(session, MAIL)
    answered(session, evaluation, phone, "mail", "no")
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON)
    assert cards(session, evaluation) == [("100.0", True)]


def test_what_was_approved_before_the_visit_is_in_its_first_card(session, editor):
    evaluation, phone = handed_in(session, MAIL)
    answered(session, evaluation, phone, "mail", "no")
    assert follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON) is None
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON)
    assert cards(session, evaluation) == [("50.0", False)]


def test_each_new_edition_has_its_report_promised(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    answered(session, evaluation, phone, "mail")
    card = follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert card.edition == 2
    owed = session.scalars(select(Scorecard.edition).join(Report, Report.scorecard_id == Scorecard.id))
    assert sorted(set(owed)) == [1, 2]


def test_what_is_kept_until_its_wave_promises_no_report_yet(session, editor):
    evaluation = a_followed_visit(session, MAIL)
    evaluation.visit.wave.programme.release = Release.WITH_WAVE
    phone = Phone(evaluation)
    sends(session, evaluation, phone.answers("greeted", "yes"))
    hands_in(session, evaluation, phone)
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON)
    answered(session, evaluation, phone, "mail")
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert evaluation.state is EvaluationState.APPROVED
    assert cards(session, evaluation) == [("100.0", True), ("100.0", False)]
    assert session.scalars(select(Report)).all() == []


def test_a_question_without_did_not_observe_is_closed_as_not_observed_all_the_same(session, editor):
    evaluation, _phone = approved(session, editor, MAIL)
    follow_ups.close(session, evaluation, "mail", by=editor, at=NOON + 8 * DAY)
    newest = session.scalars(select(Scorecard).where(Scorecard.edition == 2)).one()
    card = scorecard.from_json(json.loads(newest.card))
    assert (card.shown, card.due, card.not_observed) == ("100.0", 0, 1)


def test_a_visit_that_was_not_made_leaves_nothing_due(session, editor):
    evaluation = a_followed_visit(session)
    phone = Phone(evaluation)
    sends(session, evaluation, phone.ends("closed_store"))
    hands_in(session, evaluation, phone)
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON, note="The shutters were down.")
    assert cards(session, evaluation) == [(None, False)]


def test_it_is_not_closed_while_the_shopper_has_time(session, editor):
    evaluation, _phone = approved(session, editor, MAIL)
    with pytest.raises(Conflict) as refusal:
        follow_ups.close(session, evaluation, "mail", by=editor, at=NOON + 7 * DAY)
    assert refusal.value.code == "follow_up_not_over"


def test_what_came_and_says_nothing_may_be_closed_at_once(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    hands_in(session, evaluation, phone, "mail")
    with pytest.raises(Conflict) as refusal:
        follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert refusal.value.code == "follow_up_unanswered"
    follow_ups.close(session, evaluation, "mail", by=editor, at=NOON)
    assert state(session, evaluation, "mail") is NOT_OBSERVED


def test_a_photo_alone_answers_a_photo_question(session, editor):
    evaluation, phone = approved(session, editor, PARCEL)
    photo = phone.attaches(b"parcel", "parcel")["value"]["photo"]
    sends(session, evaluation, phone.made[-1])
    hands_in(session, evaluation, phone, "parcel")
    follow_ups.approve(session, evaluation, "parcel", by=editor, at=NOON)
    assert cards(session, evaluation)[-1] == ("100.0", False)
    assert photo["id"]


def test_nobody_approves_what_was_never_handed_in(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    sends(session, evaluation, phone.answers("mail", "yes"))
    with pytest.raises(WrongState):
        follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    with pytest.raises(NotFound):
        follow_ups.approve(session, evaluation, "greeted", by=editor, at=NOON)


def test_two_editors_never_decide_the_same_one(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    answered(session, evaluation, phone, "mail")
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    with pytest.raises(WrongState):
        follow_ups.send_back(session, evaluation, "mail", "Which one?", by=editor, at=NOON)


def test_of_an_excluded_visit_nothing_is_decided(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    answered(session, evaluation, phone, "mail")
    evaluation.state = EvaluationState.EXCLUDED
    with pytest.raises(WrongState):
        follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)


@pytest.mark.parametrize("remark", ["  ", "x" * 2001])
def test_sending_back_takes_a_remark_of_some_length(session, editor, remark):
    evaluation, phone = approved(session, editor, MAIL)
    answered(session, evaluation, phone, "mail")
    with pytest.raises(Invalid) as refusal:
        follow_ups.send_back(session, evaluation, "mail", remark, by=editor, at=NOON)
    assert refusal.value.field == "remark"
    assert state(session, evaluation, "mail") is SUBMITTED


def test_what_is_sent_back_is_due_again_and_takes_answers_for_a_second_round(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    answered(session, evaluation, phone, "mail", "no")
    late = phone.answers("mail", "yes")
    assert sends(session, evaluation, late) == ["after_hand_in"]
    row = follow_ups.send_back(session, evaluation, "mail", "Look in the spam folder.", by=editor, at=NOON)
    assert (row.state, row.round, row.due_on) == (DUE, 2, date(2026, 3, 15))
    hands_in(session, evaluation, phone, "mail", round_=2)
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert cards(session, evaluation)[-1] == ("100.0", False)


def mended(session, evaluation, phone, editor, greeted, at=NOON):
    """The visit goes back, is answered otherwise and handed in again."""
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.send_back(session, evaluation, {}, by=editor, at=NOON, note="Were you greeted?")
    sends(session, evaluation, phone.answers("greeted", greeted))
    hands_in(session, evaluation, phone, round_=evaluation.round, at=at)


@pytest.fixture
def asked_again(session, editor):
    """A follow-up that was handed in, sent back, not asked any more and then asked again; its first receipt."""
    evaluation, phone = handed_in(
        session, MAIL.model_copy(update={"show_if": Is(question="greeted", answer="yes")})
    )
    sends(session, evaluation, phone.answers("mail", "yes"))
    first = hands_in(session, evaluation, phone, "mail")
    follow_ups.send_back(session, evaluation, "mail", "Which one?", by=editor, at=NOON)
    mended(session, evaluation, phone, editor, "no")
    assert queries.of(session, evaluation) == {}
    mended(session, evaluation, phone, editor, "yes")
    return evaluation, phone, first


def test_a_phone_that_believes_in_the_earlier_round_gets_its_receipt_and_then_hands_in(session, asked_again):
    evaluation, phone, first = asked_again
    sends(session, evaluation, phone.answers("mail", "no"))
    assert hands_in(session, evaluation, phone, "mail", round_=1) == first
    assert state(session, evaluation, "mail") is DUE
    assert hands_in(session, evaluation, phone, "mail", round_=2).round == 2
    assert state(session, evaluation, "mail") is SUBMITTED


def test_what_is_asked_again_begins_with_a_round_of_its_own(session, asked_again):
    evaluation, phone, first = asked_again
    row = queries.of(session, evaluation)["mail"]
    assert (row.state, row.round, row.remark, row.due_on) == (DUE, 2, "", date(2026, 3, 21))
    assert sends(session, evaluation, phone.answers("mail", "no")) == [None]
    second = hands_in(session, evaluation, phone, "mail", round_=row.round)
    assert (second.round, second.digest != first.digest) == (2, True)
    assert state(session, evaluation, "mail") is SUBMITTED


def test_a_visit_that_is_handed_in_once_more_mends_the_day_of_what_was_asked_again(
    session, editor, asked_again
):
    evaluation, phone, _first = asked_again
    evaluation.visited_at = None  # so that the day is that of the hand-in
    mended(session, evaluation, phone, editor, "yes", at=NOON + DAY)
    row = queries.of(session, evaluation)["mail"]
    assert (row.round, row.due_on) == (2, date(2026, 3, 22))


def test_what_comes_after_it_was_closed_is_decided_after_all(session, editor):
    evaluation, phone = approved(session, editor, MAIL)
    follow_ups.close(session, evaluation, "mail", by=editor, at=NOON + 8 * DAY)
    answered(session, evaluation, phone, "mail", "no")
    assert state(session, evaluation, "mail") is SUBMITTED
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON + 9 * DAY)
    assert cards(session, evaluation) == [("100.0", True), ("100.0", False), ("50.0", False)]


def test_nothing_is_forgotten_before_its_grace_is_over(session, editor):
    approved(session, editor, MAIL)  # due on 21 March
    assert follow_ups.close_forgotten(session, at=NOON + 21 * DAY) == 0


def test_what_was_forgotten_is_closed_by_the_installation_in_one_edition(session, editor):
    evaluation, _phone = approved(session, editor)
    assert follow_ups.close_forgotten(session, at=NOON + 40 * DAY) == 2
    assert cards(session, evaluation) == [("100.0", True), ("100.0", False)]
    entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "follow_up.not_observed")).all()
    assert [entry.actor_id for entry in entries] == [None, None]
    assert follow_ups.close_forgotten(session, at=NOON + 40 * DAY) == 0


def test_the_desk_shows_what_arrived_as_it_would_count(session, editor):
    evaluation, phone = approved(session, editor)
    answered(session, evaluation, phone, "mail", "no")
    opened = desk.open_up(session, evaluation)
    shown = {one.question.key: one for part in opened.sheet.touchpoints for one in part.questions}
    assert (shown["mail"].answer.value, shown["mail"].score.failed) == ("no", True)
    assert (opened.sheet.card.shown, shown["call"].answer) == ("100.0", None)
    assert opened.follow_ups["mail"].state is SUBMITTED


def test_the_heap_of_follow_ups_holds_what_arrived_and_what_is_over(session, editor):
    arrived, phone = approved(session, editor)
    answered(session, arrived, phone, "mail")
    waiting, _other = approved(session, editor)

    def heap(at):
        return {one.evaluation_id for one in review.queue(session, editor, Tab.FOLLOW_UPS, at=at).rows}

    assert heap(NOON) == {arrived.id}
    assert heap(NOON + 16 * DAY) == {arrived.id, waiting.id}
    arrived.state = EvaluationState.EXCLUDED
    session.flush()
    assert heap(NOON) == set()


def test_the_client_reads_nothing_that_was_not_approved(session, editor):
    told = a_question("mail", "Did the e-mail arrive?", points=10, due_days=7)
    evaluation, phone = approved(session, editor, told)
    photo = phone.attaches(b"inbox", "mail")["value"]["photo"]
    sends(session, evaluation, phone.made[-1], phone.comments("mail", "In the spam."))
    prepared = Prepared(photo["sha256"], photo["bytes"], "image/jpeg", 640, 480)
    kept = record(session, evaluation, UUID(photo["id"]), prepared, by=evaluation.shopper, at=NOON)
    answered(session, evaluation, phone, "mail", "no")
    reader = a_client_user(session, evaluation.visit.location.client)

    def found():
        report = visit_report.load(session, portal.scorecard(session, reader, evaluation.id))
        return next(
            one for part in report.touchpoints for one in part.questions if one.question.key == "mail"
        )

    assert (found().answer, found().comment, found().photos) == (None, "", ())
    with pytest.raises(NotFound):
        portal.photo(session, reader, kept.id)
    follow_ups.approve(session, evaluation, "mail", by=editor, at=NOON)
    assert (found().answer.value, found().comment, len(found().photos)) == ("no", "In the spam.", 1)
    assert portal.photo(session, reader, kept.id) == kept.sha256
