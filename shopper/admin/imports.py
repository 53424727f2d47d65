"""Locations from a file: sent, its columns chosen, looked at, imported, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.fieldwork.importing import imports, undoing
from evaluations.fieldwork.importing.columns import FIELDS as KNOWN
from evaluations.fieldwork.importing.columns import written
from evaluations.models import Client, Import, ImportState, Role
from evaluations.queries import clients as queries
from evaluations.tables.opening import open_table
from evaluations.tables.table import MOST_BYTES, MOST_ROWS, Table
from shopper.admin import clients, files
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.uploads import MEBIBYTE, accepts
from shopper.wordings.importing import ABOUT, FIELDS, OBSTACLES, USED

bp = Blueprint("imports", __name__, url_prefix="/office/clients/<uuid:client_id>/imports")
Page = str | Response | tuple[str, int]
SHOWN = 100
"""How many rows of each sort a preview shows at first."""
EXAMPLES = 3


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
@accepts(MOST_BYTES)
def new(client_id: UUID) -> Page:
    """Send a file of locations."""
    client = clients.get(client_id)
    if request.method == "GET":
        return _upload_page(client)
    try:
        imported = _received(client)
    except Refusal as refusal:
        return _upload_page(client, words_of(refusal)), status_of(refusal)
    step = (
        ".show" if "instead_of" in request.form and "code" in imports.chosen_columns(imported) else ".columns"
    )
    return redirect(url_for(step, client_id=client.id, import_id=imported.id), 303)


@bp.get("/template.<any(csv, xlsx):form>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def template(client_id: UUID, form: str) -> Response:
    """An empty table with all headings."""
    clients.get(client_id)
    return files.send([], form, _("Locations"))


@bp.route("/<uuid:import_id>/columns", methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def columns(client_id: UUID, import_id: UUID) -> Page:
    """Choose what each column of the file gives."""
    imported = _get(client_id, import_id)
    if imported.state is not ImportState.OPEN:
        return redirect(url_for(".show", client_id=client_id, import_id=import_id), 303)
    table = Table.from_json(imported.content)
    given = {place: field for field, place in imports.chosen_columns(imported).items()}
    faults: dict[int, str] = {}
    fault = ""
    if request.method == "POST":
        given = _given(table)
        faults = _twice(given)
        try:
            if not faults:
                imports.choose(imported, {field: place for place, field in given.items()})
                return redirect(url_for(".show", client_id=client_id, import_id=import_id), 303)
        except Invalid as refusal:
            fault = words_of(refusal)
    return render_template(
        "admin/imports/columns.html",
        imported=imported,
        table=table,
        rows=[(place, heading, _examples(table, place)) for place, heading in enumerate(table.header)],
        given=given,
        faults=faults,
        fault=fault,
        names=FIELDS,
    ), 422 if request.method == "POST" else 200


@bp.get("/<uuid:import_id>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def show(client_id: UUID, import_id: UUID) -> Page:
    """What an import would do, or what it did."""
    imported = _get(client_id, import_id)
    if imported.state is not ImportState.OPEN:
        return _done_page(imported)
    if "code" not in imports.chosen_columns(imported):
        return redirect(url_for(".columns", client_id=client_id, import_id=import_id), 303)
    return _preview_page(imported)


@bp.post("/<uuid:import_id>/applications")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def apply(client_id: UUID, import_id: UUID) -> Page:
    """Do all that the preview said."""
    imported = _get(client_id, import_id)
    try:
        imports.apply(
            db, imported, fingerprint=request.form.get("seen", ""), by=current_user.person, at=now()
        )
    except Refusal as refusal:
        if imported.state is not ImportState.OPEN:
            raise
        return _preview_page(imported, words_of(refusal)), status_of(refusal)
    flash(_("The locations are imported."))
    return redirect(url_for(".show", client_id=client_id, import_id=import_id), 303)


@bp.post("/<uuid:import_id>/removals")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def forget(client_id: UUID, import_id: UUID) -> Response:
    """Throw a file away that was not imported."""
    imports.forget(db, _get(client_id, import_id))
    flash(_("Nothing was imported."))
    return redirect(url_for("clients.show", client_id=client_id), 303)


@bp.post("/<uuid:import_id>/reversals")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def undo(client_id: UUID, import_id: UUID) -> Page:
    """Put everything back as it was before an import."""
    imported = _get(client_id, import_id)
    try:
        undoing.undo(db, imported, by=current_user.person, at=now())
    except Refusal as refusal:
        return _done_page(imported, words_of(refusal)), status_of(refusal)
    flash(_("Everything is as it was before the import."))
    return redirect(url_for(".show", client_id=client_id, import_id=import_id), 303)


def _get(client_id: UUID, import_id: UUID) -> Import:
    return queries.imported(db, current_user.person, client_id, import_id, now())


def _received(client: Client) -> Import:
    """The import of the file that the request carries; nothing is locked while it is opened."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("file_missing")
    body, client_id = sent.stream.read(MOST_BYTES + 1), client.id
    sent.close()
    db.rollback()
    table = open_table(body)
    return imports.begin(
        db,
        clients.get(client_id),
        table,
        file_name=sent.filename,
        instead_of=_replaced(client_id),
        by=current_user.person,
        at=now(),
    )


