"""A phone with a bad signal keeps nobody waiting: while its body arrives, nothing is locked."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select

from evaluations.models import Evaluation, FoundItem, Photo, SignIn
from tests.builders import an_evaluation
from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone
from tests.shopper.browsing import visitor_of
from tests.shopper.field.conftest import API, OURS, Line, digest


class Trickle(io.BytesIO):
    """A body; while it is being read, something happens elsewhere."""

    def __init__(self, body: bytes, meanwhile: Callable[[], None]) -> None:
        super().__init__(body)
        self._meanwhile: Callable[[], None] | None = meanwhile

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes."""
        self._happen()
        return super().read(size)

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """The next bytes."""
        self._happen()
        return super().readinto(buffer)

    def _happen(self) -> None:
        happen, self._meanwhile = self._meanwhile, None
        if happen:
            with ThreadPoolExecutor(1) as elsewhere:  # a request of its own
                elsewhere.submit(happen).result()


def send(line: Line, method: str, address: str, body: bytes, meanwhile: Callable[[], None], mime: str):
    return line.visitor.open(
        f"{API}/evaluations/{line.eid}/{address}",
        method=method,
        headers=OURS | {"Repr-Digest": digest(body)},
        content_type=mime,
        input_stream=Trickle(body, meanwhile),
    )


@pytest.fixture
def calls(phone) -> list[tuple[str, str, bytes, str]]:
    changes = json.dumps({"changes": [phone.answers("greeted", "yes")]}).encode()
    hand_in = json.dumps(phone.hand_in()).encode()
    return [
        ("POST", "changes", changes, "application/json"),
        ("PUT", f"photos/{uuid4()}", a_jpeg(40, 30), "image/jpeg"),
        ("PUT", f"submissions/{uuid4()}", hand_in, "application/json"),
    ]


def test_others_write_while_a_body_arrives(app, line, store, calls):
    other = an_evaluation(store)
    store.commit()
    another, phone = Line(visitor_of(app).signs_in(other.shopper), other.id), Phone(other)
    store.rollback()

    def meanwhile() -> None:
        assert another.changes(phone.answers("greeted", "yes")).status_code == 200

    for method, address, body, mime in calls:
        assert send(line, method, address, body, meanwhile, mime).status_code in (200, 201)
    assert len(phone.made) == len(calls)


def test_who_is_signed_out_while_the_body_arrives_has_sent_it_all_the_same(line, store, calls):
    def meanwhile() -> None:
        for row in store.scalars(select(SignIn)):
            store.delete(row)
        store.commit()

    method, address, body, mime = calls[0]
    assert send(line, method, address, body, meanwhile, mime).status_code == 200


def test_a_photo_of_a_visit_that_is_taken_back_while_it_arrives_is_found_work(line, store, calls):
    def meanwhile() -> None:
        store.delete(store.get_one(Evaluation, line.eid))
        store.commit()

    method, address, body, mime = calls[1]
    assert send(line, method, address, body, meanwhile, mime).status_code == 201
    assert store.scalars(select(Photo)).all() == []
    assert store.scalars(select(FoundItem.sort)).all() == ["photo"]


def test_a_refused_body_is_read_to_its_end_so_that_its_sender_hears_why(line, another_line, visitors, store):
    def meanwhile() -> None:
        an_evaluation(store)
        store.commit()

    too_large = bytes(26_300_000)
    for who, status in [(line, 413), (another_line, 413), (Line(visitors(), line.eid), 401)]:
        body = Trickle(too_large, meanwhile)
        response = who.visitor.put(
            f"{API}/evaluations/{line.eid}/photos/{uuid4()}",
            headers=OURS | {"Repr-Digest": digest(b"")},
            content_type="image/jpeg",
            input_stream=body,
        )
        assert response.status_code == status
        assert body.tell() == len(too_large)
