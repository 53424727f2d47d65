"""What is said of a version: its note, what it is based on, and why it was withdrawn.

Revision 0019, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("versions", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("versions", sa.Column("based_on", sa.Integer(), nullable=True))
    op.create_table(
        "version_withdrawals",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_version_withdrawals_version_id_versions")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_version_withdrawals_withdrawn_by_id_people")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_withdrawals")),
    )


def downgrade() -> None:
    op.drop_table("version_withdrawals")
    with op.batch_alter_table("versions") as versions:
        versions.drop_column("based_on")
        versions.drop_column("note")
