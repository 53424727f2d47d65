"""A shopper's own photos, shown on the phone that has purged them or on another."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response
from flask_login import current_user

from evaluations.models import Role
from evaluations.queries import own_visits
from shopper import pictures
from shopper.database import db
from shopper.permissions import allowed

bp = Blueprint("field_photos", __name__, url_prefix="/field/photos")


@bp.get("/<uuid:photo_id>/<size>")
@allowed(Role.SHOPPER)
def show(photo_id: UUID, size: str) -> Response:
    """The photo in one of its smaller sizes."""
    return pictures.send(own_visits.own_photo(db, current_user.person, photo_id).sha256, size)
