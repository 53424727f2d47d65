"""The client's colour as the portal's accent, as a style sheet of its own: pages hold no styles."""

from __future__ import annotations

from flask import Response, abort
from flask_login import current_user

from evaluations.models import Role
from evaluations.reporting.branding import LOGO_TYPE
from shopper import accents
from shopper.permissions import allowed
from shopper.portal.blueprint import bp


@bp.get("/colours/<colour>.css")
@allowed(Role.CLIENT)
def colours(colour: str) -> Response:
    """The accent made of one colour (six hexadecimal digits), readable in both colour schemes."""
    sheet = accents.sheet(f"#{colour}")
    if sheet is None:
        abort(404)
    response = Response(sheet, mimetype="text/css")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@bp.get("/logos/<mark>.png")
@allowed(Role.CLIENT)
def logo(mark: str) -> Response:
    """The own client's logo; `mark` is its hash, so that another logo has another address."""
    client = current_user.person.client
    if client.logo is None or mark != client.logo_sha256:
        abort(404)
    response = Response(client.logo, mimetype=LOGO_TYPE)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
