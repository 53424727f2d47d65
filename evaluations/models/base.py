"""What every table shares: names of constraints, moments in UTC, and ids that sort by time."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all models."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without zone in the database, alike on both dialects."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Choices(TypeDecorator[Any]):
    """A set of words of one enumeration, stored as sorted text with commas."""

    impl = String(200)
    cache_ok = True

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else ",".join(sorted(self.enumeration(word).value for word in value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> frozenset[StrEnum] | None:
        if value is None:
            return None
        return frozenset(self.enumeration(word) for word in value.split(",") if word)


def word_of(enumeration: type[StrEnum]) -> Enum:
    """A column type that stores a word of `enumeration` by its value, as plain text."""
    return Enum(
        enumeration,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


def new_id() -> UUID:
    """A UUID of version 7: unique, and sorted by the time of its making.

    The twelve bits after the millisecond hold its 4096ths (RFC 9562, 6.2, method 3), so that what
    one request writes in a row stays in that order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    number = milliseconds << 80 | 0x7 << 76 | (rest * 4096 // 1_000_000) << 64
    return UUID(int=number | 0x2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)


class Identified(Base):
    """A thing with an id of its own."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
