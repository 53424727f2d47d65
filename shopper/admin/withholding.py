"""What the editor keeps from the client: a photo or parts of it, drawn on a page of its own, and words of a text."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from evaluations.clock import now
from evaluations.document.evidence import Placing
from evaluations.errors import NotFound, Refusal
from evaluations.models import CurrentRegister, Evaluation, Photo, Role
from evaluations.photos import areas, intake
from evaluations.photos.areas import Area, Box, Stroke
from evaluations.queries import withheld
from evaluations.reviewing import queue as queries
from evaluations.reviewing import withholding
from shopper import pictures
from shopper.admin.forms.withholding import BlurForm, PassageForm
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("withholding", __name__, url_prefix="/office/reviews/<uuid:evaluation_id>")
Page = str | tuple[str, int]


@bp.get("/photos/<uuid:photo_id>")
@allowed(Role.EDITOR)
def photo(evaluation_id: UUID, photo_id: UUID) -> Page:
    """One photo, to draw on it what the client is not to see."""
    evaluation, shown = _found(evaluation_id, photo_id)
    return _photo_page(evaluation, shown, BlurForm.of(_drawn(evaluation, shown)))


@bp.get("/photos/<uuid:photo_id>/client/<size>")
@allowed(Role.EDITOR)
def as_client(evaluation_id: UUID, photo_id: UUID, size: str) -> Response:
    """The picture that was made of the photo for the client."""
    evaluation, shown = _found(evaluation_id, photo_id)
    made = withheld.of(db, evaluation.id).pictures.get(shown.id)
    if made is None or made.sha256 is None:
        raise NotFound()
    return pictures.send(made.sha256, size)


@bp.post("/photos/<uuid:photo_id>/blurrings")
@allowed(Role.EDITOR)
def blur(evaluation_id: UUID, photo_id: UUID) -> Page | Redirect:
    """Blur what was drawn: the client's picture is made and durable before anything is written down."""
    evaluation, shown = _found(evaluation_id, photo_id)
    form = BlurForm.read()
    if not form.accepted:
        return _photo_page(evaluation, shown, form), 422
    try:
        drawn = form.areas_over(_drawn(evaluation, shown))
        made = _made(shown.sha256, drawn) if drawn else ""
        evaluation, shown = _found(evaluation_id, photo_id)
        withholding.blur_photo(db, evaluation, shown, drawn, made, by=current_user.person, at=now())
    except Refusal as refusal:
        form.refuse(refusal)
        evaluation, shown = _found(evaluation_id, photo_id)
        return _photo_page(evaluation, shown, form), status_of(refusal)
    flash(_("The client gets this photo blurred. The original is kept."))
    return redirect(url_for(".photo", evaluation_id=evaluation_id, photo_id=photo_id), 303)


@bp.post("/photos/<uuid:photo_id>/hidings")
@allowed(Role.EDITOR)
def hide(evaluation_id: UUID, photo_id: UUID) -> Redirect:
    """Let the client get nothing of the photo."""
    evaluation, shown = _found(evaluation_id, photo_id)
    withholding.hide_photo(db, evaluation, shown, by=current_user.person, at=now())
    flash(_("The client does not get this photo. The original is kept."))
    return redirect(url_for(".photo", evaluation_id=evaluation_id, photo_id=photo_id), 303)


@bp.post("/photos/<uuid:photo_id>/showings")
@allowed(Role.EDITOR)
def show(evaluation_id: UUID, photo_id: UUID) -> Redirect:
    """Let the client get the photo as it is."""
    evaluation, shown = _found(evaluation_id, photo_id)
    withholding.show_photo(db, evaluation, shown, by=current_user.person, at=now())
    flash(_("The client gets this photo as it is."))
    return redirect(url_for(".photo", evaluation_id=evaluation_id, photo_id=photo_id), 303)


@bp.post("/passages")
@allowed(Role.EDITOR)
def withhold(evaluation_id: UUID) -> Redirect:
    """Keep words of a text from the client."""
    evaluation, form = queries.evaluation(db, current_user.person, evaluation_id), PassageForm.read()
    register = form.register.data or ""
    try:
        withholding.withhold(
            db, evaluation, register, form.passage, form.start.data, by=current_user.person, at=now()
        )
    except NotFound:
        raise
    except Refusal as refusal:
        db.rollback()
        flash(words_of(refusal), "warning")
    else:
        flash(_("The client reads a block in place of these words."))
    return _back(evaluation_id, register)


@bp.post("/passages/<uuid:passage_id>/removals")
@allowed(Role.EDITOR)
def disclose(evaluation_id: UUID, passage_id: UUID) -> Redirect:
    """Let the client read the words again."""
    evaluation = queries.evaluation(db, current_user.person, evaluation_id)
    withholding.disclose(db, evaluation, passage_id, by=current_user.person, at=now())
    flash(_("The client reads these words again."))
    return _back(evaluation_id, request.form.get("register", ""))


def _found(evaluation_id: UUID, photo_id: UUID) -> tuple[Evaluation, Photo]:
    evaluation = queries.evaluation(db, current_user.person, evaluation_id)
    return evaluation, withholding.photo(db, evaluation, photo_id)


def _drawn(evaluation: Evaluation, photo: Photo) -> tuple[Area, ...]:
    """What is blurred in the photo now."""
    kept = withheld.of(db, evaluation.id).pictures.get(photo.id)
    return areas.read(kept.areas) if kept and kept.areas else ()


def _made(sha256: str, drawn: tuple[Area, ...]) -> str:
    db.rollback()  # nothing is locked while the picture is made
    return intake.blur(current_app.extensions["photos"], sha256, drawn)


def _photo_page(evaluation: Evaluation, photo: Photo, form: BlurForm) -> str:
    drawn = _drawn(evaluation, photo)
    return render_template(
        "admin/reviews/photo.html",
        evaluation=evaluation,
        photo=photo,
        form=form,
        kept=withheld.of(db, evaluation.id).pictures.get(photo.id),
        areas=form.areas.data or areas.write(drawn),
        boxes=[area for area in drawn if isinstance(area, Box)],
        strokes=sum(isinstance(area, Stroke) for area in drawn),
        question=_question(evaluation, photo),
        may_withhold=withholding.may_withhold(evaluation, current_user.person),
    )


def _question(evaluation: Evaluation, photo: Photo) -> str | None:
    """The key of the question that the photo stands at."""
    placed = db.get(CurrentRegister, (evaluation.id, f"photo:{photo.id}"))
    return Placing.model_validate_json(placed.value).question if placed and placed.value else None


def _back(evaluation_id: UUID, register: str) -> Redirect:
    """To the review page, at the question of the text."""
    kind, _colon, name = register.partition(":")
    key = name if kind in ("answer", "comment") else request.form.get("question", "")
    anchor = f"q-{key}" if key else None
    return redirect(url_for("reviews.show", evaluation_id=evaluation_id, _anchor=anchor), 303)
