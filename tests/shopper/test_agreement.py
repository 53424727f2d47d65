"""One score: what is stored, what the client's page and PDF show, and what `shopper score` prints are the same."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pypdf
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.answers import Answer, answered
from evaluations.document.kinds import breaks_constraint, readable
from evaluations.document.tree import Document, Duration, PointBand, SeveralChoices
from evaluations.models import Evaluation, Fact, FactKind, Scorecard
from evaluations.reporting import visit_report
from evaluations.reporting.parts import VisitReport
from evaluations.scoring.command import score_files
from shopper import filters, reports
from shopper.exporting import tables
from shopper.language import speaking
from shopper.reports import visit as setting
from tests.builders import a_client, a_client_user, a_location, a_version, a_visit, a_wave
from tests.evaluations.reviewing.visits import released
from tests.evaluations.scoring.checklists import (
    BONUS,
    BOTH_ANSWERS,
    GREETING,
    a_choice,
    a_document,
    a_touchpoint,
    the_till,
)
from tests.evaluations.scoring.generated import answer_sheets, documents
from tests.shopper.browsing import visitor_of

MOST = 8
"""Of the generated ones; each is a whole visit with its pages, and the PDF as the HTML that becomes it."""
NAMES = {FactKind.TOUCHPOINT: "touchpoints", FactKind.LENS: "lenses", FactKind.QUESTION: "questions"}


def told(answers: dict[str, Answer]) -> dict[str, Any]:
    """The answers as a phone sends them: a value, or the word of another state."""
    sent = {key: answer.model_dump(mode="json") for key, answer in answers.items()}
    return {key: raw["value"] if raw["state"] == "answered" else raw["state"] for key, raw in sent.items()}


def a_visit_of(store: Session, document: Document, answers: dict[str, Answer]) -> Evaluation:
    brand = a_client(store)
    wave = a_wave(store, brand, a_version(store, document))
    evaluation = released(store, a_visit(store, wave, a_location(store, brand)), told(answers))
    store.commit()
    return evaluation


@dataclass(frozen=True)
class Told:
    """What one place tells of a visit: its total, its touchpoints and lenses in order, as they are read."""

    total: str
    touchpoints: list[str]
    lenses: list[str]


def on_the_page(app: Flask, store: Session, evaluation: Evaluation) -> Told:
    reader = a_client_user(store, evaluation.visit.location.client)
    store.commit()
    html = visitor_of(app).signs_in(reader).get(f"/portal/visits/{evaluation.id}").text
    [score] = re.findall(r'<p class="hero-score">(.*?)</p>', html)
    lenses = html.partition('id="lenses-heading"')[2].partition("</section>")[0]
    return Told(
        score,
        re.findall(r'<p class="touchpoint-score"><b>(.*?)</b>', html),
        re.findall(r'<span class="stop-figure"><b>(.*?)</b>', lenses),
    )


def in_the_report(app: Flask, report: VisitReport) -> Told:
    """As the HTML says that becomes the PDF."""
    html = setting.page(report, app.extensions["photos"], "en").html
    total = re.findall(r'<p class="sum">(.*?)<span class="unit"> %</span></p>', html)
    lenses = html.partition('<table class="lenses">')[2].partition("</table>")[0]
    return Told(
        f"{total[0]}\N{NO-BREAK SPACE}%" if total else "Not scored",
        re.findall(r'<p class="score">(.*?) ?<span', html),
        re.findall(r"<td>(.*?)</td></tr>", lenses),
    )


def in_the_workbook(report: VisitReport) -> tuple[list[Any], list[list[Any]], list[list[Any]]]:
    """Score and points of the visit, then of each touchpoint and question, as numbers."""
    with speaking("en"):
        heading, visit = tables.visits_table().headings, tables.visit_row(report)
        score = heading.index("Score in %")
        total = [visit[score], *visit[score + 4 : score + 6]]
        place = tables.touchpoints_table().headings.index("Score in %")
        touchpoints = [[row[place], *row[place + 3 : place + 5]] for row in tables.touchpoint_rows(report)]
        points = tables.questions_table().headings.index("Points")
        questions = [list(row[points : points + 2]) for row in tables.question_rows(report)]
    return total, touchpoints, questions


def as_numbers(one: dict[str, Any], *, scored: bool = True) -> list[Any]:
    """The printed figures of `one` as the workbook holds them."""
    points = [Decimal(round(Fraction(one[name]) * 10**6)).scaleb(-6) for name in ("earned", "possible")]
    if not scored:
        return points
    return [None if one["millionths"] is None else Decimal(one["millionths"]) / 10**6, *points]


def in_the_pdf(app: Flask, store: Session, card: Scorecard) -> str:
    body = reports.render(store, app.extensions["photos"], card, "en")
    first = pypdf.PdfReader(io.BytesIO(body)).pages[0].extract_text()
    return " ".join(first.split())


def is_asked(document: Document, key: str) -> bool:
    """Whether a question is asked during the visit: what is asked afterwards counts once it is approved."""
    question = document.question(key)
    return question is not None and question.due_days is None


def agrees(app: Flask, store: Session, document: Document, answers: dict[str, Answer]) -> Scorecard:
    """Whether stored facts, page, PDF, workbook and command line tell the same of these answers."""
    evaluation = a_visit_of(store, document, answers)
    card = store.scalars(select(Scorecard).where(Scorecard.evaluation_id == evaluation.id)).one()
    facts = store.scalars(select(Fact).where(Fact.scorecard_id == card.id)).all()
    sent = {key: answer.model_dump(mode="json") for key, answer in answers.items() if is_asked(document, key)}
    printed = score_files(canonical.write(document), json.dumps(sent))
    assert json.loads(card.card) == printed
    assert (card.score, card.millionths, card.verdict) == (
        printed["score"],
        printed["millionths"],
        printed["verdict"],
    )
    for kind, names in NAMES.items():
        stored = {
            fact.key: (fact.score, fact.millionths, fact.earned, fact.possible)
            for fact in facts
            if fact.kind is kind
        }
        assert stored == {
            one["key"]: (one["score"], one["millionths"], one["earned"], one["possible"])
            for one in printed[names]
        }
    shows_the_same(app, store, evaluation, card, printed)
    return card


def shows_the_same(
    app: Flask, store: Session, evaluation: Evaluation, card: Scorecard, printed: dict[str, Any]
) -> None:
    report = visit_report.load(store, card)
    touchpoints = {one["key"]: one for one in printed["touchpoints"]}
    questions = {one["key"]: one for one in printed["questions"]}
    shown = [touchpoints[part.score.key] for part in report.touchpoints]
    read = Told(
        filters.shown(printed["shown"]) if printed["shown"] else "Not scored",
        [filters.shown(one["shown"]) for one in shown],
        [filters.shown(one["shown"]) for one in printed["lenses"]],
    )
    assert on_the_page(app, store, evaluation) == read
    in_print = [
        filters.shown(touchpoints[part.score.key]["shown"]) for part in report.touchpoints if part.questions
    ]
    assert in_the_report(app, report) == replace(read, touchpoints=in_print)
    total, parts, asked = in_the_workbook(report)
    assert (total, parts) == (as_numbers(printed), [as_numbers(one) for one in shown])
    assert asked == [as_numbers(questions[one.question.key], scored=False) for one in report.questions]


WAIT = Duration(
    key="wait", bands=(PointBand(up_to=60, points=5), PointBand(up_to=120, points=3), PointBand(points=0))
)
SEEN = a_choice("seen", {"poster": "3", "screen": "4"})
EXAMPLES = {
    "by points": (a_document(GREETING, the_till()), BOTH_ANSWERS),
    "by weights": (a_document(GREETING, the_till(), total="weights"), BOTH_ANSWERS),
    "nothing answered": (a_document(GREETING), {}),
    "a wait and several things seen": (
        a_document(a_touchpoint(WAIT, SeveralChoices(key="seen", options=SEEN.options))),
        {"wait": answered("95"), "seen": answered(["screen"])},
    ),
    "above 100 by a bonus": (
        a_document(a_touchpoint(*GREETING.questions, BONUS), bonus_may_exceed=True),
        {
            key: answered(value)
            for key, value in (("greeted", "yes"), ("warmth", 5), ("badge", "worn"), ("smile", "yes"))
        },
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_page_pdf_stored_facts_and_command_line_agree(app: Flask, store: Session, example: str) -> None:
    card = agrees(app, store, *EXAMPLES[example])
    shown = filters.percent(card.millionths) if card.score else "Not scored"
    assert shown.replace("\N{NO-BREAK SPACE}", " ") in in_the_pdf(app, store, card)


@settings(
    max_examples=MOST,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_they_agree_whatever_the_checklist_and_its_answers(
    app: Flask, store: Session, data: st.DataObject
) -> None:
    document = data.draw(documents())
    answers = {
        question.key: answer
        for question in document.questions()
        for answer in [data.draw(answer_sheets(document)).get(question.key)]
        if answer is not None and (readable(question, answer) or breaks_constraint(question, answer))
    }
    agrees(app, store, document, answers)
