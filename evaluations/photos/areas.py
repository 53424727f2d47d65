"""Parts of a photo, as an editor draws them: boxes and strokes of a brush.

All measures are in ten-thousandths of the picture's width, height, or longer side, so that they hold at every size.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from evaluations.document.canonical import canonical_json
from evaluations.errors import Invalid, TooLarge

WHOLE = 10_000
MOST_AREAS = 100
MOST_POINTS = 4_000
"""In all strokes together."""

Share = Annotated[int, Field(ge=0, le=WHOLE)]
Extent = Annotated[int, Field(ge=1, le=WHOLE)]


class Box(BaseModel):
    """An upright rectangle: left, top, width and height."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["box"] = "box"
    left: Share
    top: Share
    width: Extent
    height: Extent


class Stroke(BaseModel):
    """A line that a round brush drew: points from left and top, and the brush's width by the longer side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["stroke"] = "stroke"
    width: Extent
    points: tuple[tuple[Share, Share], ...] = Field(min_length=1)


Area = Annotated[Box | Stroke, Field(discriminator="kind")]
_AREAS: TypeAdapter[tuple[Area, ...]] = TypeAdapter(tuple[Area, ...])


def read(text: str | bytes) -> tuple[Area, ...]:
    """The areas that a JSON list describes; refused when it is none, or too much."""
    try:
        areas = _AREAS.validate_json(text)
    except ValidationError as error:
        raise Invalid("areas_unreadable", field="areas") from error
    points = sum(len(area.points) for area in areas if isinstance(area, Stroke))
    if len(areas) > MOST_AREAS or points > MOST_POINTS:
        raise TooLarge("too_many_areas", field="areas", limit=MOST_AREAS)
    return areas


def write(areas: tuple[Area, ...]) -> str:
    """The areas as canonical JSON."""
    return canonical_json([area.model_dump(mode="json") for area in areas])
