"""What a shopper found, typed, as the projection of the changes now holds it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.evidence import Placing, Result, Watched
from evaluations.document.evidence import Presence as StoredPresence
from evaluations.document.kinds import take_answer
from evaluations.document.sent import Place
from evaluations.document.tree import Document
from evaluations.errors import Invalid
from evaluations.models import Change, CurrentRegister, Evaluation, Outcome, Photo, was_made

TIMER, WATCH = "timer:", "watch:"
UNSORTED = ""
"""The key under which photos are found that belong to no question yet."""


@dataclass(frozen=True, slots=True)
class PhotoPlacement:
    """A photo at its question. Until its bytes have arrived it is `held` False, and known by description only."""

    id: UUID
    question: str
    caption: str
    sha256: str
    mime: str
    byte_count: int
    width: int
    height: int
    source: str
    captured_at: datetime | None
    place: Place | None
    held: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """The moment of checking in or out by the phone's clock, and where that was."""

    at: datetime | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Timing:
    """What the timer of a question measured, in seconds, and what was entered by hand in its place."""

    measured: Decimal
    corrected: Decimal | None = None
    doubtful: bool = False
    """Whether the phone's clock was changed meanwhile, or the timer was forgotten."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a blind timer measured."""

    started_at: datetime | None
    """By the phone's clock; None where that is beyond our calendar."""
    seconds: Decimal
    question: str | None
    """The question that it was given to; None while it is unsorted."""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A register with heads that differ: every value that somebody left in it."""

    register: str
    question: str | None
    values: tuple[Any, ...]
    """As JSON values, in the order of arrival; None for cleared or detached."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was written for a question and cannot be read as its answer; it counts as blank."""

    register: str
    question: str
    code: str
    value: Any


