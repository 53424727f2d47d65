"""A script that was pasted as plain text: headings are touchpoints, lines are questions, hints stand in brackets.

A heading begins with "#", ends in a colon, stands in capitals, or is underlined by === or ---. Behind a question,
"(...)" is its help and "[...]" holds hints on how it is answered; behind a heading, "[...]" holds its phase or weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from evaluations.designing.plain.building import Line, Stop, build
from evaluations.designing.plain.hints import Hints, Unclear, number, plain, read_hints
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.reading import Reading
from evaluations.document.tree import Language, Phase
from evaluations.errors import TooLarge

MOST_SIGNS = 200_000
MOST_LINES = 2_000
BULLET = re.compile(r"(?:[-*•–·]|\d{1,3}[.)]|[a-z][.)])\s+", re.IGNORECASE)
UNDERLINE = re.compile(r"[=\-_]{3,}")
HINTS = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
HELP = re.compile(r"(?<=\S)\s*\(([^()]*)\)\s*$")
WEIGHT = re.compile(r"(?:weight|peso) (\d{1,4}(?:[.,]\d{1,2})?)")
PHASES: Mapping[str, Phase] = {
    **dict.fromkeys(("before", "antes"), Phase.BEFORE),
    **dict.fromkeys(("during", "durante"), Phase.DURING),
    **dict.fromkeys(("after", "despues"), Phase.AFTER),
}


def read_script(text: str, *, title: str, language: Language) -> Reading:
    """The checklist that a script describes, or what is unclear in it, line by line."""
    if len(text) > MOST_SIGNS:
        raise TooLarge("script_too_long", limit=MOST_SIGNS)
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise TooLarge("script_too_many_lines", limit=MOST_LINES)
    found = Findings()
    stops = _stops(lines, found)
    for stop in stops:
        if stop.name and not stop.lines:
            found.note("touchpoint_without_question", row=stop.row, name=stop.name[:80])
    return build(stops, title=title, language=language, found=found)


def _stops(lines: Sequence[str], found: Findings) -> list[Stop]:
    stops: list[Stop] = []
    for place, raw in enumerate(lines):
        line = " ".join(raw.split())
        below = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if not line or UNDERLINE.fullmatch(line):
            continue
        if _is_heading(line, below):
            stops.append(_heading(line, place + 1, found))
        else:
            if not stops:
                stops.append(Stop(place + 1, ""))
            if (asked := _question(line, place + 1, found)) is not None:
                stops[-1].lines.append(asked)
    return stops


def _is_heading(line: str, below: str) -> bool:
    bare = HINTS.sub("", line)
    is_loud = bare.isupper() and len(bare) > 3 and not bare.endswith("?") and not BULLET.match(bare)
    return line.startswith("#") or bare.endswith(":") or is_loud or bool(UNDERLINE.fullmatch(below))


def _heading(line: str, row: int, found: Findings) -> Stop:
    hints = HINTS.search(line)
    name = BULLET.sub("", HINTS.sub("", line).lstrip("# "), count=1).rstrip(": ").strip()
    if name.isupper():
        name = name.capitalize()
    fields: dict[str, Any] = {}
    for said in hints[1].split(",") if hints else ():
        words = plain(said)
        if words in PHASES:
            fields["phase"] = PHASES[words].value
        elif weight := WEIGHT.fullmatch(words):
            fields["weight"] = Decimal(number(weight[1]))
        elif words:
            found.fault("hint_unknown", row=row, hint=said.strip()[:60])
    return Stop(row, name, fields)


def _question(line: str, row: int, found: Findings) -> Line | None:
    hints = HINTS.search(line)
    text = HINTS.sub("", line)
    help_text = HELP.search(text)
    text = BULLET.sub("", HELP.sub("", text), count=1).strip()
    if not text:
        found.fault("line_without_words", row=row)
        return None
    try:
        told = read_hints(hints[1]) if hints else Hints()
    except Unclear as reason:
        found.fault(reason.code, row=row, **reason.values)
        return None
    return Line(row, text, told, help_text[1].strip() if help_text else "")
