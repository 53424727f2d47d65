"""The sign-in page, signing out, and the way to one's own area."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from evaluations.clock import now
from evaluations.models import OFFICE, Person, Role
from shopper.accounts import welcome
from shopper.database import db, keep_despite_refusal
from shopper.forms import Form
from shopper.identity import delays, passwords, sessions
from shopper.language import gettext as _
from shopper.language import lazy, ngettext
from shopper.navigation import home_of
from shopper.permissions import allowed, open_to_all

bp = Blueprint("accounts", __name__)


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(
        lazy("E-mail"),
        [InputRequired(lazy("Enter your e-mail.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy("Password"),
        [InputRequired(lazy("Enter your password.")), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


@bp.get("/")
@open_to_all
def index() -> Response:
    """Lead everyone to where their work begins."""
    if current_user.is_authenticated:
        return redirect(home_of(current_user.person))
    return redirect(url_for("welcome.owner" if welcome.nobody_is_here() else ".sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in by e-mail and password."""
    if current_user.is_authenticated:
        return redirect(url_for(".index"))
    form = SignInForm.read()
    status = form.status
    if form.accepted:
        person, wait = _recognised(str(form.email.data).lower(), str(form.password.data))
        if person is not None:
            sessions.start(person, now())
            return redirect(_wanted() or home_of(person), 303)
        status = 429 if wait else 422
        form.form_errors.append(
            ngettext("Too many attempts. Wait %(n)s second.", "Too many attempts. Wait %(n)s seconds.", wait)
            if wait
            else _("E-mail and password do not match.")
        )
    return render_template("accounts/sign_in.html", form=form), status


@bp.post("/sign-out")
@allowed(*OFFICE, Role.SHOPPER, Role.CLIENT)
def sign_out() -> Response:
    """Sign this browser out."""
    sessions.end(current_user)
    return redirect(url_for(".sign_in"), 303)


def _recognised(email: str, password: str) -> tuple[Person | None, int]:
    """The person who signs in so, else how long to wait; failures are counted for good."""
    at, address = now(), request.remote_addr or ""
    wait = delays.wait_s(db, email, address, at)
    if wait:
        return None, wait
    person = db.scalars(select(Person).where(Person.email == email, Person.is_active)).one_or_none()
    if passwords.is_right(person.password_hash if person else None, password):
        delays.forgive(db, email)
        return person, 0
    delays.count_attempt(db, email, address, at)
    keep_despite_refusal()
    return None, 0


def _wanted() -> str | None:
    """The page that was asked for before signing in, if it is one of ours."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if ours and parts.path != "/" else None
