"""Approved visits for reports: what was found, comments, photos, and the stored scorecard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Answer, answered
from evaluations.document.tree import AnyQuestion, Document, Narrative, Rating, ShortText, SingleChoice, YesNo
from evaluations.models import CurrentRegister, Evaluation, EvaluationState, Programme, Scorecard, Wave
from evaluations.photos import intake
from evaluations.photos.store import PhotoStore
from evaluations.reviewing import filing
from evaluations.scoring import scorecard
from tests.builders import NOON, a_client, a_location, a_version, a_visit, an_evaluation, kept
from tests.evaluations.reporting.scenes import a_scene

Answers = Mapping[str, Answer]
APPROVED = NOON + timedelta(days=2)
STAYED = timedelta(minutes=42)


def all_good(document: Document) -> dict[str, Answer]:
    """The best answer to every question."""
    return {question.key: _best(question) for question in document.questions()}


def mixed(document: Document) -> dict[str, Answer]:
    """A visit as most are: mostly good, some of it not."""
    answers = all_good(document)
    for place, touchpoint in enumerate(document.touchpoints):
        for question in touchpoint.questions:
            if question.key.endswith("_warm"):
                answers[question.key] = answered((4, 5, 2, 3, 5, 1)[place % 6])
            if question.key.endswith("_wait") and place % 6 in (2, 4):
                answers[question.key] = answered("five" if place % 6 == 4 else "never")
            if question.key.endswith("_seen") and place % 6 in (0, 5):
                answers[question.key] = answered("no")
            if question.key.endswith("_clean") and place % 6 in (1, 3):
                answers[question.key] = NOT_OBSERVED if place % 6 == 1 else NOT_APPLICABLE
    return answers


def failed(document: Document) -> dict[str, Answer]:
    """A visit that a critical answer failed."""
    return mixed(document) | {"returns_clean": answered("no")}


def unscored(document: Document) -> dict[str, Answer]:
    """A visit on which nothing could be observed."""
    texts = {"narrative", "short_text"}
    return {
        question.key: answered("The shutters were down.")
        for question in document.questions()
        if question.kind in texts
    }


def _best(question: AnyQuestion) -> Answer:
    if isinstance(question, Rating):
        return answered(question.hi)
    if isinstance(question, SingleChoice):
        return answered(question.options[0].key)
    if isinstance(question, ShortText):
        return answered("The window display with the new spring range.")
    if isinstance(question, Narrative):
        return answered(STORY)
    return answered("yes") if isinstance(question, YesNo) else Answer(state="answered")


STORY = (
    "I entered at five past noon. Two members of staff stood by the till and talked; a third was putting jackets "
    "on a rail near the entrance. She looked up after about ten seconds, smiled and said good afternoon.\n"
    "I walked to the shoes at the back, where a young man asked whether I was looking for something in particular. "
    "I said that I needed shoes for a wedding in June. He asked what I would wear with them, brought two pairs in "
    "my size and explained the difference between the soles without being asked."
)
COMMENTS = {
    "signage_seen": (
        "The sign above the door was hidden by scaffolding, and the arrow at the corner pointed to the other "
        "side of the street. I walked past twice."
    ),
    "greeting_warm": "Two members of staff looked up, went on talking to each other and did not greet.",
    "greeting_wait": "I waited for seven minutes beside the counter. Nobody came.",
    "staff_warm": "Friendly, though he had to ask a colleague about the material twice.",
    "staff_wait": "He came at once and stayed until I had decided.",
    "email_seen": "There was neither a card at the till nor a question.",
    "email_warm": "“We don’t do that any more,” he said.",
    "layout_wait": "The way from the door to the new range was clear and well lit.",
    "returns_clean": "The fire exit beside the till was blocked by a pallet of unopened boxes.",
}


def an_approved_visit(
    session: Session,
    store: PhotoStore,
    document: Document,
    answers: Answers,
    *,
    comments: Mapping[str, str] = COMMENTS,
    photos: Mapping[str, int] | None = None,
    wave: Wave | None = None,
    client: Mapping[str, Any] | None = None,
    location: Mapping[str, Any] | None = None,
    evaluation: Mapping[str, Any] | None = None,
    outcome: Mapping[str, str] | None = None,
) -> Scorecard:
    """The stored scorecard of a released visit; `photos` says how many each question has."""
    wave = wave or _a_wave(session, document, client or {})
    brand = wave.programme.client
    place = {"name": "Calle Mayor", "address": "Calle Mayor 12", "city": "Madrid"} | dict(location or {})
    spot = brand.locations[0] if brand.locations else a_location(session, brand, **place)
    dates = {"visited_at": NOON, "submitted_at": NOON, "released_at": APPROVED}
    given = {"state": EvaluationState.RELEASED, **dates} | dict(evaluation or {})
    made = an_evaluation(session, visit=a_visit(session, wave, spot), **given)
    found: dict[str, Any] = {
        f"answer:{key}": answer.model_dump(mode="json") for key, answer in answers.items()
    }
    found |= {f"comment:{key}": text for key, text in comments.items()}
    found |= {"visit:check_in": {"at_ms": _ms(NOON)}, "visit:check_out": {"at_ms": _ms(NOON + STAYED)}}
    if outcome:
        found["visit:outcome"] = dict(outcome)
    for key, count in (photos or {}).items():
        for number in range(count):
            found |= _a_photo(session, store, made, key, number)
    for register, value in found.items():
        session.add(
            CurrentRegister(evaluation_id=made.id, register=register, value=json.dumps(value), heads="[]")
        )
    session.flush()
    return filing.file(session, made, scorecard.score(document, answers), at=APPROVED)


def _a_wave(session: Session, document: Document, client: Mapping[str, Any]) -> Wave:
    brand = a_client(session, **({"colour": "#0b6e6e"} | dict(client)))
    programme = kept(session, Programme(client_id=brand.id, name="In-store experience", created_at=NOON))
    version = a_version(session, document)
    wave: Wave = kept(
        session,
        Wave(
            programme_id=programme.id,
            version_id=version.id,
            name="Spring 2026",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
            created_at=NOON,
        ),
    )
    return wave


def _a_photo(
    session: Session, store: PhotoStore, evaluation: Evaluation, key: str, number: int
) -> dict[str, Any]:
    photo_id = uuid4()
    body = _scene(sum(map(ord, key)) + number, is_tall=number % 3 == 1)
    photo = intake.accept(session, store, evaluation, photo_id, body, by=evaluation.shopper, at=NOON)
    facts = {
        "id": str(photo_id),
        "sha256": photo.sha256,
        "bytes": photo.byte_count,
        "mime": photo.mime,
        "width": photo.width,
        "height": photo.height,
        "source": "camera",
        "captured_wall_ms": _ms(NOON) + number,
    }
    return {f"photo:{photo_id}": {"photo": facts, "question": key, "caption": ""}}


@cache
def _scene(seed: int, *, is_tall: bool) -> bytes:
    return a_scene(seed, (1536, 2048) if is_tall else (2048, 1536))


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
