"""How visits are captured: a programme's default, and each wave's own.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("programmes", "waves"):
        op.add_column(
            table, sa.Column("capture", sa.String(length=40), nullable=False, server_default="open")
        )


def downgrade() -> None:
    for table in ("waves", "programmes"):
        with op.batch_alter_table(table) as altered:
            altered.drop_column("capture")
