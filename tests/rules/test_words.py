"""Every text for people is marked, and has its Spanish with the same places to fill."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog

from shopper import catalogue, language
from shopper.assets import STATIC, TEMPLATES

PLACE = re.compile(r"%\((\w+)\)s")
JINJA = re.compile(r"{% block (?:area|window) %}.*?{% endblock %}|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
UNSEEN = re.compile(r"<(script|style|svg|code|kbd)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TOLD = re.compile(r"""\b(?:aria-label|alt|title|placeholder)=("|')(.*?)\1""", re.DOTALL)
SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')
TAG = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&\w+;")
NAMES = {"Shopper", "English", "Español", "JSON", "PDF", "CSV", "SHA", "A4"}


@cache
def collected() -> Catalog:
    return catalogue.collected()


def test_every_text_has_its_spanish():
    spanish = catalogue.read("es")
    lacking = {_one(message.id) for message in catalogue.untranslated(spanish)}
    missing = [
        text
        for message in collected()
        if (text := _one(message.id)) and (spanish.get(text) is None or text in lacking)
    ]
    assert missing == [], "run `make words` and translate these"


def test_a_translation_fills_the_same_places_as_its_text():
    wrong = []
    for message in catalogue.read("es"):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        allowed = set().union(*(PLACE.findall(text) for text in ids))
        wrong += [text for text in texts if not set(PLACE.findall(text)) <= allowed]
        wrong += [text for text in texts[-1:] if set(PLACE.findall(text)) != set(PLACE.findall(ids[-1]))]
    assert wrong == []


@pytest.mark.parametrize(
    "template",
    sorted(path for path in TEMPLATES.rglob("*.*")),
    ids=lambda path: path.relative_to(TEMPLATES).as_posix(),
)
def test_no_template_says_anything_unmarked(template: Path):
    text = UNSEEN.sub(" ", JINJA.sub(" ", template.read_text()))
    told = [match[1] for match in TOLD.findall(text)] + [TAG.sub(" ", text)]
    words = re.findall(r"[^\W\d_]{2,}", ENTITY.sub(" ", " ".join(told)))
    assert [word for word in words if word not in NAMES] == []


def test_a_text_that_is_marked_is_found_in_python_templates_and_scripts():
    found = {_one(message.id) for message in collected() if message.id}
    assert {"Sign in", "Enter your password.", "Kept on this phone"} <= found


def test_every_text_that_a_script_says_goes_to_the_page_with_it():
    scripts = sorted((STATIC / "js").rglob("*.js"))
    said = {text for path in scripts for text in SAID.findall(path.read_text())}
    assert "Kept on this phone" in said
    assert said - language.script_words("es").keys() == set()


def _one(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]
