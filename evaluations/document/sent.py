"""What a phone sends, and the one part that answers and photos share: where the phone was."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Degrees = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,10})?$")]


class Sent(BaseModel):
    """Any part of what a phone sends: nothing unknown in it, and no type bent into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Place(Sent):
    """Where the phone was: either a fix with its accuracy and age, or that the shopper denied it."""

    lat: Degrees | None = None
    lon: Degrees | None = None
    accuracy_m: Annotated[int, Field(ge=0, le=100_000_000)] | None = None
    fix_age_s: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    denied: bool = False

    @model_validator(mode="after")
    def _is_on_earth(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a latitude and a longitude go together")
        if (
            self.lat is not None
            and self.lon is not None
            and (abs(float(self.lat)) > 90 or abs(float(self.lon)) > 180)
        ):
            raise ValueError("no such place")
        return self
