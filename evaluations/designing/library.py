"""The touchpoint library: moments of contact with ready questions, to pick, order and weight."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from evaluations.designing.depending import under_new_keys
from evaluations.designing.keys import fresh
from evaluations.designing.vocabulary import limits
from evaluations.document.tree import (
    AnyQuestion,
    Channel,
    Key,
    Lens,
    Part,
    Phase,
    Scored,
    Stage,
    Touchpoint,
    Wording,
)
from evaluations.errors import Invalid, NotFound

FOLDER = Path(__file__).with_name("touchpoints")
"""A file for each phase, with the entries that are usually met in it."""


class Entry(Part):
    """A touchpoint as the library holds it: the phases that it fits, and its ready questions."""

    key: Key
    name: Wording
    phases: tuple[Phase, ...] = Field(min_length=1)
    """The first is the usual one."""
    stage: Stage
    channel: Channel
    guidance: Wording
    lenses: tuple[Lens, ...] = ()
    """What its scored questions tell about, unless a question has lenses of its own."""
    in_default_script: bool = False
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)


@cache
def library() -> tuple[Entry, ...]:
    """Every entry, from before the purchase to after it, and within a phase in the order of its file."""
    return tuple(entry for phase in Phase for entry in read(text_of(phase)))


def text_of(phase: Phase) -> str:
    """The file of the entries that are usually met in `phase`."""
    return (FOLDER / f"{phase.value}.toml").read_text(encoding="utf-8")


def read(text: str) -> tuple[Entry, ...]:
    """The entries that `text` (TOML) holds; unsound ones are refused with `bad_library` and their place."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Invalid("bad_library", where="", reason=str(error)) from error
    if unknown := raw.keys() - {"touchpoint"}:
        raise Invalid("bad_library", where=min(unknown), reason="only [[touchpoint]] begins an entry")
    return tuple(_entry(each) for each in raw.get("touchpoint", []))


def find(key: str) -> Entry:
    """The entry with this key; `NotFound` when the library has none."""
    entry = _by_key().get(key)
    if entry is None:
        raise NotFound()
    return entry


def placed(entry: Entry, *, taken: Collection[str], phase: Phase | None = None) -> Touchpoint:
    """`entry` as a touchpoint for a checklist in which the keys `taken` are in use.

    `taken` names touchpoints and questions alike; a key that is in use gets a number. All
    languages are kept. `phase` is one of the entry's phases, its usual one when not given.
    """
    if phase is not None and phase not in entry.phases:
        raise Invalid("phase_does_not_fit", field="phase", phase=phase.value, touchpoint=entry.key)
    used = set(taken)
    key = fresh(entry.key, used)
    keys = {question.key: fresh(question.key, used) for question in entry.questions}
    return Touchpoint(
        key=key,
        name=entry.name,
        phase=phase or entry.phases[0],
        stage=entry.stage,
        channel=entry.channel,
        guidance=entry.guidance,
        questions=under_new_keys(entry.questions, keys),
    )


def default_script(*, afterwards: bool = False) -> tuple[Touchpoint, ...]:
    """The story of a visit to a store: the touchpoints with which a checklist starts, in order.

    `afterwards`: with what comes in the days after it, too, which the shopper answers later.
    """
    script: list[Touchpoint] = []
    taken: set[str] = set()
    for entry in library():
        if entry.in_default_script and (afterwards or entry.phases[0] is not Phase.AFTER):
            touchpoint = placed(entry, taken=taken)
            taken |= {touchpoint.key, *(question.key for question in touchpoint.questions)}
            script.append(touchpoint)
    return tuple(script)


@cache
def _by_key() -> dict[str, Entry]:
    return {entry.key: entry for entry in library()}


def _entry(raw: dict[str, Any]) -> Entry:
    try:
        entry = Entry.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in (raw.get("key", "?"), *first["loc"]))
        raise Invalid("bad_library", where=where, reason=first["msg"]) from error
    return entry.model_copy(update={"questions": tuple(_seen_through(entry, q) for q in entry.questions)})


def _seen_through(entry: Entry, question: AnyQuestion) -> AnyQuestion:
    """`question` with what it does not say itself: the lenses of its entry, and the usual length of a comment."""
    usual: dict[str, Any] = {}
    if isinstance(question, Scored) and not question.lenses:
        usual["lenses"] = entry.lenses
    if question.explain_on and not question.explain_min:
        usual["explain_min"] = limits().usual_explanation
    return question.model_copy(update=usual) if usual else question
