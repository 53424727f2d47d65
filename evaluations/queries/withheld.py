"""What is kept from the client of one evaluation, and what is left of its contents without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document.answers import Answer
from evaluations.models import PICTURE, Withholding
from evaluations.queries.capture import Contents, PhotoPlacement

BLOCK = "\N{FULL BLOCK}" * 5
"""What stands for withheld words: of one length, so that it does not tell theirs, and the same in every language."""
ANSWER, COMMENT, CAPTION, OUTCOME = "answer:", "comment:", "photo:", "visit:outcome"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Pictures by the id of their photo, and passages by the register of their text in the order of their places."""

    pictures: Mapping[UUID, Withholding] = field(default_factory=dict)
    passages: Mapping[str, tuple[Withholding, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pictures or self.passages)

    def is_hidden(self, photo_id: UUID) -> bool:
        """Whether the client gets nothing of this photo."""
        picture = self.pictures.get(photo_id)
        return picture is not None and picture.sha256 is None


def of(session: Session, evaluation_id: UUID) -> Withheld:
    """What is kept from the client of this evaluation."""
    return of_many(session, [evaluation_id])[evaluation_id]


def of_many(session: Session, evaluations: Collection[UUID]) -> dict[UUID, Withheld]:
    """What is kept from the client of each of these evaluations."""
    query = select(Withholding).where(Withholding.evaluation_id.in_(evaluations))
    found: dict[UUID, list[Withholding]] = {one: [] for one in evaluations}
    for row in session.scalars(query.order_by(Withholding.register, Withholding.start, Withholding.id)):
        found[row.evaluation_id].append(row)
    return {one: _sorted(rows) for one, rows in found.items()}


def _sorted(rows: list[Withholding]) -> Withheld:
    texts = [row for row in rows if not row.register.startswith(PICTURE)]
    return Withheld(
        {UUID(row.register.removeprefix(PICTURE)): row for row in rows if row not in texts},
        {register: tuple(group) for register, group in groupby(texts, key=lambda row: row.register)},
    )


def without(found: Contents, withheld: Withheld) -> Contents:
    """`found` as the client gets it: withheld words as a block, photos hidden or in the picture made for it."""
    if not withheld:
        return found
    return replace(
        found,
        answers={
            key: _answer(one, withheld.passages.get(ANSWER + key, ())) for key, one in found.answers.items()
        },
        comments={
            key: masked(one, withheld.passages.get(COMMENT + key, ())) for key, one in found.comments.items()
        },
        photos={
            key: [_photo(one, withheld) for one in placed if not withheld.is_hidden(one.id)]
            for key, placed in found.photos.items()
        },
        photos_kept={
            key: count
            for key, placed in found.photos.items()
            if (count := sum(one.held and withheld.is_hidden(one.id) for one in placed))
        },
        outcome_note=masked(found.outcome_note, withheld.passages.get(OUTCOME, ())),
    )


def masked(text: str, passages: Collection[Withholding]) -> str:
    """`text` with a block in place of what is withheld of it."""
    return "".join(BLOCK if is_withheld else piece for piece, is_withheld in pieces(text, passages))


def pieces(text: str, passages: Collection[Withholding]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is withheld; what touches or overlaps is one piece."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in _spans(text, passages):
        if start > at:
            found.append((text[at:start], False))
        found.append((text[start:end], True))
        at = end
    return [*found, (text[at:], False)] if at < len(text) else found


def _spans(text: str, passages: Collection[Withholding]) -> list[tuple[int, int]]:
    """Where `text` is withheld, in order, without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for passage in passages for span in _places(text, passage)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _places(text: str, passage: Withholding) -> list[tuple[int, int]]:
    """Where the words stand: at their place; in a text that was changed since, wherever it says them."""
    words, start = passage.words, passage.start
    if text.startswith(words, start):
        return [(start, start + len(words))]
    places = []
    at = text.find(words)
    while at >= 0:
        places.append((at, at + len(words)))
        at = text.find(words, at + len(words))
    return places


def _answer(answer: Answer, passages: Collection[Withholding]) -> Answer:
    if not passages or not isinstance(answer.value, str):
        return answer
    return answer.model_copy(update={"value": masked(answer.value, passages)})


def _photo(photo: PhotoPlacement, withheld: Withheld) -> PhotoPlacement:
    kept = withheld.pictures.get(photo.id)
    sha256 = photo.sha256 if kept is None or kept.sha256 is None else kept.sha256
    caption = masked(photo.caption, withheld.passages.get(f"{CAPTION}{photo.id}", ()))
    return replace(photo, sha256=sha256, caption=caption)
