"""Work from phones that belongs to no visit of its shopper: what it is, where it goes; and files of unsent work."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.fieldwork.changes import Outcome
from evaluations.fieldwork.found import deciding
from evaluations.fieldwork.found.deciding import TakenOver
from evaluations.fieldwork.unsent import bundles, taking_in
from evaluations.fieldwork.unsent.opening import open_bundle
from evaluations.models import Evaluation, FoundState, FoundWork, Person, Role
from evaluations.queries import found as queries
from evaluations.queries import own_visits
from shopper.admin.forms.found import SetAsideForm, TakeOverForm
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.uploads import accepts
from shopper.wordings.found import FOUND_STATES

bp = Blueprint("found", __name__, url_prefix="/office/found")
Page = str | Response | tuple[str, int]


@bp.get("/")
@allowed(Role.SCHEDULER)
def index() -> str:
    """What waits for a decision, or what was decided."""
    waiting = request.args.get("show") != "decided"
    number = request.args.get("page", 1, type=int)
    page = queries.found(db, current_user.person, number, waiting=waiting)
    return render_template("admin/found/index.html", page=page, waiting=waiting)


@bp.get("/<uuid:found_id>")
@allowed(Role.SCHEDULER)
def show(found_id: UUID) -> str:
    """One shopper's work under one number, and what can be done with it."""
    return _page(_get(found_id), TakeOverForm.read(), SetAsideForm.read())


@bp.post("/<uuid:found_id>/take-overs")
@allowed(Role.SCHEDULER)
def take_over(found_id: UUID) -> Page:
    """Send it into a visit of the same shopper."""
    work, form = _get(found_id), TakeOverForm.read()
    form.offer(queries.targets(db, work))
    if not form.accepted:
        return _page(work, form, SetAsideForm.read()), 422
    evaluation = _evaluation(work.person, UUID(form.evaluation.data))
    try:
        taken = deciding.take_over(db, work, evaluation, by=current_user.person, at=now())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(work, form, SetAsideForm.read()), status_of(refusal)
    flash(_told(taken))
    return redirect(url_for("visits.show", visit_id=evaluation.visit_id), 303)


@bp.post("/<uuid:found_id>/set-asides")
@allowed(Role.SCHEDULER)
def set_aside(found_id: UUID) -> Page:
    """Say that it belongs nowhere, with the reason."""
    work, form = _get(found_id), SetAsideForm.read()
    if not form.accepted:
        return _page(work, TakeOverForm.read(), form), 422
    deciding.set_aside(db, work, reason=form.reason.data or "", by=current_user.person, at=now())
    flash(_("It is set aside. Nothing of it was deleted."))
    return redirect(url_for(".index"), 303)


@bp.route("/imports/new", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
@accepts(bundles.MOST_BYTES)
def bring_in() -> Page:
    """Bring in a file of unsent work that a phone wrote."""
    if request.method == "GET":
        return render_template("admin/found/import.html", fault="", megabytes=_megabytes())
    try:
        shopper, brought = _brought()
    except Refusal as refusal:
        page = render_template("admin/found/import.html", fault=words_of(refusal), megabytes=_megabytes())
        return page, status_of(refusal)
    return render_template(
        "admin/found/imported.html", shopper=shopper, brought=brought, outcomes=Outcome, words_of=words_of
    )


def _brought() -> tuple[Person, list[taking_in.Brought]]:
    """What became of the file that the request carries; nothing is locked while it is read."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("file_missing")
    body, reader_id = sent.stream.read(bundles.MOST_BYTES + 1), current_user.person.id
    sent.close()
    db.rollback()
    bundle = open_bundle(body)
    photos = taking_in.prepare(current_app.extensions["photos"], bundle)
    return taking_in.take_in(db, bundle, photos, by=db.get_one(Person, reader_id), at=now())


def _get(found_id: UUID) -> FoundWork:
    return queries.work(db, current_user.person, found_id)


def _evaluation(shopper: Person, evaluation_id: UUID) -> Evaluation:
    found = own_visits.own_or_found(db, shopper, evaluation_id)
    if found is None:
        raise NotFound()
    return found


def _page(work: FoundWork, taking: TakeOverForm, setting: SetAsideForm) -> str:
    taking.offer(queries.targets(db, work))
    return render_template(
        "admin/found/show.html",
        work=work,
        contents=queries.contents(db, work),
        origin=queries.origin(db, work),
        taking=taking,
        setting=setting,
    )


def _told(taken: TakenOver) -> str:
    words = _(
        "Taken over: %(changes)s entries and %(photos)s photos.", changes=taken.changes, photos=taken.photos
    )
    if taken.left:
        words += " " + _(
            "%(n)s could not be: this visit or another holds something else under their numbers.",
            n=taken.left,
        )
    if taken.handed_in:
        words += " " + _("The visit is handed in with it.")
    return words


def _megabytes() -> int:
    return bundles.MOST_BYTES // bundles.MEBIBYTE


@bp.app_template_filter()
def found_state(state: FoundState) -> str:
    """What the state of found work is called."""
    return str(FOUND_STATES[state])
