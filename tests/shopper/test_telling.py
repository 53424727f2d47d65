"""Charts are told in the reader's language: every figure that is drawn, and that there is none where none is."""

import pytest

from evaluations.reporting.charts import Bar, Step
from evaluations.scoring.bands import Band
from shopper import telling
from shopper.language import speaking

MILLION = 1_000_000
SPACE = "\N{NO-BREAK SPACE}"
STEPS = (
    Step(71 * MILLION, (71 * MILLION,), (), 79_400_000, (75 * MILLION, 83_100_000), 80 * MILLION),
    Step(None, (), (40 * MILLION,), 81 * MILLION),
    Step(),
)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "Scores wave by wave, on a scale from 0 to 100 %: May 71.0_%, all locations 79.4_% (75.0_%–83.1_%), "
            "target 80.0_%; June no score, with a critical answer 40.0_%, all locations 81.0_%; July no score.",
        ),
        (
            "es",
            "Puntuaciones oleada por oleada, en una escala de 0 a 100 %: May 71,0_%, todos los establecimientos 79,4_% "
            "(75,0_%–83,1_%), objetivo 80,0_%; June sin puntuación, con una respuesta crítica 40,0_%, todos los "
            "establecimientos 81,0_%; July sin puntuación.",
        ),
    ],
)
def test_a_trend_is_told_wave_by_wave(language: str, told: str) -> None:
    with speaking(language):
        assert telling.trend(STEPS, ["May", "June", "July"]) == told.replace("_", SPACE)


def test_a_small_multiple_is_told_with_its_touchpoint() -> None:
    assert telling.panel("Greeting", STEPS) == f"Greeting through the waves: 71.0{SPACE}%; no score; no score"


def test_a_journey_is_told_touchpoint_by_touchpoint() -> None:
    bars = [Bar(92 * MILLION, Band.GOOD, 80 * MILLION, 70 * MILLION), Bar(None, None)]
    assert telling.journey(bars, ["Signage", "Till"]) == (
        f"Columns along the journey: Signage 92.0{SPACE}%; target 80.0{SPACE}%; wave before 70.0{SPACE}%; Till no score"
    )


@pytest.mark.parametrize(
    ("scores", "mean", "told"),
    [
        ([], None, "No scores"),
        ([50], None, "1 score, 50.0_%"),
        ([50, 90, 70], 70, "3 scores from 50.0_% to 90.0_%; mean 70.0_%"),
    ],
)
def test_a_spread_is_told_by_its_ends(scores: list[int], mean: int | None, told: str) -> None:
    found = telling.spread([score * MILLION for score in scores], mean and mean * MILLION)
    assert found == told.replace("_", SPACE)
