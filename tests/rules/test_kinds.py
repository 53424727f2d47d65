"""A kind of question is whole or not there at all: read, asked, designed, reviewed and reported.

A new kind fails here until each of its places exists; the last two are judged by what they say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args
from uuid import UUID

import pytest
from flask import Flask
from markupsafe import escape

from evaluations.document.answers import Answer, answered
from evaluations.document.kinds import KINDS
from evaluations.document.tree import (
    AnyQuestion,
    Date,
    Document,
    Duration,
    Instruction,
    Kind,
    Money,
    Narrative,
    Number,
    Option,
    Photo,
    Place,
    Rating,
    SeveralChoices,
    ShortText,
    Signature,
    SingleChoice,
    Time,
    Touchpoint,
    YesNo,
)
from evaluations.queries.capture import Contents, PhotoPlacement
from evaluations.reporting.parts import QuestionPart, ReportPhoto, TouchpointPart
from evaluations.reviewing import sheet
from evaluations.scoring.coverage import coverage
from evaluations.scoring.scorecard import score
from shopper.admin.forms.checklists.kinds import FORMS
from shopper.app import create_app
from shopper.assets import STATIC, TEMPLATES
from shopper.config import Config
from shopper.reports.environment import environment
from shopper.wordings import designing

PHONE = STATIC / "js" / "field" / "kinds"
EVERY_KIND = pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
REPORTED = [kind for kind in Kind if kind is not Kind.INSTRUCTION]
PHOTO_ID = UUID(int=1)


@dataclass(frozen=True)
class Sample:
    """A question of one kind as it was answered, and how that is said to a reader."""

    question: AnyQuestion
    answer: Answer | None
    said: str
    photos: int = 0


WARM = Option(key="warm", text={"en": "With a smile"})
PROMPT = Option(key="prompt", text={"en": "At once"})
PRICE = {"amount": "1234.50", "currency": "EUR"}
SPOT = {"lat": "38.5", "lon": "-5.25", "accuracy_m": 12}
SAMPLES = {
    Kind.YES_NO: Sample(YesNo(key="q"), answered("yes"), "Yes"),
    Kind.SINGLE_CHOICE: Sample(SingleChoice(key="q", options=(WARM,)), answered("warm"), "With a smile"),
    Kind.RATING: Sample(Rating(key="q"), answered(4), "4 of 5"),
    Kind.SEVERAL_CHOICES: Sample(
        SeveralChoices(key="q", options=(WARM, PROMPT)),
        answered(["prompt", "warm"]),
        "With a smile · At once",
    ),
    Kind.NUMBER: Sample(
        Number(key="q", decimals=1, unit={"en": "people"}), answered("1234.5"), "1,234.5 people"
    ),
    Kind.MONEY: Sample(Money(key="q"), answered(PRICE), "€1,234.50"),
    Kind.DURATION: Sample(Duration(key="q"), answered("95.5"), "1 min 35.5 s"),
    Kind.DATE: Sample(Date(key="q"), answered("2026-03-14"), "Sat 14 Mar 2026"),
    Kind.TIME: Sample(Time(key="q"), answered("09:30"), "09:30"),
    Kind.SIGNATURE: Sample(Signature(key="q"), None, "Signed", photos=1),
    Kind.PLACE: Sample(Place(key="q"), answered(SPOT), "38.50000, -5.25000, give or take 12 m"),
    Kind.SHORT_TEXT: Sample(ShortText(key="q"), answered("Maria & Jo"), "Maria & Jo"),
    Kind.NARRATIVE: Sample(Narrative(key="q"), answered("I walked in."), "I walked in."),
    Kind.PHOTO: Sample(Photo(key="q"), None, "1 photo", photos=1),
    Kind.INSTRUCTION: Sample(Instruction(key="q"), None, ""),
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application, for its templates; no table is touched."""
    app = create_app(Config(instance=tmp_path, database_url="sqlite://", secret="a secret for tests"))
    with app.test_request_context():
        yield app


def document_of(sample: Sample) -> Document:
    return Document(touchpoints=(Touchpoint(key="t", questions=(sample.question,)),))


