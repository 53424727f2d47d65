"""Boxes that other forms do not have: a wording per language, exact numbers, a row of ticks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from evaluations.document.numbers import as_text
from evaluations.document.tree import Wording
from shopper.forms import trimmed
from shopper.language import LANGUAGES, Lazy
from shopper.language import gettext as _

LONGEST_WORDING = 4000
A_NUMBER = re.compile(r"-?\d{1,6}([.,]\d{1,6})?")
A_COUNT = re.compile(r"-?\d{1,9}")


class WordingField(Field):
    """One sentence, with a box per language.

    A language without a box in the page keeps what it has: taking a language out of a
    checklist and putting it back loses no translation.
    """

    data: Wording
    process_errors: list[str]

    def __init__(
        self,
        label: Any = None,
        *,
        longest: int = LONGEST_WORDING,
        keeps_longer: bool = False,
        needed: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.longest = longest
        self.keeps_longer = keeps_longer
        self.needed = needed
        self.refused: dict[str, str] = {}

    def box(self, language: str) -> str:
        """The name of the box of `language`."""
        return f"{self.name}-{language}"

    def process(self, formdata: Any, data: Any = None, **_more: Any) -> None:
        """Take the wording that is there, and over it whatever the boxes hold."""
        self.process_errors = []
        self.object_data = data if isinstance(data, dict) else {}
        self.data = dict(self.object_data)
        for language in LANGUAGES:
            if formdata is not None and self.box(language) in formdata:
                text = (trimmed(formdata.get(self.box(language))) or "").replace("\r\n", "\n")
                self.data[language] = text  # type: ignore[index]
        self.raw_data = list(self.data.values())
        self.data = {language: text for language, text in self.data.items() if text}

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is too long in a language, and nothing at all where a sentence is needed."""
        for language, text in self.data.items():
            is_kept = self.keeps_longer and text == self.object_data.get(language)
            if len(text) > self.longest and not is_kept:
                self.refused[language] = _(
                    "Too long: %(have)s characters, at most %(limit)s.", have=len(text), limit=self.longest
                )
        if self.refused:
            raise ValidationError(" ".join(self.refused.values()))
        if self.needed is not None and not self.data:
            raise ValidationError(str(self.needed))


class NumberField(StringField):
    """An exact number with at most two decimals, typed with a point or a comma."""

    data: Any

    def __init__(
        self, label: Any = None, *, lowest: int = 0, highest: int = 1000, needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.lowest, self.highest, self.needed = lowest, highest, needed

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else as_text(Decimal(self.data))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; an empty box is no number."""
        typed = (trimmed(valuelist[0]) or "") if valuelist else ""
        self.data = None
        if not typed:
            if self.needed:
                raise ValueError(_("Enter a number."))
            return
        if not A_NUMBER.fullmatch(typed):
            raise ValueError(_("This is not a number: %(typed)s.", typed=typed[:20]))
        number = Decimal(typed.replace(",", "."))
        if not self.lowest <= number <= self.highest:
            raise ValueError(
                _("Between %(lowest)s and %(highest)s.", lowest=self.lowest, highest=self.highest)
            )
        if number != number.quantize(Decimal("0.01")):
            raise ValueError(_("At most two decimals."))
        self.data = number


class CountField(StringField):
    """A whole number between two others."""

    data: Any

    def __init__(
        self, label: Any = None, *, lowest: int, highest: int, needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.lowest, self.highest, self.needed = lowest, highest, needed

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        typed = (trimmed(valuelist[0]) or "") if valuelist else ""
        self.data = None
        if not typed and not self.needed:
            return
        if not A_COUNT.fullmatch(typed):
            raise ValueError(_("Enter a whole number."))
        if not self.lowest <= int(typed) <= self.highest:
            raise ValueError(
                _("Between %(lowest)s and %(highest)s.", lowest=self.lowest, highest=self.highest)
            )
        self.data = int(typed)


class TicksField(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def offered(*choices: tuple[str | int, Lazy | str]) -> list[SelectChoice]:
    """What a select offers: values, each with its words."""
    return [SelectChoice(value, words) for value, words in choices]


def named(names: dict[Any, Lazy]) -> list[SelectChoice]:
    """What a select offers for the members of an enumeration."""
    return offered(*((member.value, name) for member, name in names.items()))


def worst_values(lo: int, hi: int, favourable: str, edge: int | None) -> tuple[str, ...]:
    """The ratings from the bad end of the scale up to `edge`, as rules name them."""
    if edge is None:
        return ()
    values = range(lo, edge + 1) if favourable == "high" else range(edge, hi + 1)
    return tuple(str(value) for value in values)


def edge_of(words: Sequence[str], lo: int, hi: int, favourable: str) -> int | None:
    """The rating up to which `words` reach from the bad end, or None: the reverse of `worst_values`."""
    order: Iterable[int] = range(lo, hi + 1) if favourable == "high" else range(hi, lo - 1, -1)
    edge = None
    for value in order:
        if str(value) in words:
            edge = value
    return edge
