"""The demo agency shows every main state, from a fixed seed, and never touches a used installation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.document.kinds import demands_comment
from evaluations.models import (
    Area,
    Evaluation,
    EvaluationState,
    Fact,
    FactKind,
    Location,
    Photo,
    Report,
    Role,
    Scorecard,
    Visit,
    VisitState,
    Wave,
)
from shopper import demo
from shopper.config import Config
from shopper.demo import answering, checklist, pictures, words
from tests.builders import NOON, a_person


@pytest.fixture(scope="module")
def agency(databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Config]]:
    """The demo, made once for all that is asked of it here."""
    url = databases.fresh()
    config = Config(instance=tmp_path_factory.mktemp("demo"), database_url=url, secret="a secret for tests")
    engine = connect(url)
    with Session(writing(engine)) as session:
        demo.make(session, config, NOON)
        session.flush()
        yield session, config
    engine.dispose()
    databases.drop(url)


def test_an_installation_with_people_wants_no_demo(session: Session):
    assert demo.is_wanted(session)
    a_person(session, Role.OWNER)
    assert not demo.is_wanted(session)


def test_the_demo_shows_two_waves_a_pain_point_and_a_visit_in_every_main_state(
    agency: tuple[Session, Config],
):
    session, _config = agency
    assert [_count(session, table) for table in (Area, Location, Wave)] == [3, 12, 2]
    states = Counter(session.scalars(select(Evaluation.state)))
    assert states[EvaluationState.RELEASED] == 20
    assert set(states) == {
        EvaluationState.RELEASED,
        EvaluationState.SUBMITTED,
        EvaluationState.IN_REVIEW,
        EvaluationState.RETURNED,
        EvaluationState.IN_PROGRESS,
    }
    assert set(session.scalars(select(Visit.state))) == set(VisitState)
    assert _count(session, Photo) >= 40
    assert {"failed", "passed", "below_target"} <= set(session.scalars(select(Scorecard.verdict)))
    assert _worst_touchpoint(session) == "returns"
    assert _count(session, Report) == 0, "reports are rendered when somebody asks"


def test_the_demo_shows_one_sign_in_per_role_to_its_owner_only(agency: tuple[Session, Config]):
    _session, config = agency
    roles = [line.split()[0] for line in demo.sign_ins(config).splitlines()]
    assert roles == ["owner", "designer", "scheduler", "editor", "shopper", "client"]
    assert (config.instance / "sign-ins.txt").stat().st_mode & 0o077 == 0


def test_the_same_seed_gives_the_same_answers_and_the_same_pictures():
    first, second = (answering.answers(checklist.document(), 0.7, "es", Random(7)) for _ in range(2))
    assert first == second
    assert first != answering.answers(checklist.document(), 0.7, "es", Random(8))
    assert pictures.draw("window", "MARISOL", Random(7)) == pictures.draw("window", "MARISOL", Random(7))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_answer_that_must_be_explained_is_explained_in_the_shoppers_language(language: str):
    for seed in range(20):
        found = answering.answers(checklist.document(), 0.3, language, Random(seed), exit_blocked=True)
        for one in found:
            if one.answer is not None and demands_comment(one.question, one.answer):
                assert one.comment in words.COMMENTS[language][one.question.key]


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _worst_touchpoint(session: Session) -> str:
    query = (
        select(Fact.key)
        .where(Fact.kind == FactKind.TOUCHPOINT)
        .group_by(Fact.key)
        .order_by(func.avg(Fact.millionths))
    )
    return session.scalars(query.limit(1)).one()
