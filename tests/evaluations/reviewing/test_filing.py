"""What is stored at an approval is exactly what scoring says, figure by figure."""

import json
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Answer, answered
from evaluations.document.tree import (
    Bands,
    Critical,
    Document,
    Effect,
    Lens,
    Option,
    Rating,
    Scoring,
    SingleChoice,
    Touchpoint,
    YesNo,
)
from evaluations.models import Fact, FactKind, Scorecard
from evaluations.reviewing import filing
from evaluations.scoring.card import Figure
from evaluations.scoring.scorecard import as_json, from_json, score
from tests.builders import NOON, a_version, a_visit, a_wave, an_evaluation

SLOW_FIXTURE = [HealthCheck.function_scoped_fixture]
points = st.decimals(0, 100, places=2)
lenses = st.lists(st.sampled_from(Lens), unique=True, max_size=3).map(tuple)


@st.composite
def questions(draw: st.DrawFn, key: str) -> YesNo | Rating | SingleChoice:
    common: dict[str, Any] = {
        "key": key,
        "na_allowed": True,
        "not_observed_allowed": True,
        "lenses": draw(lenses),
        "bonus": draw(st.booleans()),
    }
    kind = draw(st.sampled_from([YesNo, Rating, SingleChoice]))
    if kind is SingleChoice:
        options = tuple(
            Option(key=name, points=draw(points), na=draw(st.booleans()), failing=draw(st.booleans()))
            for name in ("one", "two", "three")
        )
        return SingleChoice(**common, options=options)
    if kind is Rating:
        return Rating(**common, points=draw(points), hi=draw(st.integers(2, 10)))
    critical = draw(
        st.none()
        | st.builds(
            Critical,
            on=st.just(("no",)),
            effect=st.sampled_from([Effect.FAILS_VISIT, Effect.ZEROES_TOUCHPOINT]),
        )
        | st.builds(Critical, on=st.just(("no",)), effect=st.just(Effect.CAPS_TOTAL), cap=points)
    )
    return YesNo(**common, points=draw(points), critical=critical)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    touchpoints = tuple(
        Touchpoint(
            key=f"t{place}",
            weight=draw(st.decimals(0, 50, places=2)),
            questions=tuple(draw(questions(f"q{place}_{number}")) for number in range(count)),
        )
        for place, count in enumerate(shape)
    )
    scoring = Scoring(
        total=draw(st.sampled_from(["points", "weights"])),
        target=draw(st.none() | points),
        bands=Bands(),
        blanks_count=draw(st.booleans()),
        bonus_may_exceed=draw(st.booleans()),
    )
    return Document(touchpoints=touchpoints, scoring=scoring)


@st.composite
def visits(draw: st.DrawFn) -> tuple[Document, dict[str, Answer]]:
    document = draw(documents())
    answers: dict[str, Answer] = {}
    for question in document.questions():
        if isinstance(question, YesNo):
            values: list[str | int] = ["yes", "no"]
        elif isinstance(question, SingleChoice):
            values = [option.key for option in question.options]
        else:
            values = list(range(question.lo, question.hi + 1))
        answer = draw(st.sampled_from([None, NOT_APPLICABLE, NOT_OBSERVED, *map(answered, values)]))
        if answer is not None:
            answers[question.key] = answer
    return document, answers


def figure_of(stored: Fact | Scorecard) -> tuple[Fraction, Fraction, Fraction | None, int | None]:
    exact = None if stored.score is None else Fraction(stored.score)
    return Fraction(stored.earned), Fraction(stored.possible), exact, stored.millionths


def figure(one: Figure) -> tuple[Fraction, Fraction, Fraction | None, int | None]:
    return one.earned, one.possible, one.score, one.millionths


@settings(suppress_health_check=SLOW_FIXTURE, max_examples=60, deadline=None)
@given(visit=visits())
def test_what_is_filed_is_exactly_what_scoring_says(
    session: Session, visit: tuple[Document, dict[str, Answer]]
):
    document, answers = visit
    card = score(document, answers)
    version = a_version(session, document)
    evaluation = an_evaluation(session, visit=a_visit(session, a_wave(session, version=version)))
    stored = filing.file(session, evaluation, card, at=NOON)
    session.expire_all()
    assert figure_of(stored) == figure(card)
    assert (stored.verdict, stored.band) == (card.verdict, card.band)
    assert json.loads(stored.card) == as_json(card)
    assert from_json(json.loads(stored.card)) == card
    expected = {
        **{
            (FactKind.TOUCHPOINT, one.key): (place, figure(one)) for place, one in enumerate(card.touchpoints)
        },
        **{(FactKind.LENS, one.key.value): (place, figure(one)) for place, one in enumerate(card.lenses)},
        **{(FactKind.QUESTION, one.key): (place, figure(one)) for place, one in enumerate(card.questions)},
    }
    assert {(fact.kind, fact.key): (fact.place, figure_of(fact)) for fact in stored.facts} == expected
    others = [fact for fact in stored.facts if fact.kind is not FactKind.QUESTION]
    assert [(fact.counted, fact.failed) for fact in others] == [
        (fact.score is not None, False) for fact in others
    ]
    marks = {one.key: (one.counted, one.failed) for one in card.questions}
    assert {
        fact.key: (fact.counted, fact.failed) for fact in stored.facts if fact.kind is FactKind.QUESTION
    } == marks


def test_filing_again_makes_the_next_edition_and_keeps_the_first(session):
    evaluation = an_evaluation(session)
    document = Document(touchpoints=(Touchpoint(key="greeting", questions=(YesNo(key="greeted"),)),))
    first = filing.file(session, evaluation, score(document, {"greeted": answered("no")}), at=NOON)
    second = filing.file(session, evaluation, score(document, {"greeted": answered("yes")}), at=NOON)
    assert [(one.edition, one.score) for one in (first, second)] == [(1, "0"), (2, "1")]
    assert len(session.scalars(select(Scorecard)).all()) == 2
