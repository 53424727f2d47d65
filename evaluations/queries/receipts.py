"""What a shopper handed in: a receipt per round."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.models import Evaluation, Submission

CODE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class GivenReceipt:
    """Proof that the server held these things when a round was handed in."""

    part: str
    """The visit itself, or the key of a question that is asked after it."""
    round: int
    at: datetime
    digest: str
    changes: int
    photos: int

    @property
    def code(self) -> str:
        """The characters that are read out on the telephone."""
        return self.digest[:CODE_LENGTH].upper()


def receipts(session: Session, evaluation: Evaluation) -> list[GivenReceipt]:
    """The receipts of the visit and of what was asked after it, newest first."""
    rows = session.scalars(
        select(Submission)
        .where(Submission.evaluation_id == evaluation.id)
        .order_by(Submission.received_at.desc(), Submission.round.desc(), Submission.part)
    )
    return [_given(row) for row in rows]


def _given(row: Submission) -> GivenReceipt:
    held = json.loads(row.receipt)
    return GivenReceipt(
        row.part, row.round, row.received_at, row.digest, len(held["changes"]), len(held["photos"])
    )
