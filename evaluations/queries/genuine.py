"""Whether a report that somebody holds is genuine and current, by its check code or its bytes; nothing else of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from evaluations.models import (
    Decision,
    Evaluation,
    EvaluationState,
    Report,
    Review,
    Scorecard,
    Visit,
)
from evaluations.queries import editions

CODE = re.compile(r"[0-9A-F]{12}")
BETWEEN = re.compile(r"[\s\-–—_.]")
MISREAD = str.maketrans("OIL", "011")
"""Letters that a code never has, and what they were read for."""


class Standing(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    """No report of that code, or that file, was ever given out."""
    MISMATCHED = "mismatched"
    """The code is genuine, and the file is not one of the reports that bear it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How the report stands; `scorecard` is for readers who may see it anyway, and for nobody else."""

    standing: Standing
    at: datetime | None = None
    """Since when it is superseded or withdrawn."""
    time_zone: str = "UTC"
    is_file_known: bool = False
    """Whether the file itself was recognised, byte by byte."""
    scorecard: Scorecard | None = None


def tidied(code: str) -> str | None:
    """The code as it is printed, however it was typed; None where it cannot be one."""
    letters = BETWEEN.sub("", code).upper().translate(MISREAD)
    if not CODE.fullmatch(letters):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def check(session: Session, code: str | None, sha256: str | None) -> Checked:
    """How the report with this (tidied) code, or this file, or both, stands."""
    by_file = _by_file(session, sha256) if sha256 else None
    by_code = _by_code(session, code) if code else None
    if code and sha256 and by_code and by_file is not by_code:
        return Checked(Standing.MISMATCHED)
    found = by_file if sha256 else by_code
    if found is None or (code and by_code is None):
        return Checked(Standing.UNKNOWN)
    standing, at = _standing(session, found)
    zone = found.evaluation.visit.location.time_zone
    return Checked(standing, at, zone, is_file_known=by_file is not None, scorecard=found)


def _by_code(session: Session, code: str) -> Scorecard | None:
    return _given_out(session, Scorecard.check_code == code)


def _by_file(session: Session, sha256: str) -> Scorecard | None:
    made = select(Report.scorecard_id).where(Report.sha256 == sha256)
    return _given_out(session, Scorecard.id.in_(made))


def _given_out(session: Session, wanted: object) -> Scorecard | None:
    query = (
        select(Scorecard)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Visit.location)
        .where(wanted, Scorecard.released_at.is_not(None))  # type: ignore[arg-type]
        .order_by(Scorecard.id)
        .limit(1)
        .options(
            contains_eager(Scorecard.evaluation)
            .contains_eager(Evaluation.visit)
            .contains_eager(Visit.location)
        )
    )
    return session.scalars(query).one_or_none()


def _standing(session: Session, card: Scorecard) -> tuple[Standing, datetime | None]:
    if card.evaluation.state is EvaluationState.WITHDRAWN:
        query = select(Review.decided_at).where(
            Review.evaluation_id == card.evaluation_id, Review.decision == Decision.WITHDRAWN
        )
        return Standing.WITHDRAWN, session.scalars(query.limit(1)).one_or_none()
    edition = next(
        one for one in editions.released(session, card.evaluation_id) if one.number == card.edition
    )
    if edition.next is not None:
        return Standing.SUPERSEDED, edition.superseded_at
    return Standing.CURRENT, None
