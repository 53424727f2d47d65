"""An answer as it travels and is stored: a state and, where answered, a value."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

LONGEST_TEXT = 20_000


class AnswerState(StrEnum):
    ANSWERED = "answered"
    NOT_APPLICABLE = "na"
    NOT_OBSERVED = "not_observed"


class Answer(BaseModel):
    """What was found for one question.

    `value` is "yes"/"no", an option's key, a rating as an integer, or a text. Photo questions
    are answered by their photos and carry a value of None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    state: Annotated[AnswerState, "by value"]
    value: int | Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None

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


def answered(value: str | int) -> Answer:
    """The answer that holds `value`."""
    return Answer(state=AnswerState.ANSWERED, value=value)
