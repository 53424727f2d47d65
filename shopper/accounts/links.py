"""The page that a link from a mail opens: choosing a password, once."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import audit
from evaluations.clock import now
from evaluations.models import Link, LinkPurpose
from shopper.accounts.forms import NewPasswordForm
from shopper.database import db
from shopper.identity import delays, links, passwords, sessions
from shopper.language import gettext as _
from shopper.language import speaking
from shopper.permissions import open_to_all
from shopper.security import csrf, keep_address_secret

bp = Blueprint("links", __name__)
bp.before_request(keep_address_secret)


@bp.route("/links/<token>", methods=["GET", "POST"])
@csrf.exempt  # its guard wants a Referer, which these pages never send; the form checks its token itself
@open_to_all
def choose(token: str) -> str | Response | tuple[str, int]:
    """Choose a password by a link; opening the page alone, as mail scanners do, uses nothing up."""
    link = links.find(db, token, at=now())
    if link is None:
        return _opens_nothing()
    with speaking(link.person.language):
        form = NewPasswordForm.read()
        if form.accepted:
            return _take(link, str(form.password.data))
        if form.errors.get("csrf_token"):
            form.form_errors.append(_("This form was open for too long. Enter the password once more."))
        page = render_template("accounts/choose_password.html", form=form, link=link, purposes=LinkPurpose)
        return page, form.status


def _take(link: Link, password: str) -> Response | tuple[str, int]:
    at, person = now(), link.person
    if not links.use(db, link, at=at):
        return _opens_nothing()
    if current_user.is_authenticated:
        sessions.end(current_user)
    person.password_hash = passwords.hashed(password)
    sessions.end_all(db, person)
    delays.forgive(db, person.email)
    act = "invitation.accepted" if link.purpose is LinkPurpose.INVITATION else "password.reset"
    audit.record(db, act, person, by=person, at=at)
    sessions.start(person, at)
    return redirect(url_for("accounts.index"), 303)


def _opens_nothing() -> tuple[str, int]:
    """The one page for links that are unknown, used or expired, so that nobody learns which."""
    return render_template("accounts/link_opens_nothing.html"), 404