HeldPhotos = Mapping[UUID, Photo]
"""Photos whose bytes have arrived, by their id."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything found, by question key; conflicting registers are here with their provisional value."""

    answers: dict[str, Answer] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    photos: dict[str, list[PhotoPlacement]] = field(default_factory=dict)
    photos_kept: dict[str, int] = field(default_factory=dict)
    """How many photos are kept from whom this is for."""
    timings: dict[str, Timing] = field(default_factory=dict)
    watches: tuple[Watch, ...] = ()
    """What blind timers measured, in the order in which they were started."""
    check_in: Presence | None = None
    check_out: Presence | None = None
    outcome: Outcome | None = None
    outcome_note: str = ""
    conflicts: tuple[Conflict, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def was_made(self) -> bool:
        """Whether the visit took place: the place was open, and nothing else stood in the way."""
        return was_made(self.outcome)

    @property
    def photo_counts(self) -> dict[str, int]:
        """How many photos each question has, whether or not their bytes have arrived."""
        return {key: len(placed) for key, placed in self.photos.items()}

    @property
    def owed(self) -> tuple[PhotoPlacement, ...]:
        """The photos that are described here and whose bytes have not arrived."""
        return tuple(photo for placed in self.photos.values() for photo in placed if not photo.held)


def comings_and_goings(session: Session, evaluations: Collection[UUID]) -> dict[UUID, Contents]:
    """Check-ins, check-outs and outcomes of several evaluations at once; nothing else of them is read."""
    rows = session.execute(
        select(CurrentRegister.evaluation_id, CurrentRegister.register, CurrentRegister.value).where(
            CurrentRegister.evaluation_id.in_(evaluations),
            CurrentRegister.register.in_(("visit:check_in", "visit:check_out", "visit:outcome")),
            CurrentRegister.value.is_not(None),
        )
    )
    values: dict[UUID, dict[str, Any]] = {evaluation: {} for evaluation in evaluations}
    for evaluation, register, value in rows:
        values[evaluation][register] = json.loads(value or "null")
    return {evaluation: Contents(**_visit(found)) for evaluation, found in values.items()}


def contents(session: Session, evaluation: Evaluation) -> Contents:
    """What `evaluation` now holds, read against the version that it answers."""
    rows = session.scalars(
        select(CurrentRegister)
        .where(CurrentRegister.evaluation_id == evaluation.id)
        .order_by(CurrentRegister.register)
    ).all()
    values = {row.register: json.loads(row.value) for row in rows if row.value is not None}
    return replace(
        contents_of(session, evaluation, values),
        conflicts=_conflicts(session, evaluation, [row for row in rows if row.in_conflict and _matters(row)]),
    )


def contents_of(
    session: Session, evaluation: Evaluation, values: dict[str, Any], held: HeldPhotos | None = None
) -> Contents:
    """The same where registers hold `values` (JSON values by register), whatever they hold now.

    Who reads many evaluations hands in the photos that are `held`, looked up at once.
    """
    answers, comments, unreadable = _answers(canonical.read(evaluation.version.document), values)
    return Contents(
        answers=answers,
        comments=comments,
        photos=_photos(session, evaluation, values, held),
        timings=_timings(values),
        watches=_watches(values),
        **_visit(values),
        unreadable=unreadable,
    )


def _answers(
    document: Document, values: dict[str, Any]
) -> tuple[dict[str, Answer], dict[str, str], tuple[Unreadable, ...]]:
    questions = {question.key: question for question in document.questions()}
    answers: dict[str, Answer] = {}
    comments: dict[str, str] = {}
    unreadable = []
    for register, value in values.items():
        kind, _, key = register.partition(":")
        if kind not in ("answer", "comment"):
            continue
        if (question := questions.get(key)) is None:
            unreadable.append(Unreadable(register, key, "unknown_question", value))
        elif kind == "comment":
            comments[key] = value
        else:
            try:
                answers[key] = take_answer(question, value)
            except Invalid as refusal:
                unreadable.append(Unreadable(register, key, refusal.code, value))
    return answers, {key: text for key, text in comments.items() if text}, tuple(unreadable)


def _matters(row: CurrentRegister) -> bool:
    """Whether a conflict of this register asks for a decision: a timer only tells where an answer came from."""
    return not row.register.startswith((TIMER, WATCH))


def _timings(values: dict[str, Any]) -> dict[str, Timing]:
    """What the timers that are not running say, by question key."""
    return {
        register.removeprefix(TIMER): _timing(value)
        for register, value in values.items()
        if register.startswith(TIMER) and "seconds" in value
    }


def _timing(value: dict[str, Any]) -> Timing:
    seconds = Decimal(value["seconds"])
    measured = Decimal(value.get("measured", seconds))
    return Timing(measured, None if seconds == measured else seconds, doubtful=value.get("doubtful", False))


def _watches(values: dict[str, Any]) -> tuple[Watch, ...]:
    watched = [Watched.model_validate(value) for name, value in values.items() if name.startswith(WATCH)]
    return tuple(
        Watch(clock.from_phone(one.started_ms), Decimal(one.seconds), one.question, one.doubtful)
        for one in sorted(watched, key=lambda one: one.started_ms)
        if one.seconds is not None
    )


def held_photos(session: Session, evaluations: Collection[UUID]) -> HeldPhotos:
    """The photos of these evaluations that have arrived."""
    found = session.scalars(select(Photo).where(Photo.evaluation_id.in_(evaluations)))
    return {photo.id: photo for photo in found}


def _photos(
    session: Session, evaluation: Evaluation, values: dict[str, Any], held: HeldPhotos | None
) -> dict[str, list[PhotoPlacement]]:
    placings = [
        Placing.model_validate(value) for register, value in values.items() if register.startswith("photo:")
    ]
    if not placings:
        return {}
    if held is None:
        held = held_photos(session, [evaluation.id])
    placed: defaultdict[str, list[PhotoPlacement]] = defaultdict(list)
    for placing in sorted(placings, key=_time_taken):
        photo = _placement(placing, held.get(UUID(placing.photo.id)))
        placed[photo.question].append(photo)
    return dict(placed)


def _time_taken(placing: Placing) -> tuple[bool, int, str]:
    taken = placing.photo.captured_wall_ms
    return (taken is None, taken or 0, placing.photo.id)


def _placement(placing: Placing, held: Photo | None) -> PhotoPlacement:
    described = placing.photo
    return PhotoPlacement(
        id=UUID(described.id),
        question=placing.question or UNSORTED,
        caption=placing.caption,
        sha256=held.sha256 if held else described.sha256,
        mime=held.mime if held else described.mime,
        byte_count=held.byte_count if held else described.bytes,
        width=held.width if held else described.width,
        height=held.height if held else described.height,
        source=described.source,
        captured_at=clock.from_phone(described.captured_wall_ms),
        place=described.place,
        held=held is not None,
    )


def _visit(values: dict[str, Any]) -> dict[str, Any]:
    """What `values` hold of the visit as a whole."""
    result = _result(values.get("visit:outcome"))
    return {
        "check_in": _presence(values.get("visit:check_in")),
        "check_out": _presence(values.get("visit:check_out")),
        "outcome": Outcome(result.outcome) if result else None,
        "outcome_note": result.note if result else "",
    }


def _presence(value: Any) -> Presence | None:
    if value is None:
        return None
    stored = StoredPresence.model_validate(value)
    return Presence(clock.from_phone(stored.at_ms), stored.place)


def _result(value: Any) -> Result | None:
    return None if value is None else Result.model_validate(value)


def _conflicts(
    session: Session, evaluation: Evaluation, rows: Iterable[CurrentRegister]
) -> tuple[Conflict, ...]:
    names = [row.register for row in rows]
    if not names:
        return ()
    heads = session.execute(
        select(Change.register, Change.body)
        .where(Change.evaluation_id == evaluation.id, Change.register.in_(names), Change.is_head)
        .order_by(Change.arrival)
    )
    values: defaultdict[str, list[Any]] = defaultdict(list)
    for register, body in heads:
        values[register].append(json.loads(body).get("value"))
    return tuple(Conflict(name, _question_of(name, values[name]), tuple(values[name])) for name in names)


def _question_of(register: str, values: list[Any]) -> str | None:
    kind, _, key = register.partition(":")
    if kind == "photo":
        return next((value["question"] for value in values if value and value.get("question")), None)
    return key if kind in ("answer", "comment") else None
