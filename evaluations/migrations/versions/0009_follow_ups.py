"""Follow-ups: what is asked days after a visit, with its day and how far it is.

Revision 0009, after 0008. Visits that were handed in before get theirs; of what would be due by now the day is today,
since nobody could answer before.
"""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FOLLOW_UPS = sa.table(
    "follow_ups",
    sa.column("id", sa.Uuid()),
    sa.column("evaluation_id", sa.Uuid()),
    sa.column("question_key", sa.String()),
    sa.column("state", sa.String()),
    sa.column("round", sa.Integer()),
    sa.column("due_on", sa.Date()),
    sa.column("remark", sa.Text()),
)
HANDED_IN = sa.text(
    "SELECT evaluations.id, evaluations.visited_at, submissions.received_at, locations.time_zone, versions.document"
    " FROM evaluations"
    " JOIN submissions ON submissions.evaluation_id = evaluations.id AND submissions.round = 1"
    " JOIN visits ON visits.id = evaluations.visit_id"
    " JOIN locations ON locations.id = visits.location_id"
    " JOIN versions ON versions.id = evaluations.version_id"
    " WHERE visits.outcome = 'made' AND versions.document LIKE '%\"due_days\":%'"
).columns(
    sa.column("id", sa.Uuid()),
    sa.column("visited_at", sa.DateTime()),
    sa.column("received_at", sa.DateTime()),
    sa.column("time_zone", sa.String()),
    sa.column("document", sa.Text()),
)


def upgrade() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_follow_ups_evaluation_id_evaluations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint(
            "evaluation_id", "question_key", name=op.f("uq_follow_ups_evaluation_id_question_key")
        ),
    )
    op.create_index("ix_follow_ups_state_due_on", "follow_ups", ["state", "due_on"])
    if rows := [row for one in op.get_bind().execute(HANDED_IN) for row in _rows(one)]:
        op.bulk_insert(FOLLOW_UPS, rows)


def _rows(one: Any) -> list[dict[str, Any]]:
    zone, today = ZoneInfo(one.time_zone), datetime.now(UTC).date()
    made = one.visited_at or one.received_at
    day = made.replace(tzinfo=UTC).astimezone(zone).date()
    return [
        {
            "id": uuid.uuid4(),
            "evaluation_id": one.id,
            "question_key": question["key"],
            "state": "due",
            "round": 1,
            "due_on": max(_later(day, question["due_days"], today), today),
            "remark": "",
        }
        for touchpoint in json.loads(one.document)["touchpoints"]
        for question in touchpoint["questions"]
        if question.get("due_days") and question["kind"] != "instruction"
    ]


def _later(day: date, days: int, today: date) -> date:
    """The day after `days` days; a phone's clock may have been years off."""
    return today if abs((today - day).days) > 400 else day + timedelta(days=days)


def downgrade() -> None:
    op.drop_index("ix_follow_ups_state_due_on", "follow_ups")
    op.drop_table("follow_ups")
