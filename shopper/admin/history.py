"""What happened to a visit so far, told from the audit trail in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from evaluations.models import AuditEntry, Person, Visit
from shopper.filters import day
from shopper.language import gettext as _
from shopper.language import lazy

ACTS = {
    "visit.planned": lazy("Planned"),
    "visit.changed": lazy("Changed"),
    "visit.assigned": lazy("Assigned"),
    "visit.taken_back": lazy("Taken back"),
    "visit.begun": lazy("Begun"),
    "visit.cancelled": lazy("Cancelled"),
    "photo.received": lazy("Photo received"),
    "evaluation.submitted": lazy("Evaluation handed in"),
    "evaluation.claimed": lazy("Review started"),
    "evaluation.taken_over": lazy("Review taken over"),
    "evaluation.put_back": lazy("Put back into the queue"),
    "evaluation.returned": lazy("Sent back to the shopper"),
    "evaluation.resumed": lazy("Taken up again"),
    "evaluation.approved": lazy("Approved"),
    "evaluation.released": lazy("Released to the client"),
    "evaluation.excluded": lazy("Excluded"),
    "evaluation.abandoned": lazy("Evaluation abandoned"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, by whom, and what there is to add."""

    at: datetime
    what: str
    who: str
    more: tuple[str, ...]


def told(
    entries: Iterable[tuple[AuditEntry, Person | None]],
    visit: Visit,
    names: Mapping[UUID, str],
    *,
    knows_shopper: bool,
) -> list[Event]:
    """The entries in words. Who may not know the shopper reads "the shopper" in place of the name."""
    return [
        Event(
            entry.at,
            _what(entry.act),
            _who(actor, visit, knows_shopper=knows_shopper),
            tuple(_more(json.loads(entry.details), names if knows_shopper else {})),
        )
        for entry, actor in entries
    ]


def shoppers_in(entries: Iterable[tuple[AuditEntry, Person | None]]) -> set[UUID]:
    """The ids of the shoppers whom the entries name."""
    named = (json.loads(entry.details).get("shopper") for entry, _actor in entries)
    return {UUID(shopper) for shopper in named if shopper}


def _what(act: str) -> str:
    return str(ACTS[act]) if act in ACTS else act.replace(".", " ").replace("_", " ")


def _who(actor: Person | None, visit: Visit, *, knows_shopper: bool) -> str:
    if actor is None:
        return _("the installation")
    if actor.id == visit.shopper_id and not knows_shopper:
        return _("the shopper")
    return actor.name


def _more(details: dict[str, Any], names: Mapping[UUID, str]) -> Iterable[str]:
    if details.get("shopper") and (name := names.get(UUID(details["shopper"]))):
        yield _("Shopper: %(name)s", name=name)
    window = details if "window_from" in details else details.get("after", {})
    if "window_from" in window or "window_to" in window:
        yield _window(details.get("before", {}), window)
    if "note" in details.get("after", {}):
        yield _("Note: %(note)s", note=details["after"]["note"] or "–")
    if details.get("round", 1) > 1:
        yield _("Round %(number)s", number=details["round"])
    if details.get("reason"):
        yield _("Reason: %(reason)s", reason=details["reason"])


def _window(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    first, last = (after.get(end) or before.get(end) for end in ("window_from", "window_to"))
    if first and last:
        return _("Between %(first)s and %(last)s", first=_day(first), last=_day(last))
    return _("From %(day)s", day=_day(first)) if first else _("Until %(day)s", day=_day(last or ""))


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
