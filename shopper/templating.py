"""Templates outside of a request: the worker's reports and mails, in the language that is being spoken."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shopper.assets import TEMPLATES
from shopper.language import current_language, translations


def speaking_environment() -> Environment:
    """An environment for our templates; what stands in HTML is escaped, and a name that is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
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
    return environment
