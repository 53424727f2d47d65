"""How Alembic reaches our tables: through a connection that `evaluations.database` hands it."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from evaluations.models import Base
from evaluations.models.base import Choices, Moment


def render_item(type_: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Name our own column types by what the database stores."""
    if type_ == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if type_ == "type" and isinstance(item, Choices):
        return "sa.String(length=200)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transactional_ddl=True,
)
context.run_migrations()
