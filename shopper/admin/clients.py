"""Clients: the list, one client with its areas and locations, and what is changed about it."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import access
from evaluations.clock import now
from evaluations.errors import Invalid
from evaluations.fieldwork import places
from evaluations.models import Client, Programme, Role
from evaluations.queries import clients as queries
from evaluations.queries import waves as wave_queries
from shopper.admin.forms.clients import AreaForm, ClientForm, among
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("clients", __name__, url_prefix="/office/clients")
Page = str | Response | tuple[str, int]


@bp.get("/")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def index() -> str:
    """Every client, and how much there is of it."""
    return render_template("admin/clients/index.html", clients=queries.listed(db, current_user.person))


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def new() -> Page:
    """Add a client."""
    form = ClientForm.read()
    if form.accepted:
        try:
            client = places.add_client(
                db, name=form.name.data, colour=form.colour.data, by=current_user.person, at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s is added. Next: its areas and locations.", name=client.name))
            return redirect(url_for(".show", client_id=client.id), 303)
    return render_template("admin/clients/new.html", form=form), form.status


@bp.get("/<uuid:client_id>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def show(client_id: UUID) -> str:
    """One client: its areas as a tree, and its locations."""
    client = get(client_id)
    tree = queries.tree(db, client)
    area_id = request.args.get("area", type=UUID)
    words = request.args.get("q", "").strip()[:100]
    page = queries.locations(
        db,
        client,
        tree,
        area_id=area_id,
        words=words,
        number=request.args.get("page", 1, type=int),
    )
    paths = {row.area.id: row.path for row in tree}
    return render_template(
        "admin/clients/show.html",
        client=client,
        programmes=programmes_of(client),
        tree=tree,
        page=page,
        groups=[
            (paths.get(area), list(locations))
            for area, locations in groupby(page.rows, key=lambda location: location.area_id)
        ],
        area_id=area_id,
        words=words,
        is_bare=not (tree or page.total or words or area_id),
    )


@bp.route("/<uuid:client_id>/areas/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def new_area(client_id: UUID) -> Page:
    """Add an area to a client."""
    client = get(client_id)
    tree = queries.tree(db, client)
    form = AreaForm.read(parent=request.args.get("in", ""))
    form.offer(tree)
    if form.accepted:
        parent = among(tree, form.parent.data)
        try:
            area = places.add_area(
                db, client, name=form.name.data, parent=parent, by=current_user.person, at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s is added.", name=area.name))
            return redirect(url_for(".show", client_id=client.id), 303)
    return render_template("admin/clients/new_area.html", form=form, client=client), form.status


@bp.route("/<uuid:client_id>/areas/<uuid:area_id>", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def change_area(client_id: UUID, area_id: UUID) -> Page:
    """Rename an area, or move it with all that it contains."""
    area = queries.area(db, current_user.person, client_id, area_id)
    tree = queries.tree(db, area.client)
    form = AreaForm.read(area)
    form.offer(tree, but=area)
    if not form.is_submitted():
        form.show(area)
    if form.accepted:
        parent = among(tree, form.parent.data)
        try:
            places.change_area(db, area, name=form.name.data, parent=parent, by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            return redirect(url_for(".show", client_id=client_id), 303)
    way = queries.way_to(tree, area.parent_id)
    is_empty = queries.is_empty(db, area)
    return render_template(
        "admin/clients/change_area.html", form=form, area=area, way=way, is_empty=is_empty
    ), form.status


@bp.post("/<uuid:client_id>/areas/<uuid:area_id>/removals")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def remove_area(client_id: UUID, area_id: UUID) -> Response:
    """Remove an area in which nothing lies."""
    area = queries.area(db, current_user.person, client_id, area_id)
    name = area.name
    places.remove_area(db, area, by=current_user.person, at=now())
    flash(_("The area %(name)s is removed.", name=name))
    return redirect(url_for(".show", client_id=client_id), 303)


def programmes_of(client: Client) -> list[Programme]:
    """The programmes of the client, for those who may change them."""
    reader = current_user.person
    return wave_queries.programmes(db, reader, client) if reader.may_act_as(Role.SCHEDULER) else []


def get(client_id: UUID) -> Client:
    """The client with this id, as far as the reader may see it."""
    return access.get(db, access.clients(current_user.person), Client, client_id)
