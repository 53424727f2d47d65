"""The server has no room: phones are told so, nothing is half kept, and it works again without a restart."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from evaluations.models import Photo
from evaluations.photos import intake
from tests.evaluations.photos.pictures import a_jpeg

A_LITTLE = 4096


@contextmanager
def files_stay_small() -> Iterator[None]:
    """No file of this process may grow beyond a few bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (A_LITTLE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_photo_for_which_there_is_no_room_is_answered_507_and_taken_later(app, line, store):
    body = a_jpeg(comment=b"x" * A_LITTLE)
    with files_stay_small():
        refused = line.photo(body)
    assert (refused.status_code, refused.json["error"]["code"]) == (507, "no_room")
    assert refused.headers["Retry-After"]
    assert [path for path in app.extensions["photos"].root.rglob("*") if path.is_file()] == []
    assert store.scalar(select(func.count()).select_from(Photo)) == 0
    assert line.photo(body).status_code == 201


def test_a_photo_that_nobody_can_look_at_now_is_answered_503_and_taken_later(app, line, store, monkeypatch):
    body = a_jpeg()
    with monkeypatch.context() as patched:
        patched.setattr(intake.DECODER, "module", "evaluations.photos.being_exchanged")
        intake.DECODER.close()
        refused = line.photo(body)
    assert (refused.status_code, refused.json["error"]["code"]) == (503, "busy")
    assert refused.headers["Retry-After"]
    assert store.scalar(select(func.count()).select_from(Photo)) == 0
    assert line.photo(body).status_code == 201
