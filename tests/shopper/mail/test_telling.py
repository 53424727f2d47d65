"""The client's people are told of results by mail: who may see them, once, in their language, unless switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.document.tree import Critical
from evaluations.models import (
    Area,
    Client,
    Evaluation,
    EvaluationState,
    Mail,
    Notice,
    NoticeKind,
    Person,
    Release,
    Role,
    Scorecard,
    Wave,
)
from evaluations.reviewing import notifying, releasing
from shopper.config import Config
from shopper.mail.posting import post_to
from shopper.worker import Stores, Worker
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.reviewing.visits import released
from tests.shopper.mail.server import Letterbox, a_letterbox
from tests.shopper.mails import opened

ADDRESS = "https://shopper.example.org"
SHOPPER = "Zacharias Quill"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with a_letterbox() as server:
        yield server


@pytest.fixture
def worker(engine: Engine, tmp_path: Path, letterbox: Letterbox) -> Worker:
    post = post_to(letterbox.address, "Agency <office@example.org>", tmp_path / "mail")
    return Worker(engine, Stores.of(Config(tmp_path, "", "")), post, address=ADDRESS)


@pytest.fixture
def scene(engine: Engine) -> Iterator[Session]:
    """What is set up here is there for the worker once it was committed."""
    with Session(writing(engine), expire_on_commit=False) as session:
        yield session


@pytest.fixture
def brand(scene: Session) -> Client:
    return a_client(scene)


@pytest.fixture
def wave(scene: Session, brand: Client) -> Wave:
    document = a_document(
        a_question(critical=Critical(on=("no",))),
        a_question("honest", "Was the shopper honest?", internal=True, critical=Critical(on=("no",))),
    )
    return a_wave(scene, brand, a_version(scene, document), name="Spring")


def visited(
    scene: Session, wave: Wave, greeted: str = "yes", honest: str = "yes", **place: object
) -> Evaluation:
    visit = a_visit(scene, wave, a_location(scene, wave.programme.client, **place))
    shopper = a_person(scene, Role.SHOPPER, name=SHOPPER)
    return released(scene, visit, {"greeted": greeted, "honest": honest}, shopper=shopper)


def arrived(scene: Session, worker: Worker, letterbox: Letterbox) -> dict[str, list[tuple[str, str]]]:
    """All mail that has come, by recipient: subjects and texts."""
    scene.commit()
    while worker.write_next() or worker.send_next():
        pass
    mails: dict[str, list[tuple[str, str]]] = {}
    for body in letterbox.arrived:
        message = opened(body)
        mails.setdefault(message["To"], []).append((message["Subject"], message.get_content()))
    assert SHOPPER not in str(mails)
    return mails


def test_nobody_is_told_who_is_of_another_client_or_left_or_may_not_see_the_place(
    scene, worker, letterbox, wave
):
    brand = wave.programme.client
    elsewhere = a_client_user(scene, brand)
    elsewhere.areas = [Area(client_id=brand.id, name="North")]
    a_client_user(scene, brand, is_active=False)
    a_client_user(scene, a_client(scene))
    visited(scene, wave)
    assert arrived(scene, worker, letterbox) == {}
    assert scene.scalars(select(Notice)).all() == []


def test_whoever_may_see_it_is_told_in_their_language_with_a_way_to_it_and_a_switch(
    scene, worker, letterbox, wave
):
    brand = wave.programme.client
    english, spanish = (
        a_client_user(scene, brand, name="Ann & Co"),
        a_client_user(scene, brand, language="es"),
    )
    evaluation = visited(scene, wave, name="Calle Mayor")
    mails = arrived(scene, worker, letterbox)
    [(subject, text)] = mails[english.email]
    assert subject == "Your scorecard is ready: Calle Mayor"
    assert "Hello Ann & Co," in text
    assert f"{ADDRESS}/portal/visits/{evaluation.id}" in text
    assert f"{ADDRESS}/account/#mail" in text
    assert mails[spanish.email][0][0] == "Su informe está listo: Calle Mayor"


def test_a_wave_that_is_released_at_once_is_one_mail(scene, worker, letterbox, wave):
    reader = a_client_user(scene, wave.programme.client)
    wave.programme.release = Release.WITH_WAVE
    for _ in range(33):
        visited(scene, wave)
    assert arrived(scene, worker, letterbox) == {}
    releasing.release_wave(scene, wave, seen_open=0, by=a_person(scene, Role.EDITOR), at=NOON)
    [(subject, text)] = arrived(scene, worker, letterbox)[reader.email]
    assert subject == "33 scorecards are ready"
    assert text.count("/portal/visits/") == 30
    assert "and 3 more" in text


def test_a_failed_critical_question_is_a_mail_of_its_own_that_names_it(scene, worker, letterbox, wave):
    reader = a_client_user(scene, wave.programme.client)
    visited(scene, wave, greeted="no", name="Calle Mayor")
    visited(scene, wave, honest="no", name="Gran Vía")
    mails = arrived(scene, worker, letterbox)[reader.email]
    critical = next(text for subject, text in mails if subject == "A critical question failed at Calle Mayor")
    assert "- Were you greeted?" in critical
    assert "honest" not in str(mails)
    assert sorted(subject for subject, _text in mails) == [
        "2 scorecards are ready",
        "A critical question failed at Calle Mayor",
    ]


def test_what_is_switched_off_is_not_sent_even_if_it_was_owed_before(scene, worker, letterbox, wave):
    quiet, late = a_client_user(scene, wave.programme.client), a_client_user(scene, wave.programme.client)
    quiet.unwanted = frozenset(NoticeKind)
    visited(scene, wave, greeted="no")
    late.unwanted = frozenset({NoticeKind.READY})
    mails = arrived(scene, worker, letterbox)
    assert quiet.email not in mails
    assert len(mails[late.email]) == 1
    assert scene.scalars(select(Notice).where(Notice.settled_at.is_(None))).all() == []


def test_what_was_taken_back_meanwhile_is_not_told(scene, worker, letterbox, wave):
    a_client_user(scene, wave.programme.client)
    visited(scene, wave).state = EvaluationState.WITHDRAWN
    assert arrived(scene, worker, letterbox) == {}
    assert scene.scalars(select(Mail)).all() == []


def test_each_result_is_told_once_however_often_it_is_owed(scene, worker, letterbox, wave):
    reader = a_client_user(scene, wave.programme.client)
    visited(scene, wave)
    arrived(scene, worker, letterbox)
    notifying.owe(scene, scene.scalars(select(Scorecard)).all(), at=NOON)
    assert len(arrived(scene, worker, letterbox)[reader.email]) == 1


def test_the_switches_are_on_the_page_of_ones_account(app, store, visitor):
    person: Person = a_client_user(store, a_client(store))
    visitor.signs_in(person)
    assert "Mail about results" in visitor.get("/account/").text
    assert visitor.sends("/account/mail", "/account/", critical="y").status_code == 303
    store.refresh(person)
    assert person.unwanted == {NoticeKind.READY}
    visitor.signs_in(a_person(store, Role.EDITOR))
    assert "Mail about results" not in visitor.get("/account/").text
