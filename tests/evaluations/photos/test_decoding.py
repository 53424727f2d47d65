"""Photos are decoded where they can do no harm."""

import io
import os
import random
import signal
import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from evaluations.confined import NotStarted
from evaluations.errors import Invalid, Refusal, TooLarge, Unsupported
from evaluations.photos.decoding import Decoder
from evaluations.photos.store import Derived, Size
from tests.evaluations.photos.pictures import (
    FLOOR,
    SKY,
    a_bomb,
    a_heic,
    a_jpeg,
    a_picture,
    as_bytes,
    turned,
    with_secrets,
)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def opened(derived: Derived, size: Size) -> Image.Image:
    return Image.open(io.BytesIO(derived.pictures[size]))


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 25 for one, other in zip(pixel, colour, strict=True))


def test_a_text_named_as_a_photo_is_refused(decoder: Decoder) -> None:
    with pytest.raises(Unsupported, match="photo_unknown_type"):
        decoder.derive(b"Dear all, please find the photo attached.")


def test_a_truncated_jpeg_is_refused(decoder: Decoder) -> None:
    whole = a_jpeg(1200, 900)
    with pytest.raises(Invalid, match="photo_truncated"):
        decoder.derive(whole[: len(whole) // 2])


def test_a_header_without_a_picture_is_refused(decoder: Decoder) -> None:
    with pytest.raises(Refusal):
        decoder.derive(b"\xff\xd8\xff\xe0" + bytes(200))


def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(decoder: Decoder) -> None:
    with pytest.raises(TooLarge, match="photo_too_many_pixels") as refused:
        decoder.derive(a_bomb())
    assert refused.value.values == {"limit": 80}


def test_a_format_that_is_not_accepted_is_refused_even_where_it_could_be_read(decoder: Decoder) -> None:
    for kind in ("GIF", "TIFF", "BMP"):
        with pytest.raises(Unsupported, match="photo_unknown_type"):
            decoder.derive(as_bytes(a_picture(), kind))


def test_a_picture_that_swells_over_the_memory_limit_is_refused() -> None:
    decoder = Decoder(memory_bytes=400 * 1024 * 1024)
    huge = as_bytes(Image.new("RGBA", (8000, 9000)), "PNG", compress_level=1)
    try:
        with pytest.raises(TooLarge, match="photo_too_many_pixels"):
            decoder.derive(huge)
        assert decoder.derive(a_jpeg()).width == 640
    finally:
        decoder.close()


def test_a_child_that_hangs_is_killed_and_the_next_photo_is_decoded() -> None:
    decoder = Decoder(seconds=0.5)
    try:
        decoder.derive(a_jpeg())
        first = decoder.process_id
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(Invalid, match="photo_too_slow"):
            decoder.derive(a_jpeg())
        decoder.seconds = 15
        assert decoder.derive(a_jpeg()).width == 640
        assert decoder.process_id != first
    finally:
        decoder.close()


def test_a_child_that_died_is_replaced_and_the_photo_is_not_blamed() -> None:
    decoder = Decoder()
    try:
        decoder.derive(a_jpeg())
        first = decoder.process_id
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert decoder.derive(a_jpeg()).width == 640
        assert decoder.process_id != first
    finally:
        decoder.close()


def test_a_photo_is_not_blamed_where_no_child_comes_up_and_is_decoded_later() -> None:
    decoder = Decoder()
    module, decoder.module = decoder.module, "evaluations.photos.being_exchanged"
    try:
        with pytest.raises(NotStarted):
            decoder.derive(a_jpeg())
        decoder.module = module
        assert decoder.derive(a_jpeg()).width == 640
    finally:
        decoder.close()


def test_damaged_bytes_of_any_kind_are_refused_and_never_anything_else(decoder: Decoder) -> None:
    chance = random.Random(11)
    wholes = [
        with_secrets(),
        as_bytes(a_picture(), "PNG"),
        as_bytes(a_picture(), "WEBP"),
        turned(6),
        a_heic(),
    ]
    for _ in range(150):
        body = bytearray(chance.choice(wholes))
        for _ in range(chance.randint(1, 30)):
            body[chance.randrange(len(body) if chance.random() < 0.5 else 700)] = chance.randrange(256)
        assert answer_of(decoder, bytes(body[: chance.randint(100, len(body))])) in {
            "photo_unknown_type",
            "photo_truncated",
            "photo_damaged",
            "photo_too_many_pixels",
            "taken in",
        }


def answer_of(decoder: Decoder, body: bytes) -> str:
    try:
        decoder.derive(body)
    except Refusal as refusal:
        return refusal.code
    return "taken in"


def test_threads_take_turns(decoder: Decoder) -> None:
    widths = [300 + 10 * number for number in range(12)]
    seen: dict[int, int] = {}

    def send(width: int) -> None:
        seen[width] = decoder.derive(a_jpeg(width, 200)).width

    threads = [threading.Thread(target=send, args=(width,)) for width in widths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {width: width for width in widths}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_picture_is_upright(decoder: Decoder, orientation: int) -> None:
    derived = decoder.derive(turned(orientation))
    assert (derived.width, derived.height) == (640, 480)
    for size in derived.pictures:
        picture = opened(derived, size)
        width, height = picture.size
        assert near(picture.getpixel((width // 10, height // 10)), (220, 20, 20))
        assert near(picture.getpixel((width * 9 // 10, height // 10)), SKY)
        assert near(picture.getpixel((width // 2, height * 9 // 10)), FLOOR)


def test_no_metadata_is_left(decoder: Decoder) -> None:
    body = with_secrets()
    assert body.count(b"SECRET") == 3
    for picture in decoder.derive(body).pictures.values():
        assert b"SECRET" not in picture
        assert b"Exif" not in picture
        read = Image.open(io.BytesIO(picture))
        assert not read.getexif()
        assert set(read.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_heic_comes_out_upright_and_without_its_secrets(decoder: Decoder) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET-MAKER"
    body = a_heic(exif=exif, xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>")
    assert body.count(b"SECRET") == 2
    derived = decoder.derive(body)
    assert derived.mime == "image/heic"
    for size, picture in derived.pictures.items():
        assert b"SECRET" not in picture
        shown = opened(derived, size)
        assert shown.size == (derived.width, derived.height) or max(shown.size) == 320
        assert not shown.getexif()
    assert decoder.derive(a_heic()).width == 640


def test_large_photos_are_brought_down_and_small_ones_stay(decoder: Decoder) -> None:
    large, small = decoder.derive(a_jpeg(4032, 3024)), decoder.derive(a_jpeg(200, 100))
    assert [opened(large, size).size for size in large.pictures] == [(1600, 1200), (800, 600), (320, 240)]
    assert {opened(small, size).size for size in small.pictures} == {(200, 100)}
    assert (large.width, large.height) == (4032, 3024)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_pictures_of_every_mode_become_plain_colour(decoder: Decoder, mode: str) -> None:
    picture = Image.new("I;16", (40, 30), 65535) if mode == "I;16" else a_picture(mode=mode)
    derived = decoder.derive(as_bytes(picture, "PNG"))
    assert opened(derived, Size.WEB).mode == "RGB"
    if mode == "I;16":
        assert near(opened(derived, Size.WEB).getpixel((5, 5)), (255, 255, 255))


def test_transparency_shows_paper(decoder: Decoder) -> None:
    derived = decoder.derive(as_bytes(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert near(opened(derived, Size.WEB).getpixel((25, 25)), (255, 255, 255))
