"""A test drive: answers given to try a checklist, and the page and PDF that a client would get of them.

Nothing of it is stored: the answers live in the browser and travel with each question that is asked about them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort, jsonify, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from evaluations.clock import now
from evaluations.designing.filling import Way, filled
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import Invalid
from evaluations.models import Client, Paper, Role, Version
from evaluations.queries import checklists as queries
from evaluations.queries import clients as client_queries
from evaluations.reporting import branding
from evaluations.reporting.branding import Brand
from evaluations.reporting.trial import Picture
from shopper import accents, scorecards, trials
from shopper.admin import clients, previewing
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.assets import STATIC
from shopper.database import db
from shopper.errors import words_of
from shopper.filters import wording
from shopper.language import current_language, speaking
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.trials import Trial

DRAFT = "/<uuid:checklist_id>/draft/test-drive"
VERSION = "/<uuid:checklist_id>/versions/<int:number>/test-drive"
PICTURE = Picture("0" * 64, "image/svg+xml", 1024, 768)
MOST_NUMBERS = 10_000
"""How many ways chance has."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """What is driven: a version, and the addresses of what can be asked about it."""

    version: Version
    document: Document

    def address(self, what: str) -> str:
        """Where the page ("test_drive"), its PDF or its answers are asked for."""
        if self.version.is_draft:
            return url_for(f".{what}", checklist_id=self.version.checklist_id)
        return url_for(
            f".{what}_of_version", checklist_id=self.version.checklist_id, number=self.version.number
        )

    @property
    def back(self) -> str:
        """The preview, in which the answers are given."""
        if self.version.is_draft:
            return url_for(".preview", checklist_id=self.version.checklist_id)
        return url_for(".preview_version", checklist_id=self.version.checklist_id, number=self.version.number)


@bp.route(DRAFT, methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def test_drive(checklist_id: UUID) -> str:
    """The client's page of the draft, answered as was sent, else at its best."""
    return _page(_draft(checklist_id))


@bp.post(f"{DRAFT}/report.pdf")
@allowed(Role.DESIGNER)
def test_drive_report(checklist_id: UUID) -> Response | tuple[str, int]:
    """The client's PDF of the draft, answered as was sent."""
    return _pdf(_draft(checklist_id))


@bp.get(f"{DRAFT}/answers")
@allowed(Role.DESIGNER)
def test_drive_answers(checklist_id: UUID) -> Response:
    """Answers to the whole draft, at their best, their worst or by chance."""
    return _answers(_draft(checklist_id))


@bp.route(VERSION, methods=["GET", "POST"])
@allowed(Role.DESIGNER, Role.SCHEDULER)
def test_drive_of_version(checklist_id: UUID, number: int) -> str:
    """The client's page of a published version, answered as was sent, else at its best."""
    return _page(_published(checklist_id, number))


@bp.post(f"{VERSION}/report.pdf")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def test_drive_report_of_version(checklist_id: UUID, number: int) -> Response | tuple[str, int]:
    """The client's PDF of a published version, answered as was sent."""
    return _pdf(_published(checklist_id, number))


@bp.get(f"{VERSION}/answers")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def test_drive_answers_of_version(checklist_id: UUID, number: int) -> Response:
    """Answers to a whole published version, at their best, their worst or by chance."""
    return _answers(_published(checklist_id, number))


@bp.get("/test-drive/photos/<uuid:photo_id>/<size>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def test_photo(photo_id: UUID, size: str) -> Response:  # noqa: ARG001 - all are the same drawing
    """The drawing that stands for every photo of a test drive."""
    answer = Response((STATIC / "icons/photo.svg").read_bytes(), mimetype=PICTURE.mime)
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@bp.get("/test-drive/colours/<colour>.css")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def test_colours(colour: str) -> Response:
    """The accent made of a client's colour, as the client's own pages have it."""
    sheet = accents.sheet(f"#{colour}")
    if sheet is None:
        abort(404)
    return Response(sheet, mimetype="text/css")


def offered(document: Document) -> dict[str, object]:
    """What a test drive can be told in: the clients whose brand it may wear, the languages and the papers."""
    clients = client_queries.named(db, current_user.person)
    return {"clients": clients, "languages": document.languages, "papers": list(Paper)}


def _draft(checklist_id: UUID) -> Wheel:
    desk = desk_of(checklist_id)
    return Wheel(desk.draft, desk.document)


def _published(checklist_id: UUID, number: int) -> Wheel:
    version = queries.version(db, checklist_id, number, reader=current_user.person)
    return Wheel(version, canonical.read(version.document))


def _page(wheel: Wheel, *, fault: str = "") -> str:
    trial, client = _trial(wheel)
    _found, left = trials.read(wheel.document, trial.found)
    told = {"wheel": wheel, "trial": trial, "client": client, "fault": fault, "left": _named(wheel, left)}
    bar = render_template("admin/checklists/_driven_bar.html", **told, **offered(wheel.document))
    report = trial.report(PICTURE)
    with speaking(trial.language):
        return render_template(
            "admin/checklists/driven.html",
            bar=Markup(bar),  # noqa: S704 - a template of ours
            client=client,
            report=report,
            card=report.card,
            coverage=report.coverage,
            document=report.document,
            photo_endpoint="checklists.test_photo",
            **scorecards.drawn(report),
        )


def _pdf(wheel: Wheel) -> Response | tuple[str, int]:
    trial, _client = _trial(wheel)
    name = f"{_('Test drive')} {wheel.version.checklist.name} {wheel.version.number}"
    db.rollback()  # nothing is held while it is made
    try:
        body = previewing.report_of_trial(trial)
    except Invalid as refusal:
        return _page(wheel, fault=words_of(refusal)), 422
    return _sent(body, name)


def _sent(body: bytes, name: str) -> Response:
    file = "".join(" " if sign in '/\\:*?"<>|' else sign for sign in name)[:120]
    answer = Response(body, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{file}.pdf")
    return answer


def _answers(wheel: Wheel) -> Response:
    found = _filled(wheel.document, request.args.get("fill", ""), _language(wheel.document))
    return jsonify(json.loads(found))


def _trial(wheel: Wheel) -> tuple[Trial, Client | None]:
    client = _client()
    language = _language(wheel.document)
    found = request.form.get("found") or _filled(wheel.document, request.args.get("fill", ""), language)
    paper = request.values.get("paper", "")
    brand = branding.of(client) if client else Brand(name=_("Your client"))
    trial = Trial(wheel.version.document, wheel.version.number, found, language, brand, now())
    return trial.on(Paper(paper)) if paper in set(Paper) else trial, client


def _filled(document: Document, way: str, language: str) -> str:
    at = now()
    with speaking(language):
        words = trials.words(at)
    chosen = Way(way) if way in set(Way) else Way.BEST
    return trials.written(filled(document, chosen, words, number=_number()))


def _number() -> int:
    number: int = request.args.get("number", 1, type=int)
    return number % MOST_NUMBERS


def _client() -> Client | None:
    """The client whose brand was chosen, or none."""
    try:
        chosen = UUID(request.values.get("client", ""))
    except ValueError:
        return None
    return clients.get(chosen)


def _language(document: Document) -> str:
    for language in (request.values.get("language", ""), current_language()):
        if language in document.languages:
            return language
    return document.languages[0]


def _named(wheel: Wheel, keys: list[str]) -> list[str]:
    """The questions of what does not fit, by their words where they are still there."""
    found = ((key, wheel.document.question(key)) for key in keys)
    return [wording(question.text, wheel.document) if question else key for key, question in found]
