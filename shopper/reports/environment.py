"""The templates of reports, with their filters, in the language that is being spoken."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shopper import compared, filters, saying
from shopper.assets import TEMPLATES
from shopper.language import current_language, translations
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


@cache
def environment() -> Environment:
    """What report templates are rendered with."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: translations(current_language()).ugettext(message),
        lambda one, many, n: translations(current_language()).ungettext(one, many, n),
        newstyle=True,
    )
    ours = (long_day, short_day, clock, bare, bare_percent, exact, percentage, share, excerpt, quoted, spaced)
    said = (saying.answer_text, saying.is_out_of_bounds, saying.stay)
    around = (compared.interval_text, compared.mean_text, compared.beside_text, compared.lens_name)
    for function in (*ours, *said, *around, filters.percent, filters.shown, filters.wording):
        environment.filters[function.__name__] = function
    return environment
