"""A guard against sending one person's work in another's name."""

from __future__ import annotations

from flask import abort, request
from flask_login import current_user

HEADER = "X-Shopper-Person"


def refuse_other_peoples_work() -> None:
    """Answer 401 to a page that was opened by one person while this browser is signed in as another.

    The page then keeps its work and pauses, until the same person signs in again.
    """
    stated = request.headers.get(HEADER)
    if stated and current_user.is_authenticated and stated != str(current_user.person.id):
        abort(401)
