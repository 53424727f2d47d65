"""The office reads what was mailed, without the links that open something."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.models import Mail, MailState, Person, Role
from evaluations.models.mails import PLACE_OF_THE_LINK
from evaluations.queries.mail import PAGE
from tests.builders import NOON, a_person, a_shopper
from tests.shopper.browsing import Visitor

HOME = "/office/mail/"
LINK = "https://shopper.example.org/links/s3cret"


def a_mail(store: Session, person: Person, subject: str = "Your invitation", **given: object) -> Mail:
    text = f"Hello,\n\n{PLACE_OF_THE_LINK}\n\n<b>Bye</b>"
    mail = mailing.owe(store, person, subject=subject, text=text, link=LINK, at=NOON)
    for name, value in given.items():
        setattr(mail, name, value)
    store.commit()
    return mail


@pytest.fixture
def owner(visitor: Visitor, store: Session) -> Visitor:
    person = a_person(store, Role.OWNER)
    store.commit()
    return visitor.signs_in(person)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESIGNER, Role.SHOPPER])
def test_mail_is_the_business_of_owner_and_scheduler_alone(visitor: Visitor, store: Session, role: Role):
    mail = a_mail(store, a_shopper(store))
    visitor.signs_in(a_person(store, role))
    assert [visitor.get(page).status_code for page in (HOME, f"{HOME}{mail.id}")] == [404, 404]


def test_a_scheduler_reads_mail_to_shoppers_and_no_other(visitor: Visitor, store: Session):
    to_shopper = a_mail(store, a_shopper(store), "For a shopper")
    to_editor = a_mail(store, a_person(store, Role.EDITOR), "For an editor")
    visitor.signs_in(a_person(store, Role.SCHEDULER))
    page = visitor.get(HOME).text
    assert ("For a shopper" in page, "For an editor" in page) == (True, False)
    answers = [
        visitor.get(f"{HOME}{mail_id}").status_code for mail_id in (to_shopper.id, to_editor.id, uuid4())
    ]
    assert answers == [200, 404, 404]


def test_without_mail_the_page_says_so(owner: Visitor):
    page = owner.get(HOME).text
    assert "No mail yet" in page
    assert "No mail server is set" in page


def test_one_mail_is_read_without_its_link(owner: Visitor, store: Session):
    mail = a_mail(store, a_person(store, Role.EDITOR, name="Eva"))
    page = owner.get(f"{HOME}{mail.id}").text
    for words in ("Hello,", "(link)", "&lt;b&gt;Bye", "Eva", "waiting"):
        assert words in page
    assert "s3cret" not in page
    assert PLACE_OF_THE_LINK not in page


def test_failed_mail_is_found_with_its_reason(owner: Visitor, store: Session):
    person = a_person(store, Role.EDITOR)
    a_mail(store, person, "All is well", state=MailState.SENT)
    failed = a_mail(store, person, "Not so well", state=MailState.FAILED, error="554 no", attempts=8)
    page = owner.get(f"{HOME}?state=failed").text
    assert ("Not so well" in page, "All is well" in page) == (True, False)
    shown = owner.get(f"{HOME}{failed.id}").text
    assert "It could not be sent and is not tried again." in shown
    assert "554 no" in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=nia", 1),
        ("q=example.org", 2),
        ("q=_", 0),
        ("state=nonsense", 2),
        ("page=99", 2),
        ("q=&state=sent", 0),
    ],
)
def test_mail_is_narrowed_and_strange_questions_harm_nothing(
    owner: Visitor, store: Session, asked: str, found: int
):
    for name in ("nia", "sam"):
        a_mail(store, a_person(store, Role.EDITOR, name=name.title(), email=f"{name}@example.org"))
    answer = owner.get(f"{HOME}?{asked}")
    assert (answer.status_code, answer.text.count("Your invitation")) == (200, found)


def test_long_lists_come_a_page_at_a_time_with_the_newest_first(owner: Visitor, store: Session):
    person = a_person(store, Role.EDITOR)
    for number in range(PAGE + 1):
        a_mail(store, person, f"Number {number:03}")
    first, second = owner.get(HOME).text, owner.get(f"{HOME}?page=2").text
    assert first.index(f"Number {PAGE:03}") < first.index("Number 001")
    assert ("Number 000" in first, "Number 000" in second) == (False, True)
