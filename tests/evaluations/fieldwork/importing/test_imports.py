"""A file of locations is compared with what is there, applied as a whole, and undone as long as nothing was used."""

from __future__ import annotations

import json
from datetime import timedelta
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from evaluations.errors import Conflict, Invalid
from evaluations.fieldwork import hours, places
from evaluations.fieldwork.importing import imports, undoing, writing
from evaluations.fieldwork.importing.columns import FIELDS, guessed
from evaluations.fieldwork.importing.comparing import compare
from evaluations.fieldwork.importing.known import known
from evaluations.fieldwork.particulars import Particulars
from evaluations.models import Area, AuditEntry, Import, ImportState, Location, LocationKind, PersonArea, Role
from evaluations.tables.opening import open_table
from evaluations.tables.table import gather
from tests.builders import NOON, a_client, a_client_user, a_location, a_person, a_visit, a_wave

LATER = NOON + timedelta(hours=1)
HEADING = "code,name,area,time zone,town"


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


@pytest.fixture
def brand(session):
    return a_client(session)


def table_of(*lines, heading=HEADING):
    records = (line.split(",") for line in (heading, *lines))
    return gather("CSV", enumerate(records, start=1))


def begun(session, brand, by, *lines, heading=HEADING):
    return imports.begin(
        session, brand, table_of(*lines, heading=heading), file_name="places.csv", by=by, at=NOON
    )


def applied(session, brand, by, *lines, at=NOON, heading=HEADING):
    imported = begun(session, brand, by, *lines, heading=heading)
    seen = imports.preview(session, imported)
    assert [(one.number, one.refusal) for one in seen.problems] == []
    imports.apply(session, imported, fingerprint=seen.fingerprint, by=by, at=at)
    return imported


def problems(session, brand, by, *lines, heading=HEADING):
    seen = imports.preview(session, begun(session, brand, by, *lines, heading=heading))
    return [(one.number, one.field, one.refusal.code) for one in seen.problems]


def locations_of(session, brand):
    session.expire_all()
    found = session.scalars(select(Location).where(Location.client_id == brand.id).order_by(Location.code))
    return {location.code: location for location in found}


def test_every_bad_row_is_named_with_its_number_and_its_reason(session, brand, scheduler):
    assert problems(
        session,
        brand,
        scheduler,
        ",No code,,UTC",
        "S2,,,UTC",
        "S3,Port,,Europe/Atlantis",
        "S4,Good,,UTC",
        "s4,Twin,,UTC",
        f"S6,{'x' * 121},,UTC",
        "S7,Deep,a/b/c/d/e/f/g,UTC",
        "S8,Wide,,UTC,León,more",
        "S9,Nowhere",
        "S10",
    ) == [
        (2, "code", "needed"),
        (3, "name", "needed"),
        (4, "time_zone", "time_zone_unknown"),
        (6, "code", "code_twice"),
        (7, "name", "text_too_long"),
        (8, "area", "area_too_deep"),
        (9, None, "row_too_wide"),
        (10, "time_zone", "zone_missing"),
        (11, "name", "needed"),
        (11, "time_zone", "zone_missing"),
    ]


def test_all_that_cannot_be_read_in_one_row_is_told_at_once(session, brand, scheduler):
    heading = "code,name,kind,latitude,monday"
    assert problems(session, brand, scheduler, "S1,Port,castle,north,early", heading=heading) == [
        (2, "kind", "kind_unknown"),
        (2, "latitude", "degrees_unreadable"),
        (2, "mon", "hours_unreadable"),
    ]


def test_nothing_is_imported_while_one_row_is_bad(session, brand, scheduler):
    imported = begun(session, brand, scheduler, "S1,Port,,UTC", "S2,,,UTC")
    seen = imports.preview(session, imported)
    with pytest.raises(Conflict, match="import_has_problems"):
        imports.apply(session, imported, fingerprint=seen.fingerprint, by=scheduler, at=NOON)
    assert locations_of(session, brand) == {}


