"""Whether two databases hold the same: a count and a hash of the content of each table.

The hash does not depend on the order of rows, which the two kinds of database sort differently: the
hashes of the rows are added up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from evaluations.models import Base

AT_ONCE = 1000
MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and one hash of all that is in them."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A table as it is in the one database and in the other."""

    table: str
    here: Content
    there: Content

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return self.here == self.there


def compare(here: Connection, there: Connection) -> list[Compared]:
    """Every table of the product, read through both connections."""
    return [
        Compared(table.name, content(here, table), content(there, table))
        for table in Base.metadata.sorted_tables
    ]


def as_lines(compared: list[Compared]) -> list[str]:
    """The comparison as a table to print."""
    told = [f"{'table':<20} {'rows here':>10} {'rows there':>10}  content"]
    for each in compared:
        verdict = f"same {each.here.sha256[:12]}" if each.is_same else "DIFFERS"
        told.append(f"{each.table:<20} {each.here.rows:>10,} {each.there.rows:>10,}  {verdict}")
    return told


def content(connection: Connection, table: Table) -> Content:
    """The count and the hash of a table's rows."""
    total = rows = 0
    with connection.execution_options(yield_per=AT_ONCE).execute(select(table)) as found:
        for row in found.mappings():
            total = (total + int.from_bytes(hashlib.sha256(_canonical(row)).digest())) % MODULUS
            rows += 1
    return Content(rows, f"{total:064x}")


def _canonical(row: Mapping[Any, Any]) -> bytes:
    """A row as bytes that are alike whichever database it was read from."""
    told = {str(name): _plain(value) for name, value in row.items()}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A value as JSON; each type says its name, so that no two values of different types look alike."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, frozenset):
        return ["set", *sorted(map(_plain, value))]
    if isinstance(value, date):  # moments too
        return ["date", value.isoformat()]
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    if isinstance(value, UUID):
        return ["id", value.hex]
    if isinstance(value, dict | list | tuple):
        return ["json", json.dumps(value, sort_keys=True)]
    return [type(value).__name__, repr(value)]  # floats and decimals, which say all their digits
