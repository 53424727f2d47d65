"""A withdrawn version is given to no further wave; what was planned and answered on it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from evaluations.designing import drafts, publishing, withdrawing
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.fieldwork import planning
from evaluations.fieldwork.planning import Window
from evaluations.models import AuditEntry, Role, VisitState, Wave
from evaluations.queries import waves as wave_queries
from evaluations.queries.usage import Use, WaveStage, uses
from tests.builders import NOON, a_location, a_person, a_shopper, a_visit, a_wave, an_evaluation
from tests.evaluations.designing.documents import journey

LATER = NOON + timedelta(days=1)


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER, name="Ana")


@pytest.fixture
def version(session, ana):
    draft = drafts.start(session, "Spring", journey(), by=ana, at=NOON)
    session.flush()
    return publishing.publish(session, draft, 1, by=ana, at=NOON)


def withdraw(session, version, by, reason="The offer is over.", **given):
    return withdrawing.withdraw(session, version, reason, by=by, at=LATER, **given)


def plan(session, version, by):
    location = a_location(session)
    programme = planning.add_programme(session, location.client, name="Visits", by=by, at=NOON)
    dates = Window(NOON.date(), NOON.date())
    return planning.plan_wave(
        session, programme, version, name="One", dates=dates, locations=[location], by=by, at=NOON
    )


def test_a_withdrawn_version_says_why_who_and_when_and_stays_as_it_was(session, ana, version):
    before = (version.document, version.content_hash)
    withdraw(session, version, ana, "  The offer\n is over. ")
    told = version.withdrawal
    assert (told.reason, told.withdrawn_by.name, told.withdrawn_at) == ("The offer is over.", "Ana", LATER)
    assert (version.document, version.content_hash) == before
    assert publishing.is_intact(version)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_a_reason_that_says_nothing_or_too_much_is_refused(session, ana, version, reason):
    with pytest.raises(Invalid) as refused:
        withdraw(session, version, ana, reason)
    assert refused.value.field == "reason"
    assert version.withdrawal is None


def test_a_version_is_withdrawn_once(session, ana, version):
    withdraw(session, version, ana)
    with pytest.raises(Conflict) as refused:
        withdraw(session, version, ana)
    assert refused.value.values == {"number": 1, "who": "Ana"}


def test_a_draft_is_not_withdrawn(session, ana, version):
    draft = drafts.open_draft(session, version.checklist, by=ana, at=LATER)
    session.flush()
    with pytest.raises(NotFound):
        withdraw(session, draft, ana)


def test_no_wave_is_planned_on_a_withdrawn_version(session, ana, version):
    scheduler = a_person(session, Role.SCHEDULER)
    withdraw(session, version, ana)
    assert wave_queries.published(session, scheduler) == []
    with pytest.raises(Invalid) as refused:
        plan(session, version, scheduler)
    assert refused.value.code == "version_withdrawn"
    withdrawing.put_back(session, version, by=ana, at=LATER)
    assert [row.number for row in wave_queries.published(session, scheduler)] == [1]
    assert plan(session, version, scheduler).version_id == version.id


def test_a_wave_that_has_not_begun_has_to_be_known_to_whoever_withdraws(session, ana, version):
    wave = a_wave(session, version=version, name="March")
    a_visit(session, wave)
    with pytest.raises(Conflict) as refused:
        withdraw(session, version, ana)
    assert (refused.value.code, "March" in refused.value.values["waves"]) == ("version_in_plan", True)
    assert version.withdrawal is None
    withdraw(session, version, ana, knowing={wave.id})
    assert version.withdrawal is not None
    assert session.get(Wave, wave.id).version_id == version.id


def test_waves_under_way_are_untouched_and_stand_in_no_way(session, ana, version):
    wave = a_wave(session, version=version)
    an_evaluation(session, a_shopper(session), a_visit(session, wave)).visit.state = VisitState.UNDER_WAY
    withdraw(session, version, ana)
    assert [use.stage for use in uses(session, version.checklist_id)[version.id].waves] == [
        WaveStage.UNDER_WAY
    ]


def test_what_was_said_of_a_withdrawal_stays_in_the_trail(session, ana, version):
    withdraw(session, version, ana)
    withdrawing.put_back(session, version, by=ana, at=LATER)
    withdrawing.put_back(session, version, by=ana, at=LATER)
    assert version.withdrawal is None
    acts = session.execute(
        select(AuditEntry.act, AuditEntry.details)
        .where(AuditEntry.subject_id == version.id, AuditEntry.at == LATER)
        .order_by(AuditEntry.id)
    ).all()
    assert [act for act, _details in acts] == ["version.withdrawn", "version.put_back"]
    assert all("The offer is over." in details for _act, details in acts)


def test_the_next_draft_begins_with_the_newest_version_in_use(session, ana, version):
    second = drafts.open_draft(session, version.checklist, by=ana, at=NOON)
    drafts.save(session, second, journey().model_copy(update={"title": {"en": "Other"}}), 1, by=ana, at=NOON)
    publishing.publish(session, second, 2, by=ana, at=NOON)
    assert (version.based_on, second.based_on) == (None, 1)
    withdraw(session, second, ana)
    third = drafts.open_draft(session, version.checklist, by=ana, at=LATER)
    assert (third.number, third.based_on, third.document) == (3, 1, version.document)


def test_where_every_version_is_withdrawn_a_draft_begins_knowingly_or_not_at_all(session, ana, version):
    withdraw(session, version, ana)
    with pytest.raises(Conflict) as refused:
        drafts.open_draft(session, version.checklist, by=ana, at=LATER)
    assert refused.value.code == "version_is_withdrawn"
    with pytest.raises(Conflict):
        drafts.restore(session, version, by=ana, at=LATER)
    draft = drafts.restore(session, version, knowingly=True, by=ana, at=LATER)
    assert (draft.document, draft.based_on) == (version.document, 1)


@pytest.mark.parametrize(
    ("states", "stage"),
    [
        ([], WaveStage.TO_BEGIN),
        ([VisitState.PLANNED, VisitState.ASSIGNED], WaveStage.TO_BEGIN),
        ([VisitState.PLANNED, VisitState.UNDER_WAY], WaveStage.UNDER_WAY),
        ([VisitState.PLANNED, VisitState.DONE], WaveStage.UNDER_WAY),
        ([VisitState.DONE, VisitState.CANCELLED], WaveStage.DONE),
        ([VisitState.CANCELLED], WaveStage.CALLED_OFF),
    ],
)
def test_a_wave_is_as_far_as_its_visits(session, version, states, stage):
    wave = a_wave(session, version=version)
    for state in states:
        a_visit(session, wave, state=state)
    [use] = uses(session, version.checklist_id)[version.id].waves
    assert (use.id, use.stage) == (wave.id, stage)


def test_evaluations_answered_a_version_once_they_were_handed_in(session, version):
    wave = a_wave(session, version=version)
    for submitted_at in (None, NOON):
        an_evaluation(session, a_shopper(session), a_visit(session, wave), submitted_at=submitted_at)
    assert uses(session, version.checklist_id)[version.id].answered == 1
    assert uses(session, wave.programme_id).get(version.id, Use()) == Use()
