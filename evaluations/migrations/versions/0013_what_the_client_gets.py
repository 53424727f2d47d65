"""How a client's reports look, and what is kept from the client.

Revision 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clients", sa.Column("paper", sa.String(length=40), nullable=False, server_default="a4"))
    op.add_column("clients", sa.Column("footer", sa.String(length=160), nullable=False, server_default=""))
    for name in ("shows_photos", "shows_comments", "shows_previous"):
        op.add_column("clients", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("clients", sa.Column("logo", sa.LargeBinary(), nullable=True))
    op.add_column("clients", sa.Column("logo_sha256", sa.String(length=64), nullable=True))
    op.create_table(
        "withholdings",
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_withholdings_by_id_people")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_withholdings_evaluation_id_evaluations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withholdings")),
    )
    with op.batch_alter_table("withholdings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withholdings_evaluation_id"), ["evaluation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("withholdings")
    with op.batch_alter_table("clients", schema=None) as batch_op:
        for name in (
            "logo_sha256",
            "logo",
            "shows_previous",
            "shows_comments",
            "shows_photos",
            "footer",
            "paper",
        ):
            batch_op.drop_column(name)
