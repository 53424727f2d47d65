"""What the column `type` says: a question of some kind, a group, or what a checklist has no place for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluations.document.tree import Kind


class Sort(StrEnum):
    """What a row of the survey is."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    LEFT_OUT = "left_out"
    """Phones and forms note it by themselves, or compute it: a checklist does without, and says so."""
    REFUSED = "refused"
    MOMENT = "moment"
    """A day and a time of day in one."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a type means: for a question its kind, for a choice its list."""

    sort: Sort
    kind: Kind | None = None
    list_name: str = ""
    or_other: bool = False


KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("text", "string"), Kind.SHORT_TEXT),
    **dict.fromkeys(("integer", "int", "decimal", "range"), Kind.NUMBER),
    "note": Kind.INSTRUCTION,
    **dict.fromkeys(("image", "photo", "picture"), Kind.PHOTO),
    "date": Kind.DATE,
    "time": Kind.TIME,
    **dict.fromkeys(("geopoint", "gps", "location"), Kind.PLACE),
}
MOMENTS = frozenset({"datetime", "date time"})
NOTED_BY_ITSELF = frozenset(
    {
        *(
            "start",
            "end",
            "today",
            "deviceid",
            "device id",
            "imei",
            "subscriberid",
            "subscriber id",
            "simserial",
        ),
        *("sim id", "simid", "phonenumber", "phone number", "username", "email", "audit", "start-geopoint"),
        *("background-audio", "start time", "end time", "get start time", "get end time", "get today"),
        *("calculate", "calculation", "hidden", "add calculate prompt"),
    }
)
ONE = r"select[ _]one|select1|select[ _]one[ _]using|add[ _]select[ _]one[ _]prompt[ _]using"
SEVERAL = (
    r"select[ _]multiple|select[ _]all[ _]that[ _]apply(?:[ _]from)?|select[ _]multiple[ _]using"
    r"|add[ _]select[ _]multiple[ _]prompt[ _]using"
)
CHOICE = re.compile(
    rf"(?:(?P<one>{ONE})|(?P<several>{SEVERAL})) (?:from )?(?P<list>\S+)(?P<other> or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
PROMPT = re.compile(r"add (\w+(?: \w+)?) prompt|q (\w+)")


def typed(said: str) -> Typed:
    """What a cell of the column `type` means."""
    text = " ".join(said.split())
    plain = text.casefold()
    if prompt := PROMPT.fullmatch(plain):
        plain = next(word for word in prompt.groups() if word)
    if plain in KINDS:
        return Typed(Sort.QUESTION, KINDS[plain])
    if plain in MOMENTS:
        return Typed(Sort.MOMENT, Kind.DATE)
    if plain in NOTED_BY_ITSELF:
        return Typed(Sort.LEFT_OUT)
    if plain in {"begin group", "begin_group", "begingroup"}:
        return Typed(Sort.BEGIN)
    if plain in {"end group", "end_group", "endgroup"}:
        return Typed(Sort.END)
    if choice := CHOICE.fullmatch(text):
        kind = Kind.SINGLE_CHOICE if choice["one"] else Kind.SEVERAL_CHOICES
        return Typed(Sort.QUESTION, kind, choice["list"], or_other=choice["other"] is not None)
    return Typed(Sort.REFUSED)
