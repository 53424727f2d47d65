"""Background work: what waits for a worker, what was set aside and why, and one more try."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from evaluations import mailing
from evaluations.clock import now
from evaluations.errors import NotFound
from evaluations.leases import Leasing
from evaluations.models import Export, Mail, Report, Role
from evaluations.models.mails import PLACE_OF_THE_LINK
from evaluations.queries import set_aside
from evaluations.reporting import exporting, owing
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.exporting import KINDS

bp = Blueprint("work", __name__, url_prefix="/office/work")


@bp.get("/")
@allowed(Role.OWNER)
def index() -> str:
    """What waits and what was set aside."""
    return render_template("admin/work/index.html", standing=set_aside.standing(db), kinds=KINDS)


@bp.post("/reports/<uuid:report_id>/attempts")
@allowed(Role.OWNER)
def try_report(report_id: UUID) -> Response:
    """Render a report that was set aside once more."""
    return _try(owing.LEASING, db.get(Report, report_id))


@bp.post("/exports/<uuid:export_id>/attempts")
@allowed(Role.OWNER)
def try_export(export_id: UUID) -> Response:
    """Make a file that was set aside once more."""
    return _try(exporting.LEASING, db.get(Export, export_id))


@bp.post("/mails/<uuid:mail_id>/attempts")
@allowed(Role.OWNER)
def try_mail(mail_id: UUID) -> Response:
    """Send a mail that was set aside once more; one whose link is erased would open nothing."""
    mail = db.get(Mail, mail_id)
    if mail is None or PLACE_OF_THE_LINK in mail.text:
        raise NotFound()
    return _try(mailing.LEASING, mail)


def _try(leasing: Leasing, work: Report | Export | Mail | None) -> Response:
    if work is None:
        raise NotFound()
    if leasing.try_again(db, work, at=now()):
        flash(_("It is tried again now."))
    return redirect(url_for(".index"), 303)
