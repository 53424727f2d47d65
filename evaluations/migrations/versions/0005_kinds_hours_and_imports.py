"""How a location that is no store is reached, opening hours, and imports of locations.

Revision 0005, after 0004. What phone lines, web addresses and mailboxes had in the address of a
store, the only place there was for it, becomes what they are reached by.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OTHERS = "kind IN ('phone_line', 'web', 'mailbox')"


def upgrade() -> None:
    with op.batch_alter_table("locations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("hours", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("locations", schema=None) as batch_op:
        batch_op.alter_column("contact", server_default=None)
        batch_op.alter_column("hours", server_default=None)
    op.execute(
        "UPDATE locations SET contact = address, address = '', latitude = NULL, longitude = NULL "  # noqa: S608
        f"WHERE {OTHERS}"
    )
    op.create_table(
        "imports",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_imports_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_imports_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_client_id"), "imports", ["client_id"], unique=False)


def downgrade() -> None:
    op.drop_table("imports")
    op.execute(f"UPDATE locations SET address = substr(contact, 1, 200) WHERE {OTHERS}")  # noqa: S608
    with op.batch_alter_table("locations", schema=None) as batch_op:
        batch_op.drop_column("hours")
        batch_op.drop_column("contact")
