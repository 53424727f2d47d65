"""The smaller pictures that are made of a photo: upright, in sRGB, and without any metadata.

Only the decoding process imports this: a photo is a stranger's bytes.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PIL import Image, ImageCms, JpegImagePlugin, UnidentifiedImageError

from evaluations.errors import Invalid, TooLarge, Unsupported
from evaluations.photos import blurring, likeness, signatures
from evaluations.photos.areas import Area
from evaluations.photos.store import Derived, Size

try:
    import pillow_heif
except ImportError:  # it is an extra
    HAS_HEIC = False
else:
    HAS_HEIC = True
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

FORMATS = ("JPEG", "PNG", "WEBP")  # "JPEG" opens a phone's multi-picture files too
TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": signatures.HEIC,
}
MEGAPIXEL = 1_000_000
MOST_MEGAPIXELS = 80
LONG_SIDES = {Size.WEB: 1600, Size.PRINT: 800, Size.THUMBNAIL: 320}
QUALITIES = {Size.WEB: 82, Size.PRINT: 74, Size.THUMBNAIL: 74}
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = frozenset({5, 6, 7, 8})
DAMAGE = (
    OSError, EOFError, SyntaxError, ValueError, ArithmeticError, LookupError, RuntimeError, struct.error,
)  # fmt: skip
"""What the readers of the formats raise on bytes that are not as they should be."""
PAPER = (255, 255, 255)

# The limit is ours and a refusal: Pillow's own is a warning first.
Image.MAX_IMAGE_PIXELS = None


def derive(body: bytes, areas: Sequence[Area] = (), *, largest: int = LONG_SIDES[Size.WEB]) -> Derived:
    """The smaller pictures of the photo in `body`, blurred in `areas`; refused when it is not one that can be shown.

    The largest of them is at most `largest` pixels long.
    """
    is_heic = signatures.type_of(body) == signatures.HEIC
    if is_heic:
        _check_heic(body)
    with refusing_damage(), Image.open(io.BytesIO(body), formats=("HEIF",) if is_heic else FORMATS) as photo:
        return _derive(photo, areas, LONG_SIDES | {Size.WEB: largest})


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Refuse what the readers of the formats stumble over."""
    try:
        yield
    except UnidentifiedImageError as error:
        raise Unsupported("photo_unknown_type") from error
    except MemoryError as error:
        raise TooLarge("photo_too_many_pixels", limit=MOST_MEGAPIXELS) from error
    except DAMAGE as error:
        raise Invalid("photo_truncated" if "truncated" in str(error) else "photo_damaged") from error


def _derive(photo: Image.Image, areas: Sequence[Area], sides: Mapping[Size, int]) -> Derived:
    width, height = photo.size
    if width * height > MOST_MEGAPIXELS * MEGAPIXEL:
        raise TooLarge("photo_too_many_pixels", limit=MOST_MEGAPIXELS)
    mime = TYPES[photo.format or ""]
    orientation = photo.getexif().get(ORIENTATION, 1)
    picture = _reduced(photo, sides[Size.WEB])
    if orientation in UPRIGHT:
        picture = picture.transpose(UPRIGHT[orientation])
    if orientation in SIDEWAYS:
        width, height = height, width
    picture = blurring.blurred(picture, areas)
    pictures = {}
    for size, side in sides.items():  # each is made of the one before
        picture = _fit(picture, side)
        pictures[size] = _as_jpeg(picture, QUALITIES[size])
    return Derived(mime, width, height, pictures, likeness.of(picture))


def _check_heic(body: bytes) -> None:
    if not HAS_HEIC:
        raise Unsupported("photo_heic")
    if signatures.is_cut_off(body):
        raise Invalid("photo_truncated")


def _reduced(photo: Image.Image, side: int) -> Image.Image:
    """The photo in sRGB with its longer side at most `side`, decoded no larger than needed."""
    box = _box(photo.size, side)
    if isinstance(photo, JpegImagePlugin.JpegImageFile):
        # Asking for the computed box lets the decoder leave out half of the work; a square would not.
        photo.draft(photo.mode, box)
    profile = photo.info.get("icc_profile")
    photo.load()
    small = photo if photo.mode != "P" else photo.convert("RGBA")
    if small.size != box:
        small = small.resize(box, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return _on_paper(_in_srgb(small, profile))


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """The picture's colours as they look, since its profile does not travel with it."""
    if not isinstance(profile, bytes) or picture.mode not in {"RGB", "CMYK", "L"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile costs its colours, not the photo
    return turned or picture


def _on_paper(picture: Image.Image) -> Image.Image:
    """A fresh RGB image with these pixels, on white where they are transparent.

    Fresh, because a JPEG comment and other metadata survive converting and saving.
    """
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    fresh = Image.new("RGB", picture.size, PAPER)
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"}:
        full = picture.convert("RGBA")
        fresh.paste(full, mask=full.getchannel("A"))
    else:
        fresh.paste(picture.convert("RGB"))
    return fresh


def _fit(picture: Image.Image, side: int) -> Image.Image:
    box = _box(picture.size, side)
    return picture if box == picture.size else picture.resize(box, Image.Resampling.LANCZOS)


def _box(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The width and height that bring the longer side down to `side`, never up."""
    longest = max(size)
    if longest <= side:
        return size
    width, height = (max(1, math.floor(length * side / longest + 0.5)) for length in size)
    return width, height


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=False, subsampling="4:2:0")
    return out.getvalue()
