"""The agency's own questions: their list, and one with its versions, renamed, archived, put back."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import own_questions as domain
from evaluations.document.tree import AnyQuestion, Document, Touchpoint
from evaluations.models import OwnQuestion, OwnQuestionVersion, Role
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.kept import archive, put_back, renamed, told_versions
from shopper.admin.forms.checklists.own_touchpoint import NameForm
from shopper.database import db
from shopper.permissions import allowed


@bp.get("/own-questions/")
@allowed(Role.DESIGNER)
def own_questions() -> str:
    """Every own question: those in the library, and the archived ones."""
    reader = current_user.person
    return render_template(
        "admin/checklists/own_questions.html",
        in_use=[(own, domain.question_of(own)) for own in queries.questions(db, reader)],
        document=_document(),
        archived=queries.questions(db, reader, archived=True),
        now=now(),
    )


@bp.route("/own-questions/<uuid:own_id>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def own_question(own_id: UUID) -> Response | tuple[str, int]:
    """One own question with its versions, and its name to change."""
    own = _own(own_id)
    form = NameForm.read(name=own.name, seen=own.edition)
    status = renamed(domain, own, form)
    if status == 303:
        return redirect(url_for(".own_question", own_id=own_id), 303)
    return _shown(own, form), status


@bp.post("/own-questions/<uuid:own_id>/archives")
@allowed(Role.DESIGNER)
def archive_own_question(own_id: UUID) -> Response:
    """Take it out of the library."""
    archive(domain, _own(own_id))
    return redirect(url_for(".own_questions"), 303)


@bp.post("/own-questions/<uuid:own_id>/restorations")
@allowed(Role.DESIGNER)
def restore_own_question(own_id: UUID) -> Response | tuple[str, int]:
    """Put an archived one back into the library."""
    own = _own(own_id)
    if refused := put_back(domain, own):
        return _shown(own, refused), 422
    return redirect(url_for(".own_question", own_id=own_id), 303)


@bp.get("/own-questions/<uuid:own_id>/restorations")
@allowed(Role.DESIGNER)
def restored_own_question(own_id: UUID) -> Response:
    """Where a refusal was read and the address opened again: its page."""
    return redirect(url_for(".own_question", own_id=_own(own_id).id), 303)


def _own(own_id: UUID) -> OwnQuestion:
    return queries.question(db, own_id, reader=current_user.person)


def _document(*questions: AnyQuestion) -> Document:
    """A document that holds nothing but these, to say them by."""
    return Document(languages=("en", "es"), touchpoints=(Touchpoint(key="alone", questions=questions),))


def _shown(own: OwnQuestion, form: NameForm) -> str:
    question = domain.question_of(own)
    return render_template(
        "admin/checklists/own_question.html",
        own=own,
        question=question,
        document=_document(question),
        versions=told_versions(
            queries.versions(db, OwnQuestionVersion, own), lambda text: _document(domain.read(text))
        ),
        places=whereabouts.of(db, own, reader=current_user.person),
        form=form,
        now=now(),
    )
