"""Own questions, templates of whole checklists, and the versions of all that the agency keeps.

Revision 0020, after 0019.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEPT = {"own_questions": ("question",), "templates": ("description", "document")}
VERSIONS = {
    "own_touchpoint_versions": "own_touchpoints",
    "own_question_versions": "own_questions",
    "template_versions": "templates",
}


def upgrade() -> None:
    op.add_column("own_touchpoints", sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    for table, contents in KEPT.items():
        _create_kept(table, contents)
    for table, kept in VERSIONS.items():
        _create_versions(table, kept)
    op.execute(
        "INSERT INTO own_touchpoint_versions (number, content, saved_at, saved_by_id, kept_id)"
        " SELECT 1, entry, changed_at, changed_by_id, id FROM own_touchpoints"
    )
    op.create_table(
        "beginnings",
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklists.id"], name=op.f("fk_beginnings_checklist_id_checklists")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["templates.id"], name=op.f("fk_beginnings_template_id_templates")
        ),
        sa.PrimaryKeyConstraint("checklist_id", name=op.f("pk_beginnings")),
    )
    op.create_index("ix_beginnings_template_id", "beginnings", ["template_id"])


def _create_kept(table: str, contents: tuple[str, ...]) -> None:
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text(), nullable=False) for name in contents]
    op.create_table(
        table,
        *columns,
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded_name", sa.String(length=360), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))
            for column in ("created_by_id", "changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        f"uq_{table}_folded_name",
        table,
        ["folded_name"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )


def _create_versions(table: str, kept: str) -> None:
    op.create_table(
        table,
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f(f"fk_{table}_saved_by_id_people")),
        sa.ForeignKeyConstraint(["kept_id"], [f"{kept}.id"], name=op.f(f"fk_{table}_kept_id_{kept}")),
        sa.PrimaryKeyConstraint("number", "kept_id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in ("beginnings", *VERSIONS, *KEPT):
        op.drop_table(table)
    with op.batch_alter_table("own_touchpoints") as own:
        own.drop_column("number")
