"""What happened to a visit so far, told in words from the audit trail and from what arrived."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from evaluations.models import AuditEntry, Person, Visit
from evaluations.queries.story import PHOTOS, Arrival, Story
from shopper.filters import day, moment
from shopper.language import NAMES, lazy, ngettext
from shopper.language import gettext as _

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
    "evaluation.device_replaced": lazy("Phone's storage cleared, a new device took over"),
    "evaluation.excluded": lazy("Excluded"),
    "evaluation.corrected": lazy("Answer put right by an editor"),
    "evaluation.reopened": lazy("Evaluation opened again after its approval"),
    "evaluation.left": lazy("Evaluation looked at again and left as it was"),
    "evaluation.withdrawn": lazy("Result withdrawn from the client"),
    "passage.withheld": lazy("Passage kept from the client"),
    "passage.shown": lazy("Passage shown to the client again"),
    "photo.hidden": lazy("Photo hidden from the client"),
    "photo.blurred": lazy("Photo blurred for the client"),
    "photo.shown": lazy("Photo shown to the client again"),
    "evaluation.abandoned": lazy("Evaluation abandoned"),
    "evaluation.work_added": lazy("Found work added"),
    "evaluation.read": lazy("Read by the client"),
    "follow_up.submitted": lazy("Follow-up handed in"),
    "follow_up.returned": lazy("Follow-up sent back to the shopper"),
    "follow_up.approved": lazy("Follow-up approved"),
    "follow_up.not_observed": lazy("Follow-up closed as not observed"),
    "report.downloaded": lazy("Report downloaded"),
}
TOLD_BY_ROWS = frozenset({"photo.received"})
"""Acts that are told in sums, since each photo has an entry of its own."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, by whom, and what there is to add."""

    at: datetime
    what: str
    who: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listener:
    """What whoever is told may know: who the shopper is, and what was found and remarked."""

    names: Mapping[UUID, str]
    knows_shopper: bool
    titles: Mapping[str, str] | None
    """The questions' texts by their keys; None for who may not read the evaluation."""


def told(
    entries: Iterable[tuple[AuditEntry, Person | None]], rows: Story, visit: Visit, listener: Listener
) -> list[Event]:
    """Everything in words, the newest first. Who may not know the shopper reads "the shopper" for the name."""
    events = [
        Event(
            entry.at,
            _what(entry.act),
            _who(actor, visit, knows_shopper=listener.knows_shopper),
            tuple(_more(entry.act, json.loads(entry.details), rows, listener)),
        )
        for entry, actor in entries
        if entry.act not in TOLD_BY_ROWS
    ]
    # Rows stand after the trail and the sort is stable: of the same moment, the trail's order stays.
    return sorted([*events, *_from_rows(rows, visit, listener)], key=lambda event: event.at, reverse=True)


def _from_rows(rows: Story, visit: Visit, listener: Listener) -> Iterable[Event]:
    shopper = _("the shopper")
    if visit.shopper is not None and listener.knows_shopper:
        shopper = visit.shopper.name
    for presence in rows.presences:
        what = _("Checked in") if presence.is_coming else _("Checked out")
        yield Event(presence.at, what, shopper, (_("By the clock of the phone"),))
    zone = visit.location.time_zone
    for arrival in rows.arrivals:
        until = (
            () if arrival.first == arrival.last else (_("Until %(when)s", when=moment(arrival.last, zone)),)
        )
        yield Event(arrival.first, _arrived(arrival), shopper, until)
    for made in rows.reports:
        language = NAMES.get(made.language, made.language)
        more = (_("Edition %(number)s", number=made.edition),) if made.edition > 1 else ()
        yield Event(made.at, _("Report made, %(language)s", language=language), _("the installation"), more)


def _arrived(arrival: Arrival) -> str:
    if arrival.what == PHOTOS:
        return ngettext("%(n)s photo arrived", "%(n)s photos arrived", arrival.number)
    return ngettext(
        "%(n)s change arrived from device %(device)s",
        "%(n)s changes arrived from device %(device)s",
        arrival.number,
        device=arrival.device,
    )


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


def _more(act: str, details: dict[str, Any], rows: Story, listener: Listener) -> Iterable[str]:
    if details.get("shopper") and (name := listener.names.get(UUID(details["shopper"]))):
        yield _("Shopper: %(name)s", name=name)
    window = details if "window_from" in details else details.get("after", {})
    if "window_from" in window or "window_to" in window:
        yield _window(details.get("before") or {}, window)
    if "note" in details.get("after", {}):
        yield _("Note: %(note)s", note=details["after"]["note"] or "–")
    if act.startswith("follow_up."):
        yield from _follow_up(details, listener.titles)
    if details.get("round", 1) > 1:
        yield _("Round %(number)s", number=details["round"])
    if details.get("reason"):
        yield _("Reason: %(reason)s", reason=details["reason"])
    if act == "evaluation.submitted" and (digest := rows.receipts.get(details.get("round", 1))):
        yield _("Receipt %(code)s", code=digest[:4].upper())
    if act == "evaluation.returned":
        yield from _remarks(details, listener.titles)


def _remarks(details: dict[str, Any], titles: Mapping[str, str] | None) -> Iterable[str]:
    """What was to be mended, for who may read the evaluation; for others how much it was."""
    remarks: dict[str, str] = details.get("remarks") or {}
    if titles is None:
        if remarks:
            yield ngettext("%(n)s remark", "%(n)s remarks", len(remarks))
        return
    if details.get("note"):
        yield _("Note: %(note)s", note=details["note"])
    for key, text in remarks.items():
        yield f"{titles.get(key, key)} · {text}"


def _follow_up(details: dict[str, Any], titles: Mapping[str, str] | None) -> Iterable[str]:
    """Which question it was and what is to be mended, for who may read the evaluation."""
    if titles is not None:
        yield titles.get(details["question"], details["question"])
        if details.get("note"):
            yield _("Note: %(note)s", note=details["note"])
    if details.get("receipt"):
        yield _("Receipt %(code)s", code=details["receipt"][:4].upper())
    if details.get("edition"):
        yield _("Edition %(number)s", number=details["edition"])


def _window(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    first, last = (after.get(end) or before.get(end) for end in ("window_from", "window_to"))
    if first and last:
        return _("Between %(first)s and %(last)s", first=_day(first), last=_day(last))
    return _("From %(day)s", day=_day(first)) if first else _("Until %(day)s", day=_day(last or ""))


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
