"""What an editor blurs is gone for good, at every size, and nothing beside it is touched."""

import io
import random
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops, ImageDraw

from evaluations.errors import Invalid, TooLarge
from evaluations.photos import areas
from evaluations.photos.areas import MOST_POINTS, Area, Box, Stroke
from evaluations.photos.blurring import blurred
from evaluations.photos.decoding import Decoder
from evaluations.photos.store import DERIVED
from tests.evaluations.photos.pictures import a_picture, with_secrets

FACE = Box(left=2_500, top=2_500, width=5_000, height=5_000)
LINE = Stroke(width=1_000, points=((1_000, 5_000), (9_000, 5_000)))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def a_number(digits: str, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """A card with a large number in its middle."""
    picture = Image.new("RGB", size, (240, 240, 235))
    ImageDraw.Draw(picture).text((220, 230), digits, fill=(20, 20, 30), font_size=120)
    return picture


def inside(picture: Image.Image, margin: int = 40) -> Image.Image:
    return picture.crop((200 + margin, 150 + margin, 600 - margin, 450 - margin))


def greatest_difference(one: Image.Image, other: Image.Image) -> int:
    return max(high for _low, high in ImageChops.difference(one, other).getextrema())


@pytest.mark.parametrize(
    "sent",
    ["", "{}", '[{"kind":"moon"}]', '[{"kind":"box","left":0,"top":0,"width":0,"height":9}]',
     '[{"kind":"box","left":-1,"top":0,"width":5,"height":9}]', '[{"kind":"stroke","width":5,"points":[]}]',
     '[{"kind":"box","left":0.5,"top":0,"width":5,"height":9}]'],
)  # fmt: skip
def test_what_is_no_area_is_refused(sent: str) -> None:
    with pytest.raises(Invalid, match="areas_unreadable"):
        areas.read(sent)


def test_more_than_can_be_meant_is_refused() -> None:
    long = Stroke(width=100, points=((1, 1),) * (MOST_POINTS + 1))
    with pytest.raises(TooLarge):
        areas.read(areas.write((long,)))
    assert areas.read(areas.write((FACE, LINE))) == (FACE, LINE)


@pytest.mark.parametrize("area", [FACE, Stroke(width=5_000, points=((2_800, 5_000), (7_200, 5_000)))])
def test_of_two_numbers_nobody_can_tell_which_was_there(area: Area) -> None:
    one, other = (inside(blurred(a_number(digits), (area,))) for digits in ("4071", "4817"))
    assert greatest_difference(inside(a_number("4071")), inside(a_number("4817"))) > 200
    assert greatest_difference(one, other) <= 24


def test_no_edge_is_left_in_a_blurred_area() -> None:
    chance = random.Random(7)
    noise = Image.frombytes("RGB", (800, 600), chance.randbytes(800 * 600 * 3))
    low, high = inside(blurred(noise, (FACE,))).convert("L").getextrema()
    assert high - low <= 24


def test_beside_the_area_every_pixel_is_as_it_was() -> None:
    before = a_picture(800, 600)
    after = blurred(before, (FACE, Box(left=0, top=0, width=10, height=10)))
    assert greatest_difference(before.crop((0, 470, 800, 600)), after.crop((0, 470, 800, 600))) == 0
    assert blurred(before, ()) is before


@pytest.mark.parametrize("area", [Box(left=9_990, top=9_990, width=5_000, height=5_000), LINE])
def test_an_area_may_reach_to_the_edge_and_beyond(area: Area) -> None:
    assert blurred(a_picture(3, 400), (area,)).size == (3, 400)


def test_every_size_is_made_of_the_blurred_picture_and_carries_nothing_else(decoder: Decoder) -> None:
    body = with_secrets()
    corner = Box(left=0, top=0, width=4_000, height=4_000)
    plain, pictures = decoder.derive(body).pictures, decoder.derive(body, (corner,)).pictures
    assert sorted(pictures) == sorted(DERIVED)
    for size, picture in pictures.items():
        before, after = (Image.open(io.BytesIO(found)).convert("RGB") for found in (plain[size], picture))
        assert after.size == before.size
        assert greatest_difference(before, after) > 60
        assert b"SECRET" not in picture
