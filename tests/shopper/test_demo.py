"""The demo agency shows every main state, from a fixed seed, and never touches a used installation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
from tests.builders import NOON, a_person


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config(instance=tmp_path, database_url=database_url, secret="a secret for tests")


def test_an_installation_with_people_wants_no_demo(session: Session):
    assert demo.is_wanted(session)
    a_person(session, Role.OWNER)
    assert not demo.is_wanted(session)


def test_the_demo_shows_two_waves_a_pain_point_and_a_visit_in_every_main_state(
    session: Session, config: Config
):
    demo.make(session, config, NOON)
    session.flush()

    assert [session.scalar(select(func.count()).select_from(table)) for table in (Area, Location, Wave)] == [
        3,
        12,
        2,
    ]
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
    assert session.scalar(select(func.count()).select_from(Photo)) >= 40
    assert {"failed", "passed", "below_target"} <= set(session.scalars(select(Scorecard.verdict)))
    assert _worst_touchpoint(session) == "returns"
    assert session.scalars(select(Report)).all() == [], "reports are rendered when somebody asks"


def test_the_demo_shows_one_sign_in_per_role_to_its_owner_only(session: Session, config: Config):
    demo.make(session, config, NOON)
    lines = demo.sign_ins(config).splitlines()
    assert [line.split()[0] for line in lines] == [
        "owner",
        "designer",
        "scheduler",
        "editor",
        "shopper",
        "client",
    ]
    file = config.instance / "sign-ins.txt"
    assert file.stat().st_mode & 0o077 == 0


def test_the_same_seed_gives_the_same_scores(session: Session, config: Config):
    with session.begin_nested() as first:
        demo.make(session, config, NOON)
        scores = sorted(session.scalars(select(Scorecard.score)), key=str)
        first.rollback()
    demo.make(session, config, NOON)
    assert sorted(session.scalars(select(Scorecard.score)), key=str) == scores


def _worst_touchpoint(session: Session) -> str:
    query = (
        select(Fact.key)
        .where(Fact.kind == FactKind.TOUCHPOINT)
        .group_by(Fact.key)
        .order_by(func.avg(Fact.millionths))
    )
    return session.scalars(query.limit(1)).one()
