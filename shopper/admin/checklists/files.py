"""Checklists from files and to files: XLSForm workbooks and our own JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import files
from evaluations.designing.outline import outline
from evaluations.designing.plain.script import read_script
from evaluations.designing.unpacking import MEBIBYTE, MOST_BYTES
from evaluations.designing.xlsform.reading import Reading
from evaluations.document import canonical
from evaluations.document.tree import Language
from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.models import Role, Version
from evaluations.photos import pictures
from evaluations.queries import checklists as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.files import TYPES, UNFIT
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.forms import trimmed
from shopper.language import current_language
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.uploads import accepts
from shopper.wordings.examples import EXAMPLES, TEMPLATES
from shopper.wordings.xlsform import in_words

MOST_SHOWN = 200
"""How many faults of a file are listed; the rest is a number."""


@bp.route("/imports/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
@accepts(MOST_BYTES)
def take_in() -> Response | str | tuple[str, int]:
    """Start a checklist from a file; one with faults is refused whole, with every fault and its place."""
    if request.method == "GET":
        return _page()
    try:
        file_name, found = _received()
        if found.document is None:
            return _page(file_name=file_name, found=found), 422
        name = trimmed(request.form.get("name")) or files.title_of(file_name)
        draft = files.start(db, name, found, file_name=file_name, by=current_user.person, at=now())
    except Refusal as refusal:
        db.rollback()
        return _page(fault=words_of(refusal), field=refusal.field or "file"), status_of(refusal)
    db.flush()
    return redirect(url_for(".taken_in", checklist_id=draft.checklist_id), 303)


@bp.route("/scripts/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def paste() -> Response | str | tuple[str, int]:
    """Start a checklist from a script that was written elsewhere; what is unclear in it is told line by line."""
    if request.method == "GET":
        return _paste_page()
    script, name = trimmed(request.form.get("script")), trimmed(request.form.get("name"))
    try:
        if not script:
            raise Invalid("script_missing", field="script")
        title = name or _("Pasted script")
        found = read_script(script, title=title, language=_language())
        if found.document is None:
            return _paste_page(found=found), 422
        draft = files.start(db, title, found, file_name=title, by=current_user.person, at=now())
    except Refusal as refusal:
        db.rollback()
        return _paste_page(fault=words_of(refusal), field=refusal.field or "script"), status_of(refusal)
    db.flush()
    return redirect(url_for(".taken_in", checklist_id=draft.checklist_id), 303)


@bp.get("/imports/template.xlsx")
@allowed(Role.DESIGNER)
def table_template() -> Response:
    """A table with a row per question, filled in as an example."""
    body = files.template(TEMPLATES[current_language()])
    answer = Response(body, content_type=TYPES["xlsx"])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('Questions'))}.xlsx"
    return answer


@bp.get("/<uuid:checklist_id>/import")
@allowed(Role.DESIGNER)
def taken_in(checklist_id: UUID) -> str:
    """What came of a file: how much it holds, and what of it was left out."""
    checklist = queries.checklist(db, checklist_id, reader=current_user.person)
    told = files.notes_of(db, checklist)
    draft = queries.draft(db, checklist_id, reader=current_user.person)
    if told is None:
        raise NotFound()
    file_name, notes = told
    return render_template(
        "admin/checklists/taken_in.html",
        checklist=checklist,
        file_name=file_name,
        notes=[(note, in_words(note)) for note in notes],
        draft=draft,
        outline=outline(canonical.read(draft.document)) if draft else None,
    )


@bp.get("/<uuid:checklist_id>/draft/checklist.xlsx")
@allowed(Role.DESIGNER)
def draft_workbook(checklist_id: UUID) -> Response:
    """The draft as a workbook."""
    return _sent(_draft(checklist_id), "xlsx")


@bp.get("/<uuid:checklist_id>/draft/document.json")
@allowed(Role.DESIGNER)
def draft_document(checklist_id: UUID) -> Response:
    """The draft as our own JSON."""
    return _sent(_draft(checklist_id), "json")


@bp.get("/<uuid:checklist_id>/versions/<int:number>/checklist.xlsx")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def version_workbook(checklist_id: UUID, number: int) -> Response:
    """A published version as a workbook."""
    return _sent(queries.version(db, checklist_id, number, reader=current_user.person), "xlsx")


def _received() -> tuple[str, Reading]:
    """The name of the file that the request carries, and what it holds; nothing is locked while it is read."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("file_missing")
    body, file_name = sent.stream.read(MOST_BYTES + 1), sent.filename
    sent.close()
    held = pictures.all_held(db)
    db.rollback()
    found = files.read(body, file_name, language=_language(), held=held)
    if found.document is not None:
        pictures.keep(current_app.extensions["photos"], found.pictures)
    return file_name, found


def _draft(checklist_id: UUID) -> Version:
    draft = queries.draft(db, checklist_id, reader=current_user.person)
    if draft is None:
        raise NotFound()
    return draft


def _language() -> Language:
    return "es" if request.form.get("language", current_language()) == "es" else "en"


def _page(**more: Any) -> str:
    found: Reading | None = more.pop("found", None)
    faults = found.faults if found else ()
    return render_template(
        "admin/checklists/take_in.html",
        faults=[(fault, in_words(fault)) for fault in faults[:MOST_SHOWN]],
        unshown=max(0, len(faults) - MOST_SHOWN),
        given=request.form,
        language=_language(),
        most_megabytes=MOST_BYTES // MEBIBYTE,
        **more,
    )


def _paste_page(**more: Any) -> str:
    found: Reading | None = more.pop("found", None)
    return render_template(
        "admin/checklists/paste.html",
        faults=[(fault, in_words(fault)) for fault in (found.faults if found else ())],
        given=request.form,
        language=_language(),
        example=EXAMPLES[current_language()],
        **more,
    )


def _sent(version: Version, form: str) -> Response:
    """The version as a file; one that shows pictures comes in a ZIP with them."""
    name, document = version.checklist.name, canonical.read(version.document)
    if form == "json":
        body, kind = files.as_json(document), "application/json"
    else:
        body, kind = files.as_workbook(document, name=name, version=version.number), TYPES["xlsx"]
    file = f"{UNFIT.sub(' ', name).strip()[:80]} {version.number}.{form}"
    if pictures.named_in(document):
        body = files.packed(document, body, file, current_app.extensions["photos"])
        file, kind = f"{file}.zip", "application/zip"
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
    return answer
