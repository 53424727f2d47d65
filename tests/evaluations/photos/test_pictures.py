"""Reference pictures are drawn anew, kept under the hash of what was drawn, and named only where they are."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.designing import drafting, drafts, own_touchpoints, publishing
from evaluations.document.tree import Document, Picture
from evaluations.errors import Invalid, Refusal
from evaluations.models import ReferencePicture, Role
from evaluations.photos import pictures
from evaluations.photos.references import is_bare
from evaluations.photos.store import PhotoStore, Size
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.evaluations.photos.pictures import a_heic, a_jpeg, a_picture, as_bytes, with_secrets

NOWHERE = "ab" * 32


def showing(*names: str) -> Document:
    shown = tuple(Picture(sha256=name, caption={"en": "The window as it should be"}) for name in names)
    return document(touchpoint("window", yes_no("tidy", pictures=shown)))


@pytest.mark.parametrize(
    "sent", [with_secrets(), a_jpeg(3000, 2000), as_bytes(a_picture(2000, 900), "PNG"), a_heic()]
)
def test_a_picture_is_drawn_anew_small_and_without_anything_else(sent: bytes) -> None:
    drawn = pictures.draw(sent)
    assert drawn.sha256 == hashlib.sha256(drawn.body).hexdigest()
    assert is_bare(drawn.body)
    with Image.open(io.BytesIO(drawn.body)) as seen:
        assert (seen.format, max(seen.size) <= 1280, dict(seen.getexif())) == ("JPEG", True, {})


def test_a_picture_of_ours_stays_the_same_to_the_letter_however_often_it_is_sent() -> None:
    once = pictures.draw(a_jpeg(2000, 1500))
    again = pictures.draw(once.body, "image/jpeg")
    assert (again.sha256, again.body) == (once.sha256, once.body)


@pytest.mark.parametrize("extra", [b"\xff\xd9", b"more", b"\x00"])
def test_what_stands_behind_the_end_of_a_picture_is_not_kept(extra: bytes) -> None:
    body = pictures.draw(a_jpeg()).body
    assert not is_bare(body + extra)
    assert pictures.draw(body + extra).body[-2:] == b"\xff\xd9"
    assert is_bare(pictures.draw(body + extra).body)


def test_a_comment_in_a_small_jpeg_does_not_stay() -> None:
    sent = a_jpeg(comment=b"taken by Ana")
    assert not is_bare(sent)
    assert b"Ana" not in pictures.draw(sent).body


def test_what_is_no_picture_is_refused_like_a_photo() -> None:
    with pytest.raises(Refusal) as refused:
        pictures.draw(b"Dear all, the picture is attached.")
    assert refused.value.code == "photo_unknown_type"


def test_a_picture_that_is_kept_can_be_named(session: Session, tmp_path: Path) -> None:
    ana, store, drawn = a_person(session, Role.DESIGNER), PhotoStore(tmp_path), pictures.draw(a_jpeg())
    pictures.keep(store, [drawn])
    pictures.record(session, [drawn, drawn], by=ana, at=NOON)
    pictures.record(session, [drawn], by=ana, at=NOON)
    assert session.scalar(select(func.count()).select_from(ReferencePicture)) == 1
    assert store.open(drawn.sha256, Size.ORIGINAL).read_bytes() == drawn.body
    draft = drafts.start(session, "Spring", showing(drawn.sha256), by=ana, at=NOON)
    assert publishing.publish(session, draft, 1, by=ana, at=NOON).content_hash


def test_two_designers_may_add_the_same_picture_at_once(engine: Engine, tmp_path: Path) -> None:
    drawn = pictures.draw(a_jpeg())
    for _designer in range(2):
        with Session(writing(engine)) as session:
            pictures.record(session, [drawn], by=a_person(session, Role.DESIGNER), at=NOON)
            session.commit()
    with Session(engine) as session:
        assert pictures.all_held(session) == {drawn.sha256}


def test_a_document_that_names_a_picture_that_is_not_here_is_refused_on_every_way_in(
    session: Session,
) -> None:
    ana = a_person(session, Role.DESIGNER)
    draft = drafts.start(session, "Spring", document(touchpoint("window", yes_no("tidy"))), by=ana, at=NOON)
    entry = own_touchpoints.entry_from(showing(NOWHERE).touchpoints[0])
    kept = own_touchpoints.keep(
        session, "Window", drafting.changed(entry, questions=(yes_no("tidy"),)), by=ana, at=NOON
    )
    [pictured] = showing(NOWHERE).questions()
    ways = [
        lambda: drafts.start(session, "Summer", showing(NOWHERE), by=ana, at=NOON),
        lambda: drafts.save(session, draft, showing(NOWHERE), 1, by=ana, at=NOON),
        lambda: own_touchpoints.keep(session, "Shop front", entry, by=ana, at=NOON),
        lambda: own_touchpoints.replace(session, kept, entry, 1, by=ana, at=NOON),
        lambda: own_touchpoints.take_in(session, kept, pictured, 1, by=ana, at=NOON),
    ]
    for way in ways:
        with pytest.raises(Invalid) as refused:
            way()
        assert (refused.value.code, refused.value.values["picture"]) == ("picture_missing", NOWHERE)
        assert refused.value.values["question"].startswith("tidy")


def test_a_draft_that_lost_its_picture_is_not_published(session: Session, tmp_path: Path) -> None:
    ana, drawn = a_person(session, Role.DESIGNER), pictures.draw(a_jpeg())
    pictures.record(session, [drawn], by=ana, at=NOON)
    draft = drafts.start(session, "Spring", showing(drawn.sha256), by=ana, at=NOON)
    session.delete(session.get_one(ReferencePicture, drawn.sha256))
    session.flush()
    with pytest.raises(Invalid, match="picture_missing"):
        publishing.publish(session, draft, 1, by=ana, at=NOON)
