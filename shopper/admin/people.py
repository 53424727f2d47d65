"""The people of the agency: the owner adds them, signs them out and lets them in again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import access, audit
from evaluations.clock import now
from evaluations.errors import Invalid
from evaluations.models import Person, Role
from evaluations.queries import people as queries
from shopper.admin.forms.people import PersonForm
from shopper.database import db
from shopper.identity import adding, sessions
from shopper.identity.adding import Newcomer
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("people", __name__, url_prefix="/office/people")


@bp.get("/")
@allowed(Role.OWNER, Role.SCHEDULER)
def index() -> str:
    """Everybody whom the reader may see."""
    return render_template("admin/people/index.html", people=queries.listed(db, current_user.person))


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.OWNER)
def new() -> str | Response | tuple[str, int]:
    """Add somebody; the first password is shown once, to be handed over."""
    form = PersonForm.read()
    form.offer(queries.clients(db))
    if form.accepted:
        try:
            person, password = adding.add(db, _newcomer(form), by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
            return render_template("admin/people/new.html", form=form), 422
        return render_template("admin/people/added.html", person=person, password=password)
    return render_template("admin/people/new.html", form=form), form.status


@bp.post("/<uuid:person_id>/closures")
@allowed(Role.OWNER)
def close(person_id: UUID) -> Response:
    """Close somebody's account and sign them out everywhere."""
    person = access.get(db, access.people(current_user.person), Person, person_id)
    if person.id == current_user.person.id:
        raise Invalid("own_account")
    person.is_active = False
    sessions.end_all(db, person)
    audit.record(db, "person.closed", person, by=current_user.person, at=now())
    flash(_("The account of %(name)s is closed.", name=person.name))
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:person_id>/openings")
@allowed(Role.OWNER)
def reopen(person_id: UUID) -> Response:
    """Open a closed account again."""
    person = access.get(db, access.people(current_user.person), Person, person_id)
    person.is_active = True
    audit.record(db, "person.reopened", person, by=current_user.person, at=now())
    flash(_("%(name)s may sign in again.", name=person.name))
    return redirect(url_for(".index"), 303)


def _newcomer(form: PersonForm) -> Newcomer:
    return Newcomer(
        email=str(form.email.data),
        name=str(form.name.data),
        roles=form.chosen_roles(),
        client_id=UUID(form.client.data) if form.client.data else None,
        language=str(form.language.data),
    )
