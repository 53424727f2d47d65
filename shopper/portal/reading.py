"""Lets the agency know that a result was read: looked for on the way, written in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from evaluations import database
from evaluations.clock import now
from evaluations.models import Scorecard
from evaluations.reporting import reading
from shopper.database import db

Note = Callable[..., None]


def note_once(act: str, note: Note, card: Scorecard) -> None:
    """Let `note` write `act` down, unless it was since this edition; reading itself writes nothing."""
    reader = current_user.person
    if reading.is_noted(db, act, card, reader):
        return
    with Session(database.writing(current_app.extensions["engine"])) as session:
        note(session, card.evaluation, by=reader, at=now())  # of both the trail keeps the ids alone
        session.commit()
