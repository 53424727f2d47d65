"""Searching the office from the box in the header."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from evaluations.clock import now
from evaluations.folding import LONGEST
from evaluations.models import Role
from evaluations.queries import search as queries
from evaluations.queries.visits import knows_shoppers
from shopper.database import db
from shopper.permissions import allowed

bp = Blueprint("search", __name__, url_prefix="/office/search")


@bp.get("/")
@allowed(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR)
def index() -> str:
    """Everything of the office that holds the words, as far as one's roles go, kind by kind."""
    words = request.args.get("q", "").strip()[:LONGEST]
    return render_template(
        "admin/search/index.html",
        words=words,
        groups=queries.search(db, current_user.person, words),
        knows_shoppers=knows_shoppers(current_user.person),
        now=now(),
    )
