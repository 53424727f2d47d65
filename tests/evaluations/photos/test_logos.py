"""A logo is drawn anew from what was sent, and what is no logo is refused in words of its own."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from evaluations.errors import Refusal
from evaluations.photos import intake
from evaluations.photos.decoding import Decoder
from evaluations.photos.logos import BOX
from tests.evaluations.photos.pictures import a_bomb, a_jpeg, a_picture, as_bytes, with_secrets

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def moving() -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    pictures[0].save(out, "PNG", save_all=True, append_images=pictures[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "logo_unknown_type"),
        (SVG, "logo_unknown_type"),
        (as_bytes(a_picture(), "WEBP"), "logo_unknown_type"),
        (as_bytes(a_picture(), "PNG") + b"<script>alert(1)</script>", "logo_hides_another"),
        (a_jpeg() + bytes(intake.MOST_LOGO_BYTES), "logo_too_large"),
        (as_bytes(Image.new("RGB", (5_000, 4_000)), "PNG"), "photo_too_many_pixels"),
        (a_bomb(), "photo_too_many_pixels"),
        (as_bytes(a_picture(), "PNG")[:400], "photo_truncated"),
        (as_bytes(Image.new("RGBA", (200, 100)), "PNG"), "logo_too_small"),
        (as_bytes(Image.new("RGB", (400, 3)), "PNG"), "logo_too_small"),
        (moving(), "logo_moves"),
    ],
)
def test_what_is_no_logo_is_refused_at_its_field(decoder: Decoder, sent: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        intake.redraw_logo(sent, decoder=decoder)
    assert (refused.value.code, refused.value.field) == (code, "logo")


def test_a_logo_keeps_its_shape_its_holes_and_nothing_that_was_written_into_it(decoder: Decoder) -> None:
    sent = Image.new("RGBA", (2_400, 1_000))
    sent.paste((200, 30, 40, 255), (200, 300, 2_200, 700))
    sent.paste((0, 0, 0, 0), (1_000, 400, 1_200, 600))
    body = intake.redraw_logo(as_bytes(sent, "PNG"), decoder=decoder)
    logo = Image.open(io.BytesIO(body))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGBA", (900, 180))
    assert logo.getpixel((10, 10)) == (200, 30, 40, 255)
    hole = logo.getpixel((405, 90))
    assert isinstance(hole, tuple)
    assert hole[3] == 0
    assert max(logo.size) <= max(BOX)
    drawn = intake.redraw_logo(with_secrets(), decoder=decoder)
    assert not Image.open(io.BytesIO(drawn)).info
