"""The drafts that are being worked on, with what stands in the way of publishing each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.designing import checking
from evaluations.designing.dismissing import judged, of_checklists
from evaluations.document import canonical
from evaluations.models import Person
from evaluations.queries import checklists as queries


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft: whose wording it is to become, who saved it last, and what is wrong with it."""

    checklist_id: UUID
    checklist: str
    number: int
    saved_at: datetime
    saved_by: str
    in_the_way: int
    """How many problems stand in the way of publishing."""
    pauses: int
    """How many more give pause."""


class Only(StrEnum):
    """Which drafts are wanted: all, or those that cannot be published as they stand."""

    DRAFTS = "drafts"
    PROBLEMS = "problems"

    def holds(self, row: DraftRow) -> bool:
        """Whether `row` is one of them."""
        return self is Only.DRAFTS or row.in_the_way > 0


def drafts(session: Session, reader: Person) -> tuple[DraftRow, ...]:
    """Every draft of a checklist in use that `reader` sees, what was saved last comes first."""
    rows = []
    open_drafts = queries.drafts(session, reader)
    dismissals = of_checklists(session, [draft.checklist_id for draft in open_drafts])
    for draft in open_drafts:
        document = canonical.read(draft.document)
        found = judged(checking.problems(document), document, dismissals[draft.checklist_id]).standing
        in_the_way = sum(problem.blocks for problem in found)
        rows.append(
            DraftRow(
                draft.checklist_id,
                draft.checklist.name,
                draft.number,
                draft.saved_at,
                draft.saved_by.name,
                in_the_way,
                len(found) - in_the_way,
            )
        )
    return tuple(rows)
