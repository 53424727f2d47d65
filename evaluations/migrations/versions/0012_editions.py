"""Editions: what each rested on, since when the client sees it, why it followed, and its check code.

Revision 0012, after 0011. Nothing could be opened again before, so what was found has not moved since an approval: the
snapshot of an old edition is taken when its evaluation is opened again.
"""

import hashlib
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCORECARDS = sa.table(
    "scorecards",
    sa.column("id", sa.Uuid()),
    sa.column("check_code", sa.String()),
    sa.column("cause", sa.String()),
    sa.column("released_at", sa.DateTime()),
)
STORED = sa.text(
    "SELECT scorecards.id, evaluations.id AS evaluation, scorecards.edition, scorecards.scored_at, scorecards.card,"
    " evaluations.released_at, versions.content_hash"
    " FROM scorecards"
    " JOIN evaluations ON evaluations.id = scorecards.evaluation_id"
    " JOIN versions ON versions.id = evaluations.version_id"
    " ORDER BY scorecards.edition"
).columns(
    sa.column("id", sa.Uuid()),
    sa.column("evaluation", sa.Uuid()),
    sa.column("edition", sa.Integer()),
    sa.column("scored_at", sa.DateTime()),
    sa.column("card", sa.Text()),
    sa.column("released_at", sa.DateTime()),
    sa.column("content_hash", sa.String()),
)


def upgrade() -> None:
    with op.batch_alter_table("evaluations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reopened_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.add_column(sa.Column("client_note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("scorecards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contents", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("check_code", sa.String(length=14), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("released_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("cause", sa.String(length=40), nullable=False, server_default="approved")
        )
        batch_op.add_column(sa.Column("client_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_scorecards_check_code"), ["check_code"])
    _tell_of_the_old()


def _tell_of_the_old() -> None:
    editions: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in op.get_bind().execute(STORED):
        editions[row.evaluation].append(row)
    for rows in editions.values():
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            op.execute(
                SCORECARDS.update()
                .where(SCORECARDS.c.id == row.id)
                .values(
                    check_code=_code(row),
                    cause="approved" if row.edition == 1 else "follow_up",
                    released_at=_released_at(row, following),
                )
            )


def _code(row: Any) -> str:
    signed = f"{row.evaluation} {row.edition} {row.content_hash or ''}\n{row.card}"
    letters = hashlib.sha256(signed.encode()).hexdigest()[:12].upper()
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def _released_at(row: Any, following: Any) -> Any:
    """Since when the client saw the edition: never, where the next was filed before anything was released."""
    if row.released_at is None:
        return None
    if following is not None and following.scored_at <= row.released_at:
        return None
    return max(row.released_at, row.scored_at)


def downgrade() -> None:
    with op.batch_alter_table("scorecards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scorecards_check_code"))
        for name in ("client_reason", "cause", "released_at", "check_code", "contents"):
            batch_op.drop_column(name)
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_column("client_note")
    with op.batch_alter_table("evaluations", schema=None) as batch_op:
        batch_op.drop_column("reopened_at")
