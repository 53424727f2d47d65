"""The office reads what was mailed; the links themselves are in the mails only."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, render_template, request
from flask_login import current_user

from evaluations.models import MailState, Role
from evaluations.models.mails import PLACE_OF_THE_LINK
from evaluations.queries import mail as queries
from shopper.database import db
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.permissions import allowed

bp = Blueprint("mail", __name__, url_prefix="/office/mail")
STATES = {
    MailState.OWED: lazy("waiting"),
    MailState.SENDING: lazy("being sent"),
    MailState.SENT: lazy("sent"),
    MailState.FAILED: lazy("failed"),
}


@bp.get("/")
@allowed(Role.OWNER, Role.SCHEDULER)
def index() -> str:
    """What was mailed and what is waiting, the newest first."""
    state = request.args.get("state", type=MailState)
    words = request.args.get("q", "").strip()[:100]
    reader = current_user.person
    return render_template(
        "admin/mail/index.html",
        page=queries.listed(
            db, reader, state=state, words=words, number=request.args.get("page", 1, type=int)
        ),
        counts=queries.counts(db, reader),
        chosen=state,
        words=words,
        states=STATES,
        has_server=current_app.config["HAS_MAIL_SERVER"],
    )


@bp.get("/<uuid:mail_id>")
@allowed(Role.OWNER, Role.SCHEDULER)
def show(mail_id: UUID) -> str:
    """One mail as it was written, without the link that it holds."""
    mail, person = queries.one(db, current_user.person, mail_id)
    return render_template(
        "admin/mail/show.html",
        mail=mail,
        person=person,
        text=mail.text.replace(PLACE_OF_THE_LINK, _("(link)")),
        states=STATES,
    )
