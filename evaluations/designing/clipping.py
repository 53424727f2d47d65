"""Copy and paste: questions or whole touchpoints of a draft, carried by a person to any draft that they may edit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, get_args

from sqlalchemy.orm import Session

from evaluations.designing import drafting
from evaluations.designing.keys import fresh, question_keys, touchpoint_keys
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Language, Part, Touchpoint, Wording
from evaluations.document.tree.condition import leaves_of, renamed
from evaluations.errors import Conflict
from evaluations.models import Clipping, Person, Version

KNOWN = frozenset(get_args(Language))
SomePart = TypeVar("SomePart", bound=Part)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A draft's document with what was pasted into it, and what of that could not come along."""

    document: Document
    touchpoints: tuple[str, ...]
    """The keys of the touchpoints that were pasted."""
    questions: tuple[str, ...]
    """The keys of the questions that were pasted."""
    unconditional: tuple[Wording, ...]
    """What lost its condition, which looked at a question that did not come along."""
    languages: tuple[Language, ...]
    """The languages that were left out, because the draft does not have them."""


def copy(
    session: Session,
    draft: Version,
    *,
    questions: Collection[str] = (),
    touchpoints: Collection[str] = (),
    by: Person,
    at: datetime,
) -> Clipping:
    """Keep these touchpoints, or else these questions, of `draft` for `by`, in place of what they copied before."""
    document = canonical.read(draft.document)
    if touchpoints:
        taken = tuple(each for each in document.touchpoints if each.key in touchpoints)
    else:
        asked = tuple(question for question in document.questions() if question.key in questions)
        taken = (Touchpoint(key="clipping", questions=asked),) if asked else ()
    if not taken:
        raise Conflict("nothing_ticked")
    clipping = session.get(Clipping, by.id) or Clipping(person_id=by.id)
    clipping.copied_at, clipping.copied_from = at, draft.checklist.name
    clipping.holds_touchpoints = bool(touchpoints)
    clipping.document = canonical.write(Document(languages=document.languages, touchpoints=taken))
    session.add(clipping)
    return clipping


def clipping_of(session: Session, person: Person) -> Clipping | None:
    """What `person` copied last."""
    return session.get(Clipping, person.id)


def paste(document: Document, clipping: Clipping, touchpoint_key: str, *, used: Collection[str]) -> Pasted:
    """`document` with the copied questions at the end of a touchpoint, or the copied touchpoints in their phases.

    `used` are the keys that published versions have given away. Refused where the two have no language in common.
    """
    copied = canonical.read(clipping.document)
    common = [language for language in copied.languages if language in document.languages]
    if not common:
        raise Conflict("no_common_language", languages=", ".join(copied.languages))
    lost, touchpoints = _freed(copied.touchpoints)
    taken = set(question_keys(document) | touchpoint_keys(document)) | set(used)
    keys = {question.key: fresh(question.key, taken) for one in touchpoints for question in one.questions}
    pasted = [_in_languages(_under(one, keys, taken), document.languages) for one in touchpoints]
    for one in pasted:
        if clipping.holds_touchpoints:
            document = drafting.add_touchpoint(document, one)
        else:
            document = _asked_in(document, touchpoint_key, one.questions)
    return Pasted(
        document,
        tuple(one.key for one in pasted) if clipping.holds_touchpoints else (),
        tuple(keys.values()),
        lost,
        tuple(language for language in copied.languages if language not in document.languages),
    )


def _freed(touchpoints: Iterable[Touchpoint]) -> tuple[tuple[Wording, ...], tuple[Touchpoint, ...]]:
    """The touchpoints without conditions on what did not come along, and the wordings of what lost one."""
    own: set[str] = set()
    lost: list[Wording] = []
    freed = []

    def free(part: SomePart, name: Wording) -> SomePart:
        condition = getattr(part, "show_if", None)
        if condition is None or all(test.question in own for test in leaves_of(condition)):
            return part
        lost.append(name)
        return part.model_copy(update={"show_if": None})

    for touchpoint in touchpoints:
        touchpoint = free(touchpoint, touchpoint.name)
        questions = []
        for question in touchpoint.questions:
            questions.append(free(question, question.text))
            own.add(question.key)
        freed.append(touchpoint.model_copy(update={"questions": tuple(questions)}))
    return tuple(lost), tuple(freed)


def _under(touchpoint: Touchpoint, keys: dict[str, str], taken: set[str]) -> Touchpoint:
    """`touchpoint` under a key that is free, with its questions and all conditions under the new `keys`."""

    def anew(part: SomePart, **values: Any) -> SomePart:
        condition = getattr(part, "show_if", None)
        values |= {"show_if": renamed(condition, keys)} if condition is not None else {}
        return part.model_copy(update=values)

    questions = tuple(anew(question, key=keys[question.key]) for question in touchpoint.questions)
    return anew(touchpoint, key=fresh(touchpoint.key, taken), questions=questions)


def _in_languages(part: SomePart, languages: Collection[str]) -> SomePart:
    """`part` with its wordings, and those of its parts, in these languages alone."""
    return part.model_copy(
        update={name: _kept(getattr(part, name), languages) for name in type(part).model_fields}
    )


def _kept(value: Any, languages: Collection[str]) -> Any:
    if isinstance(value, dict) and value.keys() <= KNOWN:
        return {language: text for language, text in value.items() if language in languages}
    if isinstance(value, tuple):
        return tuple(_kept(one, languages) for one in value)
    return _in_languages(value, languages) if isinstance(value, Part) else value


def _asked_in(document: Document, key: str, questions: tuple[AnyQuestion, ...]) -> Document:
    for question in questions:
        document = drafting.add_question(document, key, question)
    return document
