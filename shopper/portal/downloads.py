"""Downloads: many results in one file, asked for here, made in the background, and kept for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from evaluations.clock import now
from evaluations.errors import NotFound, Refusal
from evaluations.models import Export, ExportState, Role
from evaluations.queries import exports
from evaluations.queries import portal as queries
from evaluations.queries.exports import Asked
from evaluations.reporting import exporting
from evaluations.reporting.store import ExportStore
from shopper.database import db
from shopper.language import Lazy, lazy
from shopper.permissions import allowed
from shopper.portal.asking import AskForm
from shopper.wordings.exporting import KINDS, TYPES, file_name

bp = Blueprint("downloads", __name__, url_prefix="/portal/downloads")
SECONDS_BETWEEN_LOOKS = 3


class Standing(StrEnum):
    """How an export stands for whoever asked for it."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"
    NARROWED = "narrowed"
    """It holds a result that the reader may no longer see."""


WORDS: dict[Standing, Lazy] = {
    Standing.WAITING: lazy("Waiting"),
    Standing.MAKING: lazy("Being made"),
    Standing.READY: lazy("Ready"),
    Standing.FAILED: lazy("Failed"),
    Standing.EXPIRED: lazy("Expired"),
    Standing.NARROWED: lazy("No longer available"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page."""

    asked: Asked
    standing: Standing
    narrowed_to: tuple[str, ...]
    """The names of the wave and the area that it was narrowed to."""

    @property
    def export(self) -> Export:
        """What was asked for."""
        return self.asked.export


@bp.get("/")
@allowed(Role.CLIENT)
def index() -> Response:
    """What was asked for and how far it is; the page looks again by itself while something is being made."""
    return _page(_form())


@bp.post("/")
@allowed(Role.CLIENT)
def ask() -> Response | WerkzeugResponse:
    """Have a file made of the results that were chosen."""
    form = _form()
    if not form.accepted:
        return _page(form)
    kind, wanted = form.kind_and_wanted()
    client = current_user.person.client.name
    try:
        exporting.ask(
            db,
            kind,
            wanted,
            by=current_user.person,
            file_name=file_name(kind, [client, *form.names_of(wanted)], now().date()),
            at=now(),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form)
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:export_id>/attempts")
@allowed(Role.CLIENT)
def try_again(export_id: UUID) -> WerkzeugResponse:
    """Try once more what had failed."""
    exporting.LEASING.try_again(db, exports.one(db, current_user.person, export_id).export, at=now())
    return redirect(url_for(".index"), 303)


@bp.get("/<uuid:export_id>/file")
@allowed(Role.CLIENT)
def download(export_id: UUID) -> Response:
    """The file itself; a download that broke off goes on where it was."""
    reader = current_user.person
    asked = exports.one(db, reader, export_id)
    export = asked.export
    if _standing(asked, narrowed=frozenset(), at=now()) is not Standing.READY or export.sha256 is None:
        raise NotFound()
    if not exports.is_still_theirs(db, reader, export):
        raise NotFound()
    store: ExportStore = current_app.extensions["exports"]
    response = send_file(
        store.open(export.sha256),
        mimetype=TYPES[export.kind],
        as_attachment=True,
        download_name=export.file_name,
        conditional=True,
        etag=export.sha256,
        last_modified=export.finished_at,
    )
    if response.status_code == 304:
        response.close()  # the file was opened before it was known that nobody reads it
    response.headers["Cache-Control"] = "private, no-cache"  # what is half here may be kept until the rest is
    return response


def _form() -> AskForm:
    reader = current_user.person
    form = AskForm.read(language=reader.language)
    form.offer(queries.waves(db, reader), queries.areas(db, reader))
    return form


def _page(form: AskForm) -> Response:
    reader, at = current_user.person, now()
    listed = exports.listed(db, reader)
    narrowed = exports.no_longer_theirs(db, reader, [one.export.id for one in listed])
    rows = [
        Row(one, _standing(one, narrowed=narrowed, at=at), form.names_of(exporting.wanted_of(one.export)))
        for one in listed
    ]
    response = make_response(
        render_template(
            "portal/downloads.html",
            form=form,
            rows=rows,
            kinds=KINDS,
            words=WORDS,
            seconds=SECONDS_BETWEEN_LOOKS,
            has_results=bool(form.waves),
        ),
        form.status,
    )
    if any(row.asked.is_waiting for row in rows):
        response.headers["Refresh"] = f"{SECONDS_BETWEEN_LOOKS}; url={url_for('.index')}"
    return response


def _standing(asked: Asked, *, narrowed: frozenset[UUID], at: datetime) -> Standing:
    export = asked.export
    if export.state is ExportState.OWED:
        return Standing.MAKING if asked.done else Standing.WAITING
    if export.state is ExportState.MAKING:
        return Standing.MAKING
    if export.state is ExportState.EXPIRED or export.expires_at <= at:
        return Standing.EXPIRED
    if export.state is ExportState.FAILED:
        return Standing.FAILED
    store: ExportStore = current_app.extensions["exports"]
    if not store.has(export.sha256):
        return Standing.EXPIRED
    return Standing.NARROWED if export.id in narrowed else Standing.READY
