"""The colours of charts, for one background each: page styles do not reach an embedded chart."""

from __future__ import annotations

from dataclasses import dataclass

from evaluations.scoring.bands import Band


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart, for one background."""

    ink: str = "#16212c"
    paper: str = "#ffffff"
    track: str = "#e9edf0"
    line: str = "#c3ccd3"
    muted: str = "#566573"
    good: str = "#1f7a6b"
    on_good: str = "#ffffff"
    fair: str = "#e8b33f"
    on_fair: str = "#16212c"
    poor: str = "#8f1d14"
    on_poor: str = "#ffffff"
    none: str = "#c9d1d8"
    on_none: str = "#16212c"
    accent: str = "#0b6e6e"
    """The brand's colour: what is drawn in it is judged by nobody."""
    on_accent: str = "#ffffff"
    wrong: str = "#b3261e"
    """A mark of something wrong, on paper."""

    def fill(self, band: Band | None) -> str:
        """The fill of a band; None is "not scored"."""
        return str(getattr(self, band.value if band else "none"))

    def on(self, band: Band | None) -> str:
        """What is drawn on the fill of a band."""
        return str(getattr(self, f"on_{band.value if band else 'none'}"))


LIGHT = Palette()
DARK = Palette(
    ink="#e7edf2",
    paper="#18222c",
    track="#263340",
    line="#4a5a68",
    muted="#a3b1bd",
    good="#2f9384",
    on_good="#06201f",
    poor="#a8281d",
    none="#55636f",
    on_none="#ffffff",
    accent="#4fb3b3",
    on_accent="#06201f",
    wrong="#ff8a80",
)
PRINT = Palette(track="#e3e8ec", line="#a9b4bd", muted="#46535f")
"""Hairlines and greys that ink on paper does not swallow."""
