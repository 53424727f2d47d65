"""What a visit leaves besides answers, as it travels and is stored: photos, presence, outcome."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from evaluations.document.answers import LONGEST_TEXT
from evaluations.document.sent import Place, Sent

UUID_TEXT = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
Id = Annotated[str, StringConstraints(pattern=f"^{UUID_TEXT}$")]
"""A UUID as text, in lower case with hyphens: the hash that settles conflicts is taken of this text."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Milliseconds = Annotated[int, Field(ge=0, le=8_640_000_000_000_000)]
"""Milliseconds since 1970 in UTC by the phone's clock, up to the last that JavaScript can say."""
Seconds = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,5})(\.[0-9])?$")]
"""A duration as a decimal in text, to the tenth."""


class PhotoFacts(Sent):
    """What the phone says of a photo; the bytes travel on their own."""

    id: Id
    sha256: Sha256
    original_sha256: Sha256 | None = None
    bytes: Annotated[int, Field(ge=1, le=1_000_000_000)]
    mime: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,40}$")]
    width: Annotated[int, Field(ge=0, le=100_000)]
    height: Annotated[int, Field(ge=0, le=100_000)]
    source: Literal["camera", "gallery", "signature", "unknown"] = "unknown"
    captured_wall_ms: Milliseconds | None = None
    place: Place | None = None
    exif: Annotated[dict[Key, Annotated[str, StringConstraints(max_length=200)]], Field(max_length=20)] = {}


class Placing(Sent):
    """A photo at a question (None: not sorted yet), with a caption."""

    photo: PhotoFacts
    question: Key | None = None
    caption: Text = ""


class Presence(Sent):
    """The moment of checking in or out, and where."""

    at_ms: Milliseconds
    place: Place | None = None


class Started(Sent):
    """A timer that runs since a moment by the phone's clock."""

    started_ms: Milliseconds


class Stopped(Started):
    """A timer that was stopped, and what it measured."""

    seconds: Seconds
    doubtful: bool = False
    """Whether the phone's clocks disagreed, or it ran absurdly long."""


class Corrected(Sent):
    """A duration entered by hand in place of the one that the timer had measured."""

    seconds: Seconds
    measured: Seconds


class Watched(Started):
    """What a blind timer measures while nobody looks at the screen; it belongs to no question before it is sorted."""

    half: Literal["upper", "lower"]
    """Which half of the dark screen started it."""
    seconds: Seconds | None = None
    """None while it runs."""
    question: Key | None = None
    doubtful: bool = False


class Result(Sent):
    """How the visit ended, and why it could not be made if it was not."""

    outcome: Literal["made", "closed_store", "could_not"]
    note: Text = ""
