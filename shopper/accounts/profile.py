"""One's own account: name, language, password, and the browsers that are signed in."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from evaluations import audit
from evaluations.clock import now
from evaluations.errors import NotFound
from evaluations.fieldwork.entering import record_changes
from evaluations.models import OFFICE, NoticeKind, Person, Role, SignIn
from shopper.database import db
from shopper.forms import Form
from shopper.identity import browsers, links, passwords, sessions
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


class MailForm(Form):
    """Which mails about results one of the client's people gets."""

    ready = BooleanField(lazy("A scorecard is ready"))
    critical = BooleanField(lazy("A critical question failed"))


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
    """See and change one's own account."""
    person = current_user.person
    form = ProfileForm.read(obj=person)
    if form.accepted:
        before = {"name": person.name, "language": person.language}
        after = {"name": str(form.name.data), "language": str(form.language.data)}
        person.name, person.language = after["name"], after["language"]
        record_changes(db, "profile.changed", person, before, after, by=person, at=now())
        with speaking(person.language):
            flash(_("Saved."))
        return redirect(url_for(".show"), 303)
    return _page(form, PasswordForm(formdata=None)), form.status


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
            links.close_all(db, person, at=at)
            sessions.start(person, at)
            flash(_("Your password is changed. Other browsers are signed out."))
            return redirect(url_for(".show"), 303)
        form.present.errors = [_("This is not your present password.")]
    return _page(ProfileForm(formdata=None, obj=person), form), 422


@bp.post("/mail")
@allowed(Role.CLIENT)
def choose_mail() -> Response:
    """Choose which mails about results one gets."""
    person, form = current_user.person, MailForm.read()
    if form.accepted:
        before = {"unwanted": ",".join(sorted(person.unwanted))}
        person.unwanted = frozenset(kind for kind in NoticeKind if not form[kind.value].data)
        after = {"unwanted": ",".join(sorted(person.unwanted))}
        record_changes(db, "profile.changed", person, before, after, by=person, at=now())
        flash(_("Saved."))
    return redirect(url_for(".show", _anchor="mail"), 303)


@bp.post("/sessions/<uuid:sign_in_id>/endings")
@allowed(*EVERYBODY)
def end_session(sign_in_id: UUID) -> Response:
    """Sign one of the own browsers out."""
    person = current_user.person
    own = select(SignIn).where(SignIn.person_id == person.id, SignIn.id == sign_in_id)
    found = db.scalars(own).one_or_none()
    if found is None:
        raise NotFound()
    browser = browsers.in_words(found.browser)
    audit.record(db, "session.ended", person, by=person, at=now(), browser=browser)
    if found.id == current_user.row.id:
        sessions.end(current_user)
        return redirect(url_for("accounts.sign_in"), 303)
    db.delete(found)
    flash(_("%(browser)s is signed out.", browser=browser))
    return redirect(url_for(".show"), 303)


@bp.post("/sessions/endings")
@allowed(*EVERYBODY)
def end_other_sessions() -> Response:
    """Sign every other browser out."""
    person = current_user.person
    if ended := sessions.end_others(db, current_user):
        audit.record(db, "sessions.ended", person, by=person, at=now(), count=ended)
    flash(_("You are signed in here only."))
    return redirect(url_for(".show"), 303)


def _page(form: ProfileForm, password_form: PasswordForm) -> str:
    at = now()
    return render_template(
        "accounts/profile.html",
        form=form,
        password_form=password_form,
        mail_form=_mail_form(current_user.person),
        sign_ins=sessions.open_ones(db, current_user.person, at),
        in_words=browsers.in_words,
        now=at,
    )


def _mail_form(person: Person) -> MailForm | None:
    """The switches of somebody who gets mails about results."""
    if Role.CLIENT not in person.roles:
        return None
    return MailForm(formdata=None, **{kind.value: kind not in person.unwanted for kind in NoticeKind})
