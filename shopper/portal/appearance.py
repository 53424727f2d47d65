"""The client's colour as the portal's accent, as a style sheet of its own: pages hold no styles."""

from __future__ import annotations

from flask import Response, abort
from flask_login import current_user

from evaluations.models import Role
from evaluations.reporting.branding import LOGO_TYPE
from evaluations.reporting.colours import HEX, readable, tint
from shopper.permissions import allowed
from shopper.portal.blueprint import bp
from shopper.portal.drawing import DARK_PAPER, dark_accent

MIST = (0xF4, 0xF6, 0xF8)
"""The darkest light ground that the accent is written on."""
SHEET = """:root {{ --accent: {light}; --accent-soft: {light_soft}; --on-accent: #ffffff; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --accent: {dark}; --accent-soft: {dark_soft}; --on-accent: #101820; }}
}}
"""


@bp.get("/colours/<colour>.css")
@allowed(Role.CLIENT)
def colours(colour: str) -> Response:
    """The accent made of one colour (six hexadecimal digits), readable in both colour schemes."""
    brand = f"#{colour}"
    if not HEX.fullmatch(brand):
        abort(404)
    sheet = SHEET.format(
        light=(light := readable(brand, paper=MIST)),
        light_soft=tint(light, 0.12),
        dark=dark_accent(brand),
        dark_soft=tint(dark_accent(brand), 0.18, paper=DARK_PAPER),
    )
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
