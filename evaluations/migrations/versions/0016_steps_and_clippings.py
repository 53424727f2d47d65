"""What designers did to a draft, step by step, so that it can be undone; and what they carry between drafts.

Revision 0016, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_steps",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("first_edition", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("patch", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_draft_steps_by_id_people")),
        sa.ForeignKeyConstraint(["draft_id"], ["versions.id"], name=op.f("fk_draft_steps_draft_id_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_steps")),
    )
    op.create_index("ix_draft_steps_draft_id", "draft_steps", ["draft_id"])
    op.create_table(
        "clippings",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("copied_at", sa.DateTime(), nullable=False),
        sa.Column("copied_from", sa.Text(), nullable=False),
        sa.Column("holds_touchpoints", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_clippings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_clippings")),
    )


def downgrade() -> None:
    for table in ("clippings", "draft_steps"):
        op.drop_table(table)
