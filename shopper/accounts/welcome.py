"""The first page of an empty installation: it makes the owner's account."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length

from evaluations import audit
from evaluations.clock import now
from evaluations.models import Person, Role
from shopper.accounts.forms import NewPasswordForm
from shopper.database import db
from shopper.identity import passwords, sessions
from shopper.language import current_language, lazy
from shopper.permissions import open_to_all

bp = Blueprint("welcome", __name__)


class OwnerForm(NewPasswordForm):
    """Who runs the agency."""

    name = StringField(lazy("Your name"), [DataRequired(lazy("Enter your name.")), Length(max=120)])
    email = EmailField(
        lazy("E-mail"),
        [
            InputRequired(lazy("Enter your e-mail.")),
            Email(lazy("This is not an e-mail address.")),
            Length(max=254),
        ],
    )


def nobody_is_here() -> bool:
    """Whether this installation has no account yet."""
    return db.scalars(select(Person.id).limit(1)).first() is None


@bp.route("/welcome", methods=["GET", "POST"])
@open_to_all
def owner() -> str | Response | tuple[str, int]:
    """Make the owner's account; the page exists only while there is none."""
    if not nobody_is_here():
        abort(404)
    form = OwnerForm.read()
    if form.accepted:
        at = now()
        person = Person(
            name=form.name.data,
            email=str(form.email.data).lower(),
            password_hash=passwords.hashed(str(form.password.data)),
            roles=frozenset({Role.OWNER}),
            language=current_language(),
            created_at=at,
        )
        db.add(person)
        audit.record(db, "person.added", person, by=person, at=at, roles=["owner"])
        sessions.start(person, at)
        return redirect(url_for("accounts.index"), 303)
    return render_template("accounts/welcome.html", form=form), form.status
