"""What an archive says of itself: where it comes from, and the hash of everything that is in it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from shopper.operating import CannotBeDone

FORMAT = "shopper-backup"
EDITION = 1
NAME = "manifest.json"
LARGEST = 1_000_000_000
HASH = re.compile(r"[0-9a-f]{64}")
PLACE = re.compile(
    r"database\.sqlite|tables/[a-z_0-9]+\.copy"
    r"|photos/[0-9a-f]{2}/[0-9a-f]{64}/[a-z]+(\.jpg)?|reports/[0-9a-f]{2}/[0-9a-f]{64}\.pdf"
)
"""The only names that are ever put in place; an archive that has others is not ours."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: how long it is, and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a PostgreSQL snapshot: its columns in the order of its file, and how many rows it has."""

    columns: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class Manifest:
    """The last file of an archive; without it nothing in the archive is believed."""

    made_at: str
    database: str = ""
    """`sqlite` or `postgresql`."""
    revision: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    """In an order in which they can be filled again; SQLite's are all in one file."""
    members: dict[str, Member] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    """Photos and reports that rows name and that were missing or damaged when the archive was made."""


def write(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    told = {"format": FORMAT, "edition": EDITION} | asdict(manifest)
    return json.dumps(told, indent=1).encode()


def read(body: bytes) -> Manifest:
    """The manifest of an archive of ours; refuses any other."""
    try:
        told: dict[str, Any] = json.loads(body)
        if (told.pop("format"), told.pop("edition")) != (FORMAT, EDITION):
            raise ValueError("another format")
        tables = {
            name: Table(tuple(map(str, table["columns"])), int(table["rows"]))
            for name, table in told.pop("tables").items()
        }
        members = {
            name: Member(int(member["bytes"]), str(member["sha256"]))
            for name, member in told.pop("members").items()
        }
        manifest = Manifest(**told, tables=tables, members=members)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotBeDone("This is not a backup of Shopper that this version can read.") from error
    if not all(PLACE.fullmatch(name) and HASH.fullmatch(member.sha256) for name, member in members.items()):
        raise CannotBeDone("This backup names files that no backup of Shopper has; nothing was restored.")
    return manifest
