"""Charts as SVG, the same on a page and on paper.

Each function answers a whole SVG without words, but for the map of a journey: what it shows is said in the
alternative text and the figures beside it. Colours come from a `Palette`.
"""

from evaluations.reporting.charts.bars import Bar, scale, score_bar
from evaluations.reporting.charts.beside import beside
from evaluations.reporting.charts.columns import journey
from evaluations.reporting.charts.dots import spread
from evaluations.reporting.charts.palette import DARK, LIGHT, PRINT, Palette
from evaluations.reporting.charts.shapes import HUNDRED
from evaluations.reporting.charts.signs import previous_key, sign, target_key
from evaluations.reporting.charts.trend import GUTTER, Mark, Step, mark, panel, trend
from evaluations.reporting.charts.way import MapWords, Place, journey_map, journey_strips

__all__ = [
    "DARK",
    "GUTTER",
    "HUNDRED",
    "LIGHT",
    "PRINT",
    "Bar",
    "MapWords",
    "Mark",
    "Palette",
    "Place",
    "Step",
    "beside",
    "journey",
    "journey_map",
    "journey_strips",
    "mark",
    "panel",
    "previous_key",
    "scale",
    "score_bar",
    "sign",
    "spread",
    "target_key",
    "trend",
]
