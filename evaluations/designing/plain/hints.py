"""What stands in brackets behind a question, in English or Spanish: its kind, its points, its rules.

Hints are separated by commas: "[rating 1-5, 10 points]", "[one of: At once = 10 / Later / Never]", "[foto, opcional]".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evaluations.document.tree import Kind

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("yes/no", "yes no", "y/n", "si/no", "si no", "s/n"), Kind.YES_NO),
    **dict.fromkeys(("rating", "scale", "escala", "valoracion"), Kind.RATING),
    **dict.fromkeys(("number", "numero"), Kind.NUMBER),
    **dict.fromkeys(("money", "amount", "importe", "dinero"), Kind.MONEY),
    **dict.fromkeys(("duration", "duracion"), Kind.DURATION),
    **dict.fromkeys(("date", "fecha"), Kind.DATE),
    **dict.fromkeys(("time", "hora"), Kind.TIME),
    **dict.fromkeys(("text", "short text", "texto", "texto corto"), Kind.SHORT_TEXT),
    **dict.fromkeys(("narrative", "story", "relato", "narracion"), Kind.NARRATIVE),
    **dict.fromkeys(("photo", "photos", "foto", "fotos"), Kind.PHOTO),
    **dict.fromkeys(("signature", "firma"), Kind.SIGNATURE),
    **dict.fromkeys(("place", "lugar", "ubicacion"), Kind.PLACE),
    **dict.fromkeys(("note", "instruction", "nota", "instruccion"), Kind.INSTRUCTION),
}
SAID: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("optional", "opcional"), {"required": False}),
    (("required", "obligatoria", "obligatorio"), {"required": True}),
    (("n/a", "na", "not applicable", "no aplica", "n/p"), {"na_allowed": True}),
    (("did not observe", "not observed", "no observado"), {"not_observed_allowed": True}),
    (("bonus", "extra"), {"bonus": True}),
    (("internal", "interna", "interno"), {"internal": True}),
    (("no is good", "no es bueno"), {"favourable": "no"}),
    (("explain no", "explicar no", "explique no"), {"explain_on": ["no"]}),
    (("explain yes", "explicar si", "explique si"), {"explain_on": ["yes"]}),
)
FLAGS = {name: fields for names, fields in SAID for name in names}
CRITICAL = frozenset({"critical", "critica", "critico"})
POINTS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) ?(?:points?|pts?|p|puntos?)?")
SCALE = re.compile(r"(?:rating|scale|escala|valoracion)(?: (?:from|de))? ?(\d{1,2}) ?(?:-|–|to|a) ?(\d{1,2})")
COUNT = re.compile(r"(\d{1,2})(?: ?(?:-|–|to|a) ?(\d{1,2}))? (?:photos?|fotos?)")
LATER = re.compile(r"(?:after|a los|despues de|tras) (\d{1,3}) (?:days?|dias?)")
CHOICE = re.compile(
    r"(one of|single choice|choice|una de|uno de|opcion|several of|choices|varias de|varios de|varias):?(?: (.*))?"
)
ONE = frozenset({"one of", "single choice", "choice", "una de", "uno de", "opcion"})
WORTH = re.compile(r"(.+?)\s*=\s*(-?\d{1,4}(?:[.,]\d{1,2})?)\s*")
BETWEEN_OPTIONS = re.compile(r"\s*(?:[/;|]|\n)\s*")


class Unclear(Exception):
    """Why a hint cannot be followed, as a code with values."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass
class Hints:
    """What the hints of one question say."""

    kind: Kind | None = None
    points: Decimal | None = None
    options: list[tuple[str, Decimal | None]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    is_critical: bool = False


def read_hints(text: str) -> Hints:
    """What the hints in `text` say, or `Unclear`."""
    hints = Hints()
    for each in split_hints(text):
        _follow(hints, each)
    return hints


def split_hints(text: str) -> list[str]:
    """The single hints; commas between the options of a choice belong to it."""
    found: list[str] = []
    for part in text.split(","):
        if found and CHOICE.fullmatch(plain(found[-1])) and not _is_known(part):
            found[-1] += f" / {part.strip()}"
        elif part.strip():
            found.append(part.strip())
    return found


def read_options(text: str) -> list[tuple[str, Decimal | None]]:
    """Options with the points that stand behind them, as "At once = 10 / Later"."""
    found: list[tuple[str, Decimal | None]] = []
    for each in BETWEEN_OPTIONS.split(text.strip()):
        worth = WORTH.fullmatch(each)
        if worth:
            found.append((worth[1].strip(), number(worth[2])))
        elif each.strip():
            found.append((each.strip(), None))
    return found


def number(text: str) -> Decimal:
    """A number with a point or a comma."""
    return Decimal(text.replace(",", "."))


def plain(text: str) -> str:
    """`text` without capitals and accents, and with single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())


def _is_known(text: str) -> bool:
    try:
        _follow(Hints(), text.strip())
    except Unclear:
        return False
    return True


def _follow(hints: Hints, said: str) -> None:
    words = plain(said)
    if words in KINDS:
        hints.kind = KINDS[words]
    elif words in FLAGS:
        hints.fields |= FLAGS[words]
    elif words in CRITICAL:
        hints.is_critical = True
    elif found := POINTS.fullmatch(words):
        hints.points = number(found[1])
    elif found := SCALE.fullmatch(words):
        hints.kind = Kind.RATING
        hints.fields |= {"lo": int(found[1]), "hi": int(found[2])}
    elif found := COUNT.fullmatch(words):
        hints.kind = Kind.PHOTO
        hints.fields |= {"min_count": int(found[1]), "max_count": int(found[2] or found[1])}
    elif found := LATER.fullmatch(words):
        hints.fields["due_days"] = int(found[1])
    elif found := CHOICE.fullmatch(words):
        hints.kind = Kind.SINGLE_CHOICE if found[1] in ONE else Kind.SEVERAL_CHOICES
        hints.options = read_options(said.partition(":")[2] or said[len(found[1]) :])
    else:
        raise Unclear("hint_unknown", hint=said[:60])
