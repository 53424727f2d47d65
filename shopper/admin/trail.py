"""The audit trail: who did what to which thing, when, and how it was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from evaluations.models import Role
from evaluations.queries import trail as queries
from evaluations.queries.trail import Entry, Filters, Key
from shopper.database import db
from shopper.errors import all_words
from shopper.filters import role_name
from shopper.permissions import allowed
from shopper.wordings.designing import finding_words

bp = Blueprint("trail", __name__, url_prefix="/office/trail")
ACTS, THINGS, DETAILS = (all_words(table) for table in ("ACTS", "THINGS", "DETAILS"))
PAGES = {
    "areas": ("clients.show", "client_id"),
    "checklists": ("checklists.show", "checklist_id"),
    "clients": ("clients.show", "client_id"),
    "evaluations": ("visits.show", "visit_id"),
    "found_works": ("found.show", "found_id"),
    "imports": ("clients.show", "client_id"),
    "locations": ("clients.show", "client_id"),
    "mails": ("mail.show", "mail_id"),
    "own_questions": ("checklists.own_question", "own_id"),
    "own_touchpoints": ("checklists.own_touchpoint", "own_id"),
    "templates": ("checklists.template", "template_id"),
    "people": ("people.show", "person_id"),
    "photos": ("visits.show", "visit_id"),
    "programmes": ("clients.show", "client_id"),
    "versions": ("checklists.show", "checklist_id"),
    "visits": ("visits.show", "visit_id"),
    "waves": ("waves.show", "wave_id"),
}
"""The page of each kind of thing, and how its address names the place of the thing."""
LONGEST_SHOWN = 300


@bp.get("/")
@allowed(Role.OWNER)
def index() -> str:
    """The trail, the newest first, narrowed to a person, an act, a thing or some days."""
    given = _given()
    trail = queries.read(
        db,
        current_user.person,
        _filters(given),
        older_than=_key("older"),
        newer_than=_key("newer"),
    )
    return render_template(
        "admin/trail/index.html",
        trail=trail,
        given=given,
        actors=queries.actors(db, current_user.person),
        acts=sorted(((act, str(text)) for act, text in ACTS.items()), key=lambda pair: pair[1]),
        things=sorted(((kind, str(text)) for kind, text in THINGS.items()), key=lambda pair: pair[1]),
        what=lambda act: str(ACTS.get(act, act)),
        kind_name=lambda kind: str(THINGS.get(kind, kind)),
        page_of=_page_of,
        details=lambda entry: list(_lines(entry.details, trail.names)),
        written=_written,
    )


def _given() -> dict[str, str]:
    """What the address narrows the trail to; what cannot be read narrows nothing."""
    args = request.args
    read: dict[str, Any] = {
        "person": args.get("person", type=UUID),
        "act": args.get("act") if args.get("act") in ACTS else None,
        "kind": args.get("kind") if args.get("kind") in THINGS else None,
        "thing": args.get("thing", type=UUID),
        "from": args.get("from", type=date.fromisoformat),
        "to": args.get("to", type=date.fromisoformat),
    }
    return {name: str(value) for name, value in read.items() if value is not None}


def _filters(given: Mapping[str, str]) -> Filters:
    last = date.fromisoformat(given["to"]) if "to" in given else None
    return Filters(
        actor_id=UUID(given["person"]) if "person" in given else None,
        act=given.get("act"),
        subject_type=given.get("kind"),
        subject_id=UUID(given["thing"]) if "thing" in given else None,
        since=_midnight(date.fromisoformat(given["from"])) if "from" in given else None,
        before=_midnight(last + timedelta(days=1)) if last and last < date.max else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _key(name: str) -> Key | None:
    """The entry beside which the page begins, from its moment and id in the address."""
    moment, _sign, entry_id = request.args.get(name, "").partition("~")
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=UTC), UUID(entry_id)
    except ValueError:
        return None


def _written(key: Key) -> str:
    return f"{key[0].replace(tzinfo=None).isoformat()}~{key[1].hex}"


def _page_of(entry: Entry) -> str | None:
    """Where the thing is looked at; None where it is gone or has no page."""
    if entry.thing is None or entry.subject_type not in PAGES:
        return None
    endpoint, name = PAGES[entry.subject_type]
    values: dict[str, Any] = {name: entry.thing.place}
    return url_for(endpoint, **values)


def _lines(details: Mapping[str, Any], names: Mapping[UUID, str]) -> Iterable[tuple[str, str, str | None]]:
    """What an entry adds, line by line: a name, how it was or is, and how it became if it changed."""
    before, after = details.get("before"), details.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        for name in after:
            yield _name(name), _value(name, before.get(name), names), _value(name, after[name], names)
    elif "after" in details:
        yield _name("name"), _value("before", before, names), _value("after", after, names)
    elif before is not None:
        yield _name("before"), _value("before", before, names), None
    for name, value in details.items():
        if name not in {"before", "after"} and value not in (None, "", [], {}):
            yield _name(name), _value(name, value, names), None


def _name(name: str) -> str:
    return str(DETAILS[name]) if name in DETAILS else name.replace("_", " ")


def _value(name: str, value: Any, names: Mapping[UUID, str]) -> str:
    if value is None or value in ("", []):
        return "–"
    if name == "roles" and isinstance(value, list):
        return ", ".join(role_name(Role(role)) for role in value)
    if name == "finding":
        return finding_words(str(value))
    if isinstance(value, list):
        return "; ".join(_value("", each, names) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value('', each, names)}" for key, each in value.items())
    text = names.get(_id(value), str(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
