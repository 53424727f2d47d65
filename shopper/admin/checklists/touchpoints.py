"""The touchpoints of a draft: shown with their questions, added, changed, moved, removed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from evaluations.designing import drafting, drafts
from evaluations.document.tree import Document, Phase, Touchpoint
from evaluations.errors import Conflict, Invalid
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, changed_meanwhile, desk_of, show
from shopper.admin.checklists.joining import Joint, joined, origin_of, origin_sent
from shopper.admin.checklists.seal import base_sent, fields_of, written
from shopper.admin.forms.checklists.rows import rearranged
from shopper.admin.forms.checklists.touchpoint import NewTouchpointForm, TouchpointForm
from shopper.database import db
from shopper.permissions import allowed

FARTHEST = 200


@bp.route("/<uuid:checklist_id>/draft/touchpoints/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def new_touchpoint(checklist_id: UUID) -> Response | tuple[str, int]:
    """Add a touchpoint of the designer's own."""
    desk = desk_of(checklist_id)
    form = NewTouchpointForm.read()
    status = form.status
    if form.accepted:
        used = drafts.keys_given(db, desk.draft.checklist)
        touchpoint = drafting.blank_touchpoint(
            desk.document, form.name.data, Phase(form.phase.data), used=used
        )
        try:
            desk.keep(drafting.add_touchpoint(desk.document, touchpoint))
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=touchpoint.key), 303)
    return show("new_touchpoint", desk, form=form, status=status)


@bp.route("/<uuid:checklist_id>/draft/touchpoints/<key>", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def touchpoint(checklist_id: UUID, key: str) -> Response | tuple[str, int]:
    """One touchpoint with its questions, and its settings."""
    desk = desk_of(checklist_id)
    form = _form(desk, key)
    status = form.status
    joint: Joint | None = None
    if "arrange" in request.form:
        status = 200
    elif form.accepted:
        try:
            form, joint = _put(desk, key, form)
            status = 409 if joint.clashes else 200
            if status == 200 and "stay" not in request.form:
                return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=key), 303)
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
    here = desk.touchpoint(key)
    form.look_back(desk.document, here)
    is_as_sent = status == 422 or "arrange" in request.form
    return show(
        "touchpoint",
        desk,
        here=here,
        touchpoint_form=form,
        touchpoint_origin=origin_sent() if is_as_sent else origin_of(desk, settings_base(here)),
        joint=joint,
        unfolded=request.method == "POST" or request.args.get("settings") == "open",
        status=status,
    )


@bp.post("/<uuid:checklist_id>/draft/touchpoints/<key>/moves")
@allowed(Role.DESIGNER)
def move_touchpoint(checklist_id: UUID, key: str) -> Response:
    """Move a touchpoint a step earlier or later, or to a place in a phase."""
    desk = desk_of(checklist_id)
    desk.keep(_moved(desk.document, key))
    here = request.form.get("here", key)
    if all(each.key != here for each in desk.document.touchpoints):
        here = key
    return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=here), 303)


@bp.post("/<uuid:checklist_id>/draft/touchpoints/<key>/copies")
@allowed(Role.DESIGNER)
def copy_touchpoint(checklist_id: UUID, key: str) -> Response:
    """Put a copy after a touchpoint, and open it to be named."""
    desk = desk_of(checklist_id)
    used = drafts.keys_given(db, desk.draft.checklist)
    document, copy = drafting.copy_touchpoint(desk.document, key, used=used)
    desk.keep(document)
    address = url_for(
        ".touchpoint",
        checklist_id=checklist_id,
        key=copy.key,
        settings="open",
        _anchor="touchpoint-settings",
    )
    return redirect(address, 303)


@bp.post("/<uuid:checklist_id>/draft/touchpoints/<key>/removals")
@allowed(Role.DESIGNER)
def remove_touchpoint(checklist_id: UUID, key: str) -> Response:
    """Remove a touchpoint with its questions."""
    desk = desk_of(checklist_id)
    keys = [each.key for each in desk.document.touchpoints]
    desk.remove(drafting.remove_touchpoint(desk.document, key), touchpoint=key)
    place = keys.index(key)
    left = [each for each in keys if each != key]
    if not left:
        return redirect(url_for(".edit", checklist_id=checklist_id), 303)
    nearest = left[min(place, len(left) - 1)]
    return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=nearest), 303)


def place_sent() -> int:
    """The place (from 0) that the sent form names."""
    typed = request.form.get("place", "")
    if not typed.isdecimal() or len(typed) > 3:
        raise Invalid("does_not_fit", field="place", where="place", reason=typed[:20])
    return int(typed)


def step_sent() -> int:
    """One step earlier (-1) or later (1), as the sent form says."""
    return -1 if request.form.get("step") == "earlier" else 1


def _form(desk: Desk, key: str) -> TouchpointForm:
    """The form of a touchpoint as it was sent, its rows arranged if that was asked for, else as it stands."""
    here = desk.touchpoint(key)
    arrange = request.form.get("arrange")
    rows = rearranged(request.form, arrange) if arrange else None
    form = TouchpointForm.of(here, sent=request.method == "POST", formdata=rows)
    form.look_back(desk.document, here)
    return form


def _put(desk: Desk, key: str, form: TouchpointForm) -> tuple[TouchpointForm, Joint]:
    """Keep what was sent, put together with what others saved; where they clash nothing is kept."""
    before = desk.touchpoint(key)
    settings = before.model_copy(update={"questions": ()})
    make = partial(drafting.changed, before)
    joint = joined(
        desk,
        base_sent(settings),
        form.values(),
        fields_of(before),
        lambda fields: make(**fields),
        touchpoint=key,
    )
    if not joint.clashes:
        desk.keep(drafting.change_touchpoint(desk.document, key, **joint.merged.fields))
        joint.tell()
    if joint.clashes or joint.merged.taken:
        form = TouchpointForm.of(make(**joint.merged.fields), sent=False)
    return form, joint


def settings_base(touchpoint: Touchpoint) -> str:
    """A touchpoint without its questions, for its form to carry."""
    return written(touchpoint.model_copy(update={"questions": ()}))


def _moved(document: Document, key: str) -> Document:
    if "step" in request.form:
        return drafting.move_touchpoint(document, key, step_sent())
    phase = request.form.get("phase", "")
    if phase not in set(Phase):
        raise Invalid("does_not_fit", field="phase", where="phase", reason=phase[:20])
    return drafting.place_touchpoint(document, key, Phase(phase), place_sent())
