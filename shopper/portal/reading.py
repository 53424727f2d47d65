"""Lets the agency know that a result was read: looked for on the way, written in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from evaluations import database
from evaluations.clock import now
from evaluations.models import Evaluation, Person, Scorecard
from evaluations.reporting import reading
from shopper.database import db

Note = Callable[..., None]


def note_once(act: str, note: Note, card: Scorecard) -> None:
    """Let `note` write `act` down, unless it was since this edition; reading itself writes nothing."""
    reader = current_user.person
    if reading.is_noted(db, act, card, reader):
        return
    with Session(database.writing(current_app.extensions["engine"])) as session:
        evaluation = session.get_one(Evaluation, card.evaluation_id)
        note(session, evaluation, by=session.get_one(Person, reader.id), at=now())
        session.commit()
