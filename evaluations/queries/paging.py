"""Lists too long for one screen, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, the number of the page that they stand on, and how many rows there are in all."""

    rows: tuple[Row, ...]
    total: int
    number: int
    size: int

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return pages(self.total, self.size)

    @property
    def first(self) -> int:
        """The place of the page's first row among all, from 1; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the page's last row among all."""
        return (self.number - 1) * self.size + len(self.rows)


def pages(total: int, size: int) -> int:
    """How many pages of `size` rows hold `total` rows, at least one."""
    return max(1, -(-total // size))


def nearest(number: int, total: int, size: int) -> int:
    """The page nearest to the one asked for that exists."""
    return min(max(1, number), pages(total, size))
