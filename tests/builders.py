"""Builders name only what matters; everything else is sensible by default."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from evaluations.clock import local_day, now
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Touchpoint, YesNo
from evaluations.models import (
    Area,
    Checklist,
    Client,
    Evaluation,
    EvaluationState,
    Location,
    Person,
    Programme,
    Role,
    Version,
    Visit,
    VisitState,
    Wave,
)

THERE = "Europe/Madrid"
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def today_there() -> date:
    """The day that it is now at the places that these builders make: it begins there before it does in UTC."""
    return local_day(now(), THERE)


def kept(session: Session, thing: Any) -> Any:
    """`thing`, added and flushed."""
    session.add(thing)
    session.flush()
    return thing


def a_person(session: Session, *roles: Role, **given: Any) -> Person:
    """Somebody with these roles."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "roles": frozenset(roles),
        "language": "en",
        "created_at": NOON,
    }
    person: Person = kept(session, Person(**(values | given)))
    return person


def a_shopper(session: Session, **given: Any) -> Person:
    """A shopper."""
    return a_person(session, Role.SHOPPER, **given)


def a_client_user(session: Session, client: Client, **given: Any) -> Person:
    """Somebody of `client`."""
    return a_person(session, Role.CLIENT, client_id=client.id, **given)


def a_client(session: Session, **given: Any) -> Client:
    """A brand."""
    values = {"name": f"Brand {next(_numbers)}", "created_at": NOON}
    client: Client = kept(session, Client(**(values | given)))
    return client


def a_location(session: Session, client: Client | None = None, **given: Any) -> Location:
    """A store of `client`, in an area of its own."""
    client = client or a_client(session)
    number = next(_numbers)
    if "area_id" not in given:
        given["area_id"] = kept(session, Area(client_id=client.id, name=f"Region {number}")).id
    values: dict[str, Any] = {
        "client_id": client.id,
        "code": f"S{number:03}",
        "name": f"High Street {number}",
        "time_zone": THERE,
        "created_at": NOON,
    }
    location: Location = kept(session, Location(**(values | given)))
    return location


def a_question(key: str = "greeted", text: str = "Were you greeted?", **given: Any) -> YesNo:
    """A yes/no question worth 10 points."""
    return YesNo(key=key, text={"en": text, "es": f"¿{text}"}, **given)


def a_document(*questions: AnyQuestion, **given: Any) -> Document:
    """A checklist of one touchpoint, "Greeting", with these questions (one yes/no unless given)."""
    touchpoint = Touchpoint(
        key="greeting",
        name={"en": "Greeting", "es": "Saludo"},
        questions=questions or (a_question(),),
    )
    values: dict[str, Any] = {
        "title": {"en": "Store visit", "es": "Visita a la tienda"},
        "languages": ("en", "es"),
        "briefing": {"en": "Walk in as a customer.", "es": "Entre como cliente."},
        "touchpoints": (touchpoint,),
    }
    return Document(**(values | given))


def a_version(session: Session, document: Document | None = None, **given: Any) -> Version:
    """A published version of a checklist."""
    designer = a_person(session, Role.DESIGNER)
    checklist = kept(
        session,
        Checklist(name=f"Checklist {next(_numbers)}", created_at=NOON, created_by_id=designer.id),
    )
    text = canonical.write(document or a_document())
    values: dict[str, Any] = {
        "checklist_id": checklist.id,
        "number": 1,
        "document": text,
        "content_hash": canonical.content_hash(text),
        "saved_at": NOON,
        "saved_by_id": designer.id,
        "published_at": NOON,
        "published_by_id": designer.id,
    }
    version: Version = kept(session, Version(**(values | given)))
    return version


def a_wave(
    session: Session, client: Client | None = None, version: Version | None = None, **given: Any
) -> Wave:
    """A wave of March 2026 on `version` for `client`."""
    client = client or a_client(session)
    version = version or a_version(session)
    number = next(_numbers)
    programme = kept(session, Programme(client_id=client.id, name=f"Programme {number}", created_at=NOON))
    values: dict[str, Any] = {
        "programme_id": programme.id,
        "version_id": version.id,
        "name": f"Wave {number}",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 3, 31),
        "created_at": NOON,
    }
    wave: Wave = kept(session, Wave(**(values | given)))
    return wave


def a_visit(
    session: Session, wave: Wave | None = None, location: Location | None = None, **given: Any
) -> Visit:
    """A planned visit, assigned to nobody."""
    wave = wave or a_wave(session)
    location = location or a_location(session, wave.programme.client)
    values: dict[str, Any] = {
        "wave_id": wave.id,
        "location_id": location.id,
        "window_from": wave.starts_on,
        "window_to": wave.ends_on,
        "created_at": NOON,
    }
    visit: Visit = kept(session, Visit(**(values | given)))
    return visit


def an_evaluation(
    session: Session, shopper: Person | None = None, visit: Visit | None = None, **given: Any
) -> Evaluation:
    """An evaluation in progress by `shopper` on `visit`."""
    shopper = shopper or a_shopper(session)
    visit = visit or a_visit(session)
    visit.shopper_id, visit.state, visit.assigned_at = shopper.id, VisitState.ASSIGNED, NOON
    values: dict[str, Any] = {
        "visit_id": visit.id,
        "shopper_id": shopper.id,
        "version_id": visit.wave.version_id,
        "created_at": NOON - timedelta(days=1),
    }
    if given.get("state") is EvaluationState.RELEASED:
        values["released_at"] = NOON
    evaluation: Evaluation = kept(session, Evaluation(**(values | given)))
    return evaluation
