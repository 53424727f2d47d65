"""Results as tables: visits, touchpoints, questions and raw answers, out of the same report as the page and the PDF.

Every figure comes from `visit_report.load`, which also keeps from a client what is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from evaluations.document.answers import Amount, Answer, AnswerState
from evaluations.document.tree import AnyQuestion, Document, Kind
from evaluations.reporting.parts import QuestionPart, VisitReport
from shopper import findings
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.saying import answer_text

Cell = str | int | Decimal | date | time | None
Row = tuple[Cell, ...]
MILLION = 1_000_000
FINE = Decimal("0.000001")
MEASURED = frozenset({Kind.NUMBER, Kind.DURATION, Kind.RATING})
PHOTOGRAPHED = frozenset({Kind.PHOTO, Kind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name and its headings."""

    name: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One question over all versions of its checklist, by its key, which never changes its meaning."""

    checklist: UUID
    question: AnyQuestion
    document: Document
    """The newest version that asks it."""


def union(versions: Iterable[tuple[UUID, Document]]) -> tuple[Column, ...]:
    """The questions of all `versions`, which are given with their checklists from the oldest to the newest.

    The newest wording wins. They stand in the order of the newest version; what it asks no more comes after.
    """
    newest: dict[tuple[UUID, str], Column] = {}
    for checklist, document in versions:
        asked = [question for question in document.questions() if question.kind is not Kind.INSTRUCTION]
        here = {(checklist, question.key): Column(checklist, question, document) for question in asked}
        newest = here | {key: column for key, column in newest.items() if key not in here}
    return tuple(newest.values())


def visits_table() -> Table:
    """A line for each visit."""
    total = (_("Score in %"), _("Verdict"), _("Band"), _("Target in %"), _("Points"), _("Of points"))
    rest = (_("Follow-ups still to come"), _("Version of the checklist"), _("Minutes in the place"))
    return Table(_("Visits"), (*_whereabouts_headings(), *total, *rest, _("Outcome")))


def visit_row(report: VisitReport) -> Row:
    """The visit as a line."""
    card = report.card
    minutes = None if report.duration is None else int(report.duration.total_seconds() // 60)
    return (
        *_whereabouts(report),
        percent(card.millionths),
        findings.verdict(card.verdict.value),
        findings.band(card.band.value if card.band else None),
        card.target,
        _decimal(card.earned),
        _decimal(card.possible),
        card.due,
        report.version_number,
        minutes,
        "" if report.outcome is None else findings.outcome(report.outcome.value),
    )


def touchpoints_table() -> Table:
    """A line for each touchpoint of each visit."""
    total = (_("Score in %"), _("Band"), _("Target in %"), _("Points"), _("Of points"))
    return Table(_("Touchpoints"), (*_short_headings(), _("Key"), _("Touchpoint"), *total))


def touchpoint_rows(report: VisitReport) -> Iterator[Row]:
    """The touchpoints of the visit as lines."""
    for part in report.touchpoints:
        score = part.score
        yield (
            *_short(report),
            score.key,
            wording(part.touchpoint.name, report.document),
            percent(score.millionths),
            findings.band(score.band.value if score.band else None),
            score.target,
            _decimal(score.earned),
            _decimal(score.possible),
        )


def questions_table() -> Table:
    """A line for each question of each visit."""
    asked = (_("Touchpoint"), _("Key"), _("Question"))
    found = (_("Answer"), _("Comment"), _("Photos"), _("Points"), _("Of points"), _("Counted"), _("Failed"))
    return Table(_("Questions"), (*_short_headings(), *asked, *found, _("Critical")))


def question_rows(report: VisitReport) -> Iterator[Row]:
    """The questions of the visit as lines, with what they earned."""
    for part in report.touchpoints:
        touchpoint = wording(part.touchpoint.name, report.document)
        for found in part.questions:
            yield (*_short(report), touchpoint, *_question_cells(found, report.document))


def _question_cells(found: QuestionPart, document: Document) -> Row:
    return (
        found.question.key,
        wording(found.question.text, document),
        answer_text(found.answer, found.question, document),
        found.comment,
        len(found.photos),
        _decimal(found.score.earned),
        _decimal(found.score.possible),
        _yes_no(found.score.counted),
        _yes_no(found.score.failed),
        _yes_no(found.critical is not None),
    )


def answers_table(columns: Iterable[Column]) -> Table:
    """A line for each visit, and a column for each question of any version."""
    asked = tuple(
        f"{wording(column.question.text, column.document)} [{column.question.key}]" for column in columns
    )
    return Table(_("Answers"), (*_short_headings(), *asked))


def answers_row(report: VisitReport, checklist: UUID, columns: Iterable[Column]) -> Row:
    """The answers of the visit as they were given, each in the column of its question."""
    given = {(checklist, found.question.key): found for found in report.questions}
    cells = (given.get((column.checklist, column.question.key)) for column in columns)
    return (*_short(report), *(raw(found, report.document) if found else None for found in cells))


def raw(found: QuestionPart, document: Document) -> Cell:
    """An answer as a value that can be reckoned with: numbers as numbers, days as days, all else in words."""
    answer, kind = found.answer, found.question.kind
    if kind in PHOTOGRAPHED:
        return len(found.photos)
    if answer is None:
        return None
    if answer.state is not AnswerState.ANSWERED:
        return answer_text(answer, found.question, document)
    try:
        measured = _measured(answer, kind)
    except (ValueError, ArithmeticError):  # what was typed, not what was asked
        return str(answer.value)
    return answer_text(answer, found.question, document) if measured is None else measured


def _measured(answer: Answer, kind: Kind) -> Cell:
    """The value of an answer that is a quantity, a day or a time; None of any other."""
    value = answer.value
    if isinstance(value, Amount):
        return _finite(value.amount)
    if kind in MEASURED:
        return _finite(str(value))
    if kind is Kind.DATE:
        return date.fromisoformat(str(value))
    return time.fromisoformat(str(value)) if kind is Kind.TIME else None


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def percent(millionths: int | None) -> Decimal | None:
    """A stored percentage as a number: 82000000 is 82."""
    return None if millionths is None else Decimal(millionths) / MILLION


def _decimal(points: Fraction) -> Decimal:
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(FINE).normalize()


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _whereabouts_headings() -> tuple[str, ...]:
    place = (_("Address"), _("City"), _("Area"), _("Programme"), _("Wave"), _("Time"))
    return (*_short_headings(), *place)


def _whereabouts(report: VisitReport) -> Row:
    there = report.visited_at.astimezone(ZoneInfo(report.time_zone))
    area = " › ".join(report.areas)
    place = (report.address, report.city, area, report.programme, report.wave)
    return (*_short(report), *place, there.time().replace(microsecond=0, tzinfo=None))


def _short_headings() -> tuple[str, ...]:
    return (_("Check code"), _("Code"), _("Location"), _("Visited"), _("Edition"))


def _short(report: VisitReport) -> Row:
    """Which visit it is, at the head of every line."""
    day = report.visited_at.astimezone(ZoneInfo(report.time_zone)).date()
    return (report.check_code, report.code, report.location, day, report.edition)
