"""The texts of a checklist by their places in words, and what is wrong with a table of them."""

from __future__ import annotations

from evaluations.designing.texts import Text
from evaluations.designing.xlsform.findings import Finding
from evaluations.document.tree import Document
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.language import lazy

PLACES = {
    "title": lazy("Title"),
    "briefing": lazy("Briefing"),
    "name": lazy("Touchpoint"),
    "guidance": lazy("Guidance"),
    "text": lazy("Question"),
    "help": lazy("Help"),
    "lo_text": lazy("Low end"),
    "hi_text": lazy("High end"),
    "constraint_message": lazy("Message when out of range"),
    "unit": lazy("Unit"),
    "caption": lazy("Caption"),
}
FAULTS = {
    "column_missing": lazy("The table has no column called “%(column)s”."),
    "text_unknown": lazy("No text of this checklist has the key “%(key)s”."),
    "text_twice": lazy("The key “%(key)s” stands in row %(first)s already."),
    "text_too_long": lazy("This is too long: at most %(longest)s characters fit."),
}


def place_of(text: Text) -> str:
    """What a text is, in a word or two: "Question", "Option 2"."""
    if text.number is not None and text.field == "text":
        return _("Option %(number)s", number=text.number)
    return str(PLACES.get(text.field, text.field))


def place_words(text: Text, document: Document) -> str:
    """Where a text stands, for who has no page before them: "Greeting · Were you greeted? · Help"."""
    touchpoint = next((one for one in document.touchpoints if one.key == text.touchpoint), None)
    question = document.question(text.question) if text.question else None
    around = [
        wording(one, document) for one in (touchpoint and touchpoint.name, question and question.text) if one
    ]
    if text.field in {"name", "text"} and text.number is None:
        around = around[:-1]
    return " · ".join(part for part in (*around, place_of(text)) if part)


def in_words(fault: Finding) -> str:
    """A fault of a table as a sentence."""
    return str(FAULTS[fault.code]) % {"column": fault.column, **fault.values}
