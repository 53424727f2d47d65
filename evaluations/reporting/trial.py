"""A trial: the report that a client would get of answers that somebody gave to try a checklist. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from evaluations.designing.filling import Filled
from evaluations.document.tree import AnyQuestion, Document, Signature
from evaluations.queries.capture import Contents, PhotoPlacement, Presence
from evaluations.queries.withheld import Withheld
from evaluations.reporting import visit_report, withholding
from evaluations.reporting.branding import Brand
from evaluations.reporting.parts import VisitReport
from evaluations.scoring import scorecard

STAYED = timedelta(minutes=26)
MOST_PHOTOS = 20
"""Of one question; more are not drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawn picture that stands for every photo."""

    sha256: str
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when the visit is said to have been made, in words that were invented for it."""

    location: str
    code: str
    address: str
    city: str
    time_zone: str
    programme: str
    wave: str
    check_code: str
    content_hash: str
    at: datetime


def report(
    document: Document, number: int, found: Filled, brand: Brand, setting: Setting, picture: Picture
) -> VisitReport:
    """The report of `found` as answers to version `number`, made by the functions that make every report."""
    shown = withholding.contents(_contents(document, found, setting, picture), Withheld(), brand.shows)
    return visit_report.compose(
        document,
        scorecard.score(document, found.answers),
        shown,
        brand,
        client=brand.name,
        location=setting.location,
        code=setting.code,
        address=setting.address,
        city=setting.city,
        time_zone=setting.time_zone,
        programme=setting.programme,
        wave=setting.wave,
        areas=(),
        version_number=number,
        content_hash=setting.content_hash,
        edition=1,
        check_code=setting.check_code,
        visited_at=setting.at,
        scored_at=setting.at,
        is_trial=True,
    )


def _contents(document: Document, found: Filled, setting: Setting, picture: Picture) -> Contents:
    asked = {question.key: question for question in document.questions()}
    placed = {
        key: _placed(asked[key], count, picture, place * MOST_PHOTOS)
        for place, (key, count) in enumerate(found.photos.items(), start=1)
        if key in asked
    }
    return Contents(
        answers=dict(found.answers),
        comments=dict(found.comments),
        photos=placed,
        check_out=Presence(setting.at + STAYED, None),
    )


def _placed(question: AnyQuestion, count: int, picture: Picture, first: int) -> list[PhotoPlacement]:
    source = "signature" if isinstance(question, Signature) else "camera"
    return [
        PhotoPlacement(
            id=UUID(int=first + place),
            question=question.key,
            caption="",
            sha256=picture.sha256,
            mime=picture.mime,
            byte_count=0,
            width=picture.width,
            height=picture.height,
            source=source,
            captured_at=None,
            place=None,
            held=True,
        )
        for place in range(min(count, MOST_PHOTOS))
    ]
