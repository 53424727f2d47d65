"""The columns of a file of locations: how their headings are recognised, and how each cell is read and written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evaluations.errors import Invalid
from evaluations.fieldwork import hours
from evaluations.fieldwork.zones import time_zones
from evaluations.models import LocationKind

FIELDS = (
    *("code", "name", "kind", "area", "address", "city", "contact", "time_zone", "latitude", "longitude"),
    *hours.DAYS,
    "active",
)
"""In the order in which they are written."""
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": (
        *("code", "store code", "location code", "shop code", "store number", "shop number", "store no"),
        *("store id", "id", "number", "no", "codigo", "cod", "codigo de tienda", "cod tienda"),
        *("numero de tienda", "n tienda", "num tienda", "numero", "n", "clave", "referencia", "ref"),
    ),
    "name": (
        *("name", "store name", "location", "location name", "store", "shop", "branch"),
        *("nombre", "nombre de la tienda", "nombre tienda", "tienda", "ubicacion", "local"),
        *("establecimiento", "sucursal", "centro", "denominacion", "punto de venta"),
    ),
    "kind": ("kind", "type", "location type", "tipo", "clase", "tipo de ubicacion"),
    "area": ("area", "region", "district", "zona", "region area", "distrito", "territorio", "division"),
    "address": ("address", "street", "street address", "address 1", "direccion", "domicilio", "calle"),
    "city": ("town", "city", "place", "poblacion", "ciudad", "localidad", "municipio"),
    "contact": (
        *("contact", "phone", "telephone", "phone number", "web", "website", "web address", "url", "e mail"),
        *(
            "email",
            "mailbox",
            "account",
            "contacto",
            "telefono",
            "tel",
            "correo",
            "pagina web",
            "direccion web",
        ),
        *("number web address or mailbox", "numero direccion web o buzon", "buzon", "cuenta"),
    ),
    "time_zone": ("time zone", "timezone", "tz", "zona horaria", "huso horario", "huso"),
    "latitude": ("latitude", "lat", "latitud"),
    "longitude": ("longitude", "long", "lng", "lon", "longitud"),
    "mon": ("monday", "mon", "lunes", "lun"),
    "tue": ("tuesday", "tue", "tues", "martes", "mar"),
    "wed": ("wednesday", "wed", "miercoles", "mie", "mier"),
    "thu": ("thursday", "thu", "thur", "thurs", "jueves", "jue"),
    "fri": ("friday", "fri", "viernes", "vie"),
    "sat": ("saturday", "sat", "sabado", "sab"),
    "sun": ("sunday", "sun", "domingo", "dom"),
    "active": ("active", "in planning", "activo", "activa", "en planificacion", "status active"),
}
"""Headings by which a column is recognised, folded: without capitals, accents and signs."""
KINDS: Mapping[LocationKind, tuple[str, ...]] = {
    LocationKind.STORE: ("store", "shop", "branch", "tienda", "establecimiento", "local", "sucursal"),
    LocationKind.PHONE_LINE: ("phone line", "phone", "telephone", "linea telefonica", "telefono"),
    LocationKind.WEB: ("web address", "web", "website", "direccion web", "pagina web", "sitio web"),
    LocationKind.MAILBOX: (
        *("mailbox or account", "mailbox", "account", "e mail", "email"),
        *("buzon o cuenta", "buzon", "cuenta", "correo"),
    ),
}
YES = frozenset({"yes", "y", "true", "1", "si", "s", "verdadero", "x", "active", "activo", "activa"})
NO = frozenset({"no", "n", "false", "0", "falso", "inactive", "inactivo", "inactiva", "closed"})
ERRORS = frozenset(
    {
        "#error!",
        "#n/a",
        "#ref!",
        "#value!",
        "#div/0!",
        "#name?",
        "#null!",
        "#num!",
        "#¡ref!",
        "#¡valor!",
        "#n/d",
    }
)
NOT_SINGLE = "//"
STEP = re.compile(r"(?<!/)/(?!/)")


def folded(text: str) -> str:
    """`text` as headings and words are compared: without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    )


def guessed(header: Sequence[str]) -> dict[str, int]:
    """The column that gives each field, as far as the headings tell; of two alike the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        said = folded(heading)
        field = next((field for field in FIELDS if said in HEADINGS[field]), None)
        if field is not None and field not in found:
            found[field] = place
    return found


def read(field: str, text: str) -> Any:
    """What a cell says for `field`; None where it is empty and the field is no plain text."""
    text = unguarded(text)
    if text.casefold() in ERRORS:
        raise Invalid("cell_is_error", field=field)
    return READERS[field](text)


def written(field: str, value: Any, words: Mapping[Any, str]) -> str:
    """A value as its cell is written; `words` are the reader's for the kinds, for True, False and "closed"."""
    if field == "area":
        return " / ".join(name.replace("/", NOT_SINGLE) for name in value)
    if field in hours.DAYS:
        return hours.write_day(value, closed=words["closed"])
    if field in {"kind", "active"}:
        return words[value]
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
"""With these a spreadsheet program begins a formula."""


def guarded(text: str) -> str:
    """`text` so that a spreadsheet program takes it for text; one quotation mark before it, if need be."""
    return f"'{text}" if text.startswith((*DANGEROUS, "'")) else text


def unguarded(text: str) -> str:
    """What was guarded, or `text` as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*DANGEROUS, "'")) else text


def _text(text: str) -> str:
    return text


def _kind(text: str) -> LocationKind | None:
    said = folded(text)
    if not said:
        return None
    for kind, words in KINDS.items():
        if said in words:
            return kind
    raise Invalid("kind_unknown", field="kind", said=text)


def _path(text: str) -> tuple[str, ...]:
    steps = (step.strip().replace(NOT_SINGLE, "/") for step in STEP.split(text))
    return tuple(step for step in steps if step)


def _zone(text: str) -> str | None:
    if not text:
        return None
    said = text.casefold().replace(" ", "_")
    found = next((zone for zone in time_zones() if zone.casefold() == said), None)
    return found or text


def _degrees(field: str) -> Callable[[str], float | None]:
    def read_degrees(text: str) -> float | None:
        if not text:
            return None
        try:
            return float(text.replace(",", ".").replace("−", "-").rstrip("°").strip())
        except ValueError:
            raise Invalid("degrees_unreadable", field=field, said=text) from None

    return read_degrees


def _day(field: str) -> Callable[[str], hours.Day | None]:
    return lambda text: hours.read_day(text, field=field)


def _active(text: str) -> bool | None:
    said = folded(text)
    if not said:
        return None
    if said in YES | NO:
        return said in YES
    raise Invalid("active_unreadable", field="active", said=text)


READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("code", "name", "address", "city", "contact"), _text),
    "kind": _kind,
    "area": _path,
    "time_zone": _zone,
    "latitude": _degrees("latitude"),
    "longitude": _degrees("longitude"),
    **{day: _day(day) for day in hours.DAYS},
    "active": _active,
}
