"""Reference pictures: what right looks like, uploaded by designers and named by questions of a checklist."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations.document.tree import AnyQuestion, Document
from evaluations.errors import Invalid
from evaluations.models import Person, ReferencePicture
from evaluations.photos.decoding import Decoder
from evaluations.photos.intake import DECODER, check
from evaluations.photos.store import PhotoStore, Size

MEBIBYTE = 1024 * 1024
MOST_BYTES = 25 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn anew, not kept anywhere yet."""

    sha256: str
    sizes: dict[Size, bytes]

    @property
    def body(self) -> bytes:
        """The picture as it is kept, a JPEG."""
        return self.sizes[Size.WEB]


def draw(body: bytes, declared: str = "", *, decoder: Decoder = DECODER) -> Drawn:
    """The picture in `body` as one of ours, upright and without metadata; or the refusal that a photo would get."""
    check(body, declared)
    sizes = decoder.redraw_picture(body).pictures
    return Drawn(hashlib.sha256(sizes[Size.WEB]).hexdigest(), sizes)


def keep(store: PhotoStore, drawn: Iterable[Drawn]) -> None:
    """Make the pictures durable. It waits for the disk: call it before the transaction that records them."""
    for each in drawn:
        store.put(each.body, each.sizes)


def record(session: Session, drawn: Iterable[Drawn], *, by: Person, at: datetime) -> None:
    """A row for each picture that has none yet: from now on documents may name it."""
    fresh = {each.sha256: each for each in drawn}
    for sha256 in sorted(fresh.keys() - held(session, fresh)):
        picture = ReferencePicture(sha256=sha256, byte_count=len(fresh[sha256].body), added_by_id=by.id)
        picture.added_at = at
        try:
            with session.begin_nested():  # two designers may add the same at once
                session.add(picture)
        except IntegrityError:
            continue


def held(session: Session, names: Iterable[str]) -> set[str]:
    """Those of the hashes `names` under which a picture is here."""
    wanted = sorted(set(names))
    return set(
        session.scalars(select(ReferencePicture.sha256).where(ReferencePicture.sha256.in_(wanted)))
        if wanted
        else ()
    )


def all_held(session: Session) -> frozenset[str]:
    """The hashes of all pictures that are here."""
    return frozenset(session.scalars(select(ReferencePicture.sha256)))


def named_in(questions: Document | Iterable[AnyQuestion]) -> dict[str, str]:
    """The pictures that questions name: by its hash the key of the first question that does."""
    found: dict[str, str] = {}
    for question in questions.questions() if isinstance(questions, Document) else questions:
        for picture in question.pictures:
            found.setdefault(picture.sha256, question.key)
    return found


def refuse_missing(session: Session, questions: Document | Iterable[AnyQuestion]) -> None:
    """Refuse questions that name a picture which is not here, by the names of both."""
    named = named_in(questions)
    missing = sorted(named.keys() - held(session, named), key=lambda sha256: named[sha256])
    if missing:
        raise Invalid("picture_missing", picture=missing[0], question=named[missing[0]])
