"""Sales floors, drawn in true perspective from just inside the door."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import CLOTHES, WIDTH, WOOD, Canvas, Colour, Point, mix, shade
from shopper.demo.pictures.figures import carton, plant
from shopper.demo.pictures.look import Look

EYES = 1.55
FOCUS = 980
HORIZON = 470
HALF_WIDTH = 3.4
CEILING = 3.1
DEPTH = 11.0
GARMENTS = 13
"""On one rail."""

Spot = tuple[float, float, float]
"""Metres to the right, above the floor, and away from the camera."""


class Room:
    """A room and the way from its metres to the picture's pixels."""

    def __init__(self, look: Look, random: Random) -> None:
        self.canvas = Canvas("#e6e0d5")
        self.look = look
        self.random = random
        self.aside = random.uniform(-0.7, 0.7)
        self.plaster = random.choice(("#ece6da", "#e4e2dc", "#efe4d4", "#dfe3e1"))

    def see(self, spot: Spot) -> Point:
        """Where in the picture this spot is."""
        x, y, z = spot
        z = max(z, 0.6)
        return WIDTH / 2 + FOCUS * (x - self.aside) / z, HORIZON + FOCUS * (EYES - y) / z

    def plane(self, spots: Sequence[Spot], colour: str | Colour, *, hazy: bool = True) -> None:
        """A flat piece between these corners, paler the farther it is away."""
        depth = sum(spot[2] for spot in spots) / len(spots)
        fill = mix(colour, "#f3ead9", min(0.4, depth / 32)) if hazy else colour
        self.canvas.shape([self.see(spot) for spot in spots], fill)

    def block(
        self, left: float, right: float, low: float, high: float, near: float, far: float, colour: str
    ) -> None:
        """A box: its top, the side that faces the middle, and its front."""
        if high < EYES:
            self.plane(
                [(left, high, near), (right, high, near), (right, high, far), (left, high, far)],
                shade(colour, 1.12),
            )
        if left > self.aside:
            self.plane(
                [(left, low, near), (left, high, near), (left, high, far), (left, low, far)],
                shade(colour, 0.82),
            )
        if right < self.aside:
            self.plane(
                [(right, low, near), (right, high, near), (right, high, far), (right, low, far)],
                shade(colour, 0.82),
            )
        self.plane([(left, low, near), (right, low, near), (right, high, near), (left, high, near)], colour)

    def shadow(self, left: float, right: float, near: float, far: float) -> None:
        """What lies on the floor keeps the light off it."""
        corners = [(left, 0.0, near), (right, 0.0, near), (right, 0.0, far), (left, 0.0, far)]
        self.canvas.soft([[self.see(corner) for corner in corners]], "#1d140c", 0.5, 16)


def layout(look: Look, random: Random) -> Image.Image:
    """The view that meets a customer: goods on both walls, tables between, the till at the back."""
    room = _furnished(look, random)
    _lamps(room)
    return room.canvas.image


def boxes(look: Look, random: Random) -> Image.Image:
    """The same view, with cartons in the way."""
    room = _furnished(look, random)
    for _ in range(random.randint(3, 5)):
        x, z = random.uniform(-1.0, 1.0), random.uniform(2.3, 3.6)
        carton(room.canvas, room.see((x, 0.0, z)), 620 / z, random)
    _lamps(room)
    return room.canvas.image


def _furnished(look: Look, random: Random) -> Room:
    room = Room(look, random)
    _shell(room)
    for z in (9.6, 8.2, 6.8, 5.4, 4.0, 2.6):
        for side in (-1, 1):
            if look.trade == "clothes":
                _clothes_wall(room, side, z)
            else:
                _glasses_wall(room, side, z)
    for z in (7.6, 5.2, 3.5):
        if random.random() < 0.75:
            _table(room, random.uniform(-0.9, 0.9), z)
    if random.random() < 0.5:
        plant(room.canvas, room.see((random.choice((-1, 1)) * 2.3, 0.0, 8.8)), 120, random)
    return room


