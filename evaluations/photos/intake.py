"""The door for photos: what is checked, in which order, before one is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, Refusal, TooLarge, Unsupported
from evaluations.models import Evaluation, Person, Photo, PhotoBand
from evaluations.photos import likeness, signatures
from evaluations.photos.areas import Area
from evaluations.photos.decoding import Decoder
from evaluations.photos.store import PhotoStore, Size

MEBIBYTE = 1024 * 1024
MOST_BYTES = 25 * MEBIBYTE
MOST_LOGO_BYTES = 2 * MEBIBYTE
DECODER = Decoder()
"""This process's own; its child starts with the first photo."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo whose bytes are durable in the store, and that no row names yet."""

    sha256: str
    byte_count: int
    mime: str
    width: int
    height: int
    likeness: str | None = None


def check(body: bytes, declared: str = "") -> str:
    """The type of the photo in `body`, before anything is decoded, or the refusal.

    `declared` is what the sender calls it; it must be a type that is accepted, but the bytes
    decide which, since phones mislabel their own pictures.
    """
    if not body:
        raise Invalid("photo_empty")
    if len(body) > MOST_BYTES:
        raise TooLarge("photo_too_large", limit=MOST_BYTES // MEBIBYTE)
    found = signatures.type_of(body)
    stated = declared.partition(";")[0].strip().lower()
    known = signatures.ACCEPTED | signatures.UNDECLARED | signatures.SAME_AS_JPEG
    if found is None or stated not in known:
        raise Unsupported("photo_unknown_type")
    if signatures.hides_another(body):
        raise Unsupported("photo_hides_another")
    return found


def prepare(store: PhotoStore, body: bytes, declared: str = "", *, decoder: Decoder = DECODER) -> Prepared:
    """Check a photo, make its smaller pictures and make all of it durable.

    It takes up to `decoding.SECONDS` and waits for the disk: call it before the transaction
    that records the photo. A refused photo leaves nothing behind.
    """
    check(body, declared)
    derived = decoder.derive(body)
    sha256 = store.put(body, derived.pictures)
    return Prepared(sha256, len(body), derived.mime, derived.width, derived.height, derived.likeness)


def blur(store: PhotoStore, sha256: str, areas: tuple[Area, ...], *, decoder: Decoder = DECODER) -> str:
    """Make a photo's smaller pictures anew, blurred in `areas`; the hash that names them in the store.

    Like `prepare` it takes its time: call it before the transaction that records it.
    """
    pictures = decoder.derive(store.open(sha256, Size.ORIGINAL).read_bytes(), areas).pictures
    return store.put(pictures[Size.WEB], pictures)


def redraw_logo(body: bytes, *, decoder: Decoder = DECODER) -> bytes:
    """A client's logo as a PNG of ours; refused when it is not one, or is something else at once."""
    if len(body) > MOST_LOGO_BYTES:
        raise TooLarge("logo_too_large", field="logo", limit=MOST_LOGO_BYTES // MEBIBYTE)
    if signatures.type_of(body) not in {signatures.PNG, signatures.JPEG}:
        raise Unsupported("logo_unknown_type", field="logo")
    if signatures.hides_another(body):
        raise Unsupported("logo_hides_another", field="logo")
    try:
        return decoder.redraw(body)
    except Refusal as refusal:
        refusal.field = "logo"
        raise


def record(
    session: Session, evaluation: Evaluation, photo_id: UUID, prepared: Prepared, *, by: Person, at: datetime
) -> Photo:
    """The row of a prepared photo. The same photo again is known; other bytes under its id conflict."""
    photo = Photo(
        id=photo_id,
        evaluation_id=evaluation.id,
        sent_by_id=by.id,
        sha256=prepared.sha256,
        byte_count=prepared.byte_count,
        mime=prepared.mime,
        width=prepared.width,
        height=prepared.height,
        likeness=prepared.likeness,
        bands=[PhotoBand(band=band) for band in likeness.bands(prepared.likeness)],
        received_at=at,
    )
    if known := session.get(Photo, photo_id):
        return _same(known, photo)
    try:
        with session.begin_nested():  # the database alone decides who of two senders was first
            session.add(photo)
    except IntegrityError:
        return _same(session.get_one(Photo, photo_id), photo)
    audit.record(session, "photo.received", evaluation, by=by, at=at, photo=photo_id, sha256=prepared.sha256)
    return photo


def accept(
    session: Session,
    store: PhotoStore,
    evaluation: Evaluation,
    photo_id: UUID,
    body: bytes,
    declared: str = "",
    *,
    by: Person,
    at: datetime,
) -> Photo:
    """Prepare and record in one go, for those who hold no lock meanwhile (the demo, tests)."""
    return record(session, evaluation, photo_id, prepare(store, body, declared), by=by, at=at)


def _same(known: Photo, sent: Photo) -> Photo:
    if (known.sha256, known.evaluation_id) != (sent.sha256, sent.evaluation_id):
        raise Conflict("photo_differs")
    return known
