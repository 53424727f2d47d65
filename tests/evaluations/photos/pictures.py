"""Pictures that the tests make themselves: what phones hand over, and what nobody should."""

import io
import random
import struct
import zlib

import pillow_heif
from PIL import Image, ImageDraw

SKY, FLOOR = (90, 150, 220), (120, 90, 60)


def a_picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Sky above, floor below and a red mark at the top left: which way up it is can be seen."""
    picture = Image.new("RGB", (width, height), FLOOR)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height // 2), fill=SKY)
    draw.rectangle((0, 0, width // 5, height // 5), fill=(220, 20, 20))
    return picture.convert(mode)


def as_bytes(picture: Image.Image, kind: str = "JPEG", **settings: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def a_jpeg(width: int = 640, height: int = 480, **settings: object) -> bytes:
    """A JPEG of the picture."""
    return as_bytes(a_picture(width, height), **settings)


def a_scene(number: int, width: int = 640, height: int = 480) -> Image.Image:
    """A picture full of things, another one for every number: what a shop looks like."""
    chance = random.Random(number)
    picture = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        left, top = chance.uniform(-0.1, 0.9), chance.uniform(-0.1, 0.9)
        box = (left * width, top * height, (left + 0.25) * width, (top + 0.25) * height)
        draw.rectangle(box, fill=(chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    return picture


def a_heic(**settings: object) -> bytes:
    """A HEIC of the picture, as an iPhone keeps its photos."""
    pillow_heif.register_heif_opener()
    return as_bytes(a_picture(), "HEIF", **settings)


def turned(orientation: int) -> bytes:
    """A JPEG whose pixels lie as a phone's sensor had them, with the EXIF word that says how to turn them."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = a_picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    return as_bytes(picture.transpose(back) if back is not None else picture, exif=exif)


def with_secrets() -> bytes:
    """A JPEG that carries EXIF with a place, a comment, XMP and a thumbnail of its own."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET-MAKER"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 1.0), 3: "E", 4: (13.0, 24.0, 9.0)})
    return a_jpeg(
        exif=exif, comment=b"SECRET-COMMENT", xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>", dpi=(300, 300)
    )


def a_bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few bytes that claims many megapixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )
