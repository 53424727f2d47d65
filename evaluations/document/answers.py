"""An answer as it travels and is stored: a state and, where answered, a value."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from evaluations.document.sent import Place, Sent

LONGEST_TEXT = 20_000
MOST_CHOSEN = 200


class AnswerState(StrEnum):
    ANSWERED = "answered"
    NOT_APPLICABLE = "na"
    NOT_OBSERVED = "not_observed"


class Amount(Sent):
    """An amount of money, as a decimal in text, with its currency in three letters."""

    amount: Annotated[str, StringConstraints(max_length=40)]
    currency: Annotated[str, StringConstraints(max_length=10)]


Chosen = Annotated[
    tuple[Annotated[str, StringConstraints(max_length=40)], ...], Field(strict=False, max_length=MOST_CHOSEN)
]
"""The keys of several options; a list where it travels."""

Value = int | Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | Chosen | Amount | Place | None


class Answer(BaseModel):
    """What was found for one question.

    `value` is, by the question's kind: "yes"/"no", an option's key, or several in a list; a rating as an
    integer; a number, or a duration in seconds, as a decimal in text ("12.5"); an amount with its currency;
    a day ("2026-03-14"), a time ("09:30") or a text; a place. Photo questions and signatures are answered
    by their photos and carry a value of None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    state: Annotated[AnswerState, "by value"]
    value: Value = None

    @model_validator(mode="before")
    @classmethod
    def _state_by_value(cls, raw: object) -> object:
        if isinstance(raw, dict) and isinstance(raw.get("state"), str) and raw["state"] in set(AnswerState):
            return {**raw, "state": AnswerState(raw["state"])}
        return raw

    @model_validator(mode="after")
    def _value_goes_with_answered(self) -> Answer:
        if self.state is not AnswerState.ANSWERED and self.value is not None:
            raise ValueError("only an answered question carries a value")
        return self


NOT_APPLICABLE = Answer(state=AnswerState.NOT_APPLICABLE)
NOT_OBSERVED = Answer(state=AnswerState.NOT_OBSERVED)


def answered(value: Any) -> Answer:
    """The answer that holds `value`; a list of keys, an amount or a place may be given as they travel."""
    return Answer(state=AnswerState.ANSWERED, value=value)
