"""Reading the server's answers in tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse


def error(response: TestResponse) -> dict[str, Any]:
    """What was refused, in our envelope and in words."""
    assert response.mimetype == "application/json"
    found: dict[str, Any] = response.get_json()["error"]
    assert found["message"]
    return found


def data(response: TestResponse) -> dict[str, Any]:
    """What came of a success."""
    assert response.status_code in (200, 201), response.text
    found: dict[str, Any] = response.get_json()["data"]
    return found


def count(store: Session, table: type) -> int:
    """How many rows there are."""
    return store.scalar(select(func.count()).select_from(table)) or 0
