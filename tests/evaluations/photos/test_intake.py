"""What a photo must be to be taken in, and what becomes of one that comes twice."""

import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.errors import Conflict, Invalid, Refusal, TooLarge, Unsupported
from evaluations.models import AuditEntry, Evaluation, Person, Photo, PhotoBand
from evaluations.photos import derivatives, intake, likeness
from evaluations.photos.store import PhotoStore, Size
from tests.builders import NOON, an_evaluation
from tests.evaluations.photos.pictures import a_bomb, a_heic, a_jpeg, a_picture, a_scene, as_bytes

ARCHIVE_END = b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("body", "declared", "kind", "code"),
    [
        (b"", "image/jpeg", Invalid, "photo_empty"),
        (b"\xff\xd8\xff" + bytes(intake.MOST_BYTES), "image/jpeg", TooLarge, "photo_too_large"),
        (b"Dear all, the photo is attached.", "image/jpeg", Unsupported, "photo_unknown_type"),
        (as_bytes(a_picture(), "GIF"), "image/gif", Unsupported, "photo_unknown_type"),
        (a_jpeg(), "text/html", Unsupported, "photo_unknown_type"),
        (a_heic()[:28], "image/heic", Unsupported, "photo_unknown_type"),
        (a_heic()[:-300], "image/heic", Invalid, "photo_truncated"),
        (a_heic()[:-300], "image/jpeg", Invalid, "photo_truncated"),
        (a_jpeg(comment=b"%PDF-1.7"), "image/jpeg", Unsupported, "photo_hides_another"),
        (a_jpeg() + ARCHIVE_END, "image/jpeg", Unsupported, "photo_hides_another"),
        (a_jpeg(comment=b"<SCRIPT>alert(1)</SCRIPT>"), "image/jpeg", Unsupported, "photo_hides_another"),
        (a_jpeg()[:-3000], "image/jpeg", Invalid, "photo_truncated"),
        (a_bomb(), "image/png", TooLarge, "photo_too_many_pixels"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_own_code_and_leaves_nothing(
    tmp_path: Path, body: bytes, declared: str, kind: type[Refusal], code: str
) -> None:
    with pytest.raises(kind) as refused:
        intake.prepare(PhotoStore(tmp_path), body, declared)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("declared", ["image/jpeg", "image/jpg", "IMAGE/JPEG; q=1", "", "image/png"])
def test_a_jpeg_is_taken_in_under_whatever_accepted_name_it_comes(tmp_path: Path, declared: str) -> None:
    assert intake.prepare(PhotoStore(tmp_path), a_jpeg(), declared).mime == "image/jpeg"


@pytest.mark.parametrize("declared", ["image/heic", "image/heif", "image/jpeg", ""])
def test_a_heic_is_taken_in_too_under_whatever_accepted_name_it_comes(tmp_path: Path, declared: str) -> None:
    store = PhotoStore(tmp_path)
    prepared = intake.prepare(store, a_heic(), declared)
    assert (prepared.mime, prepared.width, prepared.height) == ("image/heic", 640, 480)
    assert store.open(prepared.sha256, Size.WEB).read_bytes()[:3] == b"\xff\xd8\xff"


def test_where_the_library_for_it_is_not_installed_a_heic_is_refused_in_clear_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(derivatives, "HAS_HEIC", False)
    with pytest.raises(Unsupported, match="photo_heic"):
        derivatives.derive(a_heic())


def test_a_phones_further_pictures_after_the_first_do_no_harm(tmp_path: Path) -> None:
    prepared = intake.prepare(PhotoStore(tmp_path), a_jpeg() + a_jpeg(100, 100) + b"\x00" * 64, "image/jpeg")
    assert (prepared.width, prepared.height) == (640, 480)


def test_a_photo_is_recorded_with_what_was_seen_of_it(session: Session, tmp_path: Path) -> None:
    store, evaluation, body, photo_id = PhotoStore(tmp_path), an_evaluation(session), a_jpeg(), uuid4()
    photo = intake.accept(session, store, evaluation, photo_id, body, by=evaluation.shopper, at=NOON)
    assert (photo.id, photo.evaluation_id, photo.received_at) == (photo_id, evaluation.id, NOON)
    assert (photo.mime, photo.width, photo.height, photo.byte_count) == ("image/jpeg", 640, 480, len(body))
    assert photo.likeness is None, "of three plain areas there are thousands"
    assert store.open(photo.sha256, Size.ORIGINAL).read_bytes() == body
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == evaluation.id)).one()
    assert (entry.act, str(photo_id) in entry.details) == ("photo.received", True)


def test_the_likeness_of_a_photo_is_kept_with_it_and_its_bands(session: Session, tmp_path: Path) -> None:
    store, evaluation = PhotoStore(tmp_path), an_evaluation(session)
    photo = intake.accept(
        session, store, evaluation, uuid4(), as_bytes(a_scene(1)), by=evaluation.shopper, at=NOON
    )
    assert photo.likeness == likeness.of(a_scene(1))
    bands = session.scalars(select(PhotoBand.band).where(PhotoBand.photo_id == photo.id)).all()
    assert sorted(bands) == sorted(likeness.bands(photo.likeness))
    assert len(bands) == len(set(bands)) == 15


def test_other_bytes_under_a_known_id_are_refused(session: Session, tmp_path: Path) -> None:
    store, evaluation, photo_id = PhotoStore(tmp_path), an_evaluation(session), uuid4()
    intake.accept(session, store, evaluation, photo_id, a_jpeg(), by=evaluation.shopper, at=NOON)
    with pytest.raises(Conflict, match="photo_differs"):
        intake.accept(session, store, evaluation, photo_id, a_jpeg(100, 100), by=evaluation.shopper, at=NOON)
    other = an_evaluation(session)
    with pytest.raises(Conflict, match="photo_differs"):
        intake.accept(session, store, other, photo_id, a_jpeg(), by=other.shopper, at=NOON)


def test_the_same_photo_again_is_known(session: Session, tmp_path: Path) -> None:
    store, evaluation, photo_id = PhotoStore(tmp_path), an_evaluation(session), uuid4()
    first = intake.accept(session, store, evaluation, photo_id, a_jpeg(), by=evaluation.shopper, at=NOON)
    assert (
        intake.accept(session, store, evaluation, photo_id, a_jpeg(), by=evaluation.shopper, at=NOON) is first
    )
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_of_two_senders_at_once_one_is_stored_and_both_are_content(engine: Engine, tmp_path: Path) -> None:
    with Session(writing(engine)) as session:
        evaluation = an_evaluation(session)
        ids = evaluation.id, evaluation.shopper_id
        session.commit()
    prepared, photo_id, outcomes = intake.prepare(PhotoStore(tmp_path), a_jpeg()), uuid4(), []
    together = threading.Barrier(4)

    def send(evaluation_id: UUID, shopper_id: UUID) -> None:
        with Session(writing(engine)) as session:
            together.wait()
            evaluation = session.get_one(Evaluation, evaluation_id)
            by = session.get_one(Person, shopper_id)
            outcomes.append(intake.record(session, evaluation, photo_id, prepared, by=by, at=NOON).id)
            session.commit()

    threads = [threading.Thread(target=send, args=ids) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [photo_id] * 4
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Photo)) == 1
