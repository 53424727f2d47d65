"""Collects every text for people from Python, templates and scripts: `python -m shopper.catalogue` (make words).

It brings `translations/es.po` up to date and says what is still to be translated.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract, extract_javascript, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from shopper.assets import CHECKOUT, STATIC, TEMPLATES
from shopper.language import CATALOGUES

PYTHON = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}
JINJA = {"_": None, "gettext": None, "ngettext": (1, 2)}
SCRIPT = {"t": None}
HEADER = "# Shopper's texts in Spanish. `make words` brings this file up to date with the sources."
PEOPLE = "The Shopper contributors"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
Extractor = Any


def collected() -> Catalog:
    """Every text of the sources, with the places where it stands."""
    catalogue = Catalog(domain="shopper", charset="utf-8")
    for path in _sources():
        method, keywords, options = _how(path)
        with path.open("rb") as file:
            for line, text, comments, _context in extract(method, file, keywords, ("i18n:",), options):
                place = path.relative_to(CHECKOUT).as_posix()
                catalogue.add(text, None, [(place, line)], auto_comments=comments)
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of `language` as it is kept."""
    path = CATALOGUES / f"{language}.po"
    with io.BytesIO(path.read_bytes() if path.exists() else b"") as file:
        return read_po(file, locale=language, domain="shopper", charset="utf-8")


def update(language: str) -> Catalog:
    """Bring the catalogue of `language` up to date with the sources; what is gone from them goes."""
    kept = read(language)
    kept.update(collected(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    for message in kept:  # places change with every edit and would drown the real changes
        message.locations = sorted({(name, 0) for name, _line in message.locations})
    _head(kept)
    CATALOGUES.mkdir(exist_ok=True)
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(
            file,
            kept,
            width=110,
            omit_header=False,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
        )
    return kept


def _head(catalogue: Catalog) -> None:
    """Say what the file is, in place of the placeholders that a fresh catalogue carries."""
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER
    catalogue.creation_date = catalogue.revision_date = BEGINNING  # else every run changes the file
    catalogue.project, catalogue.version = "Shopper", "1"
    catalogue.copyright_holder = catalogue.last_translator = PEOPLE
    catalogue.language_team = catalogue.locale.english_name if catalogue.locale else ""
    catalogue.msgid_bugs_address = "see CONTRIBUTING.md"


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that have no translation, only half of one, or one that was guessed."""
    return [message for message in catalogue if message.id and not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(texts) and all(texts) and not message.fuzzy


def _sources() -> Iterator[Path]:
    yield from sorted((CHECKOUT / "shopper").rglob("*.py"))
    yield from sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
    yield from sorted((STATIC / "js").rglob("*.js"))


def _how(path: Path) -> tuple[Extractor, dict[str, Any], dict[str, Any]]:
    if path.suffix == ".py":
        return extract_python, PYTHON, {}
    if path.suffix == ".js":
        return extract_javascript, SCRIPT, {"jsx": False, "parse_template_string": True}
    return babel_extract, JINJA, {"trimmed": "true", "newstyle_gettext": "true"}


def main() -> int:
    """Update the Spanish catalogue; the exit status is 1 while something is untranslated."""
    missing = untranslated(update("es"))
    for message in missing:
        sys.stdout.write(f"to translate: {message.id!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
