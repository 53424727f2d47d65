"""Withdrawing a published version, with a reason, and putting it back into use."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import withdrawing as domain
from evaluations.errors import Conflict, Invalid
from evaluations.models import Role, Version
from evaluations.queries import checklists as queries
from evaluations.queries.usage import Use, uses
from shopper.admin.checklists.blueprint import bp
from shopper.admin.forms.checklists.withdrawal import WithdrawalForm
from shopper.database import db
from shopper.errors import status_of
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.route("/<uuid:checklist_id>/versions/<int:number>/withdrawals/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def withdraw(checklist_id: UUID, number: int) -> Response | tuple[str, int]:
    """Withdraw a version: who plans a wave is no longer offered it."""
    found = _version(checklist_id, number)
    form = WithdrawalForm.read()
    status = form.status
    if form.accepted:
        knowing = set(request.form.getlist("wave", type=UUID))
        try:
            domain.withdraw(
                db, found, form.reason.data or "", knowing=knowing, by=current_user.person, at=now()
            )
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            status = status_of(refusal)
        else:
            flash(_("Version %(number)s is withdrawn. No further wave is planned on it.", number=number))
            return redirect(url_for(".version", checklist_id=checklist_id, number=number), 303)
    use = uses(db, checklist_id).get(found.id, Use())
    page = render_template(
        "admin/checklists/withdraw.html", version=found, checklist=found.checklist, use=use, form=form
    )
    return page, status


@bp.post("/<uuid:checklist_id>/versions/<int:number>/reinstatements")
@allowed(Role.DESIGNER)
def reinstate(checklist_id: UUID, number: int) -> Response:
    """Put a withdrawn version back into use."""
    domain.put_back(db, _version(checklist_id, number), by=current_user.person, at=now())
    flash(_("Version %(number)s is in use again: waves can be planned on it.", number=number))
    return redirect(url_for(".version", checklist_id=checklist_id, number=number), 303)


def _version(checklist_id: UUID, number: int) -> Version:
    return queries.version(db, checklist_id, number, reader=current_user.person)
