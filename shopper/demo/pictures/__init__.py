"""Pictures of shops that the demo draws for itself, as a phone would have taken them."""

from __future__ import annotations

from random import Random

from shopper.demo.pictures import counters, doors, fronts, goods, lens, papers, rooms
from shopper.demo.pictures.look import Look

SCENES = {
    "window": fronts.window,
    "layout": rooms.layout,
    "boxes": rooms.boxes,
    "greeting": counters.greeting,
    "till": counters.till,
    "shelf": goods.shelf,
    "gap": goods.gap,
    "entrance": doors.entrance,
    "exit": doors.blocked_exit,
    "notice": papers.notice,
    "receipt": papers.receipt,
}
"""Each scene draws itself for a shop's look; what varies comes from the seed."""


def draw(scene: str, sign: str | Look, random: Random) -> bytes:
    """The JPEG of one scene in the shop with this look, or with the one that its sign brings with it."""
    look = sign if isinstance(sign, Look) else Look.of(sign)
    return lens.photograph(SCENES[scene](look, random), random)
