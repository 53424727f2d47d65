"""What the domain refuses, as codes and values; the edges word them in the reader's language."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Something that was asked for and will not be done.

    `code` names the reason for the edge that words it, `values` fill the sentence,
    and `field` names the box or question that the reason belongs to, if any.
    """

    def __init__(self, code: str, /, *, field: str | None = None, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.field = field
        self.values = values


class NotFound(Refusal):
    """It does not exist, or not for this reader: both look the same."""

    def __init__(self, code: str = "not_found", /, **values: Any) -> None:
        super().__init__(code, **values)


class Invalid(Refusal):
    """What was entered cannot be accepted as it stands."""


class WrongState(Refusal):
    """The thing is not in a state from which this step exists."""

    def __init__(self, *, being: str, wanted: str) -> None:
        super().__init__("wrong_state", being=str(being), wanted=str(wanted))


class Conflict(Refusal):
    """Somebody else changed it meanwhile, or it clashes with what is there."""


class TooLarge(Refusal):
    """More bytes, pixels or items than are accepted; `values` holds the limit."""


class Unsupported(Refusal):
    """A type of file that is not accepted."""
