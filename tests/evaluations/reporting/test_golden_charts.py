"""Every chart, in every palette, is drawn exactly as it was when somebody last looked at it.

`SHOPPER_GOLDEN=write` writes the files anew: look at each before it is committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.document.tree import Phase, Stage
from evaluations.reporting import charts
from evaluations.reporting.charts import DARK, HUNDRED, LIGHT, PRINT, Bar, MapWords, Palette, Place, Step
from evaluations.scoring.bands import Band

GOLDEN = Path(__file__).parent / "golden"
MILLION = 1_000_000
PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}
BARS = (
    Bar(92 * MILLION, Band.GOOD, 80 * MILLION, 70 * MILLION),
    Bar(74 * MILLION, Band.FAIR, 80 * MILLION),
    Bar(31 * MILLION, Band.POOR, None, 50 * MILLION),
    Bar(None, None),
    Bar(104 * MILLION, Band.GOOD),
)
STEPS = (
    Step(71 * MILLION, (71 * MILLION,), (), 79 * MILLION, (74 * MILLION, 84 * MILLION), 80 * MILLION),
    Step(80 * MILLION, (75 * MILLION, 85 * MILLION), (), 81 * MILLION, None, 80 * MILLION),
    Step(),
    Step(68 * MILLION, (60 * MILLION, 76 * MILLION), (40 * MILLION,), target=85 * MILLION),
    Step(None, (), (20 * MILLION,)),
)
SCORES = [40 * MILLION, 71 * MILLION, 71 * MILLION, 88 * MILLION, HUNDRED]
WORDS = MapWords(
    title="Map of the journey",
    phases={
        Phase.BEFORE: "Before the purchase",
        Phase.DURING: "During it",
        Phase.AFTER: "After the purchase",
    },
    stages={stage: stage.value.title() for stage in Stage},
    nothing="Nothing here yet",
    caption="The area of a circle is its part of the score.",
)
PLACES = (
    Place(1, "Signage", Phase.BEFORE, Stage.AWARENESS, Fraction(1, 10), "10 %", ("Store", "3 questions")),
    Place(2, "Website", Phase.BEFORE, Stage.CONSIDERATION, Fraction(0), "0 %", ("Web or app",)),
    Place(
        3, "Greeting & help", Phase.DURING, Stage.PURCHASE, Fraction(2, 5), "40 %", ("Store", "target 80 %")
    ),
    Place(
        4,
        "Explanation of returns and what they cost",
        Phase.DURING,
        Stage.USE,
        Fraction(1, 50),
        "2 %",
        ("Store",),
    ),
    Place(5, "Proofs of the visit", Phase.DURING, Stage.PURCHASE, None, "–", ("Store", "2 questions")),
    Place(
        6, "Promotional e-mail", Phase.AFTER, Stage.USE, Fraction(12, 25), "48 %", ("E-mail", "after 3 days")
    ),
)
Draw = Callable[[Palette], str]
CHARTS: dict[str, Draw] = {
    "score-bar": lambda palette: charts.score_bar(BARS[0], palette=palette),
    "scale": lambda palette: charts.scale(BARS[1], fair=70 * MILLION, good=85 * MILLION, palette=palette),
    "journey": lambda palette: charts.journey(BARS, columns=6, palette=palette),
    "journey-map": lambda palette: charts.journey_map(PLACES, WORDS, palette=palette),
    "journey-map-of-one": lambda palette: charts.journey_map(PLACES[2:3], WORDS, palette=palette),
    "journey-strip": lambda palette: charts.journey_strips(PLACES, WORDS, palette=palette, weighed=False)[0],
    "spread": lambda palette: charts.spread(SCORES, mean=74 * MILLION, palette=palette),
    "beside": lambda palette: charts.beside(
        62 * MILLION, 81 * MILLION, (77 * MILLION, 86 * MILLION), palette=palette
    ),
    "trend": lambda palette: charts.trend(STEPS, palette=palette),
    "panel": lambda palette: charts.panel(STEPS, palette=palette),
    **{f"mark-{kind}": lambda palette, kind=kind: charts.mark(kind, palette=palette) for kind in charts.Mark},
    **{
        f"sign-{band or 'none'}": lambda palette, band=band: charts.sign(band, palette=palette)
        for band in (*Band, None)
    },
}
FIGURES = st.none() | st.integers(0, 130 * MILLION)
TREND = st.lists(
    st.builds(
        Step,
        FIGURES,
        st.lists(st.integers(0, 130 * MILLION), max_size=5).map(tuple),
        st.lists(st.integers(0, HUNDRED), max_size=3).map(tuple),
        FIGURES,
        st.none() | st.tuples(st.integers(0, HUNDRED), st.integers(0, HUNDRED)).map(sorted).map(tuple),
        FIGURES,
    ),
    max_size=30,
)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_was_looked_at(name: str, palette: str) -> None:
    kept = GOLDEN / f"{name}-{palette}.svg"
    drawn = CHARTS[name](PALETTES[palette]).replace("><", ">\n<") + "\n"
    if os.environ.get("SHOPPER_GOLDEN") == "write":
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("draw", [charts.trend, charts.panel])
@settings(max_examples=40)
@given(steps=TREND)
def test_a_trend_is_well_formed_and_stays_in_its_box(draw: Callable[..., str], steps: list[Step]) -> None:
    drawn = ElementTree.fromstring(draw(steps))
    width, height = (float(drawn.attrib[name]) for name in ("width", "height"))
    for circle in drawn.iter("{http://www.w3.org/2000/svg}circle"):
        x, y, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        assert radius - 1 <= x <= width - radius + 1
        assert radius - 1 <= y <= height - radius + 1
    for rect in drawn.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, tall = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + wide <= width
        assert y >= 0
        assert y + tall <= height


def test_a_wave_without_a_score_breaks_the_line_and_a_critical_one_is_a_cross() -> None:
    joined = charts.panel([Step(50 * MILLION), Step(60 * MILLION), Step(70 * MILLION)])
    broken = charts.panel([Step(50 * MILLION), Step(apart=(60 * MILLION,)), Step(70 * MILLION)])
    assert len(re.findall(rf'stroke="{LIGHT.accent}" stroke-width="1.4"', joined)) == 2
    assert len(re.findall(rf'stroke="{LIGHT.accent}" stroke-width="1.4"', broken)) == 0
    assert LIGHT.wrong in broken
    assert LIGHT.wrong not in joined


def test_the_interval_is_drawn_between_its_ends() -> None:
    narrow, wide = (
        charts.trend([Step(context=80 * MILLION, interval=(low * MILLION, 90 * MILLION))]) for low in (70, 50)
    )
    heights = [
        float(rect.attrib["height"])
        for svg in (narrow, wide)
        for rect in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
    ]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.02)


def test_no_chart_asks_for_styles_that_do_not_reach_it() -> None:
    for draw in CHARTS.values():
        for palette in PALETTES.values():
            drawn = draw(palette)
            assert not re.search(r"var\(|currentColor|class=|style=|url\(", drawn)
