"""The agency's own touchpoints: their list, and one with its questions, renamed, archived, put back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import own_touchpoints as domain
from evaluations.designing.finding import lenses_of
from evaluations.designing.library import Entry, placed
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid
from evaluations.models import OwnTouchpoint, OwnTouchpointVersion, Role
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.kept import told_versions
from shopper.admin.forms.checklists.own_touchpoint import NameForm
from shopper.database import db
from shopper.errors import words_of
from shopper.language import gettext as _
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
    status = form.status
    if form.accepted:
        try:
            domain.rename(db, own, form.name.data or "", form.seen.data, by=current_user.person, at=now())
        except Conflict as refusal:
            form.refuse(refusal)
            form.seen.raw_data = [str(own.edition)]
            status = 409
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
        else:
            return redirect(url_for(".own_touchpoint", own_id=own_id), 303)
    return _shown(own, form), status


@bp.post("/own-touchpoints/<uuid:own_id>/archives")
@allowed(Role.DESIGNER)
def archive_own_touchpoint(own_id: UUID) -> Response:
    """Take it out of the library."""
    own = _own(own_id)
    domain.archive(db, own, by=current_user.person, at=now())
    flash(_("“%(name)s” is archived. Checklists that use it stay as they are.", name=own.name))
    return redirect(url_for(".own_touchpoints"), 303)


@bp.post("/own-touchpoints/<uuid:own_id>/restorations")
@allowed(Role.DESIGNER)
def restore_own_touchpoint(own_id: UUID) -> Response | tuple[str, int]:
    """Put an archived one back into the library."""
    own = _own(own_id)
    try:
        domain.restore(db, own, by=current_user.person, at=now())
    except Invalid as refusal:
        form = NameForm.read(name=own.name, seen=own.edition)
        form.form_errors.append(words_of(refusal))
        return _shown(own, form), 422
    flash(_("“%(name)s” is in the library again.", name=own.name))
    return redirect(url_for(".own_touchpoint", own_id=own_id), 303)


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
