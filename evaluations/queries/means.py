"""Means over stored millionths: whole numbers only, so that both databases agree."""

from __future__ import annotations

from collections.abc import Iterable


def mean(total: int, count: int) -> int | None:
    """`total / count` rounded half up to a whole number; None when there is nothing to average."""
    return (2 * total + count) // (2 * count) if count else None


def mean_of(figures: Iterable[int | None]) -> int | None:
    """The mean of those figures that exist, rounded half up."""
    known = [figure for figure in figures if figure is not None]
    return mean(sum(known), len(known))
