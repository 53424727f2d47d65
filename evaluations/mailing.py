"""Mail that is owed: written beside what it tells, sent once by whoever holds the claim."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from evaluations.leases import Leasing
from evaluations.models import Mail, MailState, Person

LEASE = timedelta(minutes=5)
"""Far longer than a mail server may take to answer."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60, 120))
LEASE_RAN_OUT = "the worker was ended while it sent this mail"
LEASING = Leasing(
    model=Mail,
    owed=MailState.OWED,
    held=MailState.SENDING,
    done=MailState.SENT,
    failed=MailState.FAILED,
    lease=LEASE,
    pauses=PAUSES,
    ran_out=LEASE_RAN_OUT,
    when_over=(("link", None),),
)


def owe(session: Session, person: Person, *, subject: str, text: str, link: str | None, at: datetime) -> Mail:
    """Promise a mail to `person`; `text` holds `PLACE_OF_THE_LINK` where the link belongs."""
    mail = Mail(
        person_id=person.id, recipient=person.email, subject=subject, text=text, link=link, owed_at=at
    )
    session.add(mail)
    session.flush()
    return mail
