"""What the agency keeps from the client of an evaluation: photos, parts of them, and passages of texts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Identified, Moment

PICTURE = "picture:"


class Withholding(Identified):
    """A photo that the client gets blurred or not at all, or words of a text; what it is kept from stays as it was."""

    __tablename__ = "withholdings"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    register: Mapped[str] = mapped_column(String(60))
    """`picture:ID`; or where the text stands: `answer:KEY`, `comment:KEY`, `photo:ID` (a caption), `visit:outcome`."""
    areas: Mapped[str] = mapped_column(Text, default="")
    """Of a picture what is blurred, as canonical JSON in shares of its width and height."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of a picture the hash of what was made for the client; None where it is hidden altogether."""
    words: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[int] = mapped_column(default=0)
    """Where in its text the words stood, counted in characters."""
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Moment)
