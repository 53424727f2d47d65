"""Checklists of every kind with words, rules and conditions of every sort, sound or not: as a draft may hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from evaluations.document.tree import (
    All,
    AnyOf,
    AnyQuestion,
    AtLeast,
    AtMost,
    Chosen,
    Condition,
    Document,
    Instruction,
    Is,
    IsNot,
    Not,
    OneOf,
    Touchpoint,
    WasAnswered,
    WasNotApplicable,
)
from tests.evaluations.scoring.generated import OPTIONS, documents, hundredths

ODD = (" a ", "x\ny", "=1+1", "_x0041_", "yes", "\x01", "#N/A", "TRUE", "1", "a\r\nb", "'", "  ", "#ERROR!")
TEXTS = st.text(max_size=12) | st.sampled_from(ODD)
WORDINGS = st.dictionaries(st.sampled_from(["en", "es"]), TEXTS)
TITLES = st.dictionaries(st.sampled_from(["en", "es"]), TEXTS, min_size=1)
LANGUAGES = st.sampled_from([("en",), ("es",), ("en", "es"), ("es", "en")])
ANSWERS = st.sampled_from(["yes", "no", *OPTIONS, "1", "5"])


def conditions(keys: Sequence[str]) -> st.SearchStrategy[Condition]:
    """A condition on any of these questions, up to three levels deep."""
    on = st.sampled_from(keys)
    named = [st.builds(kind, question=on, answer=ANSWERS) for kind in (Is, IsNot, Chosen)]
    measured = [st.builds(kind, question=on, measure=hundredths(0, 300)) for kind in (AtLeast, AtMost)]
    states = [st.builds(kind, question=on) for kind in (WasAnswered, WasNotApplicable)]
    several = st.builds(OneOf, question=on, answers=st.lists(ANSWERS, min_size=1, max_size=3).map(tuple))
    leaf = st.one_of(*named, *measured, *states, several)
    return leaf | _joined(leaf) | _joined(_joined(leaf))


def _joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(All, of=some) | st.builds(AnyOf, of=some) | st.builds(Not, of=parts)


@st.composite
def worded_documents(draw: st.DrawFn) -> Document:
    """A checklist with a question or more."""
    plain = draw(documents().filter(lambda one: any(True for _ in one.questions())))
    keys: list[str] = []
    touchpoints = tuple(_touchpoint(draw, one, keys) for one in plain.touchpoints)
    given = {"languages": draw(LANGUAGES), "briefing": draw(WORDINGS), "touchpoints": touchpoints}
    given["title"] = draw(TITLES)
    return Document.model_validate(plain.model_copy(update=given).model_dump())


def _touchpoint(draw: st.DrawFn, plain: Touchpoint, keys: list[str]) -> Touchpoint:
    given: dict[str, Any] = {"name": draw(WORDINGS), "guidance": draw(WORDINGS)}
    if keys and draw(st.booleans()):
        given["show_if"] = draw(conditions(keys))
    given["questions"] = tuple(_question(draw, one, keys) for one in plain.questions)
    return plain.model_copy(update=given)


def _question(draw: st.DrawFn, plain: AnyQuestion, keys: list[str]) -> AnyQuestion:
    """The question with words, and perhaps a condition on what was asked before; others may depend on it after this."""
    given: dict[str, Any] = {"text": draw(WORDINGS), "help": draw(WORDINGS)}
    if not isinstance(plain, Instruction):
        given["required"] = draw(st.booleans())
    if draw(st.booleans()):
        given["explain_on"] = ("no",)
        given["explain_min"] = draw(st.sampled_from((0, 20)))
    for name in ("lo_text", "constraint_message", "unit"):
        if hasattr(plain, name):
            given[name] = draw(WORDINGS)
    if hasattr(plain, "options"):
        given["options"] = tuple(
            option.model_copy(update={"text": draw(WORDINGS)}) for option in plain.options
        )
    if keys and draw(st.booleans()):
        given["show_if"] = draw(conditions(keys))
    if plain.due_days is None:
        keys.append(plain.key)
    return plain.model_copy(update=given)
