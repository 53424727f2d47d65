"""Drafting: a checklist changes by functions from document to document.

Every function here is pure. A document stays in the order of the customer's journey: touchpoints
before the purchase, then during, then after, in the designer's own order within each phase.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from evaluations.designing.depending import under_new_keys
from evaluations.designing.keys import free_key, fresh, question_keys, touchpoint_keys
from evaluations.document import tree
from evaluations.document.tree import AnyQuestion, Document, Kind, Part, Phase, Touchpoint, Wording
from evaluations.errors import Conflict, Invalid, NotFound

SomePart = TypeVar("SomePart", bound=Part)
PHASES = tuple(Phase)
MOST_TOUCHPOINTS = 100
MOST_QUESTIONS = 200
MODELS: dict[Kind, type[AnyQuestion]] = {
    Kind.YES_NO: tree.YesNo,
    Kind.SINGLE_CHOICE: tree.SingleChoice,
    Kind.SEVERAL_CHOICES: tree.SeveralChoices,
    Kind.RATING: tree.Rating,
    Kind.NUMBER: tree.Number,
    Kind.MONEY: tree.Money,
    Kind.DURATION: tree.Duration,
    Kind.DATE: tree.Date,
    Kind.TIME: tree.Time,
    Kind.SHORT_TEXT: tree.ShortText,
    Kind.NARRATIVE: tree.Narrative,
    Kind.PHOTO: tree.Photo,
    Kind.SIGNATURE: tree.Signature,
    Kind.PLACE: tree.Place,
    Kind.INSTRUCTION: tree.Instruction,
}


def made(part: type[SomePart], /, **values: Any) -> SomePart:
    """A `part` of these values; what does not fit is refused as `does_not_fit` at its field."""
    try:
        return part(**values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Invalid("does_not_fit", field=where or None, where=where, reason=first["msg"]) from error


def changed(part: SomePart, /, **values: Any) -> SomePart:
    """A copy of `part` with these values in place of its own, checked like a new one."""
    kept = {name: getattr(part, name) for name in type(part).model_fields}
    return made(type(part), **(kept | values))


def question_of(kind: Kind, /, **values: Any) -> AnyQuestion:
    """A question of this kind; what does not fit is refused at its field."""
    return made(MODELS[kind], **values)


def touchpoint_of(document: Document, key: str) -> Touchpoint:
    """The touchpoint with this key, or `NotFound`."""
    for touchpoint in document.touchpoints:
        if touchpoint.key == key:
            return touchpoint
    raise NotFound()


def home_of(document: Document, key: str) -> Touchpoint:
    """The touchpoint in which the question with this key stands, or `NotFound`."""
    for touchpoint in document.touchpoints:
        if any(question.key == key for question in touchpoint.questions):
            return touchpoint
    raise NotFound()


def in_journey_order(document: Document) -> Document:
    """`document` with its touchpoints before the purchase first, then those during it, then those after."""
    return _arranged(document, document.touchpoints)


def blank_touchpoint(
    document: Document, name: Wording, phase: Phase, *, used: Collection[str] = ()
) -> Touchpoint:
    """A touchpoint with this name and nothing asked in it yet, under a key that nobody has given away (`used`)."""
    key = free_key(name, touchpoint_keys(document) | set(used), otherwise="touchpoint")
    return made(Touchpoint, key=key, name=name, phase=phase)


def add_touchpoint(document: Document, touchpoint: Touchpoint) -> Document:
    """`document` with `touchpoint` as the last one of its phase."""
    if touchpoint.key in touchpoint_keys(document):
        raise Conflict("key_taken", key=touchpoint.key)
    clash = question_keys(document).intersection(question.key for question in touchpoint.questions)
    if clash:
        raise Conflict("key_taken", key=min(clash))
    return _arranged(document, (*document.touchpoints, touchpoint))


def change_touchpoint(document: Document, key: str, /, **values: Any) -> Document:
    """`document` with these values in the touchpoint `key`; a new phase puts it last in that phase."""
    before = touchpoint_of(document, key)
    after = changed(before, **values)
    if after.phase is before.phase:
        return _replaced(document, after)
    others = [touchpoint for touchpoint in document.touchpoints if touchpoint.key != key]
    return _arranged(document, (*others, after))


def copy_touchpoint(
    document: Document, key: str, *, used: Collection[str] = ()
) -> tuple[Document, Touchpoint]:
    """`document` with a copy of the touchpoint `key` right after it, and that copy, all under keys of its own."""
    original = touchpoint_of(document, key)
    taken = question_keys(document) | touchpoint_keys(document) | set(used)
    copy = changed(original, **_under_fresh_keys(original, set(taken)))
    place = document.touchpoints.index(original) + 1
    return _arranged(document, (*document.touchpoints[:place], copy, *document.touchpoints[place:])), copy


def remove_touchpoint(document: Document, key: str) -> Document:
    """`document` without the touchpoint `key` and its questions."""
    gone = touchpoint_of(document, key)
    return _arranged(document, (touchpoint for touchpoint in document.touchpoints if touchpoint != gone))


def place_touchpoint(document: Document, key: str, phase: Phase, place: int) -> Document:
    """`document` with the touchpoint `key` in `phase`, at `place` (from 0) among those of that phase."""
    moved = changed(touchpoint_of(document, key), phase=phase)
    others = [touchpoint for touchpoint in document.touchpoints if touchpoint.key != key]
    alongside = [touchpoint for touchpoint in others if touchpoint.phase is phase]
    alongside.insert(max(0, place), moved)
    rest = [touchpoint for touchpoint in others if touchpoint.phase is not phase]
    return _arranged(document, (*rest, *alongside))


def move_touchpoint(document: Document, key: str, steps: int) -> Document:
    """`document` with the touchpoint `key` one step earlier (-1) or later (+1) in the journey.

    The first of a phase moves into the phase before it, the last into the phase after; at either
    end of the journey it stays where it is.
    """
    touchpoint = touchpoint_of(document, key)
    alongside = [other.key for other in document.touchpoints if other.phase is touchpoint.phase]
    place = alongside.index(key) + steps
    if 0 <= place < len(alongside):
        return place_touchpoint(document, key, touchpoint.phase, place)
    number = PHASES.index(touchpoint.phase) + steps
    if not 0 <= number < len(PHASES):
        return document
    return place_touchpoint(document, key, PHASES[number], 0 if steps > 0 else len(document.touchpoints))


def new_question_key(document: Document, text: Wording, kind: Kind, *, used: Collection[str] = ()) -> str:
    """A key for a new question that neither this document nor a published version (`used`) has given away."""
    return free_key(text, question_keys(document) | set(used), otherwise=kind.value)


def add_question(document: Document, touchpoint_key: str, question: AnyQuestion) -> Document:
    """`document` with `question` as the last one of its touchpoint."""
    touchpoint = touchpoint_of(document, touchpoint_key)
    if document.question(question.key) is not None:
        raise Conflict("key_taken", key=question.key)
    return _replaced(document, _asking(touchpoint, (*touchpoint.questions, question)))


def change_question(document: Document, question: AnyQuestion) -> Document:
    """`document` with `question` in place of the one that has its key; its kind may not change."""
    touchpoint = home_of(document, question.key)
    before = document.question(question.key)
    if before is not None and before.kind is not question.kind:
        raise Conflict("kind_is_fixed", key=question.key, kind=before.kind.value)
    questions = tuple(question if other.key == question.key else other for other in touchpoint.questions)
    return _replaced(document, _asking(touchpoint, questions))


def remove_question(document: Document, key: str) -> Document:
    """`document` without the question `key`."""
    touchpoint = home_of(document, key)
    questions = tuple(question for question in touchpoint.questions if question.key != key)
    return _replaced(document, _asking(touchpoint, questions))


def place_question(document: Document, key: str, touchpoint_key: str, place: int) -> Document:
    """`document` with the question `key` at `place` (from 0) among the others of that touchpoint."""
    question = document.question(key)
    if question is None:
        raise NotFound()
    without = remove_question(document, key)
    touchpoint = touchpoint_of(without, touchpoint_key)
    questions = list(touchpoint.questions)
    questions.insert(max(0, place), question)
    return _replaced(without, _asking(touchpoint, tuple(questions)))


def copy_question(
    document: Document, key: str, *, used: Collection[str] = ()
) -> tuple[Document, AnyQuestion]:
    """`document` with a copy of the question `key` right after it, and that copy under its own key."""
    touchpoint = home_of(document, key)
    place = [question.key for question in touchpoint.questions].index(key)
    original = touchpoint.questions[place]
    copy = changed(original, key=new_question_key(document, original.text, original.kind, used=used))
    questions = (*touchpoint.questions[: place + 1], copy, *touchpoint.questions[place + 1 :])
    return _replaced(document, _asking(touchpoint, questions)), copy


def _under_fresh_keys(touchpoint: Touchpoint, used: set[str]) -> dict[str, Any]:
    key = fresh(touchpoint.key, used)
    keys = {question.key: fresh(question.key, used) for question in touchpoint.questions}
    return {"key": key, "questions": under_new_keys(touchpoint.questions, keys)}


def _replaced(document: Document, touchpoint: Touchpoint) -> Document:
    touchpoints = tuple(
        touchpoint if other.key == touchpoint.key else other for other in document.touchpoints
    )
    return changed(document, touchpoints=touchpoints)


def _asking(touchpoint: Touchpoint, questions: tuple[AnyQuestion, ...]) -> Touchpoint:
    if len(questions) > MOST_QUESTIONS:
        raise Invalid("too_many_in_touchpoint", limit=MOST_QUESTIONS)
    return changed(touchpoint, questions=questions)


def _arranged(document: Document, touchpoints: Iterable[Touchpoint]) -> Document:
    in_order = sorted(touchpoints, key=lambda touchpoint: PHASES.index(touchpoint.phase))
    if len(in_order) > MOST_TOUCHPOINTS:
        raise Invalid("too_many_touchpoints", limit=MOST_TOUCHPOINTS)
    return changed(document, touchpoints=tuple(in_order))
