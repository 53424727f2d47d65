"""All results of a filter as tables: a workbook, or text files with commas, written visit by visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from evaluations.document import canonical
from evaluations.models import Evaluation, Scorecard, Version
from evaluations.reporting import visit_report, withholding
from shopper.exporting import books, tables
from shopper.exporting.books import Sheet
from shopper.exporting.making import Making
from shopper.exporting.tables import Column, Table

AT_ONCE = 500
Open = Callable[[Path, Sequence[Table]], AbstractContextManager[list[Sheet]]]


def _make(open_book: Open, making: Making) -> None:
    columns = _columns(making)
    sheets = (
        tables.visits_table(),
        tables.touchpoints_table(),
        tables.questions_table(),
        tables.answers_table(columns),
    )
    with open_book(making.file, sheets) as (visits, touchpoints, questions, answers):
        for card, _pdf in making.results():
            checklist = card.evaluation.version.checklist_id
            report = visit_report.load(making.session, card)
            visits.add(tables.visit_row(report))
            for row in tables.touchpoint_rows(report):
                touchpoints.add(row)
            for row in tables.question_rows(report):
                questions.add(row)
            answers.add(tables.answers_row(report, checklist, columns))


def _columns(making: Making) -> tuple[Column, ...]:
    """The questions of every version that is answered, as the client may see them."""
    answered: set[UUID] = set()
    for start in range(0, len(making.held), AT_ONCE):
        cards = [scorecard_id for scorecard_id, _pdf in making.held[start : start + AT_ONCE]]
        versions = select(Evaluation.version_id).join(Scorecard, Scorecard.evaluation_id == Evaluation.id)
        answered.update(making.session.scalars(versions.where(Scorecard.id.in_(cards)).distinct()))
    rows = making.session.execute(
        select(Version.checklist_id, Version.document)
        .where(Version.id.in_(answered))
        .order_by(Version.published_at, Version.id)
    )
    return tables.union(
        (checklist, withholding.document(canonical.read(document))) for checklist, document in rows
    )


make = partial(_make, books.workbook)
make_csv = partial(_make, books.text_files)
