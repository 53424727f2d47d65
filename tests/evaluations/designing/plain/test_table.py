"""A table with a row per question becomes a checklist, or says row by row what is unclear."""

import pytest

from evaluations.designing import files
from evaluations.designing.xlsform.reading import Reading
from evaluations.document.tree import Kind, Language
from shopper.wordings.examples import TEMPLATES
from tests.evaluations.fieldwork.importing.files import csv_of, xlsx_of

HEADING = ("Touchpoint", "Question", "Kind", "Options", "Points")


def reading(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> Reading:
    """What comes of a workbook with these rows."""
    return files.read(xlsx_of(heading, *rows), "visit.xlsx", language="en")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Door", "", "yes/no"), "line_without_words"),
        (("Door", "Open?", "colour"), "hint_unknown"),
        (("Door", "Who?", "one of"), "options_missing"),
        (("Door", "Who?", "one of", "A / B", "1 / 2 / 3"), "points_do_not_match"),
        (("Door", "Open?", "yes/no", "", "many"), "cell_no_number"),
        (("Door", "Open?", "yes/no", "A / B"), "options_elsewhere"),
        (("Door", "Why?", "text", "", "5"), "points_unscored"),
    ],
)
def test_what_is_unclear_is_told_with_its_row(row: tuple[str, ...], code: str) -> None:
    found = reading(("Door", "Was it open?"), row)
    assert (found.document, [(one.code, one.row) for one in found.faults]) == (None, [(code, 3)])


def test_a_table_of_something_else_is_refused() -> None:
    assert [one.code for one in reading(("a", "b"), heading=("Code", "Name")).faults] == ["no_survey"]
    found = files.read(csv_of("code,name", "1,a"), "x.csv", language="en")
    assert [one.code for one in found.faults] == ["no_question_column"]


def test_a_touchpoint_is_said_once_for_the_rows_below_it() -> None:
    found = reading(
        ("Door", "Was it open?"), ("", "Was it clean?"), ("Till", "Was it open?"), ("door", "Was it lit?")
    )
    assert found.document is not None
    assert [(one.name["en"], len(one.questions)) for one in found.document.touchpoints] == [
        ("Door", 3),
        ("Till", 1),
    ]


def test_options_make_a_choice_and_points_stand_beside_them_or_for_the_first() -> None:
    found = reading(("Door", "Who?", "", "A / B", "10 / 5"), ("Door", "Which?", "", "A / B", "10"))
    assert found.document is not None
    assert [[str(option.points) for option in one.options] for one in found.document.questions()] == [
        ["10", "5"],
        ["10", "0"],
    ]


def test_a_text_file_is_read_alike() -> None:
    found = files.read(csv_of("Pregunta;Tipo", "¿Abierto?;sí/no"), "visita.csv", language="es")
    assert found.document is not None
    assert [one.text for one in found.document.questions()] == [{"es": "¿Abierto?"}]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_table_is_clear(language: Language) -> None:
    found = files.read(files.template(TEMPLATES[language]), "x.xlsx", language=language)
    assert (found.faults, found.notes) == ((), ())
    assert found.document is not None
    assert [one.kind for one in found.document.questions()] == [
        Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.RATING, Kind.DURATION, Kind.PHOTO,
    ]  # fmt: skip
