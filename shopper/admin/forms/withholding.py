"""The forms for what is kept from the client: what is blurred in a photo, and words of a text."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wtforms import DecimalField, FieldList, FormField, HiddenField, IntegerField, StringField
from wtforms import Form as Part
from wtforms.validators import NumberRange, Optional

from evaluations.photos import areas
from evaluations.photos.areas import WHOLE, Area, Box, Stroke
from shopper.forms import Form
from shopper.language import lazy

PER_CENT = 100
MEASURES = ("left", "top", "width", "height")


def _measure(name: Any) -> DecimalField:
    beyond = lazy("Enter a number from 0 to 100.")
    return DecimalField(name, [Optional(), NumberRange(0, PER_CENT, beyond)], places=1)


class BoxPart(Part):
    """A box in percent of the photo's width and height; one without width or height is none."""

    left = _measure(lazy("From the left"))
    top = _measure(lazy("From the top"))
    width = _measure(lazy("Width"))
    height = _measure(lazy("Height"))


class BlurForm(Form):
    """What is blurred: as drawn by the page's script, or the boxes in numbers where it does not run."""

    areas = HiddenField()
    boxes = FieldList(FormField(BoxPart))

    @classmethod
    def of(cls, drawn: tuple[Area, ...]) -> BlurForm:
        """The form with the boxes that are drawn, and an empty one."""
        boxes = [_in_percent(area) for area in drawn if isinstance(area, Box)]
        return cls.read(boxes=[*boxes, {}])

    def areas_over(self, before: tuple[Area, ...]) -> tuple[Area, ...]:
        """What was drawn; of boxes in numbers alone, with the strokes that were there before."""
        if self.areas.data:
            return areas.read(self.areas.data)
        boxes = [_box(part.data) for part in self.boxes if part.width.data and part.height.data]
        return (*(area for area in before if isinstance(area, Stroke)), *boxes)


class PassageForm(Form):
    """Words of a text, and where they were selected."""

    register = HiddenField()
    words = StringField(filters=[])
    start = IntegerField(validators=[Optional()])

    @property
    def passage(self) -> str:
        """The words, with the line ends that the text has: a form sends others."""
        return (self.words.data or "").replace("\r\n", "\n")


def _in_percent(box: Box) -> dict[str, Decimal]:
    return {name: Decimal(getattr(box, name)) * PER_CENT / WHOLE for name in MEASURES}


def _box(numbers: dict[str, Decimal | None]) -> Box:
    left, top, width, height = (_share(numbers[name]) for name in MEASURES)
    return Box(left=left, top=top, width=max(1, width), height=max(1, height))


def _share(percent: Decimal | None) -> int:
    return int(((percent or Decimal(0)) * WHOLE / PER_CENT).quantize(Decimal(1), ROUND_HALF_UP))
