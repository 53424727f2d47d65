"""Where a client must act: the worst visits of a wave, each with the question to begin with."""

import pytest

from evaluations.document import canonical
from evaluations.document.tree import Critical, Effect, Scoring, Touchpoint
from evaluations.models import EvaluationState
from evaluations.queries import portal
from evaluations.reporting import withholding
from evaluations.reporting.acting import to_act_on
from tests.builders import (
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.reviewing.visits import released

FINE = {"greeted": "yes", "smiled": "yes", "told": "yes", "exit": "yes"}


@pytest.fixture
def client(session):
    return a_client(session)


@pytest.fixture
def reader(session, client):
    return a_client_user(session, client)


@pytest.fixture
def wave(session, client):
    exit_ = a_question("exit", critical=Critical(on=("no",), effect=Effect.FAILS_VISIT))
    questions = (a_question("greeted"), a_question("smiled"), a_question("told", points=30), exit_)
    touchpoint = Touchpoint(key="door", name={"en": "Door"}, questions=questions)
    document = a_document(touchpoints=(touchpoint,), scoring=Scoring(target=80))
    return a_wave(session, client, a_version(session, document))


def visited(session, wave, name, **found):
    location = a_location(session, wave.programme.client, name=name)
    return released(session, a_visit(session, wave, location), FINE | found)


def acts(session, reader, areas=None):
    [result] = portal.waves(session, reader)
    return to_act_on(session, reader, result, its_document(session, result), areas)


def its_document(session, result):
    """The document of the wave as its client gets it."""
    return withholding.document(canonical.read(portal.document(session, result)))


def test_where_every_visit_passed_there_is_nothing_to_act_on(session, reader, wave):
    visited(session, wave, "Good")
    assert acts(session, reader) == ()


def test_visits_that_failed_come_first_and_then_the_lowest(session, reader, wave):
    visited(session, wave, "Middling", told="no")
    visited(session, wave, "Failed", exit="no")
    visited(session, wave, "Low", told="no", smiled="no")
    visited(session, wave, "Good")
    assert [(one.location, one.verdict, one.question) for one in acts(session, reader)] == [
        ("Failed", "failed", "exit"),
        ("Low", "below_target", "told"),
        ("Middling", "below_target", "told"),
    ]


def test_at_most_five_visits_are_named(session, reader, wave):
    for number in range(6):
        visited(session, wave, f"Shop {number}", told="no")
    assert [one.location for one in acts(session, reader)] == [f"Shop {number}" for number in range(5)]


def test_only_visits_of_the_chosen_areas_are_named(session, reader, wave):
    here = visited(session, wave, "Here", told="no")
    visited(session, wave, "There", told="no")
    area = here.visit.location.area_id
    assert [one.location for one in acts(session, reader, {area})] == ["Here"]


def test_visits_of_others_and_those_not_released_are_not_named(session, reader, wave):
    visited(session, wave, "Good")
    visited(session, wave, "Withdrawn", told="no").state = EvaluationState.WITHDRAWN
    session.flush()
    assert acts(session, reader) == ()
    [result] = portal.waves(session, reader)
    stranger = a_client_user(session, a_client(session))
    visited(session, wave, "Low", told="no")
    document = its_document(session, result)
    assert to_act_on(session, stranger, result, document) == ()
    assert len(to_act_on(session, reader, result, document)) == 1


def test_an_internal_question_is_never_the_one_to_begin_with(session, reader, client):
    known = a_question("known", points=90, internal=True)
    touchpoint = Touchpoint(key="door", questions=(known, a_question("greeted"), a_question("smiled")))
    document = a_document(touchpoints=(touchpoint,), scoring=Scoring(target=80))
    wave = a_wave(session, client, a_version(session, document))
    visit = a_visit(session, wave, a_location(session, client, name="Here"))
    released(session, visit, {"known": "no", "greeted": "no", "smiled": "yes"})
    assert [one.question for one in acts(session, reader)] == ["greeted"]
