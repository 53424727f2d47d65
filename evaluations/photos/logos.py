"""A client's logo, made anew from what was sent: a PNG without metadata, and no larger than it is shown.

Only the decoding process imports this: a logo is a stranger's bytes, too.
"""

from __future__ import annotations

import io

from PIL import Image

from evaluations.errors import TooLarge, Unsupported
from evaluations.photos.derivatives import MEGAPIXEL, refusing_damage

FORMATS = ("PNG", "JPEG")
MOST_MEGAPIXELS = 16
BOX = (900, 300)
"""In pixels, about three times what is shown of it."""
LEAST_SIDE = 16


def redraw(body: bytes) -> bytes:
    """The logo in `body` as a PNG of ours, without empty margins; refused when it is not one that can be shown."""
    with refusing_damage(), Image.open(io.BytesIO(body), formats=FORMATS) as sent:
        width, height = sent.size
        if width * height > MOST_MEGAPIXELS * MEGAPIXEL:
            raise TooLarge("photo_too_many_pixels", limit=MOST_MEGAPIXELS)
        if getattr(sent, "n_frames", 1) > 1 and sent.format == "PNG":
            raise Unsupported("logo_moves")
        plain = sent.convert("RGB") if sent.mode in {"CMYK", "YCbCr"} else sent
        logo = _fresh(plain.convert("RGBA"))
    logo = logo.crop(logo.getchannel("A").getbbox() or (0, 0, 0, 0))
    if min(logo.size) < LEAST_SIDE:
        raise Unsupported("logo_too_small", least=LEAST_SIDE)
    logo.thumbnail(BOX, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    logo.save(out, "PNG", optimize=True)
    return out.getvalue()


def _fresh(picture: Image.Image) -> Image.Image:
    """These pixels alone: what else a picture carries is not copied."""
    fresh = Image.new("RGBA", picture.size)
    fresh.paste(picture)
    return fresh
