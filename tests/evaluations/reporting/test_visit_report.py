"""What a report collects is what was stored, and nobody's identity."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from evaluations.document.answers import answered
from evaluations.models import Fact, FactKind, Outcome, Scorecard, Wave
from evaluations.photos.store import PhotoStore
from evaluations.reporting import visit_report
from evaluations.reviewing import filing
from tests.builders import NOON, kept
from tests.evaluations.reporting.checklists import the_document
from tests.evaluations.reporting.visits import all_good, an_approved_visit, failed, mixed

DOCUMENT = the_document()


@pytest.fixture
def photos(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path)


def a_later_wave(session: Session, card: Scorecard, name: str = "Autumn 2026") -> Wave:
    wave = card.evaluation.visit.wave
    later = Wave(
        programme_id=wave.programme_id,
        version_id=wave.version_id,
        name=name,
        starts_on=wave.starts_on + timedelta(days=180),
        ends_on=date(2026, 12, 31),
        created_at=NOON,
    )
    session.expire_all()
    return kept(session, later)  # type: ignore[no-any-return]


def test_every_figure_is_the_stored_one(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, failed(DOCUMENT))
    report = visit_report.load(session, card)
    facts = {(fact.kind, fact.key): fact for fact in session.scalars(select(Fact))}
    assert len(facts) == len(report.touchpoints) + len(report.questions) + len(report.card.lenses)
    for part in report.touchpoints:
        fact = facts[FactKind.TOUCHPOINT, part.touchpoint.key]
        assert (str(part.score.earned), str(part.score.possible)) == (fact.earned, fact.possible)
        assert part.score.millionths == fact.millionths
    for question in report.questions:
        fact = facts[FactKind.QUESTION, question.question.key]
        assert (str(question.score.earned), question.score.failed) == (fact.earned, fact.failed)
    assert report.card.millionths == card.millionths
    assert (report.card.verdict, report.card.band) == (card.verdict, None)


def test_it_is_loaded_with_few_queries(session: Session, photos: PhotoStore) -> None:
    first = an_approved_visit(session, photos, DOCUMENT, all_good(DOCUMENT))
    wave = a_later_wave(session, first)
    card = an_approved_visit(
        session, photos, DOCUMENT, mixed(DOCUMENT), wave=wave, photos={"signage_photo": 1}
    )
    session.expire_all()
    asked: list[str] = []

    def note(*statement: object) -> None:
        asked.append(str(statement[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        visit_report.load(session, card)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 12, "\n".join(asked)


def test_photos_and_comments_stand_at_their_questions(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(
        session, photos, DOCUMENT, mixed(DOCUMENT), photos={"signage_photo": 2, "greeting_wait": 1}
    )
    report = visit_report.load(session, card)
    found = {question.question.key: question for question in report.questions}
    assert {key: len(question.photos) for key, question in found.items() if question.photos} == {
        "signage_photo": 2,
        "greeting_wait": 1,
    }
    assert found["greeting_wait"].comment.startswith("I waited for seven minutes")
    assert [question.number for question in report.questions] == list(range(1, len(found) + 1))


def test_a_photo_whose_bytes_never_came_is_left_out(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos={"signage_photo": 1})
    held = visit_report.load(session, card).photos
    for table in ("photo_bands", "photos"):
        session.connection().exec_driver_sql(f"DELETE FROM {table}")
    session.expire_all()
    assert (len(held), len(visit_report.load(session, card).photos)) == (1, 0)


def test_without_an_earlier_wave_there_is_nothing_to_compare(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT))
    assert visit_report.load(session, card).previous is None


def test_the_wave_before_is_the_mean_of_its_visits_to_the_same_location(
    session: Session, photos: PhotoStore
) -> None:
    best = an_approved_visit(session, photos, DOCUMENT, all_good(DOCUMENT))
    wave = best.evaluation.visit.wave
    session.expire_all()
    worst = an_approved_visit(
        session, photos, DOCUMENT, all_good(DOCUMENT) | {"email_seen": answered("no")}, wave=wave
    )
    now = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), wave=a_later_wave(session, best))
    previous = visit_report.load(session, now).previous
    assert previous is not None
    assert (best.millionths, worst.millionths, previous.visits) == (100_000_000, 96_250_000, 2)
    assert previous.millionths == 98_125_000
    assert previous.touchpoints["email"] == 87_500_000
    assert (previous.name, previous.touchpoints["signage"]) == (wave.name, 100_000_000)


def test_the_newest_edition_of_an_earlier_visit_counts(session: Session, photos: PhotoStore) -> None:
    first = an_approved_visit(session, photos, DOCUMENT, all_good(DOCUMENT))
    session.add(
        Scorecard(
            evaluation_id=first.evaluation_id,
            edition=2,
            verdict="passed",
            band="fair",
            score="4/5",
            millionths=80_000_000,
            earned="4",
            possible="5",
            card=first.card,
            released_at=NOON,
            scored_at=NOON,
        )
    )
    now = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), wave=a_later_wave(session, first))
    previous = visit_report.load(session, now).previous
    assert previous is not None
    assert (previous.millionths, previous.visits) == (80_000_000, 1)


def test_an_earlier_visit_that_was_not_released_is_not_compared(session: Session, photos: PhotoStore) -> None:
    first = an_approved_visit(
        session, photos, DOCUMENT, all_good(DOCUMENT), evaluation={"state": "withdrawn"}
    )
    now = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), wave=a_later_wave(session, first))
    assert visit_report.load(session, now).previous is None


def test_the_check_code_follows_every_figure(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT))
    words = card.evaluation.version.content_hash or ""
    code = visit_report.load(session, card).check_code
    assert code == filing.check_code(card, words)
    assert len(code) == 14
    card.card = card.card.replace('"shown":"73.3"', '"shown":"93.3"')
    assert filing.check_code(card, words) != code


def test_times_that_are_out_of_order_give_no_duration(session: Session, photos: PhotoStore) -> None:
    report = visit_report.load(session, an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT)))
    assert report.duration == timedelta(minutes=42)
    assert replace(report, left_at=report.visited_at - timedelta(minutes=1)).duration is None
    assert replace(report, left_at=None).duration is None


def test_a_visit_without_a_score_shows_what_was_found(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(
        session, photos, DOCUMENT, {}, comments={"signage_seen": "The shutters were down."}
    )
    report = visit_report.load(session, card)
    assert (report.card.verdict, report.wrong, report.well) == ("not_scored", (), ())
    assert [question.question.key for question in report.found] == ["signage_seen"]
    assert report.outcome is None or report.outcome in Outcome
