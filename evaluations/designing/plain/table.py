"""A plain table: a row per question, with its touchpoint, kind, options and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluations.designing.plain.building import Line, Stop, build
from evaluations.designing.plain.hints import Hints, Unclear, number, plain, read_hints, read_options
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.reading import Reading
from evaluations.document.tree import Kind, Language
from evaluations.tables.workbooks import ERROR, Record

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "touchpoint": ("touchpoint", "moment", "section", "punto de contacto", "momento", "seccion"),
    "question": ("question", "text", "pregunta", "texto"),
    "kind": ("kind", "type", "answer", "clase", "tipo", "respuesta"),
    "options": ("options", "choices", "answers", "opciones", "respuestas"),
    "points": ("points", "score", "puntos", "puntuacion"),
    "help": ("help", "hint", "ayuda", "indicaciones"),
}
"""Headings by which a column is recognised, without capitals and accents."""
NO_POINTS = frozenset({"-", "–"})


def is_table(headings: Sequence[str]) -> bool:
    """Whether these are the headings of such a table: one of them is of the questions."""
    return "question" in _places(headings)


def read_table(records: Sequence[Record], *, name: str, title: str, language: Language) -> Reading:
    """The checklist in a table, or what is unclear in it, row by row. The first record is the heading."""
    found = Findings()
    (heading_row, headings), *rows = records
    places = _places(headings)
    for place, heading in enumerate(headings):
        if heading and place not in places.values():
            found.note("column_unknown", name, heading_row, heading)
    stops: dict[str, Stop] = {}
    last = ""
    for row, cells in rows:
        said = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        if not any(said.values()):
            continue
        if ERROR in said.values():
            found.fault("cell_is_error", name, row)
            continue
        last = said.get("touchpoint", "") or last
        stop = stops.setdefault(plain(last), Stop(row, last))
        line = _line(said, row, name, found)
        if line is not None:
            stop.lines.append(line)
    return build(list(stops.values()), title=title, language=language, found=found, sheet=name)


def _line(said: Mapping[str, str], row: int, name: str, found: Findings) -> Line | None:
    text = " ".join(said["question"].split())
    if not text:
        found.fault("line_without_words", name, row)
        return None
    try:
        hints = read_hints(said.get("kind", ""))
        _add_options(hints, said.get("options", ""))
        _add_points(hints, said.get("points", ""))
    except Unclear as reason:
        found.fault(reason.code, name, row, **reason.values)
        return None
    return Line(row, text, hints, said.get("help", ""))


def _add_options(hints: Hints, said: str) -> None:
    """The options of a choice; without a kind, options make it one."""
    options = read_options(said)
    if options:
        hints.options = options
        hints.kind = hints.kind or Kind.SINGLE_CHOICE


def _add_points(hints: Hints, said: str) -> None:
    """The points of the question; several numbers are those of the options in their order."""
    if not said or said in NO_POINTS:
        return
    parts = [part.strip() for part in said.replace(";", "/").replace("|", "/").split("/")]
    try:
        points = [number(part) for part in parts]
    except ArithmeticError:
        raise Unclear("cell_no_number", said=said[:60]) from None
    if len(points) == 1:
        hints.points = points[0]
    elif len(points) == len(hints.options):
        hints.options = [(text, worth) for (text, _), worth in zip(hints.options, points, strict=True)]
    else:
        raise Unclear("points_do_not_match", points=str(len(points)), options=str(len(hints.options)))


def _places(headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        said = plain(heading)
        column = next((column for column, names in HEADINGS.items() if said in names), None)
        if column is not None and column not in places:
            places[column] = place
    return places
