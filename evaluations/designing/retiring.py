"""Options that were published are retired, never deleted: answers stay readable, and keys keep their meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from evaluations.designing.problems import Problem
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Choice, Document, Option
from evaluations.models import Checklist, Version


@dataclass(frozen=True, slots=True)
class Published:
    """The options that published versions have given to one question."""

    options: tuple[Option, ...] = ()
    """As the newest version has them."""
    keys: frozenset[str] = field(default_factory=frozenset)
    """Of any version: none of these may ever mean something else."""


def published_options(session: Session, checklist: Checklist, key: str) -> Published:
    """What published versions say of the options of the question `key`."""
    texts = session.scalars(_texts(checklist)).all()
    asked = canonical.read(texts[0]).question(key) if texts else None
    options = asked.options if isinstance(asked, Choice) else ()
    return Published(options, frozenset().union(*(_keys(text, key) for text in texts)))


def lost(session: Session, checklist: Checklist, document: Document) -> tuple[Problem, ...]:
    """The options that the newest version has, and that their questions in `document` lack."""
    text = session.scalars(_texts(checklist).limit(1)).first()
    return () if text is None else tuple(_lost(canonical.read(text), document))


def with_published(question: AnyQuestion, published: Published) -> AnyQuestion:
    """`question` with the published options that it lacks at its end, retired."""
    if not isinstance(question, Choice):
        return question
    held = {option.key for option in question.options}
    back = [
        option.model_copy(update={"retired": True}) for option in published.options if option.key not in held
    ]
    return question.model_copy(update={"options": (*question.options, *back)}) if back else question


def _lost(before: Document, document: Document) -> Iterator[Problem]:
    for touchpoint in document.touchpoints:
        for question in touchpoint.questions:
            old = before.question(question.key)
            if not isinstance(question, Choice) or not isinstance(old, Choice):
                continue
            held = {option.key for option in question.options}
            for option in old.options:
                if option.key not in held:
                    said = before.say(option.text, before.languages[0]) or option.key
                    yield Problem("option_removed", touchpoint.key, question.key, {"option": said})


def _texts(checklist: Checklist) -> Select[str]:
    return (
        select(Version.document)
        .where(Version.checklist_id == checklist.id, Version.published_at.is_not(None))
        .order_by(Version.number.desc())
    )


def _keys(text: str, key: str) -> frozenset[str]:
    """The keys of a question's options in a stored document, without reading all of it."""
    return frozenset(
        option["key"]
        for touchpoint in json.loads(text)["touchpoints"]
        for question in touchpoint["questions"]
        if question["key"] == key
        for option in question.get("options", ())
    )
