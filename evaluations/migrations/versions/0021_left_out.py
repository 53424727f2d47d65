"""What an export was asked for and does not hold.

Revision 0021, after 0016, which came after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exports", sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("exports") as exports:
        exports.alter_column("left_out", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("exports") as exports:
        exports.drop_column("left_out")
