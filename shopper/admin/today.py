"""The office's first page: what wants to be done today, by the roles of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from evaluations.clock import now
from evaluations.designing import workbench
from evaluations.designing.workbench import Only
from evaluations.models import Person, Role
from evaluations.queries import attention, found
from evaluations.queries import visits as visit_queries
from evaluations.queries.attention import Focus
from evaluations.reviewing import heaps
from evaluations.reviewing import queue as review_queries
from evaluations.reviewing.heaps import Part, Tab
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.today import FOCUSES, PARTS

bp = Blueprint("today", __name__, url_prefix="/office")
NEXT = 5
URGENT = frozenset(
    {Focus.LATE, Focus.SILENT, Focus.RETURN_LATE, Focus.FOLLOW_UP_LATE, Part.OVERDUE, Part.LATE}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the list of exactly that."""

    number: int
    text: str
    address: str
    is_urgent: bool = False


@bp.get("/")
@allowed(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR)
def index() -> str:
    """One page with the parts of one's roles."""
    reader, at = current_user.person, now()
    parts = {
        "fieldwork": _fieldwork(reader, at) if reader.may_act_as(Role.SCHEDULER) else None,
        "desk": _desk(reader, at) if reader.may_act_as(Role.EDITOR) else None,
        "bench": _bench(reader) if reader.may_act_as(Role.DESIGNER) else None,
    }
    return render_template("admin/today/index.html", now=at, **parts)


def _fieldwork(reader: Person, at: datetime) -> dict[str, Any]:
    """The scheduler's part: which visits want a look, and the most pressing of them."""
    belongs = attention.conditions(db, at)
    seen = attention.attention(db, reader, belongs)
    pressing = visit_queries.listed(db, reader, focus=belongs[Focus.PRESSING], size=NEXT)
    figures = [
        _figure(seen.counts[focus], FOCUSES, focus, url_for("visits.index", focus=focus.value))
        for focus in Focus
        if focus is not Focus.PRESSING
    ]
    if waiting := found.waiting(db, reader):
        figures.append(Figure(waiting, _("Found work"), url_for("found.index"), is_urgent=True))
    return {"visits": seen.visits, "figures": figures, "pressing": pressing, "counts": seen.counts}


def _desk(reader: Person, at: datetime) -> dict[str, Any]:
    """The editor's part: what waits by its age, what is claimed, what is with shoppers."""
    queue = review_queries.queue(db, reader, Tab.WAITING, at=at, size=NEXT)
    figures = [
        _figure(queue.counts[part], PARTS, part, url_for("reviews.queue", part=part.value)) for part in Part
    ]
    with_shoppers = queue.counts[Tab.RETURNED]
    address = url_for("reviews.queue", tab=Tab.RETURNED.value)
    figures.insert(len(figures) - 1, Figure(with_shoppers, _("With the shopper"), address))
    later = url_for("reviews.queue", tab=Tab.FOLLOW_UPS.value)
    figures.append(Figure(queue.counts[Tab.FOLLOW_UPS], _("Follow-ups to decide"), later))
    return {
        "queue": queue,
        "figures": figures,
        "handed_in": sum(queue.counts[tab] for tab in heaps.HANDED_IN_HEAPS),
    }


def _bench(reader: Person) -> dict[str, Any]:
    """The designer's part: the drafts, and which of them have problems."""
    drafts = workbench.drafts(db, reader)
    broken = sum(Only.PROBLEMS.holds(draft) for draft in drafts)
    figures = [
        Figure(len(drafts), _("Drafts"), url_for("checklists.index", only=Only.DRAFTS.value)),
        Figure(
            broken,
            _("Drafts with problems"),
            url_for("checklists.index", only=Only.PROBLEMS.value),
            is_urgent=True,
        ),
    ]
    return {"drafts": drafts[:NEXT], "figures": figures}


def _figure(number: int, words: Any, of: Any, address: str) -> Figure:
    return Figure(number, str(words[of]), address, is_urgent=of in URGENT)
