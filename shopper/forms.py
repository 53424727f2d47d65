"""The one shape of a form: read it, ask whether it was accepted, show its refusals at their fields."""

from __future__ import annotations

from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.i18n import get_translations

from evaluations.errors import Refusal
from shopper.errors import words_of
from shopper.language import current_language, lazy


def trimmed(text: str | None) -> str | None:
    """A text without the blanks around it and without characters that nobody can see."""
    if text is None:
        return None
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


OUR_MESSAGES = {
    "Field cannot be longer than %(max)d character.": lazy("Use at most %(max)d characters."),
    "Not a valid date value.": lazy("Enter a date, such as 2026-11-21."),
}


class Messages:
    """The library's messages, in our words where its own speak of fields and values."""

    def __init__(self, theirs: Any) -> None:
        self._theirs = theirs

    def gettext(self, message: str) -> str:
        """`message` as we say it."""
        return str(OUR_MESSAGES.get(message) or self._theirs.gettext(message))

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of the message that fits the number `n`."""
        return str(OUR_MESSAGES.get(one) or self._theirs.ngettext(one, many, n))


class Form(FlaskForm):
    """A form of ours: texts trimmed, messages in the reader's language."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Trim what is typed, except passwords."""
            kind = unbound_field.field_class.__name__
            if kind in {"StringField", "TextAreaField", "EmailField"}:
                options.setdefault("filters", [trimmed])
            return unbound_field.bind(form=form, **options)

        def get_translations(self, _form: Any) -> Any:
            """The library's own messages in the reader's language."""
            return Messages(get_translations([current_language()]))

    @classmethod
    def read(cls, obj: Any = None, **values: Any) -> Self:
        """The form as sent, or filled from `obj` and `values` when it is first shown."""
        return cls(obj=obj, **values)

    @property
    def accepted(self) -> bool:
        """Whether it was sent and every field is valid."""
        return bool(self.validate_on_submit())

    @property
    def status(self) -> int:
        """422 when it was sent and refused, else 200."""
        return 422 if request.method == "POST" else 200

    def refuse(self, refusal: Refusal) -> None:
        """Show what the domain refused at the field it belongs to, or above the form."""
        field: Field | None = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(words_of(refusal))
        else:
            field.errors = [*field.errors, words_of(refusal)]