def _replaced(client_id: UUID) -> Import | None:
    """The import that this file is the mended version of, if it still waits."""
    before = request.form.get("instead_of", type=UUID)
    try:
        return _get(client_id, before) if before else None
    except NotFound:
        return None


def _upload_page(client: Client, fault: str = "") -> str:
    return render_template(
        "admin/imports/new.html",
        client=client,
        fault=fault,
        past=queries.imports(db, current_user.person, client, now()),
        names=FIELDS,
        about=ABOUT,
        most_rows=MOST_ROWS,
        most_megabytes=MOST_BYTES // MEBIBYTE,
    )


def _preview_page(imported: Import, fault: str = "") -> str:
    table = Table.from_json(imported.content)
    chosen = imports.chosen_columns(imported)
    shown = None if request.args.get("all") else SHOWN
    seen = imports.preview(db, imported)
    words = files.words()

    def text(field: str, values: Mapping[str, Any]) -> str:
        return written(field, values[field], words)

    return render_template(
        "admin/imports/show.html",
        imported=imported,
        table=table,
        seen=seen,
        additions=seen.additions[:shown],
        alterations=seen.alterations[:shown],
        problems=[
            (one.number, _heading(table, chosen, one.field), words_of(one.refusal))
            for one in sorted(seen.problems, key=lambda one: one.number)
        ],
        bad_rows=len({one.number for one in seen.problems}),
        proposed=sorted(
            Counter(one.values["time_zone"] for one in seen.additions if one.is_zone_proposed).items()
        ),
        text=text,
        names=FIELDS,
        fault=fault,
    )


def _done_page(imported: Import, fault: str = "") -> str:
    newest = undoing.last(db, imported.client)
    is_last = newest is not None and newest.id == imported.id
    found = undoing.obstacles(db, imported) if is_last else []
    return render_template(
        "admin/imports/done.html",
        imported=imported,
        counts=imports.counts(imported),
        is_last=is_last,
        obstacles=[(one.code, one.name, str(OBSTACLES.get(one.what, USED))) for one in found],
        fault=fault,
    )


def _heading(table: Table, chosen: Mapping[str, int], field: str | None) -> str:
    """What the file calls the column of `field`, else what we call it."""
    if field is None:
        return ""
    if field in chosen and table.header[chosen[field]]:
        return table.header[chosen[field]]
    return str(FIELDS.get(field, ""))


def _given(table: Table) -> dict[int, str]:
    said = {place: request.form.get(f"column-{place}", "") for place in range(len(table.header))}
    return {place: field for place, field in said.items() if field in KNOWN}


def _twice(given: Mapping[int, str]) -> dict[int, str]:
    counts = Counter(given.values())
    fault = words_of(Invalid("column_twice"))
    return {place: fault for place, field in given.items() if counts[field] > 1}


def _examples(table: Table, place: int) -> list[str]:
    cells = (row.cells[place] for row in table.rows if place < len(row.cells) and row.cells[place])
    return [cell for cell, _number in zip(cells, range(EXAMPLES), strict=False)]


@bp.app_template_filter()
def import_state(state: ImportState) -> str:
    """What the state of an import is called."""
    return {
        ImportState.OPEN: _("waiting for your word"),
        ImportState.APPLIED: _("imported"),
        ImportState.UNDONE: _("undone"),
    }[state]
