"""The texts of a checklist as a spreadsheet: unchanged it changes nothing, and what is wrong is told by row."""

import io

import pytest
import xlsxwriter

from evaluations.designing import texts_table
from evaluations.designing.texts import Written, put, texts
from evaluations.errors import Invalid, Unsupported
from tests.evaluations.designing.documents import document, touchpoint, yes_no

BRIEFING = "Come in.\nLook around.\n" + "Ask. " * 300


def a_checklist():
    greeted = yes_no(text={"en": "Were you greeted?"}, help={"en": "By anybody.", "es": "Por quien fuera."})
    words = {"title": {"en": "Spring"}, "briefing": {"en": BRIEFING.strip()}}
    return document(touchpoint("greeting", greeted), languages=("en", "es"), **words)


def a_workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return file.getvalue()


def read(body, doc=None):
    return texts_table.read(body, doc or a_checklist(), "en", "es")


def test_what_comes_back_unchanged_changes_nothing():
    body = texts_table.written(a_checklist(), "en", "es", place_of=lambda text: text.name)
    found = read(body)
    assert (found.changes, found.faults, found.blank) == ((), (), len(texts(a_checklist())) - 1)


def test_every_translation_arrives_with_its_lines():
    doc = a_checklist()
    translated = put(doc, "es", list(_all_in_spanish(doc))).document
    body = texts_table.written(translated, "en", "es", place_of=lambda text: text.name)
    found = read(body, doc)
    assert found.faults == ()
    assert put(doc, "es", [change.written for change in found.changes]).document == translated
    assert not any(change.is_stale for change in found.changes)


def _all_in_spanish(doc):
    for text in texts(doc):
        yield Written(text.name, text.wording.get("es", ""), text.wording["en"].replace("e", "é"))


def test_every_fault_is_told_with_its_row_and_nothing_is_read_of_the_file():
    found = read(
        a_workbook(
            ["key", "place", "en", "es"],
            ["title", "", "Spring", "Primavera"],
            ["question.gone.text", "", "Gone?", "¿Ido?"],
            ["title", "", "Spring", "La primavera"],
            ["briefing", "", "", "x" * 4001],
        )
    )
    assert [(fault.code, fault.row) for fault in found.faults] == [
        ("text_unknown", 3),
        ("text_twice", 4),
        ("text_too_long", 5),
    ]


def test_a_table_without_its_columns_names_them():
    found = read(a_workbook(["name", "english"], ["title", "Spring"]))
    assert [(fault.code, fault.column) for fault in found.faults] == [
        ("column_missing", "key"),
        ("column_missing", "es"),
    ]


def test_an_original_that_changed_since_is_pointed_out():
    found = read(
        a_workbook(
            ["es", "KEY", "en"], ["Primavera", "title", "Winter"], ["", "", ""], ["Entre.", "briefing"]
        )
    )
    assert [(change.row, change.is_stale, change.written.text) for change in found.changes] == [
        (2, True, "Primavera"),
        (4, True, "Entre."),
    ]


def test_a_text_file_is_read_too_and_what_is_cut_off_in_it_is_refused():
    found = read(b"key;es\ntitle;Primavera\n")
    assert [change.written.text for change in found.changes] == ["Primavera"]
    with pytest.raises(Invalid) as refused:
        read(f"key;es\nbriefing;{'x' * 1200}\n".encode())
    assert (refused.value.code, refused.value.values["row"]) == ("text_cut_off", 2)


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"PK\x03\x04nonsense"])
def test_what_is_no_table_is_refused(body):
    with pytest.raises((Invalid, Unsupported)):
        read(body)
