"""Downloads: asked for on a page, shown as far as they are, and taken away by whoever asked, at once or bit by bit."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.datastructures import Headers

from evaluations.clock import now
from evaluations.models import Area, Client, Export, ExportState, Person
from tests.builders import a_client, a_client_user, a_location, a_visit, a_wave
from tests.evaluations.reviewing.visits import released

PAGE = "/portal/downloads/"
BODY = bytes(range(256)) * 40


@pytest.fixture
def brand(store) -> Client:
    client = a_client(store, name="Marisol")
    wave = a_wave(store, client, name="Spring")
    for _ in range(2):
        released(store, a_visit(store, wave, a_location(store, client)), {"greeted": "yes"})
    return client


@pytest.fixture
def carla(store, brand, visitor) -> Person:
    person = a_client_user(store, brand)
    store.commit()
    visitor.signs_in(person)
    return person


@pytest.fixture
def asked(store, visitor, carla) -> UUID:
    assert visitor.sends(PAGE, kind="workbook", wave="", area="", language="en").status_code == 303
    return store.scalars(select(Export.id)).one()


@pytest.fixture
def ready(app, store, asked) -> UUID:
    """The same, made."""
    files = app.extensions["exports"]
    draft = files.draft()
    draft.write_bytes(BODY)
    export = store.get_one(Export, asked)
    export.sha256, export.byte_count = files.keep(draft)
    export.state, export.finished_at = ExportState.READY, now()
    store.commit()
    return asked


def test_without_results_there_is_nothing_to_ask_for(store, visitor):
    visitor.signs_in(a_client_user(store, a_client(store)))
    page = visitor.get(PAGE)
    assert "As soon as the first visit is released" in page.text
    answer = visitor.sends(PAGE, kind="archive", wave="", area="", language="en")
    assert answer.status_code == 422
    assert "There is no released visit that fits" in answer.text


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "location_report"},
        {"kind": "tar"},
        {"wave": "x"},
        {"language": "tlh"},
        {"area": str(UUID(int=1))},
    ],
)
def test_what_is_not_offered_is_not_made(store, visitor, carla, bad):
    good = {"kind": "archive", "wave": "", "area": "", "language": "en"}
    assert visitor.sends(PAGE, **(good | bad)).status_code == 422
    assert store.scalars(select(Export)).all() == []


def test_of_another_client_no_wave_and_no_area_can_be_chosen(store, visitor, carla):
    area = Area(client_id=a_client(store).id, name="Foreign")
    store.add(area)
    store.commit()
    data = {"kind": "archive", "wave": "", "area": str(area.id), "language": "en"}
    assert visitor.sends(PAGE, **data).status_code == 422


def test_of_somebody_else_it_does_not_exist(store, brand, visitor, ready):
    visitor.signs_in(a_client_user(store, brand))
    assert visitor.get(f"{PAGE}{ready}/file").status_code == 404
    assert visitor.sends(f"{PAGE}{ready}/attempts", PAGE).status_code == 404
    assert "Nothing asked for yet" in visitor.get(PAGE).text


def test_while_it_is_made_the_page_says_how_far_it_is_and_looks_again(store, visitor, asked):
    page = visitor.get(PAGE)
    assert page.headers["Refresh"].startswith("3; url=")
    assert "Waiting" in page.text
    export = store.get_one(Export, asked)
    export.state, export.done = ExportState.MAKING, 1
    assert "1 of 2 done" in visitor.get(PAGE).text
    assert visitor.get(f"{PAGE}{asked}/file").status_code == 404


def test_what_failed_says_so_and_is_tried_again_when_asked(store, visitor, asked):
    export = store.get_one(Export, asked)
    export.state, export.attempts, export.error = ExportState.FAILED, 4, "KeyError: 'secret'"
    page = visitor.get(PAGE)
    assert "Failed" in page.text
    assert "KeyError" not in page.text
    assert "Refresh" not in page.headers
    assert visitor.sends(f"{PAGE}{asked}/attempts", PAGE).status_code == 303
    store.expire_all()
    assert (store.get_one(Export, asked).state, store.get_one(Export, asked).attempts) == (
        ExportState.OWED,
        0,
    )


def fetched(visitor, export_id: UUID, **headers: str) -> tuple[int, bytes, Headers]:
    """A download as a browser ends it."""
    with visitor.get(
        f"{PAGE}{export_id}/file", headers={name.replace("_", "-"): value for name, value in headers.items()}
    ) as answer:
        return answer.status_code, answer.data, answer.headers


def test_an_interrupted_download_goes_on_where_it_was(visitor, ready):
    status, body, headers = fetched(visitor, ready)
    assert (status, body) == (200, BODY)
    assert headers["Content-Disposition"].startswith('attachment; filename="Marisol results 20')
    tag = f'"{hashlib.sha256(BODY).hexdigest()}"'
    assert (headers["ETag"], headers["Accept-Ranges"]) == (tag, "bytes")
    status, begun, _headers = fetched(visitor, ready, Range="bytes=0-4095", If_Range=tag)
    assert status == 206
    status, rest, headers = fetched(visitor, ready, Range="bytes=4096-", If_Range=tag)
    assert (status, begun + rest) == (206, BODY)
    assert headers["Content-Range"] == f"bytes 4096-{len(BODY) - 1}/{len(BODY)}"
    status, body, _headers = fetched(visitor, ready, Range="bytes=4096-", If_Range='"another file"')
    assert (status, body) == (200, BODY)
    assert fetched(visitor, ready, Range=f"bytes={len(BODY)}-")[0] == 416
    assert fetched(visitor, ready, If_None_Match=tag)[0] == 304


@pytest.mark.parametrize(
    ("left_out", "said"), [(0, []), (1, ["1 visit is left out"]), (2, ["2 visits are left out"])]
)
def test_what_was_left_out_of_it_is_said(store, visitor, ready, left_out, said):
    store.get_one(Export, ready).left_out = left_out
    assert re.findall(r"\d visits? (?:is|are) left out", visitor.get(PAGE).text) == said


def test_it_is_gone_once_its_reader_may_not_see_a_part_of_it(store, visitor, carla, ready):
    carla.areas = [store.scalars(select(Area).order_by(Area.id).limit(1)).one()]
    assert "No longer available" in visitor.get(PAGE).text
    assert visitor.get(f"{PAGE}{ready}/file").status_code == 404


def test_after_some_days_it_has_expired(store, visitor, ready):
    store.get_one(Export, ready).expires_at = now() - timedelta(seconds=1)
    assert "Expired" in visitor.get(PAGE).text
    assert visitor.get(f"{PAGE}{ready}/file").status_code == 404


def test_what_a_restored_backup_does_not_hold_has_expired(app, store, visitor, ready):
    app.extensions["exports"].open(store.get_one(Export, ready).sha256).unlink()
    assert "Expired" in visitor.get(PAGE).text
    assert visitor.get(f"{PAGE}{ready}/file").status_code == 404
