"""Every view is closed until it says who may enter; what one may not enter does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from evaluations.models import Role

View = TypeVar("View", bound=Callable[..., Any])
OPEN = frozenset[Role]()


def allowed(*roles: Role) -> Callable[[View], View]:
    """Let the view be entered by people of these roles (the owner counts as every office role)."""
    if not roles:
        raise ValueError("name at least one role")

    def mark(view: View) -> View:
        view.policy = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Let the view be entered by anybody, signed in or not."""
    view.policy = OPEN  # type: ignore[attr-defined]
    return view


def policy_of(view: Callable[..., Any]) -> frozenset[Role] | None:
    """The roles that may enter `view`; an empty set is everybody, None was never decided."""
    policy: frozenset[Role] | None = getattr(view, "policy", None)
    return policy


def init_app(app: Flask) -> None:
    """Guard every request of `app`."""
    app.before_request(_guard)


def _guard() -> WerkzeugResponse | Response | None:
    if request.endpoint is None:
        return None
    policy = policy_of(current_app.view_functions[request.endpoint])
    if policy is None:
        abort(404)
    if policy == OPEN:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if not current_user.person.may_act_as(*policy):
        abort(404)
    return None


def _ask_to_sign_in() -> WerkzeugResponse:
    if request.path.startswith("/field/api/"):
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted), 303)
