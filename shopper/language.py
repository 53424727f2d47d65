"""The reader's language: texts from one gettext catalogue, for pages, mails, scripts and reports."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_login import current_user

LANGUAGES = ("en", "es")
NAMES = {"en": "English", "es": "Español"}
CATALOGUES = Path(__file__).parent / "translations"
WORDLESS = frozenset({"static", "health.look"})
"""Views that say nothing to a reader: for them nobody is looked up."""
_chosen: ContextVar[str] = ContextVar("language", default="en")


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of `language`; English is the language of the sources."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> str:
    """The language that texts are given in now."""
    return _chosen.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Give texts in `language` within the block."""
    token = _chosen.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _chosen.reset(token)


def gettext(message: str, /, **values: Any) -> str:
    """`message` in the present language, with its %(name)s places filled."""
    text = translations(current_language()).ugettext(message) if message else ""
    return text % values if values else text


def ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    """The form of the message that fits the number `n`, which fills %(n)s."""
    return translations(current_language()).ungettext(one, many, n) % {"n": n, **values}


_ = gettext


class Lazy:
    """A text that is translated each time it is shown; for labels made at import."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def __mod__(self, values: Any) -> str:
        return str(self) % values

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.message)


def lazy(message: str) -> Lazy:
    """`message`, to be translated when it is shown."""
    return Lazy(message)


def script_words(language: str) -> dict[str, str]:
    """The translations of the texts that scripts show, by their English source."""
    path = CATALOGUES / f"{language}.po"
    return {} if not path.exists() else _script_words(path, language)


@cache
def _script_words(path: Path, language: str) -> dict[str, str]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and any(name.endswith(".js") for name, _line in message.locations)
    }


def init_app(app: Flask) -> None:
    """Choose a language per request and teach the templates to translate."""
    app.before_request(_choose)
    app.teardown_request(_forget)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: translations(current_language()).ugettext(message),
        lambda one, many, n: translations(current_language()).ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(
        current_language=current_language, language_names=NAMES, script_words=script_words
    )


def browser_language() -> str:
    """What the browser asks for among the languages that exist."""
    return request.accept_languages.best_match(LANGUAGES) or "en"


def _choose() -> None:
    if request.endpoint in WORDLESS:
        return
    person = current_user.person if current_user.is_authenticated else None
    g.language_before = current_language()
    _chosen.set(person.language if person is not None else browser_language())


def _forget(_error: BaseException | None) -> None:
    """The next reader of this thread starts afresh."""
    _chosen.set(g.pop("language_before", None) or current_language())
