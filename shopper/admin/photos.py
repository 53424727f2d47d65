"""Photos as the office sees them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response
from flask_login import current_user

from evaluations.models import Role
from evaluations.reviewing import queue as queries
from shopper import pictures
from shopper.database import db
from shopper.permissions import allowed

bp = Blueprint("office_photos", __name__, url_prefix="/office/photos")


@bp.get("/<uuid:photo_id>/<size>")
@allowed(Role.EDITOR)
def show(photo_id: UUID, size: str) -> Response:
    """One photo in one of its smaller sizes; the original's metadata may name people and places."""
    return pictures.send(queries.photo(db, current_user.person, photo_id).sha256, size)
