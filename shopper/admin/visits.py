"""Visits: what is due over all waves, and one visit from its plan to what came of it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Attached
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import access
from evaluations.clock import now
from evaluations.document import canonical
from evaluations.errors import Invalid
from evaluations.fieldwork import assigning, planning, proof
from evaluations.models import Person, Role, Visit, VisitState
from evaluations.queries import attention, on_phones, story
from evaluations.queries import visits as queries
from evaluations.queries.attention import Focus
from evaluations.queries.progress import Progress
from shopper import briefings, papers
from shopper.admin import history
from shopper.admin.forms.waves import AssignForm, CancelForm, VisitForm
from shopper.admin.returning import warn_of_returns
from shopper.database import db
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.today import FOCUSES

bp = Blueprint("visits", __name__, url_prefix="/office/visits")
Page = str | Response | tuple[str, int]


@bp.get("/")
@allowed(Role.SCHEDULER)
def index() -> str:
    """Visits of all waves, what is due first comes first."""
    progress = request.args.get("state", type=Progress)
    focus = request.args.get("focus", type=Focus)
    words = request.args.get("q", "").strip()[:100]
    page = queries.listed(
        db,
        current_user.person,
        progress=progress,
        focus=attention.conditions(db, now())[focus] if focus else None,
        words=words,
        number=request.args.get("page", 1, type=int),
    )
    return render_template(
        "admin/visits/index.html",
        page=page,
        progress=progress,
        focus=focus,
        words=words,
        focuses=FOCUSES,
        now=now(),
    )


@bp.get("/<uuid:visit_id>")
@allowed(Role.SCHEDULER, Role.EDITOR)
def show(visit_id: UUID) -> str:
    """One visit: how it stands, and what happened so far."""
    return _page(_get(visit_id), AssignForm.read(), CancelForm.read())


@bp.get("/<uuid:visit_id>/briefing.pdf")
@allowed(Role.SCHEDULER, Role.EDITOR)
def briefing(visit_id: UUID) -> Attached:
    """What the shopper of this visit reads and answers, on paper."""
    visit = _get(visit_id)
    version = visit.wave.version
    told = briefings.of_visit(
        visit, version, language=briefings.language_for(canonical.read(version.document), "")
    )
    name = _("%(name)s, briefing", name=told.heading)
    return papers.send_briefing(told, version.document, name)


@bp.post("/<uuid:visit_id>/assignments")
@allowed(Role.SCHEDULER)
def assign(visit_id: UUID) -> Page:
    """Give the visit to a shopper."""
    visit, form = _get(visit_id), AssignForm.read()
    form.offer(queries.shoppers(db, current_user.person))
    if not form.accepted:
        return _page(visit, form, CancelForm.read()), 422
    shopper = access.get(db, access.people(current_user.person), Person, UUID(form.shopper.data))
    assigning.assign(db, visit, shopper, by=current_user.person, at=now())
    flash(_("The visit is assigned to %(name)s.", name=shopper.name))
    warn_of_returns([visit], shopper)
    return redirect(url_for(".show", visit_id=visit.id), 303)


@bp.post("/<uuid:visit_id>/withdrawals")
@allowed(Role.SCHEDULER)
def take_back(visit_id: UUID) -> Response:
    """Take the visit back from its shopper, while nothing has arrived."""
    visit = _get(visit_id)
    assigning.take_back(db, visit, by=current_user.person, at=now())
    flash(_("The visit was taken back and can be assigned again."))
    return redirect(url_for(".show", visit_id=visit.id), 303)


@bp.route("/<uuid:visit_id>/settings", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
def change(visit_id: UUID) -> Page:
    """Give the visit another window or another note."""
    visit = _get(visit_id)
    form = VisitForm.read(visit)
    if form.accepted:
        try:
            planning.change_visit(
                db, visit, window=form.window, note=form.note.data or "", by=current_user.person, at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            return redirect(url_for(".show", visit_id=visit.id), 303)
    return render_template("admin/visits/change.html", form=form, visit=visit), form.status


@bp.post("/<uuid:visit_id>/cancellations")
@allowed(Role.SCHEDULER)
def cancel(visit_id: UUID) -> Page:
    """Call the visit off, with the reason."""
    visit, form = _get(visit_id), CancelForm.read()
    if not form.accepted:
        return _page(visit, AssignForm.read(), form), 422
    planning.cancel_visit(db, visit, reason=form.reason.data, by=current_user.person, at=now())
    flash(_("The visit to %(place)s is cancelled.", place=visit.location.name))
    return redirect(url_for(".show", visit_id=visit.id), 303)


def _get(visit_id: UUID) -> Visit:
    return queries.visit(db, current_user.person, visit_id)


def _titles(visit: Visit) -> dict[str, str]:
    """The texts of the questions that the visit's evaluation answers, by their keys."""
    document = canonical.read(visit.wave.version.document)
    return {question.key: wording(question.text, document) for question in document.questions()}


def _is_late(visit: Visit, progress: Progress) -> bool:
    due = visit.evaluation.return_due_at if visit.evaluation else None
    return queries.is_late(progress, visit.window_to, visit.location.time_zone, now(), due)


def _page(visit: Visit, assigning_form: AssignForm, cancelling: CancelForm) -> str:
    reader = current_user.person
    plans = reader.may_act_as(Role.SCHEDULER)
    assigning_form.offer(queries.shoppers(db, reader) if plans else [])
    entries = queries.history(db, visit)
    names = queries.names(db, history.shoppers_in(entries)) if plans else {}
    titles = _titles(visit) if reader.may_act_as(Role.EDITOR) else None
    listener = history.Listener(names, plans, titles)
    progress = queries.progress(db, visit)
    rows = story.story(db, visit.evaluation)
    return render_template(
        "admin/visits/show.html",
        visit=visit,
        progress=progress,
        late=_is_late(visit, progress),
        on_phones=on_phones.of(db, visit.evaluation) if visit.evaluation else [],
        story=history.told(entries, rows, visit, listener),
        proof=proof.proof(rows.stay, visit.location),
        doubts=proof.doubts(rows.stay, visit.location) if visit.state is VisitState.DONE else (),
        plans=plans,
        assigning=assigning_form,
        cancelling=cancelling,
    )
