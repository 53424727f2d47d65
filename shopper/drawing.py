"""Charts of the portal: each as an image for light and for dark screens, with its alternative text."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from evaluations.reporting.charts import DARK, LIGHT, Palette
from evaluations.reporting.colours import readable

DARK_PAPER = (0x18, 0x22, 0x2C)
DARK_INK = (0xE7, 0xED, 0xF2)
PICTURE = (
    '<picture><source media="(prefers-color-scheme: dark)" srcset="{dark}">'
    '<img class="{name}" src="{light}" alt="{alt}"></picture>'
)
Draw = Callable[[Palette], str]


def picture(draw: Draw, alt: str, name: str = "drawn") -> Markup:
    """What `draw` draws, for both colour schemes."""
    return Markup(PICTURE).format(dark=_address(draw(DARK)), light=_address(draw(LIGHT)), alt=alt, name=name)  # noqa: S704


def plain(draw: Draw, alt: str, brand: str, name: str = "drawn") -> Markup:
    """The same for means over locations: in the brand's colour, since no band is concluded from them."""
    light = replace(LIGHT, none=readable(brand), on_none=LIGHT.paper, accent=readable(brand))
    dark = replace(DARK, none=dark_accent(brand), on_none=DARK.paper, accent=dark_accent(brand))
    return Markup(PICTURE).format(dark=_address(draw(dark)), light=_address(draw(light)), alt=alt, name=name)  # noqa: S704


def dark_accent(brand: str) -> str:
    """The brand's colour, made light enough to be read on a dark screen."""
    return readable(brand, ink=DARK_INK, paper=DARK_PAPER)


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
