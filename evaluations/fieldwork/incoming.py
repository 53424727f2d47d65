"""A change as a phone sends it: its shape, and why one cannot be read.

What is checked here is form, never sense: the server takes every readable change, whatever it thinks of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from evaluations.document.answers import Answer
from evaluations.document.canonical import canonical_json
from evaluations.document.evidence import (
    UUID_TEXT,
    Corrected,
    Id,
    Milliseconds,
    Placing,
    Presence,
    Result,
    Sha256,
    Started,
    Stopped,
    Text,
    Watched,
)
from evaluations.document.sent import Sent
from evaluations.errors import Invalid
from evaluations.models import INSTALLATION

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters (tab, line feed and carriage return are fit) and lone surrogates."""

OF_A_QUESTION = r"[a-z][a-z0-9_]{0,39}"
MOST_BASES = 200
"""How many changes one of a phone stands over at most; one of the office stands over all that are there."""


class IncomingChange(Sent):
    """What all changes have; each kind adds the register that it writes and its value."""

    writes: ClassVar[str]
    """The pattern of the registers that this kind writes."""

    id: Id
    eid: Id
    vid: Sha256
    did: Id
    seq: Annotated[int, Field(ge=1, le=2_147_483_647)]
    register_name: Annotated[str, Field(alias="register", max_length=60)]
    base: Annotated[list[Id], Field(default_factory=list)]
    wall_ms: Milliseconds
    tz_min: Annotated[int, Field(ge=-1440, le=1440)] = 0

    @model_validator(mode="after")
    def _writes_its_own_register(self) -> Self:
        if not re.fullmatch(self.writes, self.register_name):
            raise ValueError("this kind of change does not write that register")
        return self

    @property
    def question(self) -> str | None:
        """The question that this change belongs to, if any."""
        name, _, key = self.register_name.partition(":")
        return key if name in ("answer", "comment", "timer") else None


class AnswerSet(IncomingChange):
    writes = f"answer:{OF_A_QUESTION}"
    kind: Literal["answer.set"]
    value: Answer


class AnswerClear(IncomingChange):
    writes = f"answer:{OF_A_QUESTION}"
    kind: Literal["answer.clear"]
    value: None = None


class CommentSet(IncomingChange):
    writes = f"comment:{OF_A_QUESTION}"
    kind: Literal["comment.set"]
    value: Text


class PhotoAttach(IncomingChange):
    writes = f"photo:{UUID_TEXT}"
    kind: Literal["photo.attach"]
    value: Placing

    @model_validator(mode="after")
    def _names_one_photo(self) -> Self:
        if self.register_name != f"photo:{self.value.photo.id}":
            raise ValueError("register and value name different photos")
        return self

    @property
    def question(self) -> str | None:
        """The question that the photo is placed at."""
        return self.value.question


class PhotoDetach(IncomingChange):
    writes = f"photo:{UUID_TEXT}"
    kind: Literal["photo.detach"]
    value: None = None


class TimerStart(IncomingChange):
    writes = f"timer:{OF_A_QUESTION}"
    kind: Literal["timer.start"]
    value: Started


class TimerStop(IncomingChange):
    writes = f"timer:{OF_A_QUESTION}"
    kind: Literal["timer.stop"]
    value: Stopped


class TimerCorrect(IncomingChange):
    writes = f"timer:{OF_A_QUESTION}"
    kind: Literal["timer.correct"]
    value: Corrected


class WatchSet(IncomingChange):
    writes = f"watch:{UUID_TEXT}"
    kind: Literal["watch.set"]
    value: Watched

    @property
    def question(self) -> str | None:
        """The question that the time was given to."""
        return self.value.question


class CheckIn(IncomingChange):
    writes = "visit:check_in"
    kind: Literal["check_in"]
    value: Presence


class CheckOut(IncomingChange):
    writes = "visit:check_out"
    kind: Literal["check_out"]
    value: Presence


class OutcomeSet(IncomingChange):
    writes = "visit:outcome"
    kind: Literal["outcome.set"]
    value: Result


AnyChange = Annotated[
    AnswerSet
    | AnswerClear
    | CommentSet
    | PhotoAttach
    | PhotoDetach
    | TimerStart
    | TimerStop
    | TimerCorrect
    | WatchSet
    | CheckIn
    | CheckOut
    | OutcomeSet,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Readable:
    """A change that was read, and the one text by which a repeat is known."""

    change: AnyChange
    body: str

    @property
    def id(self) -> UUID:
        """The change's id."""
        return UUID(self.change.id)


@cache
def _changes() -> TypeAdapter[Any]:
    return TypeAdapter(AnyChange)


def read(raw: object, *, evaluation: UUID) -> Readable:
    """The change that a phone sent as `raw`; refused with a code when it cannot be read."""
    given = read_own(raw, evaluation=evaluation)
    if given.change.did == str(INSTALLATION):  # whose numbers the office counts on from
        raise Invalid("bad_change", where="did", reason="no phone has the id of the installation")
    if len(given.change.base) > MOST_BASES:
        raise Invalid("bad_change", where="base", reason=f"a phone names at most {MOST_BASES}")
    return given


def read_own(raw: object, *, evaluation: UUID) -> Readable:
    """The change that the office wrote as `raw`: its form is that of a phone's, within fewer bounds."""
    _refuse_unfit_text(raw)
    try:
        change = _changes().validate_python(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Invalid("bad_change", where=".".join(map(str, first["loc"])), reason=first["msg"]) from None
    if change.eid != str(evaluation):
        raise Invalid("other_evaluation")
    return Readable(change, canonical_json(raw))


def id_of(raw: object) -> str | None:
    """The id that an unreadable change gives for itself, where that much can be read."""
    claimed = raw.get("id") if isinstance(raw, dict) else None
    try:
        return str(UUID(claimed)) if isinstance(claimed, str) else None
    except ValueError:
        return None


def _refuse_unfit_text(raw: object) -> None:
    if isinstance(raw, str) and UNFIT.search(raw):
        raise Invalid("unfit_text")
    if isinstance(raw, dict):
        for key, value in raw.items():
            _refuse_unfit_text(key)
            _refuse_unfit_text(value)
    elif isinstance(raw, list):
        for value in raw:
            _refuse_unfit_text(value)
