"""Findings of the question check that a designer has dismissed, and how long a programme's visits may take.

Revision 0017, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissals",
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("touchpoint", sa.String(length=40), nullable=True),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(), nullable=False),
        sa.Column("dismissed_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklists.id"], name=op.f("fk_dismissals_checklist_id_checklists")
        ),
        sa.ForeignKeyConstraint(
            ["dismissed_by_id"], ["people.id"], name=op.f("fk_dismissals_dismissed_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sa.UniqueConstraint(
            "checklist_id", "fingerprint", name=op.f("uq_dismissals_checklist_id_fingerprint")
        ),
    )
    op.create_index("ix_dismissals_checklist_id", "dismissals", ["checklist_id"])
    op.add_column("programmes", sa.Column("longest_minutes", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("programmes") as altered:
        altered.drop_column("longest_minutes")
    op.drop_table("dismissals")
