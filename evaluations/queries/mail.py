"""What the office reads of mail: what was sent, what is waiting, and what failed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.folding import matching
from evaluations.models import Mail, MailState, Person
from evaluations.queries.paging import Page, nearest

PAGE = 50


def listed(
    session: Session, reader: Person, *, state: MailState | None = None, words: str = "", number: int = 1
) -> Page[tuple[Mail, Person]]:
    """One page of mail with its recipients, the newest first, narrowed to a state or to `words`."""
    query = access.mails(reader).join(Person, Mail.person_id == Person.id)
    if state is not None:
        query = query.where(Mail.state == state)
    if words:
        query = query.where(matching(words, (Mail.recipient, Mail.subject, Person.name)))
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = nearest(number, total, PAGE)
    newest_first = query.add_columns(Person).order_by(Mail.owed_at.desc(), Mail.id.desc())
    rows = session.execute(newest_first.limit(PAGE).offset((number - 1) * PAGE))
    return Page(tuple((row[0], row[1]) for row in rows), total, number, PAGE)


def counts(session: Session, reader: Person) -> dict[MailState, int]:
    """How many mails there are in each state."""
    visible = access.mails(reader).subquery()
    rows = session.execute(select(visible.c.state, func.count()).group_by(visible.c.state))
    return {row[0]: row[1] for row in rows}


def one(session: Session, reader: Person, mail_id: UUID) -> tuple[Mail, Person]:
    """A mail and who it went to."""
    mail = access.get(session, access.mails(reader), Mail, mail_id)
    return mail, session.get_one(Person, mail.person_id)
