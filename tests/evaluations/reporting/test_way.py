"""The map of a journey is drawn to scale, can be read whatever things are called, and stays in its box."""

from __future__ import annotations

import re
from fractions import Fraction
from math import pi
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.document.tree import Phase, Stage
from evaluations.reporting.charts import LIGHT, Place, journey_map, journey_strips
from evaluations.reporting.charts.lettering import lines_of, plain, width_of
from tests.evaluations.reporting.test_golden_charts import PLACES, WORDS

SVG = "{http://www.w3.org/2000/svg}"
LETTERS = st.text(st.characters(codec="utf-8"), max_size=60)
SHARES = st.none() | st.fractions(min_value=0, max_value=1, max_denominator=1000)
SOME = st.lists(
    st.builds(
        Place,
        st.just(1),
        LETTERS,
        st.sampled_from(Phase),
        st.sampled_from(Stage),
        SHARES,
        st.sampled_from(["", "–", "33.3 %"]),
        st.lists(LETTERS, max_size=4).map(tuple),
    ),
    max_size=45,
)


def circles(svg: str, fill: str = LIGHT.accent) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(svg).iter(f"{SVG}circle") if one.get("fill") == fill]


def said(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_area_of_a_circle_is_the_share_of_the_score() -> None:
    places = [Place(n, "x", Phase.DURING, Stage.USE, Fraction(n, 10), "") for n in (1, 2, 3, 4)]
    areas = [pi * float(one.attrib["r"]) ** 2 for one in circles(journey_map(places, WORDS))]
    assert [area / areas[0] for area in areas] == pytest.approx([1, 2, 3, 4], rel=0.01)


def test_circles_of_several_rows_are_drawn_to_one_scale() -> None:
    places = [Place(n, "x", Phase.DURING, Stage.USE, Fraction(1, 40), "") for n in range(1, 41)]
    strips = journey_strips(places, WORDS)
    assert len(strips) > 2
    assert len({one.attrib["r"] for strip in strips for one in circles(strip)}) == 1
    assert sum(len(circles(strip)) for strip in strips) == 40


def test_what_has_no_score_is_hollow() -> None:
    drawn = journey_map([Place(1, "x", Phase.DURING, Stage.USE, None, "–")], WORDS)
    assert circles(drawn) == []
    assert len(circles(drawn, LIGHT.paper)) == 1


def test_without_weights_all_are_alike_and_no_figure_stands_anywhere() -> None:
    [strip] = journey_strips(PLACES[:3], WORDS, weighed=False)
    assert len({one.attrib["r"] for one in circles(strip)}) == 1
    assert not {place.figure for place in PLACES} & set(said(strip))


def test_touchpoints_stand_in_the_lane_of_their_stage() -> None:
    places = [Place(n, "x", Phase.DURING, stage, Fraction(1, 5), "") for n, stage in enumerate(Stage, 1)]
    heights = [float(one.attrib["cy"]) for one in circles(journey_map(places, WORDS))]
    assert heights == sorted(set(heights))
    assert len(heights) == len(Stage)


def test_an_empty_phase_is_seen_and_said() -> None:
    during = [place for place in PLACES if place.phase is Phase.DURING]
    assert said(journey_map(during, WORDS)).count(WORDS.nothing) == 2
    assert WORDS.nothing not in said(journey_map(PLACES, WORDS))


def test_the_lane_of_an_empty_stage_is_dashed() -> None:
    def dashed(stages: list[Stage]) -> int:
        places = [
            Place(n, "x", phase, stages[n % len(stages)], Fraction(1, 9), "")
            for n, phase in enumerate([*Phase] * 3)
        ]
        return journey_map(places, WORDS).count('stroke-dasharray="2 4"')

    assert dashed([*Stage]) == 0
    assert dashed([Stage.USE]) == 4


def test_the_file_alone_says_what_it_shows() -> None:
    drawn = ElementTree.fromstring(journey_map(PLACES, WORDS))
    assert drawn.attrib["role"] == "img"
    assert [one.text for one in drawn.iter(f"{SVG}title")] == [WORDS.title]


@pytest.mark.parametrize(
    "name",
    ["Conocimiento y amabilidad del personal de la tienda de la calle Mayor", "x" * 4000, "a b " * 900],
)
def test_a_name_is_broken_and_cut_to_its_column(name: str) -> None:
    lines = lines_of(name, 90, 12, 4)
    assert 1 <= len(lines) <= 4
    assert all(width_of(line, 12) <= 90 for line in lines)


def test_a_short_name_is_left_as_it_is() -> None:
    assert lines_of("Till", 90, 12, 4) == ["Till"]
    assert lines_of("", 90, 12, 4) == []


def test_controls_halves_and_towers_of_accents_are_no_words() -> None:
    assert plain("a\x00\u202e\ud800b\n\tc") == "ab c"
    assert plain("e" + "\u0301" * 50) == "e" + "\u0301" * 3


@settings(max_examples=60, deadline=None)
@given(SOME)
def test_whatever_is_drawn_is_well_formed_and_stays_in_its_box(places: list[Place]) -> None:
    ElementTree.fromstring(journey_map(places, WORDS))
    for strip in journey_strips(places, WORDS):
        drawn = ElementTree.fromstring(strip)
        width, height = (float(drawn.attrib[name]) for name in ("width", "height"))
        assert width <= 493.1
        for one in drawn.iter(f"{SVG}rect"):
            x, y, wide, tall = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + wide <= width + 0.1
            assert -0.1 <= y <= y + tall <= height + 0.1
        for one in drawn.iter(f"{SVG}circle"):
            x, y, radius = (float(one.attrib[name]) for name in ("cx", "cy", "r"))
            assert radius <= x <= width - radius
            assert radius <= y <= height - radius
        for one in drawn.iter(f"{SVG}text"):
            x, y, size = (float(one.attrib[name]) for name in ("x", "y", "font-size"))
            wide = width_of(one.text or "", size) / (2 if "text-anchor" in one.attrib else 1)
            assert x + wide <= width + size
            assert size * 0.6 <= y <= height


def test_words_never_become_markup() -> None:
    nasty = '</text><script>x()</script><image href="http://127.0.0.1/x.png"/>'
    drawn = journey_map([Place(1, nasty, Phase.DURING, Stage.USE, Fraction(1), "1", (nasty,))], WORDS)
    assert not re.search(r"<(script|image)", drawn)
