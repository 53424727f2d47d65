"""A designer starts a checklist from a file and takes checklists home as files."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from evaluations.designing import files
from evaluations.designing.drafts import scripted
from evaluations.document import canonical
from evaluations.document.tree import Is
from evaluations.models import Checklist, Role
from tests.builders import a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.evaluations.fieldwork.importing.files import xlsx_of

NEW = "/office/checklists/imports/new"
SCRIPT = scripted("Store visit", ("en", "es"))


@pytest.fixture
def designing(store, visitor):
    """A designer who has signed in."""
    return visitor.signs_in(a_person(store, Role.DESIGNER))


def sends(visitor, body, name="visit.xlsx", **fields):
    return visitor.sends(NEW, file=(io.BytesIO(body), name), **fields)


def checklists(store):
    return store.scalar(select(func.count()).select_from(Checklist))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is neither a CSV file nor an XLSX workbook."),
        (b"PK\x03\x04 no archive", "This workbook is damaged"),
        (b'{"title": "x"}', "This checklist cannot be read: at title"),
        (b"{", "JSON"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_words(designing, store, body, words):
    answer = sends(designing, body)
    assert answer.status_code in {400, 415, 422}
    assert words in answer.text
    assert checklists(store) == 0


def test_no_file_at_all_is_asked_for(designing):
    answer = designing.sends(NEW)
    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)


def test_every_fault_is_told_with_its_row_and_nothing_is_kept(designing, store):
    body = xlsx_of(["type", "name", "label"], ["audio", "a", "Sound"], ["text", "", "No name"], name="survey")
    answer = sends(designing, body)
    assert answer.status_code == 422
    assert "2 things in visit.xlsx cannot be kept" in answer.text
    assert "A checklist has no question of the type “audio”." in answer.text
    assert "The question has no name." in answer.text
    assert checklists(store) == 0


def test_a_workbook_becomes_a_draft_and_says_what_it_left_out(designing, store):
    body = xlsx_of(
        ["type", "name", "label", "default"],
        ["start", "start", "", ""],
        ["integer", "minutes", "How long did you wait?", "5"],
        name="survey",
    )
    answer = sends(designing, body, name="Till_queue.xlsx", language="en")
    assert answer.status_code == 303, answer.text
    page = designing.get(answer.location)
    assert "2 things became otherwise or were left out" in page.text
    assert "The default was left out" in page.text
    assert store.scalars(select(Checklist.name)).all() == ["Till queue"]


def test_a_checklist_is_the_same_after_a_journey_through_either_file(designing, store):
    for body, name in (
        (files.as_json(SCRIPT), "visit.json"),
        (files.as_workbook(SCRIPT, name="visit", version=1), "visit.xlsx"),
    ):
        home = sends(designing, body, name=name, given="").location.removesuffix("/import")
        assert canonical.read(designing.get(f"{home}/draft/document.json").data) == SCRIPT
        again = designing.get(f"{home}/draft/checklist.xlsx")
        assert files.read(again.data, "visit.xlsx", language="en").document == SCRIPT


def test_a_file_whose_condition_looks_ahead_is_refused_by_name(designing, store):
    ahead = Is(question="paid", answer="yes")
    broken = document(touchpoint("door", yes_no(), show_if=ahead), touchpoint("till", yes_no("paid")))
    for body, name in (
        (files.as_json(broken), "visit.json"),
        (files.as_workbook(broken, name="visit", version=1), "visit.xlsx"),
    ):
        answer = sends(designing, body, name=name)
        assert answer.status_code == 422
        assert "“Door” is shown only if “Was it paid?” says so, which is asked after it." in answer.text
    assert checklists(store) == 0


def test_a_checklist_that_came_from_no_file_has_no_page_about_one(designing, store):
    started = designing.sends("/office/checklists/new", name="Own", languages=["en"], start="empty")
    home = started.location.removesuffix("/draft")
    assert designing.get(f"{home}/import").status_code == 404


def test_an_unclear_script_is_shown_again_with_its_lines(designing, store):
    answer = designing.sends("/office/checklists/scripts/new", script="# Door\nOpen? [colour]", name="Door")
    assert answer.status_code == 422
    assert "“colour” is no hint that is known here." in answer.text
    assert "# Door\nOpen? [colour]" in answer.text
    assert checklists(store) == 0


def test_an_empty_script_is_asked_for(designing):
    answer = designing.sends("/office/checklists/scripts/new", script="  ")
    assert (answer.status_code, "Paste a script first." in answer.text) == (422, True)


def test_a_pasted_script_becomes_a_draft(designing, store):
    answer = designing.sends(
        "/office/checklists/scripts/new", script="# Door\nOpen?", name="Door", language="en"
    )
    assert answer.status_code == 303, answer.text
    assert "Everything in the file was taken in." in designing.get(answer.location).text
    assert store.scalars(select(Checklist.name)).all() == ["Door"]


def test_signs_that_nobody_sees_are_no_part_of_a_name(designing, store):
    script = "# Door\nOp\x00en?"
    answer = designing.sends(
        "/office/checklists/scripts/new", script=script, name="Do\x00or\x07", language="en"
    )
    assert answer.status_code == 303, answer.text
    sends(designing, files.as_json(SCRIPT), name="Vi\x00sit.json")
    assert sorted(store.scalars(select(Checklist.name))) == ["Door", "Visit"]


def test_the_example_table_can_be_taken_in_again(designing, store):
    table = designing.get("/office/checklists/imports/template.xlsx")
    assert sends(designing, table.data, name="table.xlsx").status_code == 303
