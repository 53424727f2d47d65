"""What was found is read typed; what cannot be read is blank, and said."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from evaluations.document.answers import Answer, AnswerState, answered
from evaluations.document.tree import Instruction, Photo, Rating, ShortText
from evaluations.fieldwork import changes
from evaluations.models import Evaluation, Outcome
from evaluations.photos.intake import Prepared, record
from evaluations.queries.capture import Contents, Timing, Unreadable, contents
from tests.builders import NOON, a_document, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.phones import NOON_MS, Phone


@pytest.fixture
def evaluation(session) -> Evaluation:
    document = a_document(
        a_question("greeted", na_allowed=True),
        Rating(key="warmth"),
        ShortText(key="name", max_length=5),
        Photo(key="window"),
        Instruction(key="look"),
    )
    return an_evaluation(
        session, visit=a_visit(session, a_wave(session, version=a_version(session, document)))
    )


def found(session: Session, evaluation: Evaluation, *sent: Any) -> Contents:
    changes.store(session, evaluation, sent, by=evaluation.shopper, at=NOON)
    return contents(session, evaluation)


def test_an_evaluation_without_changes_holds_nothing(session, evaluation):
    assert contents(session, evaluation) == Contents()


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("greeted", "perhaps", "answer_not_yes_no"),
        ("warmth", 9, "answer_not_on_scale"),
        ("warmth", "4", "answer_not_on_scale"),
        ("name", "Longer than five", "answer_too_long"),
        ("look", "yes", "answer_not_asked"),
        ("retired", "yes", "unknown_question"),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_blank_and_listed(session, evaluation, key, value, code):
    read = found(session, evaluation, Phone(evaluation).answers(key, value))
    assert read.answers == {}
    assert read.unreadable == (Unreadable(f"answer:{key}", key, code, {"state": "answered", "value": value}),)


def test_answers_and_comments_are_typed(session, evaluation):
    phone = Phone(evaluation)
    read = found(
        session,
        evaluation,
        phone.answers("warmth", 4),
        phone.change("answer.set", "answer:greeted", {"state": "na"}),
        phone.answers("name", "Ana"),
        phone.comments("greeted", "She waved."),
        phone.comments("name", ""),
    )
    assert read.answers == {
        "warmth": answered(4),
        "greeted": Answer(state=AnswerState.NOT_APPLICABLE),
        "name": answered("Ana"),
    }
    assert read.comments == {"greeted": "She waved."}
    assert read.unreadable == ()


def test_a_cleared_answer_is_blank(session, evaluation):
    phone = Phone(evaluation)
    assert found(session, evaluation, phone.answers("warmth", 4), phone.clears("warmth")).answers == {}


def test_presence_and_outcome_are_read(session, evaluation):
    phone = Phone(evaluation)
    read = found(
        session, evaluation, phone.checks_in(), phone.checks_out(place=None), phone.ends("made", "Busy.")
    )
    assert read.check_in is not None
    assert read.check_in.at == datetime(2026, 3, 14, 12, tzinfo=UTC)
    assert read.check_in.place is not None
    assert (read.check_in.place.lat, read.check_in.place.accuracy_m) == ("40.41690", 12)
    assert read.check_out is not None
    assert (read.check_out.at, read.check_out.place) == (datetime(2026, 3, 14, 12, 25, tzinfo=UTC), None)
    assert (read.outcome, read.outcome_note) == (Outcome.MADE, "Busy.")


def test_photos_lie_at_their_questions_in_the_order_of_their_taking(session, evaluation):
    phone = Phone(evaluation)
    later, earlier = phone.attaches(b"b", "window", taken=2000), phone.attaches(b"a", "window", taken=1000)
    unsorted = phone.attaches(b"c", None)
    gone = phone.attaches(b"d", "window")
    read = found(
        session, evaluation, later, earlier, unsorted, gone, phone.detaches(gone["value"]["photo"]["id"])
    )
    ids = {key: [str(photo.id) for photo in placed] for key, placed in read.photos.items()}
    assert ids == {
        "window": [earlier["value"]["photo"]["id"], later["value"]["photo"]["id"]],
        "": [unsorted["value"]["photo"]["id"]],
    }
    assert read.photo_counts == {"window": 2, "": 1}


def test_a_photo_moves_to_another_question_and_gets_a_caption(session, evaluation):
    phone = Phone(evaluation)
    attach = phone.attaches(b"a", None)
    moved = phone.attaches(b"a", "window", attach["value"]["photo"]["id"], caption="From the street")
    [photo] = found(session, evaluation, attach, moved).photos["window"]
    assert (photo.question, photo.caption, photo.held) == ("window", "From the street", False)


def test_a_photo_is_owed_until_its_bytes_are_here(session, evaluation):
    attach = Phone(evaluation).attaches(b"a", "window")
    described = attach["value"]["photo"]
    before = found(session, evaluation, attach)
    assert [str(photo.id) for photo in before.owed] == [described["id"]]
    prepared = Prepared(described["sha256"], 5, "image/png", 10, 20)
    record(session, evaluation, UUID(described["id"]), prepared, by=evaluation.shopper, at=NOON)
    after = contents(session, evaluation)
    assert after.owed == ()
    [photo] = after.photos["window"]
    assert (photo.mime, photo.width, photo.height, photo.byte_count) == ("image/png", 10, 20, 5)
    assert photo.captured_at == datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("at_ms", [8_640_000_000_000_000, 253_402_300_799_000])
def test_a_clock_beyond_the_calendar_leaves_the_time_unknown(session, evaluation, at_ms):
    phone = Phone(evaluation)
    attach = phone.attaches(b"a", "window", taken=at_ms - NOON_MS)
    watch = phone.watches(str(uuid4()), "3", started_ms=at_ms)
    read = found(session, evaluation, attach, watch, phone.checks_in(at_ms=at_ms))
    assert read.photos["window"][0].captured_at is None
    assert read.check_in is not None
    assert read.check_in.at is None
    assert [one.started_at for one in read.watches] == [None]
    assert evaluation.visited_at is None


def test_conflicts_show_every_value_that_somebody_left(session, evaluation):
    one, two = Phone(evaluation), Phone(evaluation)
    attach = one.attaches(b"a", "window")
    photo_id = attach["value"]["photo"]["id"]
    two.saw[f"photo:{photo_id}"] = [attach["id"]]
    gone = two.detaches(photo_id)
    moved = one.attaches(b"a", "window", photo_id, caption="From the street")
    read = found(session, evaluation, one.answers("warmth", 4), two.answers("warmth", 2), attach, gone, moved)
    warmth, photo = read.conflicts
    assert (warmth.register, warmth.question) == ("answer:warmth", "warmth")
    assert [value["value"] for value in warmth.values] == [4, 2]
    assert (photo.register, photo.question, photo.values) == (
        f"photo:{photo_id}",
        "window",
        (None, moved["value"]),
    )
    assert read.answers["warmth"].value in (2, 4)
    assert read.photos["window"][0].caption == "From the street"


def test_a_timer_tells_what_it_measured_and_what_a_hand_made_of_it(session, evaluation):
    phone = Phone(evaluation)
    changes.store(session, evaluation, [phone.starts_timer("wait")], by=evaluation.shopper, at=NOON)
    assert contents(session, evaluation).timings == {}
    stopped = found(session, evaluation, phone.stops_timer("wait", "95.3"))
    assert stopped.timings == {"wait": Timing(measured=Decimal("95.3"))}
    corrected = found(session, evaluation, phone.corrects_timer("wait", "80", "95.3"))
    assert corrected.timings == {"wait": Timing(measured=Decimal("95.3"), corrected=Decimal(80))}
    put_back = found(session, evaluation, phone.corrects_timer("wait", "95.3", "95.3"))
    assert put_back.timings == {"wait": Timing(measured=Decimal("95.3"))}


def test_a_blind_timer_tells_what_it_measured_and_where_it_belongs(session, evaluation):
    phone = Phone(evaluation)
    running, first, second = (str(uuid4()) for _ in range(3))
    read = found(
        session,
        evaluation,
        phone.watches(running),
        phone.watches(second, "20", started_ms=NOON_MS + 5000, question="wait"),
        phone.watches(first, "95.3", doubtful=True),
    )
    assert [(one.seconds, one.question, one.doubtful) for one in read.watches] == [
        (Decimal("95.3"), None, True),
        (Decimal(20), "wait", False),
    ]


def test_two_phones_that_timed_alike_or_not_are_no_conflict_of_their_own(session, evaluation):
    one, two = Phone(evaluation), Phone(evaluation)
    read = found(session, evaluation, one.stops_timer("wait", "95"), two.stops_timer("wait", "97"))
    assert read.conflicts == ()
    assert read.timings["wait"].measured in (95, 97)


def test_reading_takes_few_queries(session, evaluation):
    phone = Phone(evaluation)
    found(session, evaluation, phone.answers("warmth", 4), phone.attaches(b"a", "window"))
    session.expire_all()
    session.refresh(evaluation)
    statements: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
    contents(session, evaluation)
    assert len(statements) <= 4