def _shell(room: Room) -> None:
    """Floor, walls, ceiling, and the back wall with the sign."""
    w, c, d, n = HALF_WIDTH, CEILING, DEPTH, 0.7
    room.plane([(-w, c, n), (w, c, n), (w, c, d), (-w, c, d)], shade(room.plaster, 0.97))
    room.plane([(-w, 0, n), (-w, c, n), (-w, c, d), (-w, 0, d)], shade(room.plaster, 0.9))
    room.plane([(w, 0, n), (w, c, n), (w, c, d), (w, 0, d)], shade(room.plaster, 0.86))
    _floor(room)
    room.plane([(-w, 0, d), (w, 0, d), (w, c, d), (-w, c, d)], shade(room.plaster, 0.94), hazy=False)
    panel = room.look.accent
    room.plane(
        [(-1.5, 0, d), (1.5, 0, d), (1.5, c, d), (-1.5, c, d)], mix(panel, "#2a2420", 0.25), hazy=False
    )
    x, y = room.see((0, 2.35, d))
    room.canvas.letters((x, y), room.look.sign, 27 if len(room.look.sign) < 10 else 19, "#f6ecd8", spaced=0.2)
    room.block(-1.1, 1.1, 0, 1.05, d - 1.2, d - 0.6, "#8c6b46")


def _floor(room: Room) -> None:
    w, colour = HALF_WIDTH, room.look.floor
    room.plane([(-w, 0, 0.7), (w, 0, 0.7), (w, 0, DEPTH), (-w, 0, DEPTH)], colour)
    boards = 22
    wide = 2 * w / boards
    for board in range(boards):
        x = -w + board * wide
        tone = shade(colour, room.random.uniform(0.9, 1.08))
        room.plane(
            [(x, 0, 0.7), (x + wide * 0.96, 0, 0.7), (x + wide * 0.96, 0, DEPTH), (x, 0, DEPTH)],
            mix(tone, "#f3ead9", 0.1),
            hazy=False,
        )
    near, far = room.see((0, 0, 2.0))[1], room.see((0, 0, DEPTH))[1]
    room.canvas.soft(
        [[(0, far), (WIDTH, far), (WIDTH, (near + far) / 2), (0, (near + far) / 2)]], "#fff4de", 0.3, 40
    )


def _clothes_wall(room: Room, side: int, z: float) -> None:
    """Two rails, one above the other, or shelves with folded goods."""
    random, x = room.random, side * (HALF_WIDTH - 0.45)
    room.plane(
        [
            (side * HALF_WIDTH, 0, z),
            (side * HALF_WIDTH, 2.6, z),
            (side * HALF_WIDTH, 2.6, z + 1.3),
            (side * HALF_WIDTH, 0, z + 1.3),
        ],
        mix(room.plaster, "#7b6a58", 0.25),
    )
    if random.random() < 0.3:
        for shelf in (0.5, 0.95, 1.4, 1.85):
            _pile_row(room, side, z, shelf)
        return
    palette = random.sample(CLOTHES, 4)
    for rail in (2.05, 1.05):
        for garment in range(GARMENTS, -1, -1):
            colour = shade(random.choice(palette), random.uniform(0.85, 1.1))
            hang = rail - random.uniform(0.62, 0.86)
            _garment(room, side, z + garment * 1.25 / GARMENTS, rail, hang, colour)
        ends = (*room.see((x, rail + 0.05, z)), *room.see((x, rail + 0.05, z + 1.3)))
        room.canvas.pen.line(ends, fill="#3c3f42", width=5)


def _garment(room: Room, side: int, near: float, rail: float, hang: float, colour: Colour) -> None:
    """Something on its hanger: the edge that faces the aisle, and the front."""
    x, wall = side * (HALF_WIDTH - 0.45), side * HALF_WIDTH
    low = x - side * 0.05
    edge = [(x, rail, near), (x, rail - 0.06, near), (low, hang, near), (low, hang, near + 0.07)]
    room.plane([*edge, (x, rail - 0.03, near + 0.07)], colour)
    front = [(x, rail - 0.05, near), (wall - side * 0.05, rail - 0.14, near), (wall - side * 0.1, hang, near)]
    room.plane([*front, (low, hang, near)], shade(colour, 0.8))


def _pile_row(room: Room, side: int, z: float, height: float) -> None:
    random, x = room.random, side * (HALF_WIDTH - 0.35)
    room.plane(
        [
            (x, height, z),
            (side * HALF_WIDTH, height, z),
            (side * HALF_WIDTH, height, z + 1.3),
            (x, height, z + 1.3),
        ],
        random.choice(WOOD),
    )
    for pile in (0.9, 0.5, 0.1):
        colour = random.choice(CLOTHES)
        for fold in range(random.randint(2, 5)):
            low = height + fold * 0.055
            room.plane(
                [
                    (x, low, z + pile),
                    (x, low + 0.05, z + pile),
                    (x, low + 0.05, z + pile + 0.3),
                    (x, low, z + pile + 0.3),
                ],
                shade(colour, 1 - fold * 0.04),
            )
    room.plane(
        [(x, height - 0.03, z), (x, height, z), (x, height, z + 1.3), (x, height - 0.03, z + 1.3)], "#6c4d31"
    )


