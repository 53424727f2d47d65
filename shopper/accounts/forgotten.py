"""Asking for a link to a new password; the answer is the same whoever asks for whom."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import EmailField
from wtforms.validators import Email, InputRequired, Length

from evaluations import audit
from evaluations.clock import now
from evaluations.models import LinkPurpose, Person
from shopper.database import db
from shopper.forms import Form
from shopper.identity import delays, links
from shopper.language import current_language, lazy, ngettext
from shopper.mail import letters
from shopper.permissions import open_to_all

bp = Blueprint("forgotten", __name__, url_prefix="/sign-in/forgotten")


class ForgottenForm(Form):
    """Whose password was forgotten."""

    email = EmailField(
        lazy("E-mail"),
        [
            InputRequired(lazy("Enter your e-mail.")),
            Email(lazy("This is not an e-mail address.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "username"},
    )


@bp.route("/", methods=["GET", "POST"])
@open_to_all
def ask() -> str | Response | tuple[str, int]:
    """Have a link to a new password mailed, if there is somebody of that e-mail."""
    form = ForgottenForm.read()
    status = form.status
    if form.accepted:
        wait = _send(str(form.email.data).lower())
        if not wait:
            return redirect(url_for(".sent"), 303)
        status = 429
        form.form_errors.append(
            ngettext("Too many attempts. Wait %(n)s second.", "Too many attempts. Wait %(n)s seconds.", wait)
        )
    return render_template("accounts/forgotten.html", form=form), status


@bp.get("/sent")
@open_to_all
def sent() -> str:
    """What to do next, in the same words for everybody."""
    return render_template("accounts/forgotten_sent.html")


def _send(email: str) -> int:
    """Owe the mail where there is somebody to send it to; how long to wait instead after too many."""
    at, address = now(), request.remote_addr or ""
    if wait := delays.wait_s(db, email, address, at, what="reset-"):
        return wait
    delays.count_attempt(db, email, address, at, what="reset-")
    person = db.scalars(select(Person).where(Person.email == email, Person.is_active)).one_or_none()
    if person is None:  # as much is done for nobody, so that the time tells nothing either
        nobody = Person(name="", language=current_language())
        letters.write(nobody, LinkPurpose.RESET, at=at)
        letters.address_of(links.new_token())
    else:
        letters.offer_reset(db, person, at=at)
        audit.record(db, "password.link_sent", person, by=None, at=at)
    return 0
