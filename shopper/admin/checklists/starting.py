"""Starting a checklist: from the story of a purchase, empty, from a template, or as a copy of another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafts, templates
from evaluations.document import canonical
from evaluations.document.tree import Document, Language
from evaluations.errors import Invalid
from evaluations.models import Role, Template, Version
from evaluations.queries import checklists as queries
from evaluations.queries import own_touchpoints as library_queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.template_words import names_of_clients
from shopper.admin.forms.checklists.starting import StartForm
from shopper.database import db
from shopper.language import current_language, ngettext
from shopper.language import gettext as _
from shopper.permissions import allowed

Source = Template | Version


@dataclass(frozen=True, slots=True)
class Sources:
    """What a checklist may begin with: templates, and the newest wording of every other checklist."""

    templates: Sequence[Template]
    checklists: Sequence[tuple[UUID, str]]


@bp.route("/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def new() -> Response | tuple[str, int]:
    """Start a checklist, in one of the ways that there are."""
    sources = _sources()
    form = StartForm.read(**_asked_for(sources))
    form.offer(sources.templates, sources.checklists)
    status = form.status
    if form.accepted:
        try:
            draft = _begun(form)
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
        else:
            db.flush()
            return redirect(url_for(".edit", checklist_id=draft.checklist_id), 303)
    return render_template("admin/checklists/new.html", form=form, sources=sources), status


def _asked_for(sources: Sources) -> dict[str, Any]:
    """What the address says to begin with: a template is offered in its own languages."""
    asked: dict[str, Any] = {
        "start": request.args.get("start", "script"),
        "languages": [current_language()],
    }
    for template in sources.templates:
        if str(template.id) == request.args.get("template"):
            languages = list(templates.document_of(template).languages)
            asked |= {"template": str(template.id), "languages": languages}
    return asked


def _begun(form: StartForm) -> Version:
    name, languages = form.name.data or "", form.chosen_languages
    by, at = current_user.person, now()
    if form.start.data in ("script", "empty"):
        said_in = current_language()
        if form.start.data == "script":
            document = drafts.scripted(name, languages, said_in, afterwards=form.afterwards.data)
        else:
            document = drafts.blank(name, languages, said_in)
        return drafts.start(db, name, document, by=by, at=at)
    source = _source(form)
    document = canonical.read(source.document)
    _refuse_unspoken(document, languages)
    draft = templates.begin(db, name, source, languages, by=by, at=at)
    if isinstance(source, Template):
        _tell_of_clients(canonical.read(draft.document))
    return draft


def _source(form: StartForm) -> Source:
    reader = current_user.person
    if form.start.data == "template":
        return library_queries.template(db, UUID(form.template.data), reader=reader)
    return queries.newest(db, UUID(form.copied.data), reader=reader)


def _sources() -> Sources:
    reader = current_user.person
    listed = queries.listed(db, reader)
    return Sources(
        library_queries.templates(db, reader), [(each.checklist.id, each.checklist.name) for each in listed]
    )


def _refuse_unspoken(document: Document, languages: Sequence[Language]) -> None:
    """A checklist does not begin without a single word."""
    if not set(document.languages) & set(languages):
        raise Invalid("source_speaks_otherwise", field="languages")


def _tell_of_clients(document: Document) -> None:
    """Say that texts name a client: they are kept as they were."""
    found = templates.naming(document, names_of_clients())
    if found:
        clients = ", ".join(dict.fromkeys(one.client for one in found))
        told = ngettext(
            "%(n)s text names %(clients)s.", "%(n)s texts name %(clients)s.", len(found), clients=clients
        )
        advice = _("They are kept as they were: look at them before you publish.")
        flash(f"{told} {advice}", "warning")