def test_what_somebody_changed_meanwhile_is_looked_at_again(session, brand, scheduler):
    a_location(session, brand, code="S1", area_id=None)
    imported = begun(session, brand, scheduler, "S1,Port,,UTC")
    seen = imports.preview(session, imported)
    locations_of(session, brand)["S1"].city = "León"
    session.flush()
    with pytest.raises(Conflict, match="import_overtaken"):
        imports.apply(session, imported, fingerprint=seen.fingerprint, by=scheduler, at=NOON)


def test_an_import_is_applied_once(session, brand, scheduler):
    imported = applied(session, brand, scheduler, "S1,Port,,UTC")
    with pytest.raises(Conflict, match="import_closed"):
        imports.apply(session, imported, fingerprint="", by=scheduler, at=NOON)
    with pytest.raises(Conflict, match="import_closed"):
        imports.forget(session, imported)
    with pytest.raises(Conflict, match="import_closed"):
        imports.choose(imported, {"code": 0})


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"name": 0}, "code_column_missing"),
        ({"code": 9}, "columns_unknown"),
        ({"code": 0, "id": 1}, "columns_unknown"),
    ],
)
def test_columns_that_make_no_sense_are_refused(session, brand, scheduler, chosen, code):
    imported = begun(session, brand, scheduler, "S1,Port,,UTC")
    with pytest.raises(Invalid, match=code):
        imports.choose(imported, chosen)


def test_new_changed_and_unchanged_are_told_apart_field_by_field(session, brand, scheduler):
    applied(session, brand, scheduler, "S1,Port,North,UTC,León", "S2,Station,North,UTC,León")
    seen = imports.preview(
        session,
        begun(session, brand, scheduler, "s1,Port,North,UTC,León", "S2,Station,South,UTC,", "S3,High,,UTC"),
    )
    assert [one.values["code"] for one in seen.additions] == ["S3"]
    assert [(one.fields, one.before["area"], one.after["area"]) for one in seen.alterations] == [
        (("code",), ("North",), ("North",)),
        (("area", "city"), ("North",), ("South",)),
    ]
    assert (seen.unchanged, seen.areas) == (0, [("South",)])


def test_a_column_that_the_file_does_not_have_changes_nothing(session, brand, scheduler):
    applied(session, brand, scheduler, "S1,Port,North,Europe/Madrid,León")
    seen = imports.preview(session, begun(session, brand, scheduler, "S1,Harbour", heading="code,name"))
    assert [one.fields for one in seen.alterations] == [("name",)]


def test_areas_are_found_by_their_path_and_made_once_where_they_are_missing(session, brand, scheduler):
    north = places.add_area(session, brand, name="North", by=scheduler, at=NOON)
    applied(
        session,
        brand,
        scheduler,
        "S1,One,north / Leeds,UTC",
        "S2,Two,North/leeds,UTC",
        "S3,Three,South//East / Leeds,UTC",
    )
    found = locations_of(session, brand)
    assert found["S1"].area_id == found["S2"].area_id
    assert found["S1"].area.parent_id == north.id
    assert (found["S3"].area.name, found["S3"].area.parent.name) == ("Leeds", "South/East")
    assert session.scalar(select(func.count(Area.id)).where(Area.client_id == brand.id)) == 4


def test_a_time_zone_is_proposed_from_the_coordinates_else_from_the_other_locations(
    session, brand, scheduler
):
    a_location(session, brand, time_zone="Europe/Madrid", area_id=None)
    heading = "code,name,latitude,longitude"
    seen = imports.preview(
        session, begun(session, brand, scheduler, "A,Las Palmas,28.1,-15.4", "B,Somewhere", heading=heading)
    )
    assert [(one.values["time_zone"], one.is_zone_proposed) for one in seen.additions] == [
        ("Atlantic/Canary", True),
        ("Europe/Madrid", True),
    ]


def test_an_import_is_in_the_trail_with_each_of_its_locations(session, brand, scheduler):
    imported = applied(session, brand, scheduler, "S1,Port,North,UTC", "S2,Station,,UTC")
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == scheduler.id)).all()
    assert sorted(acts) == ["area.added", "import.applied", "location.added", "location.added"]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == imported.id)).one()
    told = {"added": 2, "areas": 1, "changed": 0, "file": "places.csv", "unchanged": 0}
    assert json.loads(entry.details) == told
    assert imported.content == ""


