"""The templates of reports, with their filters, in the language that is being spoken."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from shopper import compared, filters, saying
from shopper.reports.wording import (
    bare,
    bare_percent,
    clock,
    exact,
    excerpt,
    long_day,
    percentage,
    quoted,
    share,
    short_day,
    spaced,
)
from shopper.templating import speaking_environment


@cache
def environment() -> Environment:
    """What report templates are rendered with."""
    environment = speaking_environment()
    ours = (long_day, short_day, clock, bare, bare_percent, exact, percentage, share, excerpt, quoted, spaced)
    said = (saying.answer_text, saying.is_out_of_bounds, saying.stay)
    around = (compared.interval_text, compared.mean_text, compared.beside_text, compared.lens_name)
    for function in (*ours, *said, *around, filters.percent, filters.shown, filters.wording):
        environment.filters[function.__name__] = function
    return environment
