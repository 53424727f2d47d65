"""Waves: the list over all clients, planning a new one, and one wave with its visits."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations import access
from evaluations.clock import now
from evaluations.designing import checking
from evaluations.designing.problems import Allowed
from evaluations.document import canonical
from evaluations.errors import Invalid
from evaluations.fieldwork import assigning, planning
from evaluations.models import Capture, Client, Location, Person, Programme, Role, Wave
from evaluations.queries import clients as client_queries
from evaluations.queries import progress as progress_queries
from evaluations.queries import visits as visit_queries
from evaluations.queries import waves as queries
from evaluations.queries.progress import Progress
from evaluations.reviewing import releasing
from shopper.admin.forms.waves import AssignSeveralForm, MoreVisitsForm, PlanForm, WaveSettingsForm
from shopper.admin.returning import warn_of_returns
from shopper.database import db
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.permissions import allowed
from shopper.wordings.designing import problem_words

bp = Blueprint("waves", __name__, url_prefix="/office/waves")
Page = str | Response | tuple[str, int]
Offered = dict[UUID | None, list[Location]]


@bp.get("/")
@allowed(Role.SCHEDULER)
def index() -> str:
    """Every wave, the latest first, and how far it is."""
    client_id = request.args.get("client", type=UUID)
    page = queries.listed(
        db, current_user.person, client_id=client_id, number=request.args.get("page", 1, type=int)
    )
    clients = client_queries.listed(db, current_user.person)
    return render_template("admin/waves/index.html", page=page, clients=clients, client_id=client_id)


@bp.get("/new")
@allowed(Role.SCHEDULER)
def choose_client() -> Page:
    """The first step of planning a wave: for which client?"""
    clients = client_queries.listed(db, current_user.person)
    if len(clients) == 1:
        return redirect(url_for(".new", client_id=clients[0].id))
    return render_template("admin/waves/choose_client.html", clients=clients)


@bp.route("/new/<uuid:client_id>", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
def new(client_id: UUID) -> Page:
    """Plan a wave for a client: programme, version, dates and locations."""
    client = access.get(db, access.clients(current_user.person), Client, client_id)
    versions = queries.published(db, current_user.person)
    offered = client_queries.active_locations(db, client)
    form = PlanForm.read()
    form.offer(queries.programmes(db, current_user.person, client), versions, offered)
    if form.accepted:
        try:
            wave = _plan(form, client, offered)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s is planned. Next: assign its visits to shoppers.", name=wave.name))
            _warn_of_the_past(wave)
            _warn_of_length(wave)
            return redirect(url_for(".show", wave_id=wave.id), 303)
    return render_template(
        "admin/waves/new.html",
        form=form,
        client=client,
        versions=versions,
        groups=_by_area(client, offered),
    ), form.status


@bp.get("/<uuid:wave_id>")
@allowed(Role.SCHEDULER)
def show(wave_id: UUID) -> str:
    """One wave: how far it is, and its visits."""
    return _page(_get(wave_id), AssignSeveralForm.read())


@bp.post("/<uuid:wave_id>/assignments")
@allowed(Role.SCHEDULER)
def assign(wave_id: UUID) -> Page:
    """Give all visits that are ticked to one shopper."""
    wave = _get(wave_id)
    form = AssignSeveralForm.read()
    form.offer(visit_queries.shoppers(db, current_user.person))
    if not form.accepted:
        return _page(wave, form), 422
    shopper = access.get(db, access.people(current_user.person), Person, UUID(form.shopper.data))
    visits = visit_queries.chosen(db, current_user.person, wave, form.visits.data)
    for visit in visits:
        assigning.assign(db, visit, shopper, by=current_user.person, at=now())
    flash(
        ngettext(
            "%(n)s visit is assigned to %(name)s.",
            "%(n)s visits are assigned to %(name)s.",
            len(visits),
            name=shopper.name,
        )
    )
    warn_of_returns(visits, shopper)
    return redirect(url_for(".show", wave_id=wave.id), 303)


@bp.route("/<uuid:wave_id>/settings", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
def change(wave_id: UUID) -> Page:
    """Give a wave another name, other dates or another way to capture."""
    wave = _get(wave_id)
    form = WaveSettingsForm.of(wave)
    if form.accepted:
        try:
            planning.change_wave(
                db,
                wave,
                name=form.name.data,
                dates=form.dates,
                capture=Capture(form.capture.data),
                by=current_user.person,
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."))
            _warn_of_the_past(wave)
            return redirect(url_for(".show", wave_id=wave.id), 303)
    return render_template("admin/waves/change.html", form=form, wave=wave), form.status


@bp.route("/<uuid:wave_id>/visits/new", methods=["GET", "POST"])
@allowed(Role.SCHEDULER)
def more_visits(wave_id: UUID) -> Page:
    """Plan further visits in a wave."""
    wave = _get(wave_id)
    client = wave.programme.client
    offered = client_queries.active_locations(db, client)
    form = MoreVisitsForm.read(window_from=wave.starts_on, window_to=wave.ends_on)
    form.offer(offered)
    if form.accepted:
        try:
            visits = planning.plan_visits(
                db,
                wave,
                _chosen(form, offered),
                window=form.window,
                note=form.note.data or "",
                by=current_user.person,
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(ngettext("%(n)s visit is planned.", "%(n)s visits are planned.", len(visits)))
            return redirect(url_for(".show", wave_id=wave.id), 303)
    return render_template(
        "admin/waves/more_visits.html", form=form, wave=wave, groups=_by_area(client, offered)
    ), form.status


@bp.post("/<uuid:wave_id>/releases")
@allowed(Role.SCHEDULER)
def release(wave_id: UUID) -> Response:
    """Release to the client, at once, everything that is approved in a wave."""
    wave = _get(wave_id)
    seen = request.form.get("open", 0, type=int)
    released = releasing.release_wave(db, wave, seen_open=seen, by=current_user.person, at=now())
    flash(
        ngettext(
            "%(n)s result is released to %(client)s. Its report is being made.",
            "%(n)s results are released to %(client)s. Their reports are being made.",
            released,
            client=wave.programme.client.name,
        )
    )
    return redirect(url_for(".show", wave_id=wave.id), 303)


def _get(wave_id: UUID) -> Wave:
    return queries.wave(db, current_user.person, wave_id)


def _plan(form: PlanForm, client: Client, offered: Offered) -> Wave:
    by, at = current_user.person, now()
    if form.programme.data:
        programme = access.get(db, access.programmes(by), Programme, UUID(form.programme.data))
    else:
        programme = planning.add_programme(db, client, name=form.programme_name.data, by=by, at=at)
    return planning.plan_wave(
        db,
        programme,
        queries.version(db, by, UUID(form.version.data)),
        name=form.name.data,
        dates=form.dates,
        locations=_chosen(form, offered),
        by=by,
        at=at,
    )


def _warn_of_the_past(wave: Wave) -> None:
    if wave.ends_on < now().date():
        flash(_("All its days are in the past, so every visit is overdue. Are the dates right?"), "warning")


def _warn_of_length(wave: Wave) -> None:
    """The programme may allow less time than its checklist is estimated to take."""
    limit = wave.programme.longest_minutes
    if limit is None:
        return
    document = canonical.read(wave.version.document)
    for problem in checking.too_long(document, [Allowed(wave.programme.name, limit)]):
        flash(problem_words(problem), "warning")


def _chosen(form: PlanForm | MoreVisitsForm, offered: Offered) -> list[Location]:
    chosen = set(form.locations.data)
    return [one for found in offered.values() for one in found if str(one.id) in chosen]


def _by_area(client: Client, offered: Offered) -> list[tuple[str | None, list[Location]]]:
    """The offered locations in the order of the client's tree, each group under its area's path."""
    paths = {None: None} | {row.area.id: row.path for row in client_queries.tree(db, client)}
    return [(path, offered[area]) for area, path in paths.items() if area in offered]


def _page(wave: Wave, form: AssignSeveralForm) -> str:
    progress = request.args.get("state", type=Progress)
    words = request.args.get("q", "").strip()[:100]
    page = visit_queries.listed(
        db,
        current_user.person,
        wave_id=wave.id,
        progress=progress,
        words=words,
        number=request.args.get("page", 1, type=int),
    )
    form.offer(visit_queries.shoppers(db, current_user.person))
    counts = progress_queries.counts(db, wave)
    return render_template(
        "admin/waves/show.html",
        wave=wave,
        counts=counts,
        held=releasing.held(db, wave, counts),
        is_held=releasing.is_held(wave),
        page=page,
        form=form,
        progress=progress,
        words=words,
        now=now(),
    )
