"""What a worker gave up stands on a page with its reason, and the owner has it tried again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.models import (
    Client,
    Export,
    ExportKind,
    ExportState,
    Mail,
    MailState,
    Person,
    Report,
    ReportState,
    Role,
)
from evaluations.models.mails import PLACE_OF_THE_LINK
from tests.builders import NOON, a_client, a_client_user, a_location, a_person, a_visit, a_wave, kept
from tests.evaluations.reviewing.visits import released
from tests.shopper.browsing import Visitor

HOME = "/office/work/"


@pytest.fixture
def owner(visitor: Visitor, store: Session) -> Visitor:
    return visitor.signs_in(a_person(store, Role.OWNER))


def failed_mail(store: Session, text: str) -> Mail:
    mail = mailing.owe(store, a_person(store, Role.EDITOR), subject="Hello", text=text, link=None, at=NOON)
    mail.state, mail.error, mail.attempts, mail.finished_at = MailState.FAILED, "550 no such box", 8, NOON
    return mail


def failed_export(store: Session, client: Client) -> Export:
    export: Export = kept(
        store,
        Export(
            asked_by_id=a_client_user(store, client, name="Carla").id,
            kind=ExportKind.ARCHIVE,
            parameters="{}",
            state=ExportState.FAILED,
            total=3,
            file_name="all.zip",
            error="<b>disk</b>",
            owed_at=NOON,
            finished_at=NOON,
            expires_at=NOON,
        ),
    )
    return export


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SCHEDULER, Role.CLIENT])
def test_it_is_the_business_of_the_owner_alone(visitor: Visitor, store: Session, role: Role):
    mail = failed_mail(store, "Hello\n")
    person: Person = a_client_user(store, a_client(store)) if role is Role.CLIENT else a_person(store, role)
    visitor.signs_in(person)
    assert visitor.get(HOME).status_code == 404
    assert visitor.sends(f"{HOME}mails/{mail.id}/attempts", "/account/").status_code == 404


def test_where_nothing_failed_the_page_says_so(owner: Visitor):
    page = owner.get(HOME).text
    assert "Nothing waits" in page
    assert "Nothing was set aside" in page


def test_a_mail_whose_link_is_erased_cannot_be_tried_again(owner: Visitor, store: Session):
    mail = failed_mail(store, f"Hello {PLACE_OF_THE_LINK}\n")
    assert "Its link is erased" in owner.get(HOME).text
    assert owner.sends(f"{HOME}mails/{mail.id}/attempts", HOME).status_code == 404
    for kind in ("reports", "exports", "mails"):
        assert owner.sends(f"{HOME}{kind}/{uuid4()}/attempts", HOME).status_code == 404


def test_what_was_set_aside_is_listed_with_its_reason_and_tried_again(owner: Visitor, store: Session):
    client = a_client(store)
    released(
        store,
        a_visit(store, a_wave(store, client), a_location(store, client, name="Gran Vía")),
        {"greeted": "yes"},
    )
    report = store.scalars(select(Report).limit(1)).one()
    report.state, report.error, report.attempts, report.finished_at = (
        ReportState.FAILED,
        "too much memory",
        2,
        NOON,
    )
    export = failed_export(store, client)
    mail = failed_mail(store, "Hello\n")
    store.commit()
    page = owner.get(HOME).text
    for told in (
        "Gran Vía",
        "too much memory",
        "after 2 attempts",
        "Carla",
        "&lt;b&gt;disk",
        "550 no such box",
    ):
        assert told in page
    for kind, work in (("reports", report), ("exports", export), ("mails", mail)):
        assert owner.sends(f"{HOME}{kind}/{work.id}/attempts", HOME).status_code == 303
        store.refresh(work)
        assert (work.state.value, work.attempts, work.finished_at) == ("owed", 0, None)
    assert "Nothing was set aside" in owner.get(HOME).text
