"""Where each role's work begins, and what stands in its navigation."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from evaluations.models import OFFICE, Person, Role
from shopper.language import Lazy, lazy


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    endpoint: str
    text: Lazy
    icon: str
    roles: tuple[Role, ...]
    also: tuple[str, ...] = ()
    """The blueprints of further pages that are reached from its pages."""

    @property
    def address(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)

    @property
    def is_here(self) -> bool:
        """Whether the present page belongs to it."""
        return request.blueprint in {self.endpoint.split(".")[0], *self.also}


ITEMS = (
    Item("today.index", lazy("Today"), "home", (Role.DESIGNER, Role.SCHEDULER, Role.EDITOR)),
    Item("checklists.index", lazy("Checklists"), "checklist", (Role.DESIGNER,)),
    Item(
        "clients.index",
        lazy("Clients"),
        "building-store",
        (Role.DESIGNER, Role.SCHEDULER),
        ("programmes", "locations", "imports"),
    ),
    Item("waves.index", lazy("Waves"), "calendar", (Role.SCHEDULER,), ("visits", "found")),
    Item("reviews.queue", lazy("Review"), "clipboard-check", (Role.EDITOR,)),
    Item("people.index", lazy("People"), "users", (Role.OWNER, Role.SCHEDULER), ("mail", "trail", "work")),
    Item("field.home", lazy("My visits"), "route", (Role.SHOPPER,)),
    Item("portal.home", lazy("Results"), "chart-bar", (Role.CLIENT,)),
    Item("portal_locations.index", lazy("Locations"), "map-pins", (Role.CLIENT,)),
    Item("downloads.index", lazy("Downloads"), "download", (Role.CLIENT,)),
)
HOMES = (
    (Role.SHOPPER, "field.home"),
    (Role.CLIENT, "portal.home"),
    *((role, "today.index") for role in OFFICE),
)


def items() -> list[Item]:
    """The navigation of the person who is signed in."""
    if not current_user.is_authenticated:
        return []
    return [item for item in ITEMS if current_user.person.may_act_as(*item.roles)]


def home_of(person: Person) -> str:
    """The address of the page where this person's work begins."""
    return url_for(next(endpoint for role, endpoint in HOMES if role in person.roles))


def init_app(app: Flask) -> None:
    """Let templates show the navigation."""
    app.jinja_env.globals["navigation"] = items
