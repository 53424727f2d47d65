"""The check page: whoever holds a report types its code, chooses its file, or both.

It tells a stranger how the report stands, and nothing else of it. Whoever may read the result anyway is led there.
"""

from __future__ import annotations

import hashlib
import re

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from evaluations.clock import now
from evaluations.errors import NotFound
from evaluations.models import Role, Scorecard
from evaluations.queries import genuine, portal
from evaluations.queries.genuine import Checked, Standing
from shopper.database import db
from shopper.forms import Form
from shopper.identity import delays
from shopper.language import gettext as _
from shopper.language import lazy, ngettext
from shopper.permissions import open_to_all
from shopper.uploads import MEBIBYTE, accepts

bp = Blueprint("proving", __name__)
LARGEST = 30 * MEBIBYTE
HASH = re.compile(r"[0-9a-f]{64}")
PIECE = 1 << 20


class CheckForm(Form):
    """A code, a file, or both; a browser with scripts sends the file's hash in place of the file."""

    code = StringField(
        lazy("Check code"),
        [Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    file = FileField(lazy("The PDF file"), render_kw={"accept": "application/pdf,.pdf"})
    sha256 = HiddenField()

    @property
    def hash_of_file(self) -> str | None:
        """The SHA-256 of the file, made in the browser or here; None without a file."""
        if self.file.data:
            found = hashlib.sha256()
            while piece := self.file.data.stream.read(PIECE):
                found.update(piece)
            return found.hexdigest()
        given = str(self.sha256.data or "").lower()
        return given if HASH.fullmatch(given) else None


@bp.get("/check")
@open_to_all
def ask() -> str:
    """The form, with the code that the address names."""
    form = CheckForm.read(code=genuine.tidied(request.args.get("code", "")[:40]) or "")
    return render_template("proving/check.html", form=form, checked=None, link=None)


@bp.post("/check")
@open_to_all
@accepts(LARGEST)
def check() -> str | tuple[str, int]:
    """How the report stands; what is unknown is counted, so that codes cannot be guessed."""
    form = CheckForm.read()
    typed, sha256 = (form.code.data or "").strip(), form.hash_of_file
    code = genuine.tidied(typed) if typed else None
    if not form.accepted or not (typed or sha256) or (typed and code is None):
        if not form.errors:
            form.form_errors.append(
                _("A check code has twelve letters and figures, such as 4F2A-91C3-0B7E.")
                if typed
                else _("Type the code or choose the file.")
            )
        return render_template("proving/check.html", form=form, checked=None, link=None), 422
    at, address, what = now(), request.remote_addr or "", code or sha256 or ""
    if wait := delays.wait_s(db, what, address, at, what="check-"):
        form.form_errors.append(
            ngettext("Too many attempts. Wait %(n)s second.", "Too many attempts. Wait %(n)s seconds.", wait)
        )
        return render_template("proving/check.html", form=form, checked=None, link=None), 429
    checked = genuine.check(db, code, sha256)
    if checked.standing in (Standing.UNKNOWN, Standing.MISMATCHED):
        delays.count_attempt(db, what, address, at, what="check-")
    return render_template(
        "proving/check.html", form=form, checked=checked, link=_link(checked), standings=Standing
    )


def _link(checked: Checked) -> str | None:
    """The way to the result, for whoever may read it anyway."""
    card: Scorecard | None = checked.scorecard
    if card is None or not current_user.is_authenticated:
        return None
    person = current_user.person
    if person.may_act_as(Role.EDITOR):
        return url_for("reviews.show", evaluation_id=card.evaluation_id)
    if Role.CLIENT not in person.roles:
        return None
    try:
        portal.scorecard(db, person, card.evaluation_id)
    except NotFound:
        withdrawn = portal.withdrawn(db, person, evaluation_id=card.evaluation_id)
        return url_for("portal.visit", evaluation_id=card.evaluation_id) if withdrawn else None
    return url_for("portal.visit", evaluation_id=card.evaluation_id)
