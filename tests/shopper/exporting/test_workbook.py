"""A workbook says what the page says: the same figures, as numbers, and nothing that a program would run."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.document.answers import answered
from evaluations.document.tree import Number, ShortText
from evaluations.models import ExportKind, Scorecard
from evaluations.reporting import visit_report
from shopper.exporting import tables
from shopper.worker import Worker
from tests.builders import a_document, a_question
from tests.shopper.exporting.asked import a_worker, asked, made, visits_of_a_client

FORMULA = '=HYPERLINK("evil";"here")'
Sheets = dict[str, list[list[object]]]


@pytest.fixture
def worker(engine: Engine, tmp_path: Path) -> Worker:
    return a_worker(engine, tmp_path)


@pytest.fixture
def sheets(engine: Engine, worker: Worker) -> Sheets:
    """A workbook of twelve visits with numbers, an internal question, and texts that begin like formulas."""
    document = a_document(
        a_question("greeted"),
        Number(key="queue", text={"en": "How many queued?"}, decimals=2),
        ShortText(key="seen", text={"en": "+What did you see?"}),
        a_question("honest", "Was the shopper honest?", internal=True),
    )
    reader = visits_of_a_client(
        engine,
        worker,
        visits=12,
        document=document,
        answers={"queue": answered("12.25"), "seen": answered(FORMULA)},
        comments={"greeted": "@SUM(A1)", "honest": "never to be told"},
    )
    export = made(engine, worker, asked(engine, reader, ExportKind.WORKBOOK))
    assert (export.done, export.total, export.error) == (12, 12, "")
    book = CalamineWorkbook.from_path(str(worker.stores.exports.open(export.sha256 or "")))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def column(rows: list[list[object]], heading: str) -> list[object]:
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def test_figures_are_numbers_and_those_of_the_report(engine: Engine, sheets: Sheets):
    with Session(engine) as session:
        cards = [visit_report.load(session, card).card for card in session.scalars(select(Scorecard))]
    assert column(sheets["Visits"], "Score in %") == [(card.millionths or 0) / 1e6 for card in cards]
    assert column(sheets["Visits"], "Points") == [float(card.earned) for card in cards]
    assert len(column(sheets["Touchpoints"], "Score in %")) == 12
    assert set(column(sheets["Answers"], "How many queued? [queue]")) == {12.25}


def test_no_text_is_taken_for_a_formula(sheets: Sheets):
    assert set(column(sheets["Answers"], "+What did you see? [seen]")) == {FORMULA}
    assert "@SUM(A1)" in column(sheets["Questions"], "Comment")


def test_internal_questions_are_nowhere(sheets: Sheets):
    said = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    assert "@SUM(A1)" in said
    assert not [text for text in said if "honest" in text or "never to be told" in text]


def test_text_files_hold_the_same_and_begin_no_formula(engine: Engine, worker: Worker):
    document = a_document(ShortText(key="seen", text={"en": "What?", "es": "¿Qué?"}))
    reader = visits_of_a_client(engine, worker, document=document, answers={"seen": answered(FORMULA)})
    export = made(engine, worker, asked(engine, reader, ExportKind.CSV, "es"))
    with zipfile.ZipFile(worker.stores.exports.open(export.sha256 or "")) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert sorted(texts) == ["Preguntas.csv", "Puntos de contacto.csv", "Respuestas.csv", "Visitas.csv"]
    rows = [list(csv.reader(io.StringIO(text))) for text in texts.values()]
    assert {len(each) for each in rows} == {3}
    assert f"'{FORMULA}" in rows[-1][1] + rows[2][1] + rows[3][1]
    assert not [cell for each in rows for row in each for cell in row if cell.startswith(("=", "+", "@"))]


def test_a_question_has_one_column_over_all_versions_of_its_checklist():
    one, other = uuid4(), uuid4()
    first = a_document(a_question("greeted", "Were you greeted?"), a_question("smiled"))
    second = a_document(a_question("thanked"), a_question("greeted", "Did anybody greet you?"))
    columns = tables.union([(one, first), (one, second), (other, first)])
    assert [(column.checklist, column.question.key) for column in columns] == [
        *((other, key) for key in ("greeted", "smiled")),
        *((one, key) for key in ("thanked", "greeted", "smiled")),
    ]
    assert columns[3].question.text["en"] == "Did anybody greet you?"


def test_a_stored_percentage_stays_exact():
    assert tables.percent(66_666_667) == Decimal("66.666667")
    assert tables.percent(None) is None
