"""Programmes: what each settles for all its waves."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Invalid
from evaluations.fieldwork import programmes
from evaluations.models import Role
from evaluations.queries import waves as queries
from shopper.admin.forms.programmes import ProgrammeForm
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("programmes", __name__, url_prefix="/office/programmes")


@bp.route("/<uuid:programme_id>", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
def change(programme_id: UUID) -> Response | tuple[str, int]:
    """See and change what a programme settles."""
    programme = queries.programme(db, current_user.person, programme_id)
    form = ProgrammeForm.of(programme)
    if form.accepted:
        try:
            programmes.change_programme(db, programme, form.settings, by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            return redirect(url_for(".change", programme_id=programme.id), 303)
    return render_template("admin/programmes/change.html", form=form, programme=programme), form.status
