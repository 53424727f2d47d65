"""What makes a client's reports its own: paper, the words at the foot, what is shown, and the logo."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from evaluations.fieldwork.entering import record_changes, short
from evaluations.models import Client, Paper, Person

LONGEST_FOOTER = 160
"""Two lines at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How a client's reports look, beside its name and colour, and what they show."""

    paper: Paper
    footer: str
    shows_photos: bool
    shows_comments: bool
    shows_previous: bool

    def checked(self) -> dict[str, Any]:
        """The values by their field; refused where the words at the foot are too many."""
        footer = " ".join(short(self.footer, field="footer", longest=LONGEST_FOOTER).split())
        return asdict(self) | {"footer": footer}


def set_logo(session: Session, client: Client, png: bytes, *, by: Person, at: datetime) -> None:
    """Give `client` a logo that `photos.intake.redraw_logo` made."""
    _change(session, client, png, hashlib.sha256(png).hexdigest(), by, at)


def remove_logo(session: Session, client: Client, *, by: Person, at: datetime) -> None:
    """Let the client's name stand where the logo stood."""
    _change(session, client, None, None, by, at)


def _change(
    session: Session, client: Client, png: bytes | None, sha256: str | None, by: Person, at: datetime
) -> None:
    before = {"logo": client.logo_sha256}
    client.logo, client.logo_sha256 = png, sha256
    record_changes(session, "client.changed", client, before, {"logo": sha256}, by=by, at=at)
