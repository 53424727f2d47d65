"""One's own account: name, language and password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from evaluations import audit
from evaluations.clock import now
from evaluations.models import OFFICE, Role
from shopper.database import db
from shopper.forms import Form
from shopper.identity import passwords, sessions
from shopper.language import NAMES, lazy, speaking
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("profile", __name__, url_prefix="/account")
EVERYBODY = (*OFFICE, Role.SHOPPER, Role.CLIENT)


class ProfileForm(Form):
    """What a person may change about the own account."""

    name = StringField(lazy("Your name"), [DataRequired(lazy("Enter your name.")), Length(max=120)])
    language = SelectField(
        lazy("Language"), choices=[SelectChoice(word, name) for word, name in NAMES.items()]
    )


class PasswordForm(Form):
    """The present password and the next one."""

    present = PasswordField(
        lazy("Present password"),
        [InputRequired(lazy("Enter your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        lazy("New password, at least 10 characters"),
        [
            InputRequired(lazy("Choose a password.")),
            Length(passwords.SHORTEST, passwords.LONGEST, lazy("Choose a password of 10 to 200 characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


@bp.route("/", methods=["GET", "POST"])
@allowed(*EVERYBODY)
def show() -> str | Response | tuple[str, int]:
    """See and change one's own name and language."""
    person = current_user.person
    form = ProfileForm.read(obj=person)
    if form.accepted:
        person.name, person.language = form.name.data, form.language.data
        audit.record(db, "profile.changed", person, by=person, at=now(), language=person.language)
        with speaking(person.language):
            flash(_("Saved."))
        return redirect(url_for(".show"), 303)
    return render_template(
        "accounts/profile.html", form=form, password_form=PasswordForm(formdata=None)
    ), form.status


@bp.post("/password")
@allowed(*EVERYBODY)
def change_password() -> str | Response | tuple[str, int]:
    """Change one's own password; every other browser is signed out."""
    person = current_user.person
    form = PasswordForm.read()
    if form.accepted:
        if passwords.is_right(person.password_hash, str(form.present.data)):
            at = now()
            person.password_hash = passwords.hashed(str(form.password.data))
            audit.record(db, "password.changed", person, by=person, at=at)
            sessions.end_all(db, person)
            sessions.start(person, at)
            flash(_("Your password is changed. Other browsers are signed out."))
            return redirect(url_for(".show"), 303)
        form.present.errors = [_("This is not your present password.")]
    profile = ProfileForm(formdata=None, obj=person)
    return render_template("accounts/profile.html", form=profile, password_form=form), 422
