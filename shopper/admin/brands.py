"""A client's name and brand: how its reports look and what they show, with their first page as it will be."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from evaluations.clock import now
from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.fieldwork import brands, places
from evaluations.fieldwork.brands import LONGEST_FOOTER
from evaluations.models import Client, Paper, Role
from evaluations.photos import intake
from evaluations.photos.intake import MOST_LOGO_BYTES
from evaluations.reporting.branding import LOGO_TYPE
from evaluations.reporting.colours import HEX
from shopper.admin import clients, previewing
from shopper.admin.forms.brands import SHOWN, BrandForm
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.language import current_language
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.uploads import MEBIBYTE, accepts

bp = Blueprint("brands", __name__, url_prefix="/office/clients/<uuid:client_id>")
Page = str | Redirect | tuple[str, int]


@bp.route("/settings", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def change(client_id: UUID) -> Page:
    """Give a client another name or colour, and other looks to its reports."""
    client = clients.get(client_id)
    form = BrandForm.read(client, paper=client.paper.value)
    if form.accepted:
        given = {"name": form.name.data, "colour": form.colour.data, "looks": form.looks}
        try:
            places.change_client(db, client, **given, by=current_user.person, at=now())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            return redirect(url_for(".change", client_id=client.id), 303)
    return _page(client, form, form.status)


@bp.post("/logo")
@allowed(Role.DESIGNER, Role.SCHEDULER)
@accepts(MOST_LOGO_BYTES)
def set_logo(client_id: UUID) -> Page:
    """Take a logo: it is drawn anew in the decoding process, and nothing is locked meanwhile."""
    client = clients.get(client_id)
    try:
        png = _redrawn()
        client = clients.get(client_id)
        brands.set_logo(db, client, png, by=current_user.person, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        client = clients.get(client_id)
        form = BrandForm(formdata=None, obj=client, paper=client.paper.value)
        return _page(client, form, status_of(refusal), fault=words_of(refusal))
    flash(_("The logo is kept."))
    return redirect(url_for(".change", client_id=client.id), 303)


@bp.post("/logo/removals")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def remove_logo(client_id: UUID) -> Redirect:
    """Let the client's name stand in the logo's place."""
    client = clients.get(client_id)
    brands.remove_logo(db, client, by=current_user.person, at=now())
    flash(_("The logo is removed."))
    return redirect(url_for(".change", client_id=client.id), 303)


@bp.get("/logo.png")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def logo(client_id: UUID) -> Response:
    """The client's logo."""
    client = clients.get(client_id)
    if client.logo is None:
        raise NotFound()
    return Response(client.logo, mimetype=LOGO_TYPE)


@bp.get("/first-page.png")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def first_page(client_id: UUID) -> Response:
    """The first page of a sample report, as what is asked for would make it look; nothing is kept of it."""
    client = clients.get(client_id)
    brand, logo = _asked_for(client), client.logo
    db.rollback()  # nothing is held while the page is made
    return Response(previewing.first_page(brand, logo), mimetype=LOGO_TYPE)


def _asked_for(client: Client) -> dict[str, str]:
    """The brand as the address says; what it does not say, or not well, is as it was saved."""
    asked = request.args
    colour, paper = asked.get("colour", ""), asked.get("paper", "")
    shown = {name: "yes" if getattr(client, name) else "no" for name in SHOWN}
    return {
        "name": client.name,
        "colour": colour if HEX.fullmatch(colour) else client.colour,
        "paper": paper if paper in set(Paper) else client.paper.value,
        "footer": asked.get("footer", client.footer)[:LONGEST_FOOTER],
        "language": current_language(),
    } | {name: asked[name] if asked.get(name) in ("yes", "no") else saved for name, saved in shown.items()}


def _redrawn() -> bytes:
    sent = request.files.get("logo")
    if sent is None or not sent.filename:
        raise Invalid("file_missing", field="logo")
    body = sent.stream.read(MOST_LOGO_BYTES + 1)
    sent.close()
    db.rollback()
    return intake.redraw_logo(body)


def _page(client: Client, form: BrandForm, status: int = 200, *, fault: str = "") -> tuple[str, int]:
    return render_template(
        "admin/clients/change.html",
        form=form,
        client=client,
        fault=fault,
        most_megabytes=MOST_LOGO_BYTES // MEBIBYTE,
        programmes=clients.programmes_of(client),
    ), status
