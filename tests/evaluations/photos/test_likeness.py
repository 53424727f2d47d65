"""Nearly the same photos are known as such, and others are not."""

import io
import random

import pytest
from PIL import Image

from evaluations.photos import likeness
from tests.evaluations.photos.pictures import a_picture, a_scene, as_bytes

SCENE = likeness.of(a_scene(1)) or ""


def saved(picture: Image.Image, kind: str = "JPEG", quality: int = 60) -> Image.Image:
    return Image.open(io.BytesIO(as_bytes(picture, kind, quality=quality))).convert("RGB")


@pytest.mark.parametrize(
    "copy",
    [
        saved(a_scene(1), quality=40),
        saved(a_scene(1), "WEBP"),
        a_scene(1).resize((213, 160)),
        saved(a_scene(1).resize((2048, 1536))),
        a_scene(1).point(lambda shade: shade * 0.8),
    ],
    ids=["saved poorly", "another format", "smaller", "larger", "darker"],
)
def test_a_copy_of_a_picture_is_nearly_the_same(copy: Image.Image) -> None:
    assert likeness.distance(SCENE, likeness.of(copy) or "") <= likeness.NEAR


def test_other_pictures_are_not() -> None:
    others = [likeness.of(a_scene(number)) or "" for number in range(2, 60)]
    assert min(likeness.distance(SCENE, other) for other in others) > likeness.NEAR


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_where_too_little_is_to_be_seen_there_is_no_likeness(mode: str) -> None:
    assert likeness.of(Image.new(mode, (640, 480), "white")) is None
    assert likeness.of(a_picture()) is None
    assert likeness.bands(None) == ()


def test_likenesses_that_differ_in_few_bits_have_a_band_in_common() -> None:
    chance = random.Random(7)
    for _ in range(300):
        bits = chance.getrandbits(64)
        changed = bits
        for place in chance.sample(range(64), likeness.NEAR):
            changed ^= 1 << place
        one, other = f"{bits:016x}", f"{changed:016x}"
        assert likeness.distance(one, other) == likeness.NEAR
        assert set(likeness.bands(one)) & set(likeness.bands(other))


def test_every_bit_tells_in_every_band_that_its_group_is_part_of() -> None:
    none = set(likeness.bands("0" * 16))
    changed = [frozenset(set(likeness.bands(f"{1 << place:016x}")) - none) for place in range(64)]
    assert {len(bands) for bands in changed} == {likeness.GROUPS - 1}
    assert len(set(changed)) == 64
