"""By what nearly the same photos are known.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("photos") as table:
        table.add_column(sa.Column("likeness", sa.String(length=16), nullable=True))
    op.create_table(
        "photo_bands",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_photo_bands_photo_id_photos"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "band", name=op.f("pk_photo_bands")),
    )
    op.create_index(op.f("ix_photo_bands_band"), "photo_bands", ["band"])


def downgrade() -> None:
    op.drop_table("photo_bands")
    with op.batch_alter_table("photos") as table:
        table.drop_column("likeness")
