"""The questions of a draft: added, edited in place, moved, copied, removed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from evaluations.designing import drafting, drafts, retiring
from evaluations.designing.merging import Fields
from evaluations.designing.retiring import Published
from evaluations.document.tree import AnyQuestion, Choice, Kind, Touchpoint
from evaluations.errors import Conflict, Invalid, NotFound, TooLarge
from evaluations.models import Role
from evaluations.photos.pictures import MEBIBYTE, MOST_BYTES
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, Page, changed_meanwhile, desk_of, show
from shopper.admin.checklists.joining import Joint, Origin, joined, origin_of, origin_sent
from shopper.admin.checklists.seal import base_sent, fields_of, written
from shopper.admin.checklists.touchpoints import place_sent, settings_base, step_sent
from shopper.admin.forms.checklists.choice import ChoiceForm
from shopper.admin.forms.checklists.kinds import FORMS
from shopper.admin.forms.checklists.question import QuestionForm
from shopper.admin.forms.checklists.rows import PICTURES, rearranged
from shopper.admin.forms.checklists.touchpoint import TouchpointForm
from shopper.database import db
from shopper.errors import words_of
from shopper.permissions import allowed

TOO_LARGE = "too_large"
"""What the address of a question says as `picture` after an upload that was too large."""


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
    desk.remove(drafting.remove_question(desk.document, key), question=key)
    return _back_to(desk, home.key, "questions")


def _edited(
    desk: Desk, here: Touchpoint, kind: Kind, before: AnyQuestion | None
) -> Response | tuple[str, int]:
    """Show the form of a question in its touchpoint; when it was sent and is sound, keep it.

    Rows that were only arranged wait for that, save for pictures: they change nothing else, and an upload counts them.
    """
    form = _form(desk, kind, before)
    form.look_back(desk.document, here.key, before)
    status, arrange = form.status, request.form.get("arrange")
    joint: Joint | None = None
    is_kept = False
    keeps = arrange is None or (before is not None and arrange.startswith(f"{PICTURES}:"))
    if keeps and form.accepted:
        try:
            form, before, joint = _put(desk, here, form, before)
            is_kept = not (joint and joint.clashes)
            status = 200 if is_kept else 409
            if is_kept and arrange is None and "stay" not in request.form:
                return _back_to(desk, here.key, f"question-{before.key}")
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    elif arrange is not None:
        form, status = _form(desk, kind, before), 200
    is_as_sent = status == 422 or (arrange is not None and not is_kept)
    origin = origin_sent() if is_as_sent else None
    return page_of_question(
        desk, here, form, before, joint=joint, origin=origin, is_kept=is_kept, status=status
    )


def page_of_question(
    desk: Desk,
    here: Touchpoint,
    form: QuestionForm,
    before: AnyQuestion | None,
    *,
    origin: Origin | None = None,
    joint: Joint | None = None,
    picture_fault: str = "",
    is_kept: bool = False,
    status: int = 200,
) -> Page:
    """The touchpoint with the form of one of its questions open, or of a new one."""
    form.look_back(desk.document, here.key, before)
    of_touchpoint = TouchpointForm.of(here, sent=False)
    of_touchpoint.look_back(desk.document, here)
    return show(
        "touchpoint",
        desk,
        here=drafting.touchpoint_of(desk.document, here.key),
        touchpoint_form=of_touchpoint,
        touchpoint_origin=origin_of(desk, settings_base(here)),
        question_form=form,
        question_origin=origin or origin_of(desk, written(before) if before else ""),
        open_key=before.key if before else None,
        joint=joint,
        picture_fault=picture_fault or _fault_told(),
        is_kept=is_kept,
        unfolded=False,
        status=status,
    )


def _fault_told() -> str:
    """What the address says of an upload that was refused before anybody read it."""
    if request.args.get("picture") != TOO_LARGE:
        return ""
    return words_of(TooLarge("pictures_too_large", limit=MOST_BYTES // MEBIBYTE))


def _form(desk: Desk, kind: Kind, before: AnyQuestion | None) -> QuestionForm:
    arrange = request.form.get("arrange")
    sent = rearranged(request.form, arrange) if arrange else None
    published = Published()
    if isinstance(before, Choice):
        published = retiring.published_options(db, desk.draft.checklist, before.key)
        before = retiring.with_published(before, published)
    form = FORMS[kind].of(before, formdata=sent)
    if isinstance(form, ChoiceForm) and isinstance(before, Choice):
        form.known_keys = frozenset(option.key for option in before.options)
        form.published = published
    return form


def _put(
    desk: Desk, here: Touchpoint, form: QuestionForm, before: AnyQuestion | None
) -> tuple[QuestionForm, AnyQuestion, Joint | None]:
    """Keep what was sent, put together with what others saved; where they clash nothing is kept.

    Answers the form to show, the question as it stands now, and what was put together.
    """
    if before is None:
        kept = _added(desk, here, form)
        form.settle()
        return form, kept, None
    theirs = fields_of(before)
    joint = joined(
        desk, base_sent(before), form.values(), theirs, partial(_made, form.kind), question=before.key
    )
    if joint.clashes:
        return _showing(form, joint), before, joint
    kept = _made(form.kind, joint.merged.fields)
    desk.keep(drafting.change_question(desk.document, kept))
    joint.tell()
    form.settle()
    return type(form).showing(kept) if joint.merged.taken else form, kept, joint


def _showing(form: QuestionForm, joint: Joint) -> QuestionForm:
    """The form with what both wrote, as far as that can be a question."""
    try:
        return type(form).showing(_made(form.kind, joint.merged.fields))
    except Invalid:
        return form


def _made(kind: Kind, fields: Fields) -> AnyQuestion:
    return drafting.question_of(kind, **fields)


def _added(desk: Desk, here: Touchpoint, form: QuestionForm) -> AnyQuestion:
    values = form.values()
    used = drafts.kinds_given(db, desk.draft.checklist)
    key = drafting.new_question_key(desk.document, values["text"], form.kind, used=used)
    kept = drafting.question_of(form.kind, key=key, **values)
    desk.keep(drafting.add_question(desk.document, here.key, kept))
    return kept


def _back_to(desk: Desk, key: str, anchor: str) -> Response:
    address = url_for(".touchpoint", checklist_id=desk.draft.checklist_id, key=key, _anchor=anchor)
    return redirect(address, 303)
