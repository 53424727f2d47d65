"""The shopper's own pages: the list of visits, what is on this phone, one visit with its briefing, the receipts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, g, make_response, render_template
from flask_login import current_user

from evaluations.clock import now
from evaluations.document import canonical
from evaluations.errors import NotFound
from evaluations.models import Role
from evaluations.queries import follow_ups, own_visits, receipts
from shopper import briefings, papers
from shopper.database import db
from shopper.field import offline
from shopper.language import gettext as _
from shopper.packing import pack
from shopper.permissions import allowed

bp = Blueprint("field", __name__, url_prefix="/field")
bp.context_processor(lambda: {"build": g.get("build", "")})  # a refusal has none


@bp.before_request
def find_the_build() -> None:
    """Look once which files this answer's page goes with."""
    g.build = offline.build()


@bp.after_request
def name_the_build(response: Response) -> Response:
    """Say which files this page goes with: a phone that keeps it must keep those."""
    if response.status_code == 200:
        response.headers[offline.HEADER] = g.build
    return response


@bp.get("")
@allowed(Role.SHOPPER)
def home() -> str:
    """My visits: what came back first, then what is to be made, what is asked later, what was handed in."""
    at = now()
    own = [one for one in own_visits.own_visits(db, current_user.person, at) if not one.is_withdrawn]
    return render_template(
        "field/home.html",
        returned=[one for one in own if one.is_open and one.evaluation.round > 1],
        open=[one for one in own if one.is_open and one.evaluation.round == 1],
        later=follow_ups.own(db, current_user.person, at),
        handed_in=[one for one in own if not one.is_open],
    )


@bp.get("/on-this-phone")
@allowed(Role.SHOPPER)
def on_this_phone() -> str:
    """What only the phone has: the server knows nothing of it, so the phone's scripts fill the page."""
    return render_template("field/on_this_phone.html")


@bp.get("/no-signal")
@allowed(Role.SHOPPER)
def no_signal() -> str:
    """What a phone shows in place of a page that it did not keep: it says so, and leads to what is kept."""
    return render_template("field/no_signal.html")


@bp.get("/visits/<uuid:visit_id>")
@allowed(Role.SHOPPER)
def visit(visit_id: UUID) -> Response:
    """One visit: its briefing to read, and the place where the phone's scripts put its questions."""
    own = own_visits.own_visit(db, current_user.person, visit_id)
    document = canonical.read(own.evaluation.version.document)
    return pack(make_response(render_template("field/visit.html", own=own, document=document)))


@bp.get("/visits/<uuid:visit_id>/briefing.pdf")
@allowed(Role.SHOPPER)
def visit_briefing(visit_id: UUID) -> Response:
    """The briefing of an open visit with its questions, on paper: without what any answer is worth."""
    own = own_visits.own_visit(db, current_user.person, visit_id)
    if not own.is_open:
        raise NotFound()
    version = own.evaluation.version
    language = briefings.language_for(canonical.read(version.document), "")
    told = briefings.of_visit(own.visit, version, language=language)
    name = _("%(name)s, briefing", name=told.heading)
    return papers.send_briefing(told, version.document, name)


@bp.get("/visits/<uuid:visit_id>/receipts")
@allowed(Role.SHOPPER)
def visit_receipts(visit_id: UUID) -> str:
    """What was handed in of a visit and after it, round by round."""
    own = own_visits.own_visit(db, current_user.person, visit_id)
    return render_template(
        "field/receipts.html",
        own=own,
        document=canonical.read(own.evaluation.version.document),
        receipts=receipts.receipts(db, own.evaluation),
    )
