"""A visit to print: 40 questions of the touchpoint library and its photos, approved and stored."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from evaluations.designing.library import library, placed
from evaluations.document.answers import Answer, answered
from evaluations.document.tree import Document, Kind, Phase, Scored, Scoring, Touchpoint, YesNo
from evaluations.photos.store import PhotoStore
from evaluations.reporting import pdf, visit_report
from shopper import reports
from tests.evaluations.reporting import visits

QUESTIONS, PHOTOS = 40, 12


def the_visit(folder: Path, photos: int = PHOTOS) -> tuple[pdf.Page, float]:
    """The page of a visit with 40 questions and so many photos, and how long loading and wording it took."""
    document = the_checklist()
    store = PhotoStore(folder / "photos")
    engine = connect(f"sqlite:///{folder / 'visit.db'}")
    upgrade(engine)
    with Session(writing(engine)) as session:
        card = visits.an_approved_visit(
            session,
            store,
            document,
            answers_to(document),
            comments=comments_on(document),
            photos=photos_of(document, photos),
        )
        session.commit()
        session.expire_all()
        started = time.perf_counter()
        report = visit_report.load(session, card)
        page = reports.page(report, store, "en")
        seconds = time.perf_counter() - started
    engine.dispose()
    assert (len(report.questions), len(report.photos)) == (QUESTIONS, photos)
    return page, seconds


def the_checklist() -> Document:
    """The first 40 questions of the touchpoint library that are asked in a store."""
    touchpoints: list[Touchpoint] = []
    for entry in (entry for entry in library() if entry.phases[0] is Phase.DURING):
        touchpoint = placed(entry, taken={part.key for part in touchpoints})
        asked = [question for question in touchpoint.questions if question.kind is not Kind.INSTRUCTION]
        left = QUESTIONS - sum(len(part.questions) for part in touchpoints)
        touchpoints.append(touchpoint.model_copy(update={"questions": tuple(asked[:left])}))
        if len(asked) >= left:
            break
    return Document(
        title={"en": "Store visit"},
        languages=("en", "es"),
        scoring=Scoring(total="weights", target=Decimal(80)),
        touchpoints=tuple(touchpoints),
    )


def answers_to(document: Document) -> dict[str, Answer]:
    """Good answers, and every sixth a bad one."""
    answers = visits.all_good(document)
    for place, question in enumerate(document.questions()):
        if place % 6 == 3 and isinstance(question, YesNo):
            answers[question.key] = answered("no" if question.favourable == "yes" else "yes")
    return answers


def comments_on(document: Document) -> dict[str, str]:
    """A comment on every third question."""
    told = list(visits.COMMENTS.values())
    asked = [question for question in document.questions() if isinstance(question, Scored)]
    return {question.key: told[place % len(told)] for place, question in enumerate(asked[::3])}


def photos_of(document: Document, count: int = PHOTOS) -> dict[str, int]:
    """Two photos at photo questions and one at every fifth other, until there are so many; then one more at each."""
    asked = [question.key for question in document.questions() if question.kind is Kind.PHOTO]
    others = [question.key for question in document.questions() if isinstance(question, Scored)]
    placed_at: dict[str, int] = {}
    for key in islice(cycle([*asked, *asked, *others[1::5], *others]), count):
        placed_at[key] = placed_at.get(key, 0) + 1
    return placed_at
