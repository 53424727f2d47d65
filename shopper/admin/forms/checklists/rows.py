"""Rows of a form that are added, moved and taken away without saving: options, bands, tests, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from shopper.language import LANGUAGES

Row = list[tuple[str, str]]
Sent = MultiDict[str, str] | ImmutableMultiDict[str, str]
OPTIONS, BANDS, TESTS, PICTURES = "options", "bands", "tests", "pictures"
INSIDE = "1"
"""What the box `inside` of a test holds that stands in a group."""
BLANK: dict[str, dict[str, str]] = {
    OPTIONS: {"points": "0", **{f"text-{language}": "" for language in LANGUAGES}},
    BANDS: {"up_to": "", "points": "0"},
    TESTS: {"question": "", "inside": ""},
    PICTURES: {},
}
MOST = {OPTIONS: 60, BANDS: 20, TESTS: 40, PICTURES: 3}


def rearranged(sent: Sent, order: str) -> MultiDict[str, str]:
    """The sent form with its rows in another order: "up-2", "down-0", "drop-1", "retire-1", "revive-1" or "add".

    Without a name before it ("bands:add") it is the options that are meant. Of tests "group" adds a group, "add-2" a
    test in the group that row 2 heads, and "drop-2" takes such a group away; anything else ("show") changes no row.
    """
    name, _colon, step = order.rpartition(":")
    table = name if name in BLANK else OPTIONS
    verb, _dash, number = step.partition("-")
    rows = list(_rows(sent, table))
    place = int(number) if number.isdecimal() and len(number) < 4 else -1
    if table == TESTS:
        _arrange_tests(rows, verb, place)
    elif 0 <= place < len(rows):
        _step(rows, verb, place)
    elif verb == "add":
        _add(rows, table)
    form: MultiDict[str, str] = MultiDict(
        (name, value) for name, value in sent.items(multi=True) if not _names_a_row(name, table)
    )
    for place, row in enumerate(rows[: MOST[table]]):
        for part, value in row:
            form.add(f"{table}-{place}-{part}", value)
    return form


def _arrange_tests(rows: list[Row], verb: str, place: int) -> None:
    blank = list(BLANK[TESTS].items())
    is_row = 0 <= place < len(rows)
    if verb == "add" and not is_row:
        rows.append(blank)
    elif verb == "add":
        rows.insert(_end_of_group(rows, place), [("question", ""), ("inside", INSIDE)])
    elif verb == "group":
        rows += [[("join", "any"), ("inside", "")], [("question", ""), ("inside", INSIDE)]]
    elif verb == "drop" and is_row:
        del rows[place : _end_of_group(rows, place)]


def _end_of_group(rows: list[Row], place: int) -> int:
    """The place after the row `place`, or after the last row of the group that it heads."""
    end = place + 1
    if any(part == "join" and value for part, value in rows[place]):
        while end < len(rows) and ("inside", INSIDE) in rows[end]:
            end += 1
    return end


def _step(rows: list[Row], verb: str, place: int) -> None:
    if verb == "drop":
        rows.pop(place)
    if verb in ("retire", "revive"):
        rows[place] = [(part, value) for part, value in rows[place] if part != "retired"]
        rows[place] += [("retired", "yes")] if verb == "retire" else []
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows) and verb in ("up", "down"):
        rows[place], rows[other] = rows[other], rows[place]


def _add(rows: list[Row], table: str) -> None:
    """One more row at the end; a band goes before the last one, which is open, and the first comes with it."""
    blank = list(BLANK[table].items())
    if not blank:
        return
    if table != BANDS:
        rows.append(blank)
        return
    if not rows:
        rows.append(blank)
    rows.insert(len(rows) - 1, blank)


def _rows(sent: Sent, table: str) -> Iterator[Row]:
    numbers = sorted({int(name.split("-")[1]) for name in sent if _names_a_row(name, table)})
    for number in numbers:
        begin = f"{table}-{number}-"
        yield [
            (name.removeprefix(begin), value)
            for name, value in sent.items(multi=True)
            if name.startswith(begin)
        ]


def _names_a_row(name: str, table: str) -> bool:
    parts = name.split("-")
    return len(parts) > 2 and parts[0] == table and parts[1].isdecimal() and len(parts[1]) < 4
