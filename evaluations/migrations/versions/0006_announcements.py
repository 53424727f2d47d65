"""What phones say that they hold.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("top_seq", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_announcements_evaluation_id_evaluations")
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "device_id", name=op.f("pk_announcements")),
    )


def downgrade() -> None:
    op.drop_table("announcements")