def test_a_file_that_nobody_came_back_for_is_forgotten(session, brand, scheduler):
    old = begun(session, brand, scheduler, "S1,Port,,UTC")
    done = applied(session, brand, scheduler, "S1,Port,,UTC")
    imports.begin(
        session, brand, table_of("S2,x,,UTC"), file_name="b.csv", by=scheduler, at=NOON + imports.LASTS
    )
    left = session.scalars(select(Import.id)).all()
    assert old.id not in left
    assert done.id in left


def test_a_mended_file_keeps_the_columns_that_were_chosen(session, brand, scheduler):
    first = begun(session, brand, scheduler, "S1,Port", heading="x,y")
    imports.choose(first, {"code": 0, "name": 1})
    second = imports.begin(
        session,
        brand,
        table_of("S2,Port", heading="x,y"),
        file_name="b.csv",
        instead_of=first,
        by=scheduler,
        at=NOON,
    )
    assert imports.chosen_columns(second) == {"code": 0, "name": 1}
    session.flush()
    assert session.get(Import, first.id) is None


def state_of(session, brand):
    session.expire_all()
    seen = known(session, brand)
    return [seen.values(location) for location in seen.locations.values()], sorted(seen.areas)


def test_undoing_brings_back_what_was_there(session, brand, scheduler):
    applied(session, brand, scheduler, "S1,Port,North,UTC,León", "S2,Station,North / Coast,UTC,León")
    before = state_of(session, brand)
    imported = applied(
        session,
        brand,
        scheduler,
        "S1,Harbour,South / Sea,Europe/Madrid,",
        "S3,New,North / Hills,UTC",
        at=LATER,
    )
    assert state_of(session, brand) != before
    undoing.undo(session, imported, by=scheduler, at=LATER)
    assert state_of(session, brand) == before
    assert imported.state is ImportState.UNDONE
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.at == LATER).order_by(AuditEntry.id)).all()
    assert acts[-6:] == ["location.changed", "location.removed", *["area.removed"] * 3, "import.undone"]


def test_only_the_last_import_is_undone_and_only_once(session, brand, scheduler):
    first = applied(session, brand, scheduler, "S1,Port,,UTC")
    second = applied(session, brand, scheduler, "S2,Station,,UTC", at=LATER)
    with pytest.raises(Conflict, match="import_not_last"):
        undoing.undo(session, first, by=scheduler, at=LATER)
    undoing.undo(session, second, by=scheduler, at=LATER)
    with pytest.raises(Conflict, match="import_not_last"):
        undoing.undo(session, second, by=scheduler, at=LATER)
    undoing.undo(session, first, by=scheduler, at=LATER)
    assert locations_of(session, brand) == {}


def test_what_was_changed_or_used_since_stands_in_the_way_by_name(session, brand, scheduler):
    a_location(session, brand, code="S0", name="Old", area_id=None, time_zone="UTC")
    imported = applied(
        session,
        brand,
        scheduler,
        "S0,Older,,UTC",
        "S1,Visited,North,UTC",
        "S2,Corrected,,UTC",
        "S3,Untouched,,UTC",
    )
    found = locations_of(session, brand)
    a_visit(session, a_wave(session, brand), found["S1"])
    found["S0"].city = found["S2"].city = "León"
    session.add(PersonArea(person_id=a_client_user(session, brand).id, area_id=found["S1"].area_id))
    a_location(session, brand, code="S9", area_id=found["S1"].area_id)
    session.flush()
    assert [(one.code, one.name, one.what) for one in undoing.obstacles(session, imported)] == [
        ("", "North", "locations"),
        ("", "North", "person_areas"),
        ("S0", "Older", "changed"),
        ("S1", "Visited", "visits"),
        ("S2", "Corrected", "changed"),
    ]
    before = state_of(session, brand)
    with pytest.raises(Conflict, match="import_used"):
        undoing.undo(session, imported, by=scheduler, at=LATER)
    assert state_of(session, brand) == before


