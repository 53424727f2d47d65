"""What is asked days after a visit, as its shopper's phone and pages are told of it."""

import json

from sqlalchemy import select

from evaluations.clock import now
from evaluations.models import FollowUp, FollowUpState
from tests.builders import a_shopper, today_there
from tests.evaluations.later import CALL, MAIL, a_followed_visit, hands_in, sends
from tests.phones import Phone
from tests.shopper.field.conftest import Line
from tests.shopper.field.reading import data, error


def a_line(store, visitor):
    """A phone whose visit, with two questions for later, was handed in just now."""
    evaluation = a_followed_visit(store, MAIL, CALL, created_at=now())
    evaluation.visit.window_to = today_there()
    phone = Phone(evaluation)
    moment = now()
    sends(store, evaluation, phone.checks_in(at_ms=int(moment.timestamp() * 1000)), at=moment)
    hands_in(store, evaluation, phone, at=moment)
    store.commit()
    return Line(visitor.signs_in(evaluation.shopper), evaluation.id), phone, evaluation


def told(line):
    state = data(line.get(f"evaluations/{line.eid}/state"))
    return {one["key"]: one for one in state["follow_ups"]}


def test_a_part_that_nothing_is_asked_by_is_refused_in_words(store, visitor):
    line, phone, _evaluation = a_line(store, visitor)
    answer = line.hand_in(phone.hand_in() | {"part": "nothing"})
    assert (answer.status_code, error(answer)["code"]) == (422, "unknown_part")


def test_before_the_visit_it_is_refused_in_words(store, line, evaluation):
    unmade = a_followed_visit(store, MAIL, shopper=evaluation.shopper)
    store.commit()
    answer = Line(line.visitor, unmade.id).hand_in(Phone(unmade).hand_in() | {"part": "mail"})
    assert (answer.status_code, error(answer)["code"]) == (409, "follow_up_too_early")


def test_the_state_tells_each_with_its_day_and_later_its_receipt(store, visitor):
    line, phone, _evaluation = a_line(store, visitor)
    assert {key: one["state"] for key, one in told(line).items()} == {"mail": "due", "call": "due"}
    data(line.changes(phone.answers("mail", "yes")))
    receipt = data(line.hand_in(phone.hand_in() | {"part": "mail"}))
    assert receipt["part"] == "mail"
    mail = told(line)["mail"]
    assert (mail["state"], mail["receipt"]) == ("submitted", receipt["digest"][:4].upper())
    assert told(line)["call"]["state"] == "due"


def test_the_package_stays_after_the_hand_in(store, visitor):
    line, _phone, evaluation = a_line(store, visitor)
    assert json.loads(data(line.get(f"visits/{evaluation.visit_id}/package"))["document"])["touchpoints"]


def test_the_list_has_them_under_later_each_with_its_day(store, visitor):
    line, _phone, evaluation = a_line(store, visitor)
    text = line.visitor.get("/field").text
    later = text[text.index("Later") : text.index("Handed in</h2>")]
    for words in ("Did the e-mail arrive?", "Did somebody call?", "Due ", evaluation.visit.location.name):
        assert words in later, words
    assert f"/field/visits/{evaluation.visit_id}#/later/mail" in later
    assert later.index("e-mail") < later.index("somebody call")


def test_the_list_says_overdue_handed_in_sent_back_and_closed(store, visitor):
    line, phone, _evaluation = a_line(store, visitor)
    mail = store.scalars(select(FollowUp).where(FollowUp.question_key == "mail")).one()
    mail.due_on = today_there().replace(year=2025)
    store.commit()
    assert "Overdue, was due" in line.visitor.get("/field").text
    receipt = data(line.hand_in(phone.hand_in() | {"part": "mail"}))
    assert f"Handed in, receipt {receipt['digest'][:4].upper()}" in line.visitor.get("/field").text
    for given, words in (
        ({"state": FollowUpState.DUE, "round": 2}, "Sent back to you."),
        ({"state": FollowUpState.NOT_OBSERVED, "closed_at": now()}, "Closed without an answer"),
        ({"state": FollowUpState.APPROVED}, "Approved"),
    ):
        store.expire_all()
        for name, value in given.items():
            setattr(mail, name, value)
        store.commit()
        assert words in line.visitor.get("/field").text, words


def test_without_any_the_list_is_hidden(line):
    assert "<section data-later" in line.visitor.get("/field").text
    assert 'hidden>\n  <h2 class="group">Later</h2>' in line.visitor.get("/field").text


def test_the_receipts_name_the_question(store, visitor):
    line, phone, evaluation = a_line(store, visitor)
    data(line.hand_in(phone.hand_in() | {"part": "mail"}))
    text = line.visitor.get(f"/field/visits/{evaluation.visit_id}/receipts").text
    assert (text.count("receipt-slip"), text.count("Did the e-mail arrive?")) == (2, 1)


def test_another_shopper_neither_sees_nor_hands_in(store, visitor, visitors):
    line, phone, evaluation = a_line(store, visitor)
    other = a_shopper(store)
    store.commit()
    stranger = Line(visitors().signs_in(other), evaluation.id)
    assert "Did the e-mail arrive?" not in stranger.visitor.get("/field").text
    stranger.hand_in(phone.hand_in() | {"part": "mail"})  # kept as found, like all that nobody knows
    assert told(line)["mail"]["state"] == "due"
