"""What was asked after a visit, on the page of an editor."""

import pytest
from sqlalchemy import select

from evaluations.models import FollowUp, FollowUpState, Person, Role, Scorecard
from evaluations.reviewing import decisions
from tests.builders import NOON, a_person, a_question, today_there
from tests.evaluations.later import CALL, a_followed_visit, hands_in, sends
from tests.phones import Phone

QUEUE = "/office/reviews/"
MAIL = a_question("mail", "Did the e-mail arrive?", points=10, due_days=7, explain_on=("no",))


@pytest.fixture
def edith(store):
    return a_person(store, Role.EDITOR, name="Edith")


@pytest.fixture
def editor(store, edith, visitor):
    store.commit()
    return visitor.signs_in(edith)


@pytest.fixture
def evaluation(store, edith):
    """An approved visit: the answer about the e-mail was handed in, that about the call is long overdue."""
    made = a_followed_visit(store, MAIL, CALL)
    phone = Phone(made)
    sends(store, made, phone.answers("greeted", "yes"))
    hands_in(store, made, phone)
    decisions.claim(store, made, by=edith, at=NOON)
    decisions.approve(store, made, by=edith, at=NOON)
    sends(store, made, phone.answers("mail", "no"))
    hands_in(store, made, phone, "mail")
    store.commit()
    return made


def decide(editor, evaluation, key, act, **fields):
    return editor.sends(
        f"{QUEUE}{evaluation.id}/follow-ups/{key}/{act}", _from=f"{QUEUE}{evaluation.id}", **fields
    )


def state_of(store, key):
    store.expire_all()
    return store.scalars(select(FollowUp).where(FollowUp.question_key == key)).one().state


def test_nobody_but_an_editor_decides(store, visitors, evaluation):
    for person in (evaluation.shopper, a_person(store, Role.SCHEDULER)):
        store.commit()
        guest = visitors().signs_in(store.get_one(Person, person.id))
        answer = guest.sends(f"{QUEUE}{evaluation.id}/follow-ups/mail/approvals", _from="/account/")
        assert answer.status_code == 404
    assert state_of(store, "mail") is FollowUpState.SUBMITTED


def test_a_question_that_is_asked_in_the_visit_is_no_follow_up(editor, evaluation):
    assert decide(editor, evaluation, "greeted", "approvals").status_code == 404
    assert decide(editor, evaluation, "greeted", "returns", remark="?").status_code == 404


def test_what_arrived_stands_in_a_heap_of_its_own_and_is_named_first(editor, evaluation):
    text = editor.get(f"{QUEUE}?tab=follow_ups").text
    assert "1 follow-up handed in" in text
    page = editor.get(f"{QUEUE}{evaluation.id}").text
    assert page.index("Look here first") < page.index("Follow-up</b> 2 · Did the e-mail arrive?")
    for words in ("Handed in Sat 14 Mar 2026", "Approve the follow-up", "the explanation is missing"):
        assert words in page, words


def test_where_nothing_wants_a_decision_the_heap_says_what_will_come(editor):
    text = editor.get(f"{QUEUE}?tab=follow_ups").text
    assert "No follow-up wants a decision" in text


def test_approving_says_which_edition_holds_it(editor, store, evaluation):
    answer = decide(editor, evaluation, "mail", "approvals")
    assert answer.location.endswith(f"{evaluation.id}#q-mail")
    page = editor.get(f"{QUEUE}{evaluation.id}").text
    assert "The follow-up is approved. Edition 2 of the scorecard holds it." in page
    assert state_of(store, "mail") is FollowUpState.APPROVED
    assert decide(editor, evaluation, "mail", "approvals").status_code == 409


def test_a_return_without_a_word_is_refused_at_its_question_and_keeps_what_was_typed(
    editor, store, evaluation
):
    answer = decide(editor, evaluation, "mail", "returns", remark=" ")
    assert (answer.status_code, "Say what is to be mended." in answer.text) == (422, True)
    long = decide(editor, evaluation, "mail", "returns", remark="x" * 2001)
    assert (long.status_code, "x" * 2001 in long.text) == (422, True)
    assert state_of(store, "mail") is FollowUpState.SUBMITTED


def test_what_is_sent_back_shows_what_was_asked(editor, store, evaluation):
    decide(editor, evaluation, "mail", "returns", remark="Look in the spam folder.")
    page = editor.get(f"{QUEUE}{evaluation.id}").text
    assert "Look in the spam folder." in page
    assert state_of(store, "mail") is FollowUpState.DUE


def test_what_is_overdue_is_closed_as_not_observed_and_the_card_becomes_final(editor, store, evaluation):
    decide(editor, evaluation, "mail", "approvals")
    assert "Overdue, was due Sat 28 Mar 2026" in editor.get(f"{QUEUE}{evaluation.id}").text
    decide(editor, evaluation, "call", "closures")
    page = editor.get(f"{QUEUE}{evaluation.id}").text
    assert "Closed as not observed" in page
    assert "Provisional" not in page
    assert store.scalars(select(Scorecard.edition).order_by(Scorecard.edition)).all() == [1, 2, 3]


def test_what_has_time_cannot_be_closed(editor, store, evaluation):
    store.scalars(select(FollowUp).where(FollowUp.question_key == "call")).one().due_on = today_there()
    store.commit()
    answer = decide(editor, evaluation, "call", "closures")
    assert (answer.status_code, "still has time" in answer.text) == (409, True)


def test_the_visit_tells_of_it_by_the_question(store, visitors, evaluation):
    everything = a_person(store, Role.EDITOR, Role.SCHEDULER)
    store.commit()
    page = visitors().signs_in(everything).get(f"/office/visits/{evaluation.visit_id}").text
    assert "Follow-up handed in" in page
    assert "Did the e-mail arrive?" in page


def test_today_counts_what_wants_a_decision_and_what_is_overdue(store, visitors, evaluation):
    everything = a_person(store, Role.EDITOR, Role.SCHEDULER)
    store.commit()
    guest = visitors().signs_in(everything)
    text = guest.get("/office/").text
    assert "Follow-ups to decide" in text
    assert "Follow-up overdue" in text
    listed = guest.get("/office/visits/?focus=follow_up_late").text
    assert evaluation.visit.location.name in listed
