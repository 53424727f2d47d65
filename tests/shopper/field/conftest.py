"""A shopper's browser whose scripts speak with the API."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluations.models import Evaluation
from tests.builders import an_evaluation, today_there
from tests.phones import Phone
from tests.shopper.browsing import Visitor

API = "/field/api/v1"
OURS = {"X-Shopper": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def digest(body: bytes) -> str:
    """The header that states the hash of `body`."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


class Line:
    """The line between a phone's scripts and the server."""

    def __init__(self, visitor: Visitor, eid: Any) -> None:
        self.visitor = visitor
        self.eid = eid

    def get(self, address: str, **headers: str) -> TestResponse:
        """Ask for something."""
        return self.visitor.get(f"{API}/{address}", headers=headers)

    def changes(self, *sent: object, **given: Any) -> TestResponse:
        """Send a batch."""
        return self.visitor.post(
            f"{API}/evaluations/{self.eid}/changes",
            **({"json": {"changes": list(sent)}, "headers": OURS} | given),
        )

    def photo(
        self, body: bytes, photo_id: str | None = None, mime: str = "image/jpeg", **headers: str
    ) -> TestResponse:
        """Send the bytes of a photo; as a server hands them on, a chunked body ends by itself."""
        return self.visitor.put(
            f"{API}/evaluations/{self.eid}/photos/{photo_id or uuid4()}",
            data=body,
            content_type=mime,
            headers=OURS | {"Repr-Digest": digest(body)} | headers,
            environ_overrides={"wsgi.input_terminated": True} if "Transfer-Encoding" in headers else {},
        )

    def hand_in(self, sent: object, submission: str | None = None, **given: Any) -> TestResponse:
        """Send a hand-in."""
        return self.visitor.put(
            f"{API}/evaluations/{self.eid}/submissions/{submission or uuid4()}",
            **({"json": sent, "headers": OURS} | given),
        )


@pytest.fixture
def evaluation(store: Session) -> Evaluation:
    """A visit that was just given to a shopper, to be made within these days."""
    evaluation = an_evaluation(store)
    evaluation.visit.window_to = today_there()
    store.commit()
    return evaluation


@pytest.fixture
def phone(evaluation: Evaluation) -> Phone:
    """That shopper's phone."""
    return Phone(evaluation)


@pytest.fixture
def line(visitor: Visitor, evaluation: Evaluation) -> Line:
    """The line on which the shopper is signed in."""
    return Line(visitor.signs_in(evaluation.shopper), evaluation.id)


@pytest.fixture
def another_line(visitors: Callable[[], Visitor], store: Session, evaluation: Evaluation) -> Line:
    """Another shopper, who knows the first one's ids."""
    other = an_evaluation(store)
    store.commit()
    return Line(visitors().signs_in(other.shopper), evaluation.id)
