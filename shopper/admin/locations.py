"""A client's locations: added, corrected, taken out of planning and brought back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Invalid
from evaluations.fieldwork import places
from evaluations.fieldwork.importing import writing
from evaluations.fieldwork.importing.known import known
from evaluations.fieldwork.zones import other_zone_at
from evaluations.models import Location, LocationKind, Role
from evaluations.queries import clients as queries
from shopper.admin import clients, files
from shopper.admin.forms.clients import KIND_NAMES, LocationForm
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("locations", __name__, url_prefix="/office/clients/<uuid:client_id>/locations")
Page = str | Response | tuple[str, int]


@bp.app_template_filter()
def kind_name(kind: LocationKind) -> str:
    """What a kind of location is called."""
    return str(KIND_NAMES[kind])


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def new(client_id: UUID) -> Page:
    """Add a location; with "and another" the form comes back empty."""
    client = clients.get(client_id)
    tree = queries.tree(db, client)
    zone = queries.newest_zone(db, client)
    form = LocationForm.read(area=request.args.get("in", ""), time_zone=zone or "")
    form.offer(tree, zone)
    if form.accepted:
        try:
            location = places.add_location(
                db, client, form.particulars(tree), by=current_user.person, at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s is added.", name=location.name))
            _doubt_the_zone(location)
            if "another" in request.form:
                return redirect(_next_beside(location), 303)
            return redirect(url_for("clients.show", client_id=client.id), 303)
    elif form.is_submitted():
        form.propose_zone()
    return render_template("admin/locations/new.html", form=form, client=client), form.status


@bp.route("/<uuid:location_id>", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def change(client_id: UUID, location_id: UUID) -> Page:
    """Correct what is known of a location."""
    location = _get(client_id, location_id)
    tree = queries.tree(db, location.client)
    form = LocationForm.read(location)
    form.offer(tree, location.time_zone)
    if not form.is_submitted():
        form.show(location)
    if form.accepted:
        try:
            places.change_location(db, location, form.particulars(tree), by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            _doubt_the_zone(location)
            return redirect(url_for("clients.show", client_id=client_id), 303)
    elif form.is_submitted():
        form.propose_zone()
    way = queries.way_to(tree, location.area_id)
    return render_template("admin/locations/change.html", form=form, location=location, way=way), form.status


@bp.get("/all.<any(csv, xlsx):form>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def download(client_id: UUID, form: str) -> Response:
    """All locations of a client as a file that can be imported again."""
    client = clients.get(client_id)
    rows = writing.rows_of(known(db, client))
    return files.send(rows, form, _("%(client)s locations", client=client.name))


@bp.post("/<uuid:location_id>/deactivations")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def deactivate(client_id: UUID, location_id: UUID) -> Response:
    """Plan no more visits at a location."""
    location = _get(client_id, location_id)
    places.deactivate_location(db, location, by=current_user.person, at=now())
    flash(_("No more visits will be planned at %(name)s.", name=location.name))
    return redirect(url_for(".change", client_id=client_id, location_id=location_id), 303)


@bp.post("/<uuid:location_id>/reactivations")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def reactivate(client_id: UUID, location_id: UUID) -> Response:
    """Let visits be planned at a location again."""
    location = _get(client_id, location_id)
    places.reactivate_location(db, location, by=current_user.person, at=now())
    flash(_("Visits can be planned at %(name)s again.", name=location.name))
    return redirect(url_for(".change", client_id=client_id, location_id=location_id), 303)


def _doubt_the_zone(location: Location) -> None:
    """Say so when the coordinates lie where clocks show another time."""
    if location.latitude is None or location.longitude is None:
        return
    there = other_zone_at(location.time_zone, location.latitude, location.longitude, now())
    if there is not None:
        flash(
            _(
                "The coordinates of %(name)s lie in the time zone %(there)s, but it keeps %(zone)s. Is that right?",
                name=location.name,
                there=there,
                zone=location.time_zone,
            ),
            "warning",
        )


def _next_beside(location: Location) -> str:
    """The address of the form for another location in the same area."""
    here: dict[str, Any] = {"in": location.area_id} if location.area_id else {}
    return url_for(".new", client_id=location.client_id, **here)


def _get(client_id: UUID, location_id: UUID) -> Location:
    return queries.location(db, current_user.person, client_id, location_id)
