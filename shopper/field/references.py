"""What right looks like: the reference pictures of a visit's own checklist, for the shopper who makes it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_login import current_user

from evaluations.document import canonical
from evaluations.errors import NotFound
from evaluations.models import Role
from evaluations.photos.pictures import named_in
from evaluations.queries import own_visits
from evaluations.queries.own_visits import OwnVisit
from shopper import pictures
from shopper.database import db
from shopper.permissions import allowed

bp = Blueprint("field_references", __name__, url_prefix="/field/visits/<uuid:visit_id>/pictures")


@bp.get("/<sha256>")
@allowed(Role.SHOPPER)
def show(visit_id: UUID, sha256: str) -> Response:
    """A picture that the visit's checklist names."""
    if sha256 not in _named(own_visits.own_visit(db, current_user.person, visit_id)):
        raise NotFound()
    return pictures.send_reference(sha256)


def files(own: OwnVisit) -> dict[str, str]:
    """Every picture of the visit's checklist: its hash by its address."""
    return {
        url_for("field_references.show", visit_id=own.visit.id, sha256=sha256): sha256
        for sha256 in _named(own)
    }


def _named(own: OwnVisit) -> dict[str, str]:
    text = own.evaluation.version.document
    return named_in(canonical.read(text)) if '"pictures"' in text else {}
