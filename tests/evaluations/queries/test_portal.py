"""What a client user reads: the own client's released visits, and means that are sums of stored facts."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.errors import NotFound
from evaluations.models import Area, EvaluationState, Fact, FactKind, Role, Scorecard
from evaluations.queries import portal
from evaluations.queries.means import mean, mean_of
from evaluations.queries.results import PAGE
from evaluations.reviewing import filing
from evaluations.scoring import scorecard
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
)
from tests.evaluations.reviewing.visits import a_photo, released, says

HUNDRED = 100_000_000
scores = st.none() | st.integers(0, HUNDRED)


def a_card(session, evaluation, millionths, *, touchpoints=None, verdict="passed", edition=1):
    """A stored scorecard with one fact per touchpoint."""
    facts = [
        Fact(
            kind=FactKind.TOUCHPOINT,
            key=key,
            place=place,
            earned="0",
            possible="1",
            counted=figure is not None,
            millionths=figure,
        )
        for place, (key, figure) in enumerate((touchpoints or {}).items())
    ]
    card = Scorecard(
        evaluation_id=evaluation.id,
        edition=edition,
        verdict=verdict,
        band=None,
        millionths=millionths,
        earned="0",
        possible="1",
        card="{}",
        released_at=NOON,
        scored_at=NOON,
        facts=facts,
    )
    return kept(session, card)


def a_result(session, wave, location, millionths, **given):
    """A released visit with this score."""
    visit = a_visit(session, wave, location)
    evaluation = an_evaluation(session, visit=visit, state=EvaluationState.RELEASED, visited_at=NOON)
    a_card(session, evaluation, millionths, **given)
    return evaluation


def half_up(total, count):
    return None if not count else (Fraction(total, count) + Fraction(1, 2)).__floor__()


@pytest.fixture
def client(session):
    return a_client(session)


@pytest.fixture
def reader(session, client):
    return a_client_user(session, client)


@pytest.fixture
def wave(session, client):
    return a_wave(session, client)


@given(st.integers(0, 10**14), st.integers(1, 10**4))
def test_a_mean_is_rounded_half_up_to_a_whole_number(total, count):
    assert mean(total, count) == half_up(total, count)


def test_nothing_has_no_mean():
    assert mean_of([None, None]) is None
    assert mean_of([]) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.lists(st.tuples(scores, scores), min_size=1, max_size=3), min_size=1, max_size=4))
def test_figures_are_means_of_stored_facts_location_by_location(session, shops):
    client = a_client(session)
    reader, wave = a_client_user(session, client), a_wave(session, client)
    area = kept(session, Area(client_id=client.id, name="North"))
    for visits in shops:
        location = a_location(session, client, area_id=area.id)
        for total, greeting in visits:
            a_result(session, wave, location, total, touchpoints={"greeting": greeting})
    by_total = [mean_of([total for total, _ in visits]) for visits in shops]
    by_greeting = [mean_of([greeting for _, greeting in visits]) for visits in shops]
    [result] = portal.waves(session, reader)
    assert result.millionths == mean_of(by_total)
    assert (result.visits, len(result.locations)) == (sum(map(len, shops)), len(shops))
    assert result.scored == sum(one is not None for one in by_total)
    heat = portal.heat(session, reader, result, portal.areas(session, reader))
    [row], whole = heat.areas, heat.whole
    expected = mean_of(by_greeting)
    assert row.total.millionths == result.millionths
    assert [cell.millionths for cell in whole.values()] == ([] if expected is None else [expected])
    assert row.cells == whole


def test_a_location_that_is_visited_twice_counts_once(session, reader, wave, client):
    twice, once = a_location(session, client), a_location(session, client)
    a_result(session, wave, twice, 100_000_000)
    a_result(session, wave, twice, 50_000_000)
    a_result(session, wave, once, 25_000_000)
    [result] = portal.waves(session, reader)
    assert result.millionths == 50_000_000
    assert (result.scored, result.visits) == (2, 3)


def test_only_the_newest_edition_counts(session, reader, wave, client):
    evaluation = a_result(session, wave, a_location(session, client), 10_000_000)
    a_card(session, evaluation, 90_000_000, edition=2)
    [result] = portal.waves(session, reader)
    assert (result.millionths, result.visits) == (90_000_000, 1)
    assert [row.millionths for row in portal.visits(session, reader).rows] == [90_000_000]
    assert portal.scorecard(session, reader, evaluation.id).edition == 2


def test_locations_that_failed_are_counted_once_each(session, reader, wave, client):
    failed = a_location(session, client)
    for verdict in ("failed", "failed", "passed"):
        a_result(session, wave, failed, 80_000_000, verdict=verdict)
    a_result(session, wave, a_location(session, client), 80_000_000)
    [result] = portal.waves(session, reader)
    assert result.failed == 1


@pytest.mark.parametrize(("count", "is_few"), [(1, True), (4, True), (5, False)])
def test_fewer_than_five_locations_are_single_observations(session, reader, wave, client, count, is_few):
    for _ in range(count):
        a_result(session, wave, a_location(session, client), 80_000_000)
    [result] = portal.waves(session, reader)
    assert result.is_few is is_few


@pytest.mark.parametrize(("count", "rows"), [(4, 4), (5, 0)])
def test_few_locations_stand_each_on_its_own(session, reader, wave, client, count, rows):
    for number in range(count):
        figure = (number + 1) * 10_000_000
        a_result(session, wave, a_location(session, client), figure, touchpoints={"greeting": figure})
    [result] = portal.waves(session, reader)
    found = portal.heat(session, reader, result, portal.areas(session, reader)).locations
    assert len(found) == rows
    for row in found:
        assert row.cells["greeting"].millionths == row.location.millionths


def test_waves_come_newest_first(session, reader, client):
    for month in (3, 9, 6):
        wave = a_wave(session, client, name=f"Month {month}", starts_on=date(2026, month, 1))
        a_result(session, wave, a_location(session, client), 80_000_000)
    assert [one.wave for one in portal.waves(session, reader)] == ["Month 9", "Month 6", "Month 3"]


def test_an_area_holds_the_areas_below_it(session, reader, wave, client):
    region = kept(session, Area(client_id=client.id, name="North"))
    district = kept(session, Area(client_id=client.id, name="Coast", parent_id=region.id))
    other = kept(session, Area(client_id=client.id, name="South"))
    for area, score in ((region, 20), (district, 40), (other, 90)):
        a_result(session, wave, a_location(session, client, area_id=area.id), score * 1_000_000)
    a_result(session, wave, a_location(session, client, area_id=None), 10_000_000)
    tree = portal.areas(session, reader)
    assert [(area.name, depth) for area, depth in tree] == [("North", 0), ("Coast", 1), ("South", 0)]
    [result] = portal.waves(session, reader)
    rows = portal.heat(session, reader, result, tree).areas
    assert [(row.area.name if row.area else None, row.total.millionths) for row in rows] == [
        ("North", 30_000_000),
        ("Coast", 40_000_000),
        ("South", 90_000_000),
        (None, 10_000_000),
    ]
    inside = portal.within(tree, region.id)
    assert inside == {region.id, district.id}
    assert [one.visits for one in portal.waves(session, reader, inside)] == [2]
    assert portal.visits(session, reader, areas=inside).total == 2


@pytest.mark.parametrize(
    "state", [state for state in EvaluationState if state is not EvaluationState.RELEASED]
)
def test_what_is_not_released_does_not_exist_for_a_client(session, reader, wave, client, state):
    evaluation = a_result(session, wave, a_location(session, client), 80_000_000)
    evaluation.state, evaluation.released_at = state, None
    session.flush()
    assert portal.waves(session, reader) == ()
    assert portal.visits(session, reader).total == 0
    with pytest.raises(NotFound):
        portal.scorecard(session, reader, evaluation.id)


def test_results_are_of_released_visits_whoever_reads_them(session, wave, client):
    evaluation = a_result(session, wave, a_location(session, client), 80_000_000)
    owner = a_person(session, Role.OWNER)
    assert len(portal.waves(session, owner)) == 1
    evaluation.state = EvaluationState.WITHDRAWN
    session.flush()
    assert portal.waves(session, owner) == ()


def test_what_belongs_to_another_client_does_not_exist(session, wave, client):
    evaluation = a_result(session, wave, a_location(session, client), 80_000_000)
    a_photo(session, evaluation, "greeted")
    stranger = a_client_user(session, a_client(session))
    assert portal.waves(session, stranger) == ()
    assert portal.areas(session, stranger) == ()
    assert portal.visits(session, stranger).rows == ()
    with pytest.raises(NotFound):
        portal.scorecard(session, stranger, evaluation.id)
    with pytest.raises(NotFound):
        portal.within(portal.areas(session, stranger), client.areas[0].id)


def test_an_area_that_does_not_exist_is_not_found(session, reader):
    with pytest.raises(NotFound):
        portal.within(portal.areas(session, reader), uuid4())


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.DESIGNER, Role.SCHEDULER])
def test_results_are_no_business_of_shoppers_designers_and_schedulers(session, wave, client, role):
    a_result(session, wave, a_location(session, client), 80_000_000)
    assert portal.waves(session, a_person(session, role)) == ()


def test_photos_of_a_released_visit_are_the_clients_until_they_were_taken_away(session, reader, wave, client):
    visit = a_visit(session, wave, a_location(session, client))
    evaluation = an_evaluation(session, visit=visit)
    stays, goes = a_photo(session, evaluation, "greeted"), a_photo(session, evaluation, "greeted")
    says(session, evaluation, f"photo:{goes.id}", "photo.detach", None)
    evaluation.state, evaluation.released_at = EvaluationState.RELEASED, NOON
    filing.file(session, evaluation, scorecard.score(a_document(), {}), at=NOON)
    assert portal.photo(session, reader, stays.id) == stays.sha256
    for missing in (goes.id, uuid4()):
        with pytest.raises(NotFound):
            portal.photo(session, reader, missing)
    with pytest.raises(NotFound):
        portal.photo(session, a_client_user(session, a_client(session)), stays.id)


def test_visits_are_listed_newest_first_a_page_at_a_time(session, reader, wave, client):
    location = a_location(session, client)
    for day in range(PAGE + 2):
        a_result(session, wave, location, 80_000_000).visited_at = NOON + timedelta(days=day)
    session.flush()
    first, last = portal.visits(session, reader), portal.visits(session, reader, page=99)
    assert (first.total, first.pages, len(first.rows)) == (PAGE + 2, 2, PAGE)
    assert first.rows[0].visited_at == NOON + timedelta(days=PAGE + 1)
    assert (last.page, [row.visited_at for row in last.rows]) == (2, [NOON + timedelta(days=1), NOON])


def test_an_approved_visit_is_read_back_with_its_stored_figures(session, reader, wave, client):
    evaluation = released(session, a_visit(session, wave, a_location(session, client)), {"greeted": "no"})
    card = portal.scorecard(session, reader, evaluation.id)
    assert (card.millionths, card.evaluation.visit.location.client_id) == (0, client.id)
    assert portal.report(session, card, "en") is not None
    assert portal.report(session, card, "es") is None
