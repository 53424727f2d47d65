"""The texts of a checklist: every wording with its place, what a language lacks, and many changed at once.

Pure. A text is named by where it stands ("question.greeted.text"); since keys are stable, a name holds while a
question is moved. Whatever part of a document has a wording is found, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from evaluations.designing.drafting import made
from evaluations.document.tree import Document, Language, Part, Picture, Touchpoint, Wording
from evaluations.errors import Invalid

Rewritten = TypeVar("Rewritten", bound=Part)
Rewrite = Callable[[str, Mapping[Any, str]], Mapping[Any, str]]
"""Given the name of a text and what it says, what it is to say."""
LONGEST = 4000
NEEDED = frozenset({"title", "name", "text"})
"""Fields that may not be empty; other texts are only counted where a language has them."""
MUCH, SLACK = (8, 5), 20
"""A translation is much longer above so many times the original and so many characters more."""


@dataclass(frozen=True, slots=True)
class Text:
    """One wording and its place."""

    name: str
    field: str
    wording: Mapping[Any, str]
    touchpoint: str | None = None
    question: str | None = None
    number: int | None = None
    """Of an option, from 1."""
    is_needed: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether any language has it, or may not lack it."""
        return self.is_needed or any(self.wording.values())

    def lacks(self, language: str) -> bool:
        """Whether it is wanted and this language does not have it."""
        return self.is_wanted and not self.wording.get(language)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote in the place of a text, and what stood there when it was begun."""

    name: str
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A text that somebody else changed meanwhile to something else."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Put:
    """A document with what could be put in place, and what could not."""

    document: Document
    kept: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    gone: tuple[str, ...] = ()
    """Texts whose place is no longer there."""


def texts(document: Document) -> tuple[Text, ...]:
    """Every text of `document` that any language has or may not lack, in journey order."""
    return tuple(text for text in _of(document, "", {}) if text.is_wanted)


def spoken(document: Document, languages: Collection[str]) -> Document:
    """`document` with what it says in these languages alone, unchecked."""
    return _rewritten(
        document, "", lambda _name, wording: {key: text for key, text in wording.items() if key in languages}
    )


def said(found: Collection[Text], language: Language) -> Fraction:
    """The part of all texts that any language has which this one has."""
    known = [text for text in found if any(text.wording.values())]
    if not known:
        return Fraction(1)
    return Fraction(sum(not text.lacks(language) for text in known), len(known))


def put(document: Document, language: Language, written: Sequence[Written]) -> Put:
    """`document` with what was `written` in one language; where two wrote differently, theirs stays.

    A text that was left as it stood before keeps what somebody else made of it.
    """
    known = {text.name: text.wording.get(language, "") for text in texts(document)}
    kept: dict[str, str] = {}
    clashes, gone = [], []
    for one in written:
        if len(one.text) > LONGEST:
            raise Invalid("text_too_long", field=one.name, longest=LONGEST)
        if one.name not in known:
            gone += [one.name] if one.text != one.base else []
        elif one.text in (known[one.name], one.base):
            continue
        elif known[one.name] == one.base:
            kept[one.name] = one.text
        else:
            clashes.append(Clash(one.name, one.text, known[one.name]))
    changed = _checked(_with(document, language, kept)) if kept else document
    return Put(changed, tuple(kept), tuple(clashes), tuple(gone))


def is_much_longer(original: str, translation: str) -> bool:
    """Whether a translation may not fit where its original does."""
    times, of = MUCH
    is_much = len(translation) * of > len(original) * times
    return bool(original) and is_much and len(translation) > len(original) + SLACK


def _of(part: Part, path: str, home: Mapping[str, Any]) -> Iterator[Text]:
    for field in type(part).model_fields:
        value = getattr(part, field)
        if field in _wordings(type(part)):
            is_needed = field in NEEDED
            yield Text(path + field, field, value or {}, is_needed=is_needed, **home)
        else:
            for number, child in enumerate(_children(value), start=1):
                yield from _of(child, _path(path, field, child, number), _home(home, child, number))


def _with(document: Document, language: str, changes: Mapping[str, str]) -> Document:
    """`document` with the changed texts in it."""

    def rewrite(name: str, wording: Mapping[Any, str]) -> Mapping[Any, str]:
        if name not in changes:
            return wording
        rest = {key: text for key, text in wording.items() if key != language}
        return rest | ({language: changes[name]} if changes[name] else {})

    return _rewritten(document, "", rewrite)


def _rewritten(part: Rewritten, path: str, rewrite: Rewrite) -> Rewritten:
    """`part` with each of its wordings as `rewrite` makes it; what stays as it is is left as it is."""
    update: dict[str, Any] = {}
    kind: type[Part] = type(part)
    for field in kind.model_fields:
        value = getattr(part, field)
        if field in _wordings(kind):
            if (wording := rewrite(path + field, value or {})) != (value or {}):
                update[field] = wording
            continue
        children = _children(value)
        made_new = [
            _rewritten(child, _path(path, field, child, number), rewrite)
            for number, child in enumerate(children, start=1)
        ]
        if any(new is not old for new, old in zip(made_new, children, strict=True)):
            update[field] = made_new[0] if isinstance(value, Part) else tuple(made_new)
    return part.model_copy(update=update) if update else part


def _checked(document: Document) -> Document:
    """The same, checked like a new one."""
    return made(Document, **{name: getattr(document, name) for name in Document.model_fields})


def _children(value: Any) -> tuple[Part, ...]:
    """The parts that a field holds; a field that holds anything else beside them holds no texts."""
    if isinstance(value, Part):
        return (value,)
    is_parts = isinstance(value, tuple) and value and all(isinstance(one, Part) for one in value)
    return value if is_parts else ()


def _path(path: str, field: str, child: Part, number: int) -> str:
    """Where a child's texts are: touchpoints and questions by their own keys alone, which are unique."""
    key = getattr(child, "key", None)
    if isinstance(child, Touchpoint):
        return f"touchpoint.{key}."
    if field == "questions":
        return f"question.{key}."
    if isinstance(child, Picture):  # which may change places
        key = child.sha256[:12]
    return f"{path}{field}.{key or number}."


def _home(home: Mapping[str, Any], child: Part, number: int) -> dict[str, Any]:
    if isinstance(child, Touchpoint):
        return {"touchpoint": child.key}
    if "question" not in home and hasattr(child, "kind"):
        return {**home, "question": getattr(child, "key")}  # noqa: B009 - any kind of question
    return {**home, "number": number} if "question" in home else dict(home)


@cache
def _wordings(kind: type[Part]) -> frozenset[str]:
    """The fields of a part that are wordings."""
    return frozenset(
        name
        for name, field in kind.model_fields.items()
        if field.annotation == Wording or Wording in getattr(field.annotation, "__args__", ())
    )
