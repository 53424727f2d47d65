"""The people of the agency: the owner invites them, says what they may do, and closes accounts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import access, audit
from evaluations.clock import now
from evaluations.errors import Invalid, NotFound
from evaluations.models import Person, Role
from evaluations.queries import people as queries
from shopper.admin.forms.people import ChangeForm, LimitsForm, NewPersonForm
from shopper.database import db
from shopper.identity import adding, changing
from shopper.identity.adding import Newcomer
from shopper.language import gettext as _
from shopper.mail import letters
from shopper.permissions import allowed

bp = Blueprint("people", __name__, url_prefix="/office/people")
Page = str | Response | tuple[str, int]


@bp.get("/")
@allowed(Role.OWNER, Role.SCHEDULER)
def index() -> str:
    """Everybody whom the reader may see."""
    return render_template("admin/people/index.html", people=queries.listed(db, current_user.person))


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.OWNER)
def new() -> Page:
    """Invite somebody by mail, or add them with a first password that is shown once, to be handed over."""
    form = NewPersonForm.read()
    form.offer(queries.clients(db))
    if form.accepted:
        try:
            return _add(form)
        except Invalid as refusal:
            form.refuse(refusal)
            return render_template("admin/people/new.html", form=form), 422
    return render_template("admin/people/new.html", form=form), form.status


@bp.route("/<uuid:person_id>", methods=["GET", "POST"])
@allowed(Role.OWNER)
def show(person_id: UUID) -> Page:
    """Somebody's account: name, e-mail, language, roles, and what a client user is limited to."""
    person = _get(person_id)
    form = ChangeForm.of(person)
    if form.accepted:
        try:
            changing.change(db, person, form.particulars(person), by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
            return _page(person, form, LimitsForm.of(person)), 422
        flash(_("Saved."))
        return redirect(url_for(".show", person_id=person.id), 303)
    return _page(person, form, LimitsForm.of(person)), form.status


@bp.post("/<uuid:person_id>/limits")
@allowed(Role.OWNER)
def limit(person_id: UUID) -> Page:
    """Limit a client user to some areas and locations of the own client."""
    person = _get(person_id)
    if Role.CLIENT not in person.roles:
        raise NotFound()
    form = LimitsForm.read()
    if form.accepted:
        areas, locations = form.chosen()
        changing.limit(db, person, areas=areas, locations=locations, by=current_user.person, at=now())
        flash(
            _("%(name)s sees the chosen places only.", name=person.name)
            if areas or locations
            else _("%(name)s sees the whole client.", name=person.name)
        )
        return redirect(url_for(".show", person_id=person.id), 303)
    return _page(person, ChangeForm.of(person, formdata=None), form), 422


@bp.post("/<uuid:person_id>/invitations")
@allowed(Role.OWNER)
def invite(person_id: UUID) -> Response:
    """Send somebody who has no password yet a new invitation."""
    person, at = _get(person_id), now()
    if person.password_hash is not None:
        raise Invalid("has_password")
    if not person.is_active:
        raise Invalid("account_closed")
    letters.invite(db, person, by=current_user.person, at=at)
    audit.record(db, "person.invited", person, by=current_user.person, at=at)
    flash(_("An invitation is on its way to %(email)s.", email=person.email))
    return redirect(url_for(".show", person_id=person.id), 303)


@bp.post("/<uuid:person_id>/closures")
@allowed(Role.OWNER)
def close(person_id: UUID) -> Response:
    """Close somebody's account and sign them out everywhere."""
    person = _get(person_id)
    changing.close(db, person, by=current_user.person, at=now())
    flash(_("The account of %(name)s is closed.", name=person.name))
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:person_id>/openings")
@allowed(Role.OWNER)
def reopen(person_id: UUID) -> Response:
    """Open a closed account again."""
    person = _get(person_id)
    changing.reopen(db, person, by=current_user.person, at=now())
    flash(_("%(name)s may sign in again.", name=person.name))
    return redirect(url_for(".index"), 303)


def _get(person_id: UUID) -> Person:
    return access.get(db, access.people(current_user.person), Person, person_id)


def _add(form: NewPersonForm) -> Page:
    newcomer = Newcomer(
        email=str(form.email.data),
        name=str(form.name.data),
        roles=form.chosen_roles(),
        client_id=UUID(form.client.data) if form.client.data else None,
        language=str(form.language.data),
    )
    if form.is_handed_over:
        person, password = adding.add(db, newcomer, by=current_user.person, at=now())
        return render_template("admin/people/added.html", person=person, password=password)
    person = adding.invite(db, newcomer, by=current_user.person, at=now())
    flash(_("An invitation is on its way to %(email)s.", email=person.email))
    return redirect(url_for(".show", person_id=person.id), 303)


def _page(person: Person, form: ChangeForm, limits: LimitsForm) -> str:
    tree, groups = queries.places(db, person.client) if person.client else ((), ())
    return render_template(
        "admin/people/show.html", person=person, form=form, limits=limits, tree=tree, groups=groups
    )
