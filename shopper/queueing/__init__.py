"""How workers learn that something is owed: they look every few seconds, or a queue tells them at once.

The rows say what is owed; whatever is lost here is found by looking. A session whose `info` holds a bell rings it in
its own transaction when it writes such rows: what is rolled back was never heard of.
"""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from evaluations.models import Export
from evaluations.models.owed import Owed
from shopper.config import Config
from shopper.queueing.bell import BELL, Bell
from shopper.queueing.polling import Polling

PIECES = "pieces that are owed"


def of(config: Config) -> Bell:
    """The way in which this installation's workers are told."""
    if config.queue == "procrastinate":
        from shopper.queueing.procrastinate import Procrastinate  # with all that it brings

        return Procrastinate(config.database_url)
    return Polling()


@event.listens_for(Session, "after_flush")
def _count(session: Session, _context: object) -> None:
    if BELL in session.info:
        found = [thing for thing in (*session.new, *session.dirty) if isinstance(thing, Owed)]
        pieces = sum(thing.total if isinstance(thing, Export) else 1 for thing in found)
        session.info[PIECES] = session.info.get(PIECES, 0) + pieces


@event.listens_for(Session, "before_commit")
def _ring(session: Session) -> None:
    if BELL in session.info:
        session.flush()
        if pieces := session.info.pop(PIECES, 0):
            session.info[BELL].ring(session, pieces)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(PIECES, None)
