"""The agency's own touchpoints: their list, and one with its questions, renamed, archived, put back."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import own_touchpoints as domain
from evaluations.designing.finding import lenses_of
from evaluations.designing.library import Entry, placed
from evaluations.document.tree import Document
from evaluations.models import OwnTouchpoint, OwnTouchpointVersion, Role
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.kept import archive, put_back, renamed, told_versions
from shopper.admin.forms.checklists.own_touchpoint import NameForm
from shopper.database import db
from shopper.permissions import allowed


@bp.get("/own-touchpoints/")
@allowed(Role.DESIGNER)
def own_touchpoints() -> str:
    """Every own touchpoint: those in the library, and the archived ones."""
    reader = current_user.person
    return render_template(
        "admin/checklists/own_touchpoints.html",
        in_use=[(own, domain.entry_of(own)) for own in queries.in_use(db, reader)],
        archived=queries.archived(db, reader),
        now=now(),
    )


@bp.route("/own-touchpoints/<uuid:own_id>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def own_touchpoint(own_id: UUID) -> Response | tuple[str, int]:
    """One own touchpoint with its questions, and its name to change."""
    own = _own(own_id)
    form = NameForm.read(name=own.name, seen=own.edition)
    status = renamed(domain, own, form)
    if status == 303:
        return redirect(url_for(".own_touchpoint", own_id=own_id), 303)
    return _shown(own, form), status


@bp.post("/own-touchpoints/<uuid:own_id>/archives")
@allowed(Role.DESIGNER)
def archive_own_touchpoint(own_id: UUID) -> Response:
    """Take it out of the library."""
    archive(domain, _own(own_id))
    return redirect(url_for(".own_touchpoints"), 303)


@bp.post("/own-touchpoints/<uuid:own_id>/restorations")
@allowed(Role.DESIGNER)
def restore_own_touchpoint(own_id: UUID) -> Response | tuple[str, int]:
    """Put an archived one back into the library."""
    own = _own(own_id)
    if refused := put_back(domain, own):
        return _shown(own, refused), 422
    return redirect(url_for(".own_touchpoint", own_id=own_id), 303)


@bp.get("/own-touchpoints/<uuid:own_id>/restorations")
@allowed(Role.DESIGNER)
def restored_own_touchpoint(own_id: UUID) -> Response:
    """Where a refusal was read and the address opened again: its page."""
    return redirect(url_for(".own_touchpoint", own_id=_own(own_id).id), 303)


def _own(own_id: UUID) -> OwnTouchpoint:
    return queries.one(db, own_id, reader=current_user.person)


def _document(entry: Entry) -> Document:
    """A document that holds nothing but this, to say it by."""
    return Document(languages=("en", "es"), touchpoints=(placed(entry, taken=()),))


def _shown(own: OwnTouchpoint, form: NameForm) -> str:
    entry = domain.entry_of(own)
    return render_template(
        "admin/checklists/own_touchpoint.html",
        own=own,
        entry=entry,
        lenses=lenses_of(entry),
        document=_document(entry),
        places=whereabouts.of(db, own, reader=current_user.person),
        versions=told_versions(
            queries.versions(db, OwnTouchpointVersion, own),
            lambda text: _document(Entry.model_validate_json(text)),
        ),
        form=form,
        now=now(),
    )
