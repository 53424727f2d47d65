"""Locations from a file, in the pages of the office."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from evaluations.models import Import, Location, Role
from evaluations.tables.opening import open_table
from evaluations.tables.table import MOST_BYTES
from tests.builders import a_client, a_location, a_person, a_visit, a_wave
from tests.evaluations.fieldwork.importing.files import csv_of, xlsx_of

HEADING = "code,name,area,time zone"


@pytest.fixture
def scheduler(store, visitor):
    return visitor.signs_in(a_person(store, Role.SCHEDULER))


@pytest.fixture
def brand(store):
    return a_client(store, name="Marisol")


@pytest.fixture
def home(brand):
    return f"/office/clients/{brand.id}/imports"


def sends(visitor, home, body, name="places.csv", **fields):
    return visitor.sends(f"{home}/new", file=(io.BytesIO(body), name), **fields)


def uploaded(visitor, home, *lines, heading=HEADING, **fields):
    """Send a file and answer the address of its import."""
    answer = sends(visitor, home, csv_of(heading, *lines), **fields)
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/columns")


def seen(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def applies(visitor, address):
    page = visitor.get(address)
    return visitor.sends(f"{address}/applications", address, seen=seen(page.text))


def count(store):
    return store.scalar(select(func.count()).select_from(Location))


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 422, "The file is empty."),
        (csv_of("code,name"), 422, "There is no row below the heading."),
        (b"%PDF-1.7", 415, "neither a CSV file nor an XLSX workbook"),
        (b"PK\x03\x04", 422, "This workbook is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_box(store, scheduler, home, body, status, words):
    answer = sends(scheduler, home, body)
    assert answer.status_code == status
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert store.scalars(select(Import)).all() == []


def test_a_file_that_is_a_byte_too_large_is_refused_at_its_box(scheduler, home):
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n',
        scheduler.token(f"{home}/new").encode(),
        b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
        b"x" * (MOST_BYTES + 1),
        b"\r\n--x--\r\n",
    )
    body = b"".join(parts)
    answer = scheduler.post(
        f"{home}/new",
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_request_that_is_far_too_large_is_refused_without_being_kept(scheduler, home):
    stream = io.BytesIO(b"x" * (MOST_BYTES * 2))
    answer = scheduler.post(
        f"{home}/new",
        input_stream=stream,
        content_length=MOST_BYTES * 2,
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert stream.read() == b""  # or the browser, still sending, would never see the answer
    assert "larger than 10 MB" in answer.text


def test_a_form_without_a_file_asks_for_one(scheduler, home):
    answer = scheduler.sends(f"{home}/new")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_columns_are_guessed_shown_with_examples_and_can_be_chosen(scheduler, home):
    address = uploaded(scheduler, home, "S1,Port,León", heading="Código;x;y".replace(";", ","))
    page = scheduler.get(f"{address}/columns").text
    assert "Port" in page
    assert '<option value="code" selected>' in page
    twice = scheduler.sends(f"{address}/columns", **{"column-0": "code", "column-1": "code"})
    assert (twice.status_code, twice.text.count("Two columns cannot both give this")) == (422, 2)
    none = scheduler.sends(f"{address}/columns", **{"column-1": "name"})
    assert (none.status_code, "Choose the column with the code" in none.text) == (422, True)
    good = scheduler.sends(
        f"{address}/columns", **{"column-0": "code", "column-1": "name", "column-2": "city"}
    )
    assert good.location == address
    assert "There is no time zone" in scheduler.get(address).text


def test_a_file_without_a_code_column_leads_to_its_columns(scheduler, home):
    address = uploaded(scheduler, home, "1,2", heading="a,b")
    assert scheduler.get(address).location == f"{address}/columns"


def test_every_bad_row_is_told_and_nothing_is_imported(store, scheduler, home):
    address = uploaded(scheduler, home, "S1,Port,,UTC", "S2,,,UTC", "S3,High,,Mars/Olympus", "S1,Twin,,UTC")
    page = scheduler.get(address).text
    told = re.findall(r'<th scope="row">(\d+)</th><td>([^<]*)</td><td>([^<]*)</td>', page)
    assert told == [
        ("3", "name", "This cannot be left empty."),
        ("4", "time zone", "“Mars/Olympus” is not a time zone. Choose one from the list."),
        ("5", "code", "Row 2 has the same code."),
    ]
    assert 'name="seen"' not in page
    answer = scheduler.sends(f"{address}/applications", address, seen="x")
    assert answer.status_code == 409
    assert "3 rows cannot be taken. Nothing was imported." in answer.text
    assert count(store) == 0


def test_the_mended_file_goes_straight_to_what_it_would_do(scheduler, home):
    address = uploaded(scheduler, home, "S1,,,UTC")
    mended = uploaded(scheduler, home, "S1,Port,,UTC", instead_of=address.rpartition("/")[2])
    assert "Import now" in scheduler.get(mended).text
    assert scheduler.get(address).status_code == 404


def test_an_import_is_looked_at_applied_and_undone(store, scheduler, brand, home):
    a_location(store, brand, code="S0", name="Old", area_id=None, time_zone="UTC")
    address = uploaded(scheduler, home, "S0,Older,,UTC", "S1,Port,North / Leeds,UTC")
    page = scheduler.get(address).text
    assert "<del>Old</del>" in page
    assert "<ins>Older</ins>" in page
    assert "North / Leeds" in page
    assert scheduler.get(address).text.count("Import now") == 1  # a reload shows the same
    assert applies(scheduler, address).status_code == 303
    assert count(store) == 2
    assert "Undo the import" in scheduler.get(address).text
    assert scheduler.sends(f"{address}/reversals", address).status_code == 303
    assert [one.name for one in store.scalars(select(Location))] == ["Old"]
    assert "Import undone" in scheduler.get(address).text


def test_what_was_used_since_is_named_and_undoing_is_refused(store, scheduler, brand, home):
    address = uploaded(scheduler, home, "S1,Port,,UTC")
    applies(scheduler, address)
    token = scheduler.token(address)
    a_visit(store, a_wave(store, brand), store.scalars(select(Location)).one())
    page = scheduler.get(address).text
    assert "has visits" in page
    assert "Undo the import" not in page
    answer = scheduler.post(f"{address}/reversals", data={"csrf_token": token})
    assert answer.status_code == 409
    assert count(store) == 1


def test_a_preview_that_is_no_longer_true_is_shown_again(store, scheduler, brand, home):
    address = uploaded(scheduler, home, "S1,Port,,UTC")
    before = seen(scheduler.get(address).text)
    a_location(store, brand, code="S1", area_id=None)
    answer = scheduler.sends(f"{address}/applications", address, seen=before)
    assert answer.status_code == 409
    assert "Locations were changed meanwhile" in answer.text
    assert applies(scheduler, address).status_code == 303


def test_a_file_that_is_thrown_away_or_waited_too_long_is_gone(store, scheduler, home):
    first, second = (uploaded(scheduler, home, f"S{n},Port,,UTC") for n in (1, 2))
    scheduler.sends(f"{first}/removals", first)
    assert scheduler.get(first).status_code == 404
    for one in store.scalars(select(Import)):
        one.expires_at -= timedelta(days=1)
    assert scheduler.get(second).status_code == 404


def test_an_import_of_another_client_is_not_found(store, scheduler, home):
    address = uploaded(scheduler, home, "S1,Port,,UTC")
    other = f"/office/clients/{a_client(store).id}/imports/{address.rpartition('/')[2]}"
    for path in (other, f"{other}/columns"):
        assert scheduler.get(path).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_downloaded_can_be_sent_again_and_changes_nothing(
    store, visitor, brand, home, form, language
):
    person = visitor.signs_in(a_person(store, Role.SCHEDULER, language=language))
    a_location(store, brand, name="=cmd|' /C calc'!A0", hours="mon 09:00-14:00,17:00-20:30; sun closed")
    a_location(store, brand, code="+1", latitude=-3.5, longitude=-0.25, is_active=False)
    a_location(store, brand, kind="phone_line", contact="+34 900 123", area_id=None)
    store.commit()
    file = person.get(f"/office/clients/{brand.id}/locations/all.{form}")
    assert f".{form}" in file.headers["Content-Disposition"]
    if form == "csv":
        assert not re.search(rb"(^|[,\r\n])\"?[=+@]", file.data)
    address = sends(person, home, file.data, name=f"all.{form}").location.removesuffix("/columns")
    page = person.get(address).text
    assert '<li class="sum-bad">' not in page
    assert "<b>3</b>" in page
    assert 'name="seen"' not in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_table_has_every_heading(scheduler, home, form):
    body = scheduler.get(f"{home}/template.{form}").data
    with pytest.raises(Exception, match="sheet_no_rows"):
        open_table(body)


def test_hundreds_of_rows_show_the_first_and_all_when_asked(scheduler, home):
    address = uploaded(scheduler, home, *(f"S{n},Store {n},Area {n % 7},UTC" for n in range(400)))
    page = scheduler.get(address).text
    assert "<b>400</b>" in page
    assert page.count('class="place">Store') == 100
    assert scheduler.get(f"{address}?all=1").text.count('class="place">Store') == 400


def test_signs_of_markup_in_a_file_are_shown_as_they_are(scheduler, home):
    heading = "code,name,<b>time</b> zone"
    address = uploaded(scheduler, home, "S1,<script>alert(1)</script>,x", heading=heading, name="<i>.csv")
    for path in (f"{address}/columns", address, f"{home}/new"):
        text = scheduler.get(path).text
        assert "<script>alert" not in text
        assert "<b>time" not in text


def test_a_workbook_works_as_a_text_file_does(store, scheduler, home):
    body = xlsx_of(["Código", "Nombre", "Zona horaria"], [28001, "León", "Europe/Madrid"])
    address = sends(scheduler, home, body, name="tiendas.xlsx").location.removesuffix("/columns")
    applies(scheduler, address)
    assert store.scalars(select(Location.code)).all() == ["28001"]
