"""One score: what is stored, what the client's page and PDF show, and what `shopper score` prints are the same."""

from __future__ import annotations

import io
import json
import re
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
from evaluations.scoring.command import score_files
from shopper import filters, reports
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

MOST = 5
"""Of the generated ones; each is a whole visit with its PDF."""


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


def on_the_page(app: Flask, store: Session, evaluation: Evaluation) -> str:
    reader = a_client_user(store, evaluation.visit.location.client)
    store.commit()
    html = visitor_of(app).signs_in(reader).get(f"/portal/visits/{evaluation.id}").text
    [score] = re.findall(r'<p class="hero-score">(.*?)</p>', html)
    return str(score)


def in_the_pdf(app: Flask, store: Session, card: Scorecard) -> str:
    body = reports.render(store, app.extensions["photos"], card, "en")
    first = pypdf.PdfReader(io.BytesIO(body)).pages[0].extract_text()
    return " ".join(first.split())


def is_asked(document: Document, key: str) -> bool:
    """Whether a question is asked during the visit: what is asked afterwards counts once it is approved."""
    question = document.question(key)
    return question is not None and question.due_days is None


def agrees(app: Flask, store: Session, document: Document, answers: dict[str, Answer]) -> None:
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
    for kind, names in ((FactKind.TOUCHPOINT, "touchpoints"), (FactKind.QUESTION, "questions")):
        stored = {
            fact.key: (fact.score, fact.millionths, fact.earned, fact.possible)
            for fact in facts
            if fact.kind is kind
        }
        assert stored == {
            one["key"]: (one["score"], one["millionths"], one["earned"], one["possible"])
            for one in printed[names]
        }
    shown = filters.shown(printed["shown"]) if printed["shown"] else "Not scored"
    assert on_the_page(app, store, evaluation) == shown
    assert shown.replace("\N{NO-BREAK SPACE}", " ") in in_the_pdf(app, store, card)


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
    agrees(app, store, *EXAMPLES[example])


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
