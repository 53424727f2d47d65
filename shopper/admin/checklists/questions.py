"""The questions of a draft: added, edited in place, moved, copied, removed."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from evaluations.designing import drafting, drafts
from evaluations.document.tree import AnyQuestion, Kind, SingleChoice, Touchpoint
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, changed_meanwhile, desk_of, show
from shopper.admin.checklists.touchpoints import place_sent, step_sent
from shopper.admin.forms.checklists.choice import SingleChoiceForm, rearranged
from shopper.admin.forms.checklists.question import (
    InstructionForm,
    NarrativeForm,
    PhotoForm,
    QuestionForm,
    RatingForm,
    ShortTextForm,
    YesNoForm,
)
from shopper.admin.forms.checklists.touchpoint import TouchpointForm
from shopper.database import db
from shopper.permissions import allowed

FORMS: dict[Kind, type[QuestionForm]] = {
    form.kind: form
    for form in (
        YesNoForm,
        SingleChoiceForm,
        RatingForm,
        ShortTextForm,
        NarrativeForm,
        PhotoForm,
        InstructionForm,
    )
}


@bp.route("/<uuid:checklist_id>/draft/touchpoints/<key>/questions/<kind>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def new_question(checklist_id: UUID, key: str, kind: str) -> Response | tuple[str, int]:
    """Add a question of one kind to a touchpoint."""
    if kind not in set(Kind):
        raise NotFound()
    desk = desk_of(checklist_id)
    here = desk.touchpoint(key)
    return _edited(desk, here, Kind(kind), None)


@bp.route("/<uuid:checklist_id>/draft/questions/<key>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def question(checklist_id: UUID, key: str) -> Response | tuple[str, int]:
    """Edit a question where it stands."""
    desk = desk_of(checklist_id)
    found = desk.question(key)
    return _edited(desk, drafting.home_of(desk.document, key), found.kind, found)


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/moves")
@allowed(Role.DESIGNER)
def move_question(checklist_id: UUID, key: str) -> Response:
    """Move a question a step, to a place in its touchpoint, or to the end of another one."""
    desk = desk_of(checklist_id)
    home = drafting.home_of(desk.document, key)
    target = request.form.get("touchpoint", home.key)
    if "step" in request.form:
        place = max(0, [each.key for each in home.questions].index(key) + step_sent())
    elif target != home.key:
        place = len(desk.touchpoint(target).questions)
    else:
        place = place_sent()
    desk.keep(drafting.place_question(desk.document, key, target, place))
    return _back_to(desk, target, f"question-{key}")


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/copies")
@allowed(Role.DESIGNER)
def copy_question(checklist_id: UUID, key: str) -> Response:
    """Put a copy after a question, and open it."""
    desk = desk_of(checklist_id)
    used = drafts.kinds_given(db, desk.draft.checklist)
    document, copy = drafting.copy_question(desk.document, key, used=used)
    desk.keep(document)
    return redirect(url_for(".question", checklist_id=checklist_id, key=copy.key), 303)


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/removals")
@allowed(Role.DESIGNER)
def remove_question(checklist_id: UUID, key: str) -> Response:
    """Remove a question from the draft."""
    desk = desk_of(checklist_id)
    home = drafting.home_of(desk.document, key)
    desk.keep(drafting.remove_question(desk.document, key))
    return _back_to(desk, home.key, "questions")


def _edited(
    desk: Desk, here: Touchpoint, kind: Kind, before: AnyQuestion | None
) -> Response | tuple[str, int]:
    """Show the form of a question in its touchpoint; when it was sent and is sound, keep it."""
    form = _form(kind, before)
    status = form.status
    if "arrange" in request.form:
        status = 200
    elif form.accepted:
        try:
            kept = _keep(desk, here, form, before)
            return _back_to(desk, here.key, f"question-{kept.key}")
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    return show(
        "touchpoint",
        desk,
        here=drafting.touchpoint_of(desk.document, here.key),
        touchpoint_form=TouchpointForm.of(here, sent=False),
        question_form=form,
        open_key=before.key if before else None,
        unfolded=False,
        status=status,
    )


def _form(kind: Kind, before: AnyQuestion | None) -> QuestionForm:
    arrange = request.form.get("arrange")
    sent = rearranged(request.form, arrange) if arrange else None
    form = FORMS[kind].of(before, formdata=sent)
    if isinstance(form, SingleChoiceForm) and isinstance(before, SingleChoice):
        form.known_keys = frozenset(option.key for option in before.options)
    return form


def _keep(desk: Desk, here: Touchpoint, form: QuestionForm, before: AnyQuestion | None) -> AnyQuestion:
    values = form.values()
    if before is not None:
        kept = drafting.question_of(form.kind, key=before.key, **values)
        desk.keep(drafting.change_question(desk.document, kept))
        return kept
    used = drafts.kinds_given(db, desk.draft.checklist)
    key = drafting.new_question_key(desk.document, values["text"], form.kind, used=used)
    kept = drafting.question_of(form.kind, key=key, **values)
    desk.keep(drafting.add_question(desk.document, here.key, kept))
    return kept


def _back_to(desk: Desk, key: str, anchor: str) -> Response:
    address = url_for(".touchpoint", checklist_id=desk.draft.checklist_id, key=key, _anchor=anchor)
    return redirect(address, 303)
