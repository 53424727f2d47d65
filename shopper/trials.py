"""A test drive of a checklist as the web and the process that sets its PDF share it: answers, brand, invented place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from evaluations.designing.filling import Filled, Words
from evaluations.document import canonical
from evaluations.document.answers import LONGEST_TEXT, Answer
from evaluations.document.kinds import take_answer
from evaluations.document.tree import Document, Photo, Signature
from evaluations.errors import Invalid
from evaluations.models import Paper
from evaluations.reporting import trial
from evaluations.reporting.branding import Brand, Shows
from evaluations.reporting.parts import VisitReport
from evaluations.reporting.trial import MOST_PHOTOS, Picture, Setting
from shopper.language import gettext as _
from shopper.language import speaking

ZONE = "Europe/Madrid"
CHECK_CODE = "TEST-DRIVE"


@dataclass(frozen=True, slots=True)
class Trial:
    """One test drive: a version, the answers given to it, and for whom in which language it is to be told."""

    document: str
    number: int
    found: str
    """As `written` writes it."""
    language: str
    brand: Brand
    at: datetime

    def report(self, picture: Picture) -> VisitReport:
        """What the client would read of it."""
        document = canonical.read(self.document)
        found, _left = read(document, self.found)
        with speaking(self.language):
            setting = _setting(canonical.content_hash(self.document), self.at)
        return trial.report(document, self.number, found, self.brand, setting, picture)

    def as_json(self) -> str:
        """All of it but the logo, which travels beside it."""
        shows = {name: getattr(self.brand.shows, name) for name in Shows.__slots__}
        brand = {"name": self.brand.name, "colour": self.brand.colour, "paper": self.brand.paper.value}
        return json.dumps(
            {
                "document": self.document,
                "number": self.number,
                "found": self.found,
                "language": self.language,
                "brand": brand,
                "shows": shows,
                "at": self.at.isoformat(),
            }
        )

    @classmethod
    def from_json(cls, text: str, logo: bytes | None) -> Trial:
        """What `as_json` wrote."""
        told = json.loads(text)
        paper = Paper(told["brand"].pop("paper"))
        brand = Brand(**told.pop("brand"), paper=paper, logo=logo, shows=Shows(**told.pop("shows")))
        return cls(**told | {"brand": brand, "at": datetime.fromisoformat(told["at"])})

    def on(self, paper: Paper) -> Trial:
        """The same on other paper."""
        return replace(self, brand=replace(self.brand, paper=paper))


def _setting(content_hash: str, at: datetime) -> Setting:
    return Setting(
        location=_("Sample Street"),
        code="0000",
        address=_("12 Sample Street"),
        city=_("Sampleton"),
        time_zone=ZONE,
        programme=_("Test drive"),
        wave=_("Sample wave"),
        check_code=CHECK_CODE,
        content_hash=content_hash,
        at=at,
    )


def words(at: datetime) -> Words:
    """What a checklist is filled with where it asks for words."""
    return Words(
        short=_("An answer"),
        narrative=_(
            "I went in shortly after eleven. A member of staff looked up, greeted me and came over. "
            "I asked about the new range, and she showed me two articles and explained how they differ."
        ),
        comment=_("This explains the answer: what was seen, when and where."),
        today=at.date(),
    )


def written(found: Filled) -> str:
    """Answers, comments and photos as they travel between the browser and the server."""
    answers = {key: answer.model_dump(mode="json") for key, answer in found.answers.items()}
    return json.dumps({"answers": answers, "comments": found.comments, "photos": found.photos})


def read(document: Document, text: str) -> tuple[Filled, list[str]]:
    """What of `text` fits the questions of `document`, and the keys of what no longer does."""
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        sent = None
    told: Mapping[str, Any] = sent if isinstance(sent, dict) else {}
    asked = {question.key: question for question in document.questions()}
    found = Filled()
    left: dict[str, None] = {}
    for name, take in (("answers", _answer), ("comments", _comment), ("photos", _photos)):
        given = told.get(name)
        for key, value in given.items() if isinstance(given, dict) else ():
            try:
                if key not in asked:
                    raise Invalid("unknown_question", field=key)
                getattr(found, name)[key] = take(asked[key], value)
            except Invalid:
                left[key] = None
    return found, list(left)


def _answer(question: Any, value: object) -> Answer:
    return take_answer(question, value)


def _comment(question: Any, value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Invalid("answer_not_text", field=question.key)
    return value


def _photos(question: Any, value: object) -> int:
    is_pictured = isinstance(question, Photo | Signature) or question.photos_allowed
    if not is_pictured or not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Invalid("answer_is_photos", field=question.key)
    return min(value, 1 if isinstance(question, Signature) else MOST_PHOTOS)