def test_an_area_that_was_renamed_or_filled_since_stands_in_the_way(session, brand, scheduler):
    imported = applied(session, brand, scheduler, "S1,Port,North,UTC")
    north = locations_of(session, brand)["S1"].area
    inner = places.add_area(session, brand, name="Inner", parent=north, by=scheduler, at=LATER)
    places.change_area(session, north, name="Nord", parent=None, by=scheduler, at=LATER)
    assert [(one.name, one.what) for one in undoing.obstacles(session, imported)] == [
        ("Nord", "areas"),
        ("Nord", "changed"),
    ]
    places.remove_area(session, inner, by=scheduler, at=LATER)
    places.change_area(session, north, name="North", parent=None, by=scheduler, at=LATER)
    undoing.undo(session, imported, by=scheduler, at=LATER)
    assert locations_of(session, brand) == {}


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
NAMES |= st.sampled_from(
    ["=1+1", "+34", "-x", "@a", "'quoted", "'=x", "a / b", "//", "a;b,c|d", '"', "007", "1e5"]
)
CODES = NAMES.filter(lambda text: text.casefold() == text.casefold().strip())
A_DAY = st.sampled_from(
    [None, (), hours.read_day("9-14,17-20", field="mon"), hours.read_day("18-2", field="mon")]
)
WEEK = st.fixed_dictionaries(dict.fromkeys(hours.DAYS, A_DAY))
DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.none()


@st.composite
def anything_known(draw):
    kind = draw(st.sampled_from(list(LocationKind)))
    given = {"kind": kind, "name": draw(NAMES), "time_zone": draw(st.sampled_from(["UTC", "Europe/Madrid"]))}
    week = {day: spans for day, spans in draw(WEEK).items() if spans is not None}
    if kind in {LocationKind.STORE, LocationKind.PHONE_LINE}:
        given |= {"hours": hours.write(week), "city": draw(NAMES | st.just(""))}
    if kind is LocationKind.STORE:
        place = draw(DEGREES)
        given |= {"address": draw(NAMES | st.just(""))}
        given |= {"latitude": place[0], "longitude": place[1]} if place else {}
    given |= {
        LocationKind.PHONE_LINE: {"contact": "+34 91 123"},
        LocationKind.WEB: {"contact": "https://example.com/?a=1&b=2"},
        LocationKind.MAILBOX: {"contact": "=@shop"},
    }.get(kind, {})
    return given


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    things=st.lists(anything_known(), min_size=1, max_size=4),
    codes=st.lists(CODES, min_size=4, max_size=4, unique_by=str.casefold),
    ways=st.lists(st.lists(NAMES, max_size=3), min_size=4, max_size=4),
    form=st.sampled_from(["csv", "xlsx"]),
    language=st.sampled_from(["en", "es"]),
)
def test_what_was_written_imports_again_unchanged(session, things, codes, ways, form, language):
    from shopper.admin import files
    from shopper.language import speaking
    from shopper.wordings.importing import FIELDS as HEADINGS

    by, client = a_person(session, Role.SCHEDULER), a_client(session)
    for thing, code, way in zip(things, codes, ways, strict=False):
        area = None
        for name in way:
            there = select(Area).where(Area.client_id == client.id, Area.name == name)
            there = there.where(Area.parent_id == (area.id if area else None))
            area = session.scalars(there).first() or places.add_area(
                session, client, name=name, parent=area, by=by, at=NOON
            )
        places.add_location(session, client, Particulars(code=code, area=area, **thing), by=by, at=NOON)
    there = known(session, client)
    with speaking(language):
        headings = {field: str(HEADINGS[field]) for field in FIELDS}
        rows = writing.rows_of(there)
        if form == "csv":
            body = writing.as_csv(rows, headings, files.words())
        else:
            body = writing.as_xlsx(rows, headings, files.words(), sheet="Places")
    table = open_table(body)
    seen = compare(table, guessed(table.header), there)
    assert [(one.number, one.field, one.refusal) for one in seen.problems] == []
    assert [(one.before, one.after) for one in seen.alterations] == []
    assert (seen.unchanged, seen.additions, seen.areas) == (len(rows), [], [])


def test_the_longest_file_is_compared_while_a_person_waits(session, brand, scheduler):
    lines = (f"S{number},Store {number},North / Zone {number % 60},UTC" for number in range(5_000))
    imported = begun(session, brand, scheduler, *lines)
    start = monotonic()
    assert len(imports.preview(session, imported).additions) == 5_000
    assert monotonic() - start < 10  # under a second on an idle machine
