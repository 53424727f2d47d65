"""Charts are drawn to scale, and the brand's colour is always readable."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.reporting import charts, colours
from evaluations.reporting.charts import HUNDRED, Bar, Palette
from evaluations.scoring.bands import Band

SVG = "{http://www.w3.org/2000/svg}"
SCORES = st.none() | st.integers(min_value=0, max_value=120_000_000)
BARS = st.builds(Bar, SCORES, st.none() | st.sampled_from(list(Band)), SCORES, SCORES)


def widths(svg: str, fill: str) -> list[float]:
    drawn = ElementTree.fromstring(svg)
    return [float(rect.attrib["width"]) for rect in drawn.iter(f"{SVG}rect") if rect.get("fill") == fill]


def test_a_bar_is_as_long_as_its_score() -> None:
    palette = Palette()
    half, whole = (
        widths(charts.score_bar(Bar(score, Band.GOOD)), palette.good)[0] for score in (50_000_000, HUNDRED)
    )
    assert whole == pytest.approx(2 * half, abs=0.02)
    assert widths(charts.score_bar(Bar(HUNDRED, Band.GOOD)), palette.track) == [whole]


def test_without_a_score_there_is_a_track_and_no_bar() -> None:
    svg = charts.score_bar(Bar(None, None))
    assert svg.count("<rect") == 1


def test_a_target_and_the_wave_before_are_drawn_only_where_they_are() -> None:
    bare, full = charts.score_bar(Bar(1, Band.POOR)), charts.score_bar(Bar(1, Band.POOR, HUNDRED, HUNDRED))
    assert full.count("<path") > bare.count("<path")


def test_bands_differ_in_shape_and_not_by_colour_alone() -> None:
    shapes = {
        re.sub(r"#[0-9a-f]{6}", "", charts.sign(band)) for band in (Band.GOOD, Band.FAIR, Band.POOR, None)
    }
    assert len(shapes) == 4


def test_bands_differ_in_grey() -> None:
    palette = Palette()
    greys = [_grey(colour) for colour in (palette.poor, palette.good, palette.fair, palette.track)]
    assert all(later - earlier > 20 for earlier, later in itertools.pairwise(greys))


@given(st.lists(BARS, min_size=1, max_size=40))
def test_every_chart_is_well_formed_and_stays_in_its_box(bars: list[Bar]) -> None:
    for svg in (
        charts.journey(bars, columns=len(bars)),
        charts.score_bar(bars[0]),
        charts.scale(bars[0], fair=70_000_000, good=85_000_000),
    ):
        drawn = ElementTree.fromstring(svg)
        width, height = (float(drawn.attrib[side]) for side in ("width", "height"))
        for rect in drawn.iter(f"{SVG}rect"):
            x, y, wide, tall = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert y >= 0
            assert x + wide <= width + 0.02
            assert y + tall <= height + 0.02


def test_charts_take_nothing_from_the_page() -> None:
    svg = charts.journey([Bar(1, Band.GOOD, 2, 3)], columns=1)
    assert not re.search(r"var\(|currentColor|class=|style=|href", svg)


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_every_brand_colour_becomes_readable(colour: str) -> None:
    assert colours.contrast(_parts(colours.readable(colour)), (255, 255, 255)) >= 4.5


def test_a_readable_colour_stays_as_it_is_and_what_is_no_colour_becomes_ours() -> None:
    assert colours.readable("#0b6e6e") == "#0b6e6e"
    assert colours.readable("red; } body { display: none") == colours.TEAL
    assert colours.readable("#ffd400") != "#ffd400"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _grey(colour: str) -> float:
    red, green, blue = _parts(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
