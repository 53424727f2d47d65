"""The PDF of a test drive: the report that a client would get, with a drawing in place of every photo."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from evaluations.photos.derivatives import derive
from evaluations.photos.store import Derived, PhotoStore
from evaluations.reporting.trial import Picture
from shopper.reports import visit
from shopper.trials import Trial

SIZE = (1024, 768)
GROUND, LINE, SUN = (222, 229, 234), (122, 137, 150), (240, 244, 247)


def written(told: str, logo: bytes | None) -> bytes:
    """The report of the test drive that is told, as a PDF."""
    driven = Trial.from_json(told, logo)
    body, derived = _drawing()
    with tempfile.TemporaryDirectory() as folder:
        photos = PhotoStore(Path(folder))
        picture = Picture(photos.put(body, derived.pictures), derived.mime, derived.width, derived.height)
        return visit.whole(driven.report(picture), photos, driven.language)


@cache
def _drawing() -> tuple[bytes, Derived]:
    """A sheet with hills and a sun, which nobody takes for a photo."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.64, height * 0.2, width * 0.76, height * 0.36), fill=SUN)
    draw.polygon([(0, height), (width * 0.34, height * 0.42), (width * 0.7, height)], fill=LINE)
    draw.polygon(
        [(width * 0.4, height), (width * 0.72, height * 0.56), (width, height)], fill=(150, 163, 174)
    )
    draw.rectangle((8, 8, width - 9, height - 9), outline=LINE, width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    body = out.getvalue()
    return body, derive(body)
