"""What is asked for is what its reader may see, when it is asked for and when it is taken away."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.errors import Conflict, NotFound
from evaluations.models import (
    Cause,
    Client,
    EvaluationState,
    Export,
    ExportItem,
    ExportKind,
    ExportState,
    Person,
    Report,
    ReportState,
    Scorecard,
)
from evaluations.photos.store import PhotoStore
from evaluations.queries import exports
from evaluations.reporting import exporting, owing
from evaluations.reporting.exporting import KEPT_FOR, LEASING, Wanted
from evaluations.reviewing import filing
from evaluations.scoring import scorecard
from tests.builders import NOON, a_client_user, a_document, a_location
from tests.evaluations.reporting.visits import all_good, an_approved_visit

ALL = Wanted(language="en")


@pytest.fixture
def cards(session: Session) -> list[Scorecard]:
    """Two visits of one brand, each at a place and in an area of its own, and one of another brand."""
    document = a_document()
    store, answers = PhotoStore(Path("/nowhere")), all_good(document)
    first = an_approved_visit(session, store, document, answers, comments={})
    wave = first.evaluation.visit.wave
    second = an_approved_visit(session, store, document, answers, comments={}, wave=wave)
    second.evaluation.visit.location = a_location(session, wave.programme.client)
    session.flush()
    return [first, second, an_approved_visit(session, store, document, answers, comments={})]


@pytest.fixture
def client(cards: list[Scorecard]) -> Client:
    return cards[0].evaluation.visit.location.client


@pytest.fixture
def reader(session: Session, client: Client) -> Person:
    return a_client_user(session, client)


def ask(
    session: Session, reader: Person, kind: ExportKind = ExportKind.ARCHIVE, wanted=ALL, at=NOON
) -> Export:
    return exporting.ask(session, kind, wanted, by=reader, file_name="all.zip", at=at)


def items(session: Session, export: Export) -> set[object]:
    query = select(ExportItem.scorecard_id).where(ExportItem.export_id == export.id)
    return set(session.scalars(query))


def test_where_nothing_fits_nothing_is_owed(session, cards, reader):
    for unfit in ({"wave": uuid4()}, {"until": date(2020, 1, 1)}, {"since": date(2999, 1, 1)}):
        with pytest.raises(Conflict, match="nothing_to_export"):
            ask(session, reader, wanted=Wanted(language="en", **unfit))
    foreign = cards[2].evaluation.visit.location.area_id
    with pytest.raises(NotFound):
        ask(session, reader, wanted=Wanted(language="en", area=foreign))
    assert session.scalar(select(func.count()).select_from(Export)) == 0


def test_of_somebody_else_it_does_not_exist(session, client, reader):
    export = ask(session, reader)
    with pytest.raises(NotFound):
        exports.one(session, a_client_user(session, client), export.id)
    assert exports.listed(session, a_client_user(session, client)) == ()


def test_it_holds_what_the_reader_may_see_and_no_more(session, cards, reader):
    assert items(session, ask(session, reader)) == {cards[0].id, cards[1].id}
    reader.locations = [cards[1].evaluation.visit.location]
    session.flush()
    narrowed = ask(session, reader, wanted=Wanted(language="es"))
    assert items(session, narrowed) == {cards[1].id}


def test_it_is_no_longer_theirs_once_a_part_of_it_is_not(session, cards, reader):
    export = ask(session, reader)
    assert exports.is_still_theirs(session, reader, export)
    reader.locations = [cards[1].evaluation.visit.location]
    session.flush()
    assert not exports.is_still_theirs(session, reader, export)
    assert [card for card, _report in exporting.held(session, export)] == [cards[1].id]
    exporting.drop_what_is_not_theirs(session, export)
    assert exports.is_still_theirs(session, reader, export)


def test_what_was_withdrawn_or_kept_back_since_is_no_longer_theirs(session, cards, reader):
    export = ask(session, reader)
    cards[0].evaluation.state = EvaluationState.IN_REVIEW  # looked at again, it still holds
    session.flush()
    assert exports.is_still_theirs(session, reader, export)
    cards[0].evaluation.state = EvaluationState.WITHDRAWN
    session.flush()
    assert not exports.is_still_theirs(session, reader, export)
    newer = ask(session, reader, ExportKind.CSV)
    card = scorecard.score(a_document(), all_good(a_document()))
    filing.file(session, cards[1].evaluation, card, at=NOON, cause=Cause.WITHHELD).released_at = NOON
    session.flush()
    assert not exports.is_still_theirs(session, reader, newer)


def test_the_pdfs_that_are_missing_become_owed_and_the_archive_waits_for_them(session, cards, reader):
    owing.owe(session, cards[0], "en", at=NOON)
    export = ask(session, reader)
    reports = session.scalars(select(Report)).all()
    assert {report.scorecard_id for report in reports} == {cards[0].id, cards[1].id}
    assert LEASING.claim(session, uuid4(), at=NOON) is None
    reports[0].state = ReportState.READY
    session.flush()
    assert exports.one(session, reader, export.id).percent == 50
    assert LEASING.claim(session, uuid4(), at=NOON) is None
    reports[1].state = ReportState.FAILED
    session.flush()
    assert LEASING.claim(session, uuid4(), at=NOON) is export


def test_a_pdf_that_had_failed_is_tried_again(session, cards, reader):
    report = owing.owe(session, cards[0], "en", at=NOON)
    report.state, report.attempts = ReportState.FAILED, 5
    session.flush()
    ask(session, reader)
    session.refresh(report)
    assert (report.state, report.attempts) == (ReportState.OWED, 0)


def test_a_workbook_waits_for_no_pdf(session, reader):
    export = ask(session, reader, ExportKind.WORKBOOK)
    assert LEASING.claim(session, uuid4(), at=NOON) is export
    assert session.scalar(select(func.count()).select_from(Report)) == 0


def test_asked_for_twice_it_is_made_once(session, reader):
    assert ask(session, reader) is ask(session, reader, at=NOON + timedelta(minutes=1))
    assert ask(session, reader, ExportKind.CSV) is not ask(session, reader)


def test_it_expires_and_its_file_is_wanted_no_more(session, reader):
    export = ask(session, reader)
    export.state, export.sha256 = ExportState.READY, "0" * 64
    session.flush()
    assert exporting.expire(session, at=NOON + KEPT_FOR / 2) == 0
    assert exporting.kept(session) == {"0" * 64}
    assert exporting.expire(session, at=NOON + KEPT_FOR) == 1
    session.refresh(export)
    assert export.state is ExportState.EXPIRED
    assert exporting.kept(session) == items(session, export) == set()
