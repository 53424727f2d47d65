"""How one shop looks, the same in all of its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal, Self

Trade = Literal["clothes", "glasses"]
WALLS = ("#b9a58c", "#8f9da3", "#c9b9a6", "#a98a76", "#a7b0a2", "#cfc4b2", "#b8b3aa", "#c6a68b")
FRAMES = ("#23282d", "#2d3a33", "#3a2c26", "#22303d", "#4a4038")
FLOORS = ("#b58f63", "#a98a68", "#9b8d7d", "#c2b5a2", "#8d7660")


@dataclass(frozen=True, slots=True)
class Look:
    """What the shop is called and sells, and its colours as #rrggbb."""

    sign: str
    trade: Trade
    wall: str
    frame: str
    floor: str
    accent: str
    has_awning: bool

    @classmethod
    def of(cls, sign: str, *, trade: Trade = "clothes", accent: str = "#8a3b52", seed: str = "") -> Self:
        """The look of the shop that `seed` stands for, of the brand with this sign and colour."""
        random = Random(sign + seed)  # noqa: S311 - pictures
        return cls(
            sign,
            trade,
            wall=random.choice(WALLS),
            frame=random.choice(FRAMES),
            floor=random.choice(FLOORS),
            accent=accent,
            has_awning=trade == "clothes" and random.random() < 0.6,
        )
