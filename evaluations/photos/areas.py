"""Parts of a photo, as an editor draws them: boxes and strokes of a brush.

All measures are in ten-thousandths of the picture's width, height, or longer side, so that they hold at every size.
Read by hand, since the decoding child starts with every page that needs it: pydantic would double the time it takes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from evaluations.errors import Invalid, TooLarge

WHOLE = 10_000
MOST_AREAS = 100
MOST_POINTS = 4_000
"""In all strokes together."""
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that a round brush drew: points from left and top, and the brush's width by the longer side."""

    width: int
    points: tuple[Point, ...]


Area = Box | Stroke


def read(text: str | bytes) -> tuple[Area, ...]:
    """The areas that a JSON list describes; refused when it is none, or too much."""
    try:
        areas = tuple(_area(one) for one in _list(json.loads(text)))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Invalid("areas_unreadable", field="areas") from error
    points = sum(len(area.points) for area in areas if isinstance(area, Stroke))
    if len(areas) > MOST_AREAS or points > MOST_POINTS:
        raise TooLarge("too_many_areas", field="areas", limit=MOST_AREAS)
    return areas


def write(areas: tuple[Area, ...]) -> str:
    """The areas as canonical JSON."""
    told = [{"kind": "box" if isinstance(area, Box) else "stroke"} | asdict(area) for area in areas]
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _area(told: dict[str, Any]) -> Area:
    if told["kind"] == "box":
        return Box(
            left=_share(told["left"]),
            top=_share(told["top"]),
            width=_share(told["width"], least=1),
            height=_share(told["height"], least=1),
        )
    if told["kind"] != "stroke":
        raise ValueError("no such kind")
    points = tuple(_point(*point) for point in _list(told["points"]))
    if not points:
        raise ValueError("a stroke without a point")
    return Stroke(width=_share(told["width"], least=1), points=points)


def _point(across: Any, down: Any) -> Point:
    return _share(across), _share(down)


def _share(value: Any, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= WHOLE:
        raise ValueError("not a share")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