@EVERY_KIND
def test_a_kind_is_a_question_of_the_document_with_a_reader(kind: Kind) -> None:
    questions = get_args(get_args(AnyQuestion)[0])
    assert [each for each in questions if each.model_fields["kind"].default is kind]
    assert kind in KINDS
    assert SAMPLES[kind].question.kind is kind


@EVERY_KIND
def test_the_phone_asks_every_kind(kind: Kind) -> None:
    control = (PHONE / f"{kind.value}.js").read_text()
    assert {"render", "inWords"} <= set(re.findall(r"export (?:function|const) (\w+)", control))
    index = (PHONE / "index.js").read_text()
    name = re.search(rf'import \* as (\w+) from "#js/field/kinds/{kind.value}\.js"', index)
    assert name, f"{kind.value} is not imported by the phone's table of kinds"
    table = index[index.index("export const KINDS") :]
    entry = kind.value if name[1] == kind.value else f"{kind.value}: {name[1]}"
    assert re.search(rf"\b{entry}\b", table), f"{kind.value} is not in the phone's table of kinds"


@EVERY_KIND
def test_the_phone_tells_whether_every_kind_is_answered(kind: Kind) -> None:
    twin = (STATIC / "js" / "field" / "readings.js").read_text()
    table = twin[twin.index("const READS") : twin.index("\n}\n")]
    assert re.search(rf"^  {kind.value}: ", table, re.MULTILINE)


@EVERY_KIND
def test_a_designer_edits_every_kind(kind: Kind) -> None:
    assert FORMS[kind].kind is kind
    assert (TEMPLATES / "admin" / "checklists" / "kinds" / f"{kind.value}.html").is_file()
    assert designing.KINDS[kind]
    icons = (STATIC / "icons" / "names.txt").read_text().split()
    assert designing.KIND_ICONS[kind] in icons


@EVERY_KIND
def test_an_editor_and_a_client_read_every_kind(kind: Kind, app: Flask) -> None:
    sample = SAMPLES[kind]
    found = laid_out(sample)
    template = '{% from "components/findings.html" import answer with context %}{{ answer(found, document) }}'
    page = app.jinja_env.from_string(template).render(found=found, document=document_of(sample))
    assert as_read(page).removesuffix(" Map") == str(escape(sample.said))


@pytest.mark.parametrize("kind", REPORTED, ids=lambda kind: kind.value)
def test_the_report_tells_every_kind_that_is_answered(kind: Kind) -> None:
    sample = SAMPLES[kind]
    page = environment().from_string(
        '{% import "reports/words.html" as words with context %}{% include "reports/touchpoint.html" %}'
    )
    part = reported(sample)
    document = document_of(sample)
    rests_on = coverage(document, score(document, {}))
    report = SimpleNamespace(touchpoints=[part], previous=None, coverage=rests_on)
    html = page.render(part=part, document=document, report=report)
    cells = re.findall(r'<td class="(?:answer|told)"[^>]*>(.*?)</td>', html, re.DOTALL)
    assert [as_read(cell) for cell in cells] == [str(escape(sample.said))]


def as_read(html: str) -> str:
    """The text of a piece of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def laid_out(sample: Sample) -> sheet.QuestionSheet:
    """The sample as the review desk and the portal get it."""
    document = document_of(sample)
    answers = {"q": sample.answer} if sample.answer else {}
    placed = [PhotoPlacement(id=PHOTO_ID, question="q", **a_photo())] * sample.photos
    contents = Contents(answers=answers, photos={"q": placed})
    return sheet.lay_out(document, contents, score(document, answers)).touchpoints[0].questions[0]


def reported(sample: Sample) -> TouchpointPart:
    """The sample as the report gets it."""
    document = document_of(sample)
    card = score(document, {"q": sample.answer} if sample.answer else {})
    photos = (ReportPhoto(PHOTO_ID, "a" * 64, 4, 3, ""),) * sample.photos
    part = QuestionPart(1, sample.question, card.questions[0], sample.answer, photos=photos)
    return TouchpointPart(1, document.touchpoints[0], card.touchpoints[0], (part,))


def a_photo() -> dict[str, Any]:
    return {
        "caption": "",
        "sha256": "a" * 64,
        "mime": "image/jpeg",
        "byte_count": 1,
        "width": 4,
        "height": 3,
        "source": "camera",
        "captured_at": None,
        "place": None,
        "held": True,
    }
