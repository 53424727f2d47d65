"""A visit that is given to a shopper with a phone, and what the server holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.document.tree import Document
from evaluations.models import Change, Evaluation, Person
from evaluations.queries import capture
from shopper.identity import sessions
from shopper.identity.passwords import hashed
from tests.browser.phone import PASSWORD
from tests.builders import a_shopper, a_version, a_visit, a_wave, an_evaluation, today_there


@dataclass(frozen=True, slots=True)
class Scene:
    """A visit given to somebody who can sign in."""

    url: str
    visit: str
    evaluation: UUID
    email: str
    stranger: str

    def contents(self) -> capture.Contents:
        """What the server holds of the visit."""
        engine = connect(self.url)
        with Session(engine) as session:
            found = capture.contents(session, session.get_one(Evaluation, self.evaluation))
        engine.dispose()
        return found

    def kinds_of_changes(self, register: str) -> list[str]:
        """What was done to a register, in the order of arrival."""
        engine = connect(self.url)
        query = select(Change.kind).where(
            Change.evaluation_id == self.evaluation, Change.register == register
        )
        with Session(engine) as session:
            kinds = list(session.scalars(query.order_by(Change.arrival)))
        engine.dispose()
        return kinds

    def sessions_end(self) -> None:
        """The shopper is signed in nowhere any more, as after sixty days; browsers do not know it yet."""
        engine = connect(self.url)
        with Session(writing(engine)) as session:
            sessions.end_all(session, session.scalars(select(Person).where(Person.email == self.email)).one())
            session.commit()
        engine.dispose()

    def speaks(self, language: str) -> None:
        """From now on the shopper reads this language."""
        engine = connect(self.url)
        with Session(writing(engine)) as session:
            session.execute(update(Person).where(Person.email == self.email).values(language=language))
            session.commit()
        engine.dispose()


@cache
def the_hash() -> str:
    """What is stored of the password that all shoppers of these stories have."""
    return hashed(PASSWORD)


def a_scene(url: str, document: Document, **wave: Any) -> Scene:
    """A visit with the checklist `document`, given to a shopper; another shopper has none."""
    engine = connect(url)
    with Session(writing(engine), expire_on_commit=False) as session:
        shopper, stranger = (a_shopper(session, password_hash=the_hash()) for _ in range(2))
        today = today_there()
        version = a_version(session, document)
        visit = a_visit(session, a_wave(session, version=version, starts_on=today, ends_on=today, **wave))
        evaluation = an_evaluation(session, shopper, visit)
        session.commit()
    engine.dispose()
    return Scene(url, str(visit.id), evaluation.id, shopper.email, stranger.email)
