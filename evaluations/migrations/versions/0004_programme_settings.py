"""What a programme settles: release, language, target, deadlines, lock-out; and when a wave was released.

Revision 0004, after 0003.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    settled: tuple[sa.Column[Any], ...] = (
        sa.Column("release", sa.String(length=40), nullable=False, server_default="at_approval"),
        sa.Column("report_language", sa.String(length=8), nullable=True),
        sa.Column("target", sa.String(length=10), nullable=True),
        sa.Column("shows_targets", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("report_hours", sa.Integer(), nullable=False, server_default="24"),
        sa.Column("return_hours", sa.Integer(), nullable=False, server_default="24"),
        sa.Column("lockout_days", sa.Integer(), nullable=False, server_default="90"),
    )
    for column in settled:
        op.add_column("programmes", column)
    op.add_column("waves", sa.Column("released_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("waves") as waves:
        waves.drop_column("released_at")
    with op.batch_alter_table("programmes") as programmes:
        for name in (
            "lockout_days",
            "return_hours",
            "report_hours",
            "shows_targets",
            "target",
            "report_language",
            "release",
        ):
            programmes.drop_column(name)
