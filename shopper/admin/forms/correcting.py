"""The form by which an editor puts right what a question holds: what can be answered depends on its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from evaluations.document import tree
from evaluations.document.answers import Amount, Answer, AnswerState
from evaluations.document.tree import AnyQuestion, Document, Kind
from evaluations.reviewing.corrections import WITHOUT_VALUE
from shopper.filters import wording
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy

BLANK = "blank"
CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]?\d(?:\.\d)?)")
VALUE = lazy("Answer")
TEXTS = {Kind.SHORT_TEXT: StringField, Kind.NARRATIVE: TextAreaField}


class CorrectionForm(Form):
    """State, comment and reason; the field for the value is added by the question's kind."""

    state = RadioField(lazy("What holds"))
    comment = TextAreaField(lazy("Comment"))
    reason = TextAreaField(lazy("Why is it put right?"), id="correction-reason")
    value: Field | None = None


def form_for(
    question: AnyQuestion, document: Document, answer: Answer | None, comment: str
) -> CorrectionForm:
    """The form for `question`, filled with what it holds."""
    field = _field(question, document)
    extra = {} if field is None else {"value": field}
    shape: type[CorrectionForm] = type("Correcting", (CorrectionForm,), extra)
    state = BLANK if answer is None else answer.state.value
    values = {"state": state, "comment": comment, "value": _shown(question, answer)}
    form = shape.read(**values)
    form.state.choices = _states(question, is_held=answer is not None)
    return form


def answer_of(form: CorrectionForm, question: AnyQuestion, held: Answer | None) -> object:
    """What was entered, as the JSON value of an answer; None for blank.

    What nobody can enter here stays what is `held`.
    """
    state = form.state.data
    if state == BLANK:
        return None
    if form.value is None and held is not None and state == held.state.value:
        return held.model_dump(mode="json")
    if state != AnswerState.ANSWERED.value:
        return {"state": state, "value": None}
    return {"state": state, "value": _given(form, question)}


def _states(question: AnyQuestion, *, is_held: bool) -> list[SelectChoice]:
    by_shopper_alone = question.kind in WITHOUT_VALUE and not is_held
    words = {
        AnswerState.ANSWERED.value: "" if by_shopper_alone else _("Answered"),
        AnswerState.NOT_APPLICABLE.value: _("Not applicable") if question.na_allowed else "",
        AnswerState.NOT_OBSERVED.value: _("Did not observe") if question.not_observed_allowed else "",
        BLANK: _("As it is") if by_shopper_alone else _("Left blank"),
    }
    return [SelectChoice(state, text) for state, text in words.items() if text]


def _field(question: AnyQuestion, document: Document) -> Any:
    if isinstance(question, tree.YesNo):
        return RadioField(
            VALUE,
            choices=[SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))],
            validators=[Optional()],
        )
    if isinstance(question, tree.Rating):
        scale = [SelectChoice(str(n), str(n)) for n in range(question.lo, question.hi + 1)]
        return RadioField(VALUE, choices=scale, validators=[Optional()])
    if isinstance(question, tree.SingleChoice | tree.SeveralChoices):
        choices = [SelectChoice(one.key, wording(one.text, document)) for one in question.offered]
        if isinstance(question, tree.SingleChoice):
            return RadioField(VALUE, choices=choices, validators=[Optional()])
        return SelectMultipleField(
            VALUE, choices=choices, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
        )
    if question.kind in TEXTS:
        return TEXTS[question.kind](VALUE)
    if isinstance(question, tree.Date):
        return DateField(VALUE, validators=[Optional()])
    if isinstance(question, tree.Time):
        return TimeField(VALUE, validators=[Optional()])
    return None if question.kind in WITHOUT_VALUE else StringField(VALUE)


def _shown(question: AnyQuestion, answer: Answer | None) -> Any:
    """The value of an answer as its field shows it."""
    value = None if answer is None else answer.value
    if isinstance(value, Amount):
        return value.amount
    if isinstance(value, tuple):
        return list(value)
    if isinstance(question, tree.Date) and isinstance(value, str):
        return _read(date.fromisoformat, value)
    if isinstance(question, tree.Time) and isinstance(value, str):
        return _read(time.fromisoformat, value)
    return value if value is None else str(value)


def _read(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError:
        return None


def _given(form: CorrectionForm, question: AnyQuestion) -> Any:
    """The value that was entered, as it travels."""
    if form.value is None:
        return None
    data = form.value.data
    if isinstance(question, tree.Rating):
        return int(data) if data else ""
    if isinstance(question, tree.Money):
        return {"amount": _decimal(data), "currency": question.currency}
    if isinstance(question, tree.Duration):
        return _seconds(data)
    if isinstance(question, tree.Number):
        return _decimal(data)
    if isinstance(question, tree.Date):
        return data.isoformat() if data else ""
    if isinstance(question, tree.Time):
        return data.strftime("%H:%M") if data else ""
    return data or ("" if question.kind is not Kind.SEVERAL_CHOICES else [])


def _decimal(text: str | None) -> str:
    """A number as it travels, whatever the decimal sign that was typed."""
    return (text or "").replace(",", ".").replace(" ", "")


def _seconds(text: str | None) -> str:
    """A duration as seconds, typed so or as minutes and seconds: "95" and "1:35" are the same."""
    typed = _decimal(text)
    found = CLOCK.fullmatch(typed)
    if found is None:
        return typed
    hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    return str(hours * 3600 + minutes * 60 + seconds)
