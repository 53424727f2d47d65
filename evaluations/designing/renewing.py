"""Renewing: what was taken from the own library is brought to what the library says now, when somebody wants it.

Pure. Keys and kinds stay: a question that the library asks as another kind by now is a new question. What the
checklist added by itself stays, and so do weight, target, phase and conditions, which belong to it.
"""

from __future__ import annotations

from collections.abc import Collection

from evaluations.designing import drafting
from evaluations.designing.depending import under_new_keys
from evaluations.designing.keys import fresh, question_keys, touchpoint_keys
from evaluations.designing.library import Entry, placed
from evaluations.document.tree import AnyQuestion, Document, Origin, Phase, Touchpoint
from evaluations.errors import NotFound


def taken(
    entry: Entry, own_id: object, version: int, *, used: Collection[str], phase: Phase | None = None
) -> Touchpoint:
    """`entry` of an own touchpoint, placed as the built-in ones are, and remembering where it is from."""
    return linked(placed(entry, taken=used, phase=phase), entry, own_id, version)


def linked(touchpoint: Touchpoint, entry: Entry, own_id: object, version: int) -> Touchpoint:
    """`touchpoint`, whose questions stand in the order of `entry`, remembering that it is `version` of that."""
    questions = tuple(
        question.model_copy(update={"origin": Origin(id=str(own_id), version=version, key=each.key)})
        for question, each in zip(touchpoint.questions, entry.questions, strict=True)
    )
    origin = Origin(id=str(own_id), version=version)
    return touchpoint.model_copy(update={"origin": origin, "questions": questions})


def taken_question(
    document: Document, question: AnyQuestion, own_id: object, version: int, *, used: Collection[str]
) -> AnyQuestion:
    """An own question for `document`, under a key that is free, remembering where it is from."""
    key = fresh(question.key, set(question_keys(document) | set(used)))
    return question.model_copy(update={"key": key, "origin": Origin(id=str(own_id), version=version)})


def renewed(
    document: Document, key: str, entry: Entry, version: int, *, used: Collection[str] = ()
) -> Document:
    """`document` whose touchpoint `key` says what `version` of the own touchpoint says that it was taken from."""
    here = drafting.touchpoint_of(document, key)
    if here.origin is None:
        raise NotFound()
    questions = _renewed_questions(document, here, here.origin.id, entry, version, used)
    return drafting.change_touchpoint(
        document,
        key,
        name=entry.name,
        stage=entry.stage,
        channel=entry.channel,
        guidance=entry.guidance,
        origin=Origin(id=here.origin.id, version=version),
        questions=questions,
    )


def _renewed_questions(
    document: Document, here: Touchpoint, own_id: str, entry: Entry, version: int, used: Collection[str]
) -> tuple[AnyQuestion, ...]:
    """Those of `entry` in its order, then those that the checklist added by itself."""
    before: dict[str, AnyQuestion] = {}
    for question in here.questions:
        if question.origin is not None and question.origin.id == own_id and question.origin.key:
            before.setdefault(question.origin.key, question)  # a copy of it is the checklist's own
    in_use = set(question_keys(document) | touchpoint_keys(document) | set(used))
    keys = {}
    for each in entry.questions:
        old = before.get(each.key)
        keys[each.key] = old.key if old and old.kind is each.kind else fresh(each.key, in_use)
    renewed = [
        question.model_copy(
            update={
                "origin": Origin(id=own_id, version=version, key=each.key),
                "show_if": question.show_if or _condition_of(before.get(each.key)),
            }
        )
        for question, each in zip(under_new_keys(entry.questions, keys), entry.questions, strict=True)
    ]
    added = [question for question in here.questions if question not in before.values()]
    return (*renewed, *added)


def _condition_of(question: AnyQuestion | None) -> object:
    return question.show_if if question is not None else None


def renewed_question(document: Document, key: str, question: AnyQuestion, version: int) -> Document:
    """`document` whose question `key` says what `version` of the own question says that it was taken from.

    One that is of another kind by now cannot take its place: refused with `kind_is_fixed`.
    """
    here = document.question(key)
    if here is None or here.origin is None:
        raise NotFound()
    origin = Origin(id=here.origin.id, version=version, key=here.origin.key)
    named = question.model_copy(update={"key": key, "origin": origin, "show_if": here.show_if})
    return drafting.change_question(document, named)