def _glasses_wall(room: Room, side: int, z: float) -> None:
    """A lit panel with rows of frames."""
    random, x = room.random, side * (HALF_WIDTH - 0.12)
    room.plane([(x, 0, z), (x, 2.5, z), (x, 2.5, z + 1.34), (x, 0, z + 1.34)], "#6d6258")
    room.plane(
        [(x, 0.75, z + 0.06), (x, 2.4, z + 0.06), (x, 2.4, z + 1.28), (x, 0.75, z + 1.28)],
        "#fbf6ea",
        hazy=False,
    )
    for row in range(7):
        y = 0.9 + row * 0.215
        for column in range(5):
            if random.random() < 0.06:
                continue
            near = z + 0.16 + column * 0.22
            colour = random.choice(CLOTHES)
            for lens in (0.0, 0.085):
                corners = [room.see((x, y + 0.03, near + lens)), room.see((x, y - 0.03, near + lens + 0.07))]
                left, right = sorted((corners[0][0], corners[1][0]))
                room.canvas.pen.ellipse(
                    (left, corners[0][1], max(right, left + 2), corners[1][1]),
                    outline=colour,
                    fill="#d7e2e2",
                    width=max(1, int(9 / near)),
                )
    room.plane([(x, 0, z + 0.06), (x, 0.6, z + 0.06), (x, 0.6, z + 1.28), (x, 0, z + 1.28)], room.look.accent)


def _table(room: Room, x: float, z: float) -> None:
    """A table with folded goods, or one for two people with a mirror."""
    random, half = room.random, 0.62
    room.shadow(x - half, x + half, z, z + 0.8)
    wood = random.choice(WOOD)
    for leg in (-half + 0.05, half - 0.05):
        room.block(x + leg - 0.03, x + leg + 0.03, 0, 0.76, z + 0.02, z + 0.08, _tone(wood, 0.7))
    room.block(x - half, x + half, 0.74, 0.8, z, z + 0.8, wood)
    if room.look.trade == "glasses":
        room.block(x - 0.16, x + 0.16, 0.8, 1.2, z + 0.3, z + 0.33, "#e8eef0")
        room.block(x + 0.25, x + 0.5, 0.8, 0.84, z + 0.2, z + 0.5, "#33393f")
        return
    for far in (0.48, 0.12):
        for place in (-0.42, -0.02, 0.38):
            colour = random.choice(CLOTHES)
            for fold in range(random.randint(2, 5)):
                low = 0.8 + fold * 0.05
                room.block(
                    x + place - 0.15,
                    x + place + 0.15,
                    low,
                    low + 0.045,
                    z + far,
                    z + far + 0.26,
                    _tone(colour, 1 - 0.05 * fold),
                )


def _lamps(room: Room) -> None:
    """Spots along two tracks, and the pools that they throw on the floor."""
    spots = [(x, z) for z in (9.5, 7.6, 5.8, 4.2, 3.0) for x in (-1.7, 1.7)]
    pools = []
    for x, z in spots:
        centre, wide = room.see((x, 0.0, z)), FOCUS * 0.7 / z
        pools.append((centre[0] - wide, centre[1] - wide * 0.22, centre[0] + wide, centre[1] + wide * 0.22))
    room.canvas.pools(pools, "#fff3d2", 0.34, 34)
    for track in (-1.7, 1.7):
        room.canvas.pen.line(
            (*room.see((track, CEILING - 0.02, 1.2)), *room.see((track, CEILING - 0.02, DEPTH))),
            fill="#55585a",
            width=4,
        )
    for x, z in spots:
        px, py = room.see((x, CEILING - 0.16, z))
        size = 64 / z
        room.canvas.pen.ellipse((px - size, py - size * 0.7, px + size, py + size * 0.7), fill="#fffef6")
    tall = [
        (px - 90 / z, py, px + 90 / z, py + 300 / z)
        for x, z in spots
        for px, py in [room.see((x, CEILING - 0.1, z))]
    ]
    room.canvas.pools(tall, "#fff8e4", 0.25, 24)


def _tone(colour: str, factor: float) -> str:
    """The colour, darker or lighter, in the form that colours have here."""
    red, green, blue = shade(colour, factor)
    return f"#{red:02x}{green:02x}{blue:02x}"
