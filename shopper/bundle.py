"""Our own modules made one file, so that a phone's page opens by one request and not by a hundred.

It knows the few forms in which our modules import and export, and refuses any other: nothing is guessed. Each module
becomes a function that runs once, after those that it imports; what it exports is handed on by value, so that modules
which import each other in a circle are refused too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

IMPORT = re.compile(r'^import (?:\{ ([^{}\n]+) \}|\* as (\w+)) from "#([^"\n]+)"$', re.MULTILINE)
DECLARED = re.compile(r"^export (?=(?:async )?function (\w+)|class (\w+)|const (\w+) )", re.MULTILINE)
LISTED = re.compile(r"^export \{ ?([^{}\n]+?) ?\};?$", re.MULTILINE)
UNKNOWN = re.compile(r"^\s*(?:import\b(?!\()|export\b).*|.*\bimport\.meta\b.*", re.MULTILINE)


def in_order(entry: str, imports: Callable[[str], tuple[str, ...]]) -> list[str]:
    """The module `entry` and all that it imports, each after its own imports."""
    order: dict[str, None] = {}
    _visit(entry, imports, (), order)
    return list(order)


def _visit(
    name: str, imports: Callable[[str], tuple[str, ...]], way: tuple[str, ...], order: dict[str, None]
) -> None:
    if name in way:
        raise ValueError(f"{' imports '.join((*way, name))}: a circle cannot be made one file")
    for each in imports(name):
        if each not in order:
            _visit(each, imports, (*way, name), order)
    order[name] = None


def bundle(texts: Mapping[str, str]) -> str:
    """One module that does what these do, which are in the order in which they run; the last one is the page's."""
    places = {name: f"$m{number}" for number, name in enumerate(texts)}
    return "".join(_wrapped(name, text, places) for name, text in texts.items())


def _wrapped(name: str, text: str, places: Mapping[str, str]) -> str:
    body = IMPORT.sub(lambda found: _taken(found, places), text)
    exports = [*_declared(body), *_listed(body)]
    body = LISTED.sub("", DECLARED.sub("", body))
    if odd := UNKNOWN.search(body):
        raise ValueError(f"{name}: this form cannot be made one file: {odd[0].strip()}")
    return f"// {name}\nconst {places[name]} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }}\n}})()\n"


def _taken(found: re.Match[str], places: Mapping[str, str]) -> str:
    names, whole, module = found.groups()
    what = whole or "{ " + names.replace(" as ", ": ") + " }"
    return f"const {what} = {places[module]}"


def _declared(text: str) -> Iterator[str]:
    for groups in DECLARED.findall(text):
        yield next(name for name in groups if name)


def _listed(text: str) -> Iterator[str]:
    for names in LISTED.findall(text):
        for each in names.split(","):
            inside, _, outside = each.strip().partition(" as ")
            yield f"{outside}: {inside}" if outside else inside
