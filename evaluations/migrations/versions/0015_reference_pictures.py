"""Pictures of what right looks like, which questions of a checklist name by their hash.

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference_pictures",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_reference_pictures_added_by_id_people")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_reference_pictures")),
    )


def downgrade() -> None:
    op.drop_table("reference_pictures")
