"""What an editor keeps from the client: a photo, parts of it, or a passage; and gives back.

It is done while the evaluation is reviewed, by whoever holds it, or after it was decided. What was found is never
touched: the client gets another picture and a block in place of the words. Where they have a result already, every
step makes a new edition of it at once, and what was made of the earlier ones is no longer given out.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.document import canonical
from evaluations.document.tree import Kind
from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.fieldwork import changes
from evaluations.models import PICTURE, Cause, Evaluation, EvaluationState, Person, Photo, Withholding
from evaluations.photos import areas as drawn
from evaluations.photos.areas import Area
from evaluations.queries import capture, withheld
from evaluations.reviewing import editions

OPEN = frozenset({EvaluationState.IN_REVIEW, EvaluationState.APPROVED, EvaluationState.RELEASED})
WRITTEN = frozenset({Kind.SHORT_TEXT, Kind.NARRATIVE})


def may_withhold(evaluation: Evaluation, person: Person) -> bool:
    """Whether `person`, an editor, may change now what the client gets of the evaluation."""
    if evaluation.state is EvaluationState.IN_REVIEW:
        return evaluation.claimed_by_id == person.id
    return evaluation.state in OPEN


def photo(session: Session, evaluation: Evaluation, photo_id: UUID) -> Photo:
    """A photo of the evaluation."""
    found = session.get(Photo, photo_id)
    if found is None or found.evaluation_id != evaluation.id:
        raise NotFound()
    return found


def hide_photo(session: Session, evaluation: Evaluation, photo: Photo, *, by: Person, at: datetime) -> None:
    """Let the client get nothing of this photo."""
    _begin(session, evaluation, by)
    row = _picture(session, evaluation, photo) or _new(evaluation, f"{PICTURE}{photo.id}")
    row.areas, row.sha256, row.by_id, row.at = "", None, by.id, at
    session.add(row)
    audit.record(session, "photo.hidden", evaluation, by=by, at=at, photo=photo.id)
    _file_again(session, evaluation, at)


def blur_photo(
    session: Session,
    evaluation: Evaluation,
    photo: Photo,
    areas: tuple[Area, ...],
    sha256: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Let the client get this photo in the picture `sha256`, which is durable already and blurred in `areas`."""
    if not areas:
        raise Invalid("nothing_to_blur", field="areas")
    _begin(session, evaluation, by)
    row = _picture(session, evaluation, photo) or _new(evaluation, f"{PICTURE}{photo.id}")
    row.areas, row.sha256, row.by_id, row.at = drawn.write(areas), sha256, by.id, at
    session.add(row)
    audit.record(
        session, "photo.blurred", evaluation, by=by, at=at, photo=photo.id, count=len(areas), sha256=sha256
    )
    _file_again(session, evaluation, at)


def show_photo(session: Session, evaluation: Evaluation, photo: Photo, *, by: Person, at: datetime) -> None:
    """Let the client get this photo as it is again."""
    _begin(session, evaluation, by)
    row = _picture(session, evaluation, photo)
    if row is None:
        return
    session.delete(row)
    audit.record(session, "photo.shown", evaluation, by=by, at=at, photo=photo.id)
    _file_again(session, evaluation, at)


def withhold(
    session: Session,
    evaluation: Evaluation,
    register: str,
    words: str,
    start: int | None = None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Let the client read a block in place of `words`: at `start`, or without it wherever the text says them."""
    _begin(session, evaluation, by)
    text = texts(session, evaluation).get(register)
    if text is None:
        raise NotFound()
    words = words.strip()
    known = withheld.of(session, evaluation.id).passages.get(register, ())
    held = [range(one.start, one.start + len(one.words) + 1) for one in known]
    places = [
        place
        for place in _places(text, words, start)
        if not any(place in one and place + len(words) in one for one in held)
    ]
    for place in places:
        row = _new(evaluation, register)
        row.words, row.start, row.by_id, row.at = words, place, by.id, at
        session.add(row)
        # The trail tells where, not what: it is the words themselves that were to be kept from being read.
        audit.record(
            session, "passage.withheld", evaluation, by=by, at=at, register=register, count=len(words)
        )
    if places:
        _file_again(session, evaluation, at)


def disclose(session: Session, evaluation: Evaluation, passage_id: UUID, *, by: Person, at: datetime) -> None:
    """Let the client read these words again."""
    _begin(session, evaluation, by)
    row = session.get(Withholding, passage_id)
    if row is None or row.evaluation_id != evaluation.id or row.register.startswith(PICTURE):
        raise NotFound()
    session.delete(row)
    audit.record(
        session, "passage.shown", evaluation, by=by, at=at, register=row.register, count=len(row.words)
    )
    _file_again(session, evaluation, at)


def texts(session: Session, evaluation: Evaluation) -> dict[str, str]:
    """Every text of the evaluation of which a passage can be withheld, by its register."""
    found, document = capture.contents(session, evaluation), canonical.read(evaluation.version.document)
    written = [question.key for question in document.questions() if question.kind in WRITTEN]
    answers = {withheld.ANSWER + key: found.answers[key].value for key in written if key in found.answers}
    captions = {
        f"{withheld.CAPTION}{photo.id}": photo.caption for placed in found.photos.values() for photo in placed
    }
    comments = {withheld.COMMENT + key: text for key, text in found.comments.items()}
    every = answers | comments | captions | {withheld.OUTCOME: found.outcome_note}
    return {register: text for register, text in every.items() if isinstance(text, str) and text}


def _file_again(session: Session, evaluation: Evaluation, at: datetime) -> None:
    session.flush()
    editions.file_again(session, evaluation, Cause.WITHHELD, at=at)


def _places(text: str, words: str, start: int | None) -> list[int]:
    """Where the words stand: at `start` if they were marked there, else each time as words and not within others."""
    if not words:
        raise Invalid("passage_needed", field="words")
    if start is not None and text.startswith(words, start):
        return [start]
    if words not in text:
        raise Invalid("passage_not_there", field="words")
    whole = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return [one.start() for one in whole] or [text.index(words)]


def _begin(session: Session, evaluation: Evaluation, by: Person) -> None:
    changes.lock(session, evaluation)
    if evaluation.state not in OPEN:
        raise WrongState(being=evaluation.state, wanted=EvaluationState.IN_REVIEW)
    if not may_withhold(evaluation, by):
        raise Conflict("held_by_another", holder=evaluation.claimed_by.name if evaluation.claimed_by else "")


def _picture(session: Session, evaluation: Evaluation, photo: Photo) -> Withholding | None:
    query = select(Withholding).where(
        Withholding.evaluation_id == evaluation.id, Withholding.register == f"{PICTURE}{photo.id}"
    )
    return session.scalars(query).one_or_none()


def _new(evaluation: Evaluation, register: str) -> Withholding:
    return Withholding(evaluation_id=evaluation.id, register=register)
