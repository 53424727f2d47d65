"""The editor's forms: sending back with remarks, and excluding with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import request
from wtforms import SelectChoice, SelectField, TextAreaField

from evaluations.errors import Refusal
from shopper.errors import words_of
from shopper.forms import Form, trimmed
from shopper.language import lazy

PREFIX = "remark-"
RETURN_HOURS_WORDS = {
    12: lazy("12 hours"),
    24: lazy("24 hours"),
    48: lazy("2 days"),
    72: lazy("3 days"),
    168: lazy("7 days"),
}


class ReturnForm(Form):
    """A note, a deadline, and a remark for each question that has one.

    The boxes of the remarks stand at their questions, outside the form's own part of the page;
    each is named `remark-` and the question's key.
    """

    note = TextAreaField(lazy("Note to the shopper"))
    hours = SelectField(
        lazy("Back within"),
        coerce=int,
        choices=[SelectChoice(hours, text) for hours, text in RETURN_HOURS_WORDS.items()],
    )

    @property
    def remarks(self) -> dict[str, str]:
        """What was typed at the questions, by their keys."""
        typed = {
            name.removeprefix(PREFIX): trimmed(text) or ""
            for name, text in request.form.items()
            if name.startswith(PREFIX)
        }
        return {key: text for key, text in typed.items() if text}

    def due(self, at: datetime) -> datetime:
        """When the work is to be back."""
        return at + timedelta(hours=self.hours.data)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused_remarks: dict[str, str] = {}

    def refuse(self, refusal: Refusal) -> None:
        """Show a refused remark at its question too; the question may be far from where the reader is."""
        super().refuse(refusal)
        if refusal.field in self.remarks:
            self.refused_remarks = {str(refusal.field): words_of(refusal)}


class ApprovalForm(Form):
    """Why an evaluation is approved although something is open, and what the client reads of a new edition."""

    note = TextAreaField(lazy("Why is it approved all the same?"), id="approval-note")
    client_reason = TextAreaField(lazy("What the client reads about why"), id="approval-client-reason")


class ReopeningForm(Form):
    """Why an approved evaluation is looked at again: for the agency, and for the client."""

    reason = TextAreaField(lazy("Reason, for the agency"), id="reopening-reason")
    client_reason = TextAreaField(lazy("What the client reads about why"), id="reopening-client-reason")


class WithdrawalForm(Form):
    """Why a released result is taken back: for the agency, and for the client."""

    reason = TextAreaField(lazy("Reason, for the agency"), id="withdrawal-reason")
    client_reason = TextAreaField(lazy("What the client reads about why"), id="withdrawal-client-reason")


class ExclusionForm(Form):
    """Why an evaluation is left out."""

    reason = TextAreaField(lazy("Reason"))


class FollowUpReturnForm(Form):
    """What is to be mended at a follow-up; `of` is the key of its question once it was sent."""

    remark = TextAreaField(lazy("What is to be mended here?"))
    of = ""
