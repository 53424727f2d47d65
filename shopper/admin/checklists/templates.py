"""Templates: whole checklists saved for others to begin with; their list, each to be read, renamed, archived."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import templates as domain
from evaluations.designing.finding import plain
from evaluations.designing.outline import outline
from evaluations.designing.texts import texts
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import Role, Template, TemplateVersion, Version
from evaluations.queries import checklists as checklist_queries
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.kept import told_versions
from shopper.admin.checklists.template_words import named_in
from shopper.admin.forms.checklists.template import DescribeForm, SaveTemplateForm
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.language import gettext as _
from shopper.permissions import allowed

LONGEST_SEARCH = 100


@bp.get("/templates/")
@allowed(Role.DESIGNER)
def templates() -> str:
    """Every template: those that fit the words, and the archived ones."""
    reader, words = current_user.person, request.args.get("q", "").strip()[:LONGEST_SEARCH]
    offered = [(each, domain.document_of(each)) for each in queries.templates(db, reader)]
    found = [
        (each, document, outline(document)) for each, document in offered if _says(each, document, words)
    ]
    return render_template(
        "admin/checklists/templates.html",
        found=found,
        total=len(offered),
        words_sought=words,
        archived=queries.templates(db, reader, archived=True),
        now=now(),
    )


@bp.route("/<uuid:checklist_id>/templates/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def save_template(checklist_id: UUID) -> Response | tuple[str, int]:
    """Save a version of a checklist, or its draft, as a template: a new one, or the next version of one."""
    source = _source(checklist_id)
    document = canonical.read(source.document)
    form = SaveTemplateForm.of(
        source.checklist.name, document.languages, queries.templates(db, current_user.person)
    )
    status = form.status
    if form.accepted:
        try:
            saved = _saved(form, source)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            status = status_of(refusal)
        else:
            flash(_("Saved as the template “%(name)s”.", name=saved.name))
            return redirect(url_for(".template", template_id=saved.id), 303)
    page = render_template(
        "admin/checklists/save_template.html",
        form=form,
        version=source,
        checklist=source.checklist,
        document=document,
        outline=outline(document),
        named=named_in(document),
    )
    return page, status


@bp.route("/templates/<uuid:template_id>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def template(template_id: UUID) -> Response | tuple[str, int]:
    """One template, to be read; its name and description to be changed."""
    found = _template(template_id)
    form = DescribeForm.read(name=found.name, description=found.description, seen=found.edition)
    status = form.status
    if form.accepted:
        try:
            domain.describe(
                db,
                found,
                form.name.data or "",
                form.description.data or "",
                form.seen.data,
                by=current_user.person,
                at=now(),
            )
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            form.seen.raw_data = [str(found.edition)]
            status = status_of(refusal)
        else:
            return redirect(url_for(".template", template_id=template_id), 303)
    return _shown(found, form), status


@bp.get("/templates/<uuid:template_id>/versions/<int:number>")
@allowed(Role.DESIGNER)
def template_version(template_id: UUID, number: int) -> Response | str:
    """An earlier version of a template, to be read; the newest is on the template's own page."""
    found = _template(template_id)
    if number == found.number:
        return redirect(url_for(".template", template_id=template_id), 303)
    return _shown(found, _describing(found), number=number)


@bp.post("/templates/<uuid:template_id>/versions/<int:number>/restorations")
@allowed(Role.DESIGNER)
def restore_template_version(template_id: UUID, number: int) -> Response | tuple[str, int]:
    """Let a template say again what an earlier version says, as its next version."""
    found = _template(template_id)
    seen = request.form.get("seen", default=-1, type=int)
    try:
        domain.bring_back(db, found, number, seen, by=current_user.person, at=now())
    except (Conflict, Invalid) as refusal:
        form = _describing(found)
        form.form_errors.append(words_of(refusal))
        return _shown(found, form, number=number), status_of(refusal)
    flash(_("“%(name)s” says again what version %(number)s of it says.", name=found.name, number=number))
    return redirect(url_for(".template", template_id=template_id), 303)


@bp.get("/templates/<uuid:template_id>/versions/<int:number>/restorations")
@allowed(Role.DESIGNER)
def restored_template_version(template_id: UUID, number: int) -> Response:
    """Where a refusal was read and the address opened again: that version."""
    return redirect(url_for(".template_version", template_id=template_id, number=number), 303)


@bp.post("/templates/<uuid:template_id>/archives")
@allowed(Role.DESIGNER)
def archive_template(template_id: UUID) -> Response:
    """Take it out of the list."""
    found = _template(template_id)
    domain.archive(db, found, by=current_user.person, at=now())
    flash(_("“%(name)s” is archived. Checklists that began with it stay as they are.", name=found.name))
    return redirect(url_for(".templates"), 303)


@bp.post("/templates/<uuid:template_id>/restorations")
@allowed(Role.DESIGNER)
def restore_template(template_id: UUID) -> Response | tuple[str, int]:
    """Put an archived one back into the list, under another name if one is sent."""
    found, name = _template(template_id), request.form.get("name")
    try:
        domain.restore(db, found, name, by=current_user.person, at=now())
    except Invalid as refusal:
        form = DescribeForm(formdata=None, name=found.name if name is None else name, seen=found.edition)
        form.refuse(refusal)
        return _shown(found, form), 422
    flash(_("“%(name)s” is among the templates again.", name=found.name))
    return redirect(url_for(".template", template_id=template_id), 303)


@bp.get("/templates/<uuid:template_id>/restorations")
@allowed(Role.DESIGNER)
def restored_template(template_id: UUID) -> Response:
    """Where a refusal was read and the address opened again: its page."""
    return redirect(url_for(".template", template_id=_template(template_id).id), 303)


def _source(checklist_id: UUID) -> Version:
    """The version that the address names by its number, else the draft."""
    reader, number = current_user.person, request.args.get("version", type=int)
    if number is not None:
        return checklist_queries.version(db, checklist_id, number, reader=reader)
    draft = checklist_queries.draft(db, checklist_id, reader=reader)
    if draft is None:
        raise NotFound()
    return draft


def _saved(form: SaveTemplateForm, source: Version) -> Template:
    by, at = current_user.person, now()
    document = domain.document_for(canonical.read(source.document), form.chosen_languages)
    named = form.named
    if named is None:
        description = form.description.data or ""
        return domain.keep(db, form.name.data or "", document, description=description, by=by, at=at)
    found = _template(named[0])
    domain.replace(db, found, document, named[1], by=by, at=at)
    return found


def _template(template_id: UUID) -> Template:
    return queries.template(db, template_id, reader=current_user.person)


def _describing(found: Template) -> DescribeForm:
    return DescribeForm(formdata=None, name=found.name, description=found.description, seen=found.edition)


def _shown(found: Template, form: DescribeForm, *, number: int | None = None) -> str:
    """The page of a template, with what its newest version says or with what an earlier one does."""
    document = domain.document_of(found) if number is None else domain.earlier(db, found, number)
    return render_template(
        "admin/checklists/template.html",
        template=found,
        earlier=number,
        form=form,
        document=document,
        outline=outline(document),
        named=named_in(document),
        versions=told_versions(queries.versions(db, TemplateVersion, found), canonical.read),
        begun=whereabouts.begun_with(db, found, reader=current_user.person),
        now=now(),
    )


def _says(each: Template, document: Document, words: str) -> bool:
    """Whether every word stands in the name, the description, or a text of the checklist."""
    wordings = [text for one in texts(document) for text in one.wording.values()]
    said = plain(" ".join([each.name, each.description, *wordings]))
    return all(word in said for word in plain(words).split())
