"""A visit with questions that are asked days after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from evaluations.document.tree import AnyQuestion, Photo
from evaluations.fieldwork import changes, submitting
from evaluations.fieldwork.submitting import Receipt
from evaluations.models import Evaluation
from tests.builders import NOON, a_document, a_location, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.phones import Phone

MAIL = a_question("mail", "Did the e-mail arrive?", points=10, due_days=7)
CALL = a_question("call", "Did somebody call?", points=10, due_days=14)
PARCEL = Photo(key="parcel", text={"en": "The parcel"}, due_days=3)


def a_followed_visit(session: Session, *later: AnyQuestion, **given: Any) -> Evaluation:
    """An evaluation of a store in Madrid that asks "greeted" in the visit, and `later` (e-mail, call) after it."""
    version = a_version(session, a_document(a_question(points=10), *(later or (MAIL, CALL))))
    wave = a_wave(session, version=version)
    visit = a_visit(session, wave, a_location(session, wave.programme.client, time_zone="Europe/Madrid"))
    return an_evaluation(session, visit=visit, **given)


def sends(session: Session, evaluation: Evaluation, *sent: object, at: datetime = NOON) -> list[str | None]:
    """What is said of each change of `sent`: its disposition."""
    stored = changes.store(session, evaluation, sent, by=evaluation.shopper, at=at)
    return [one.disposition for one in stored.results]


def hands_in(
    session: Session,
    evaluation: Evaluation,
    phone: Phone,
    part: str = "visit",
    *,
    round_: int = 1,
    at: datetime = NOON,
    submission: UUID | None = None,
    photos: tuple[tuple[str, str], ...] = (),
) -> Receipt:
    """The receipt for a part."""
    sent = submitting.read(phone.hand_in(round_, *photos) | {"part": part})
    return submitting.submit(session, evaluation, submission or uuid4(), sent, by=evaluation.shopper, at=at)


def handed_in(session: Session, *later: AnyQuestion, **given: Any) -> tuple[Evaluation, Phone]:
    """The same evaluation made and handed in at noon, and the phone it was made on."""
    evaluation = a_followed_visit(session, *later, **given)
    phone = Phone(evaluation)
    sends(session, evaluation, phone.checks_in(), phone.answers("greeted", "yes"))
    hands_in(session, evaluation, phone)
    return evaluation, phone
