"""What is known of a location, checked field by field, each kind with the fields that fit it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from evaluations.errors import Invalid
from evaluations.fieldwork import hours
from evaluations.fieldwork.entering import LONGEST_NAME, named, short
from evaluations.fieldwork.zones import known_zones
from evaluations.models import Area, LocationKind

LONGEST_CODE = 40
LONGEST_ADDRESS = 200
LONGEST_CONTACT = 300
FITTING = {
    LocationKind.STORE: frozenset({"address", "city", "latitude", "longitude", "hours"}),
    LocationKind.PHONE_LINE: frozenset({"contact", "city", "hours"}),
    LocationKind.WEB: frozenset({"contact"}),
    LocationKind.MAILBOX: frozenset({"contact"}),
}
"""What fits a location of each kind, beside what every location has."""
PARTLY_FITTING = frozenset().union(*FITTING.values())
PHONE = re.compile(r"\+?[\d\s()./-]+(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
HOST = re.compile(r"[^\s/@:]+\.[^\s/@:.]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a location."""

    code: str
    name: str
    kind: LocationKind = LocationKind.STORE
    area: Area | None = None
    address: str = ""
    city: str = ""
    contact: str = ""
    """The number, the web address or the mailbox, as the kind wants it."""
    time_zone: str = "UTC"
    latitude: float | None = None
    longitude: float | None = None
    hours: str = ""
    """The opening hours as one line; see `hours`."""


def checked(particulars: Particulars) -> dict[str, Any]:
    """The values of `particulars` as they are kept, by field; refused at the first that cannot be."""
    values = {field.name: getattr(particulars, field.name) for field in fields(particulars)}
    values["name"] = named(particulars.name)
    values["code"] = named(particulars.code, field="code", longest=LONGEST_CODE)
    values["address"] = short(particulars.address, field="address", longest=LONGEST_ADDRESS)
    values["city"] = short(particulars.city, field="city", longest=LONGEST_NAME)
    values["contact"] = short(particulars.contact, field="contact", longest=LONGEST_CONTACT)
    values["hours"] = hours.write(hours.read(particulars.hours))
    if particulars.time_zone not in known_zones():
        raise Invalid("time_zone_unknown", field="time_zone", name=particulars.time_zone)
    _refuse_off_the_globe(particulars)
    _refuse_unfit(particulars.kind, values)
    if particulars.kind is not LocationKind.STORE:
        values["contact"] = _contact(particulars.kind, values["contact"])
    return values


def _refuse_off_the_globe(particulars: Particulars) -> None:
    latitude, longitude = particulars.latitude, particulars.longitude
    if (latitude is None) != (longitude is None):
        raise Invalid("coordinate_missing", field="latitude" if latitude is None else "longitude")
    if latitude is not None and not -90 <= latitude <= 90:
        raise Invalid("latitude_out_of_range", field="latitude")
    if longitude is not None and not -180 <= longitude <= 180:
        raise Invalid("longitude_out_of_range", field="longitude")


def _refuse_unfit(kind: LocationKind, values: dict[str, Any]) -> None:
    for name in sorted(PARTLY_FITTING - FITTING[kind]):
        if values[name] not in ("", None):
            raise Invalid("unfit_for_kind", field=name)


def _contact(kind: LocationKind, text: str) -> str:
    if not text:
        raise Invalid("needed", field="contact")
    if kind is LocationKind.PHONE_LINE:
        if not PHONE.fullmatch(text) or sum(sign.isdigit() for sign in text) < 3:
            raise Invalid("phone_unreadable", field="contact")
    elif kind is LocationKind.WEB:
        return _web_address(text)
    elif len(text.split()) > 1 and "@" in text:  # a mail address holds no blank; names of accounts may
        raise Invalid("mailbox_unreadable", field="contact")
    return text


def _web_address(text: str) -> str:
    """`text` with its scheme; a page that a browser would not open is refused."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and HOST.fullmatch(parts.hostname or "")
        is_plain = parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = is_plain = False
    if not (is_good and is_plain) or len(address.split()) > 1 or len(address) > LONGEST_CONTACT:
        raise Invalid("web_unreadable", field="contact")
    return address
