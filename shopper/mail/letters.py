"""What our mails say: each is written in the language of the person who gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, render_template, request, url_for
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.models import LinkPurpose, Mail, Person
from evaluations.models.mails import PLACE_OF_THE_LINK
from shopper.identity import links
from shopper.language import speaking


def invite(session: Session, person: Person, *, by: Person | None, at: datetime) -> Mail:
    """Owe `person` the mail with a link to a first password."""
    token = links.make(session, person, LinkPurpose.INVITATION, at=at)
    subject, text = write(person, LinkPurpose.INVITATION, by=by, at=at)
    return mailing.owe(session, person, subject=subject, text=text, link=address_of(token), at=at)


def offer_reset(session: Session, person: Person, *, at: datetime) -> Mail:
    """Owe `person` the mail with a link to a new password."""
    token = links.make(session, person, LinkPurpose.RESET, at=at)
    subject, text = write(person, LinkPurpose.RESET, at=at)
    return mailing.owe(session, person, subject=subject, text=text, link=address_of(token), at=at)


def write(person: Person, purpose: LinkPurpose, *, at: datetime, **more: Any) -> tuple[str, str]:
    """The subject and the text of a mail; the link's place is marked, as only the sent mail may hold it."""
    with speaking(person.language):
        written = render_template(
            f"mail/{purpose.value}.txt",
            person=person,
            link=PLACE_OF_THE_LINK,
            expires_at=at + links.LASTS[purpose],
            **more,
        )
    subject, _empty, text = written.strip().partition("\n")
    return subject, text.strip() + "\n"


def address_of(token: str) -> str:
    """Where a token opens its page, as the reader reaches us from outside."""
    ours = current_app.config["ADDRESS"] or request.host_url.rstrip("/")
    return str(ours) + url_for("links.choose", token=token)
