"""What was mailed, as tests read it: from the rows that are owed, and as the recipient's mail program would."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.models import Mail


def newest(store: Session) -> Mail:
    """The mail that was written last."""
    store.expire_all()
    return store.scalars(select(Mail).order_by(Mail.id.desc()).limit(1)).one()


def link_in(mail: Mail) -> str:
    """The path of the link that a mail holds."""
    found = re.search(r"(/links/\S+)", mail.link or "")
    assert found, "the mail holds no link"
    return found[1]


def opened(body: bytes) -> EmailMessage:
    """A mail as it arrived."""
    message = message_from_bytes(body, policy=default)
    assert isinstance(message, EmailMessage)
    return message
