"""Answers that were written: texts, days and times of day."""

from __future__ import annotations

import re
from datetime import date

from evaluations.document import patterns, tree
from evaluations.document.kinds.reader import Reader, trimmed
from evaluations.document.tree.values import ISO_DAY
from evaluations.errors import Invalid

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Text(Reader[tree.ShortText | tree.Narrative]):
    """A text of limited length; one of blank characters alone is blank.

    That a narrative is long enough is a matter of completeness, not of reading.
    """

    def refuse(self) -> None:
        longest = self.question.max_length
        if not isinstance(self.value, str):
            raise self._invalid("answer_not_text")
        if len(self.value) > longest:
            raise self._invalid("answer_too_long", max_length=longest)

    def is_blank(self) -> bool:
        return not trimmed(str(self.value))

    def broken(self) -> Invalid | None:
        pattern = self.question.pattern if isinstance(self.question, tree.ShortText) else ""
        if not pattern or self.is_blank() or patterns.matches(pattern, trimmed(str(self.value))):
            return None
        return self._invalid("answer_not_as_asked")


class Date(Reader[tree.Date]):
    """A day of the calendar, as YYYY-MM-DD."""

    def refuse(self) -> None:
        if self._day() is None:
            raise self._invalid("answer_not_a_date")

    def broken(self) -> Invalid | None:
        earliest, latest, day = self.question.earliest, self.question.latest, self._day()
        if day and ((earliest and day < earliest) or (latest and day > latest)):
            return self._invalid("answer_out_of_range")
        return None

    def _day(self) -> date | None:
        if not isinstance(self.value, str) or not ISO_DAY.fullmatch(self.value):
            return None
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return None


class Time(Reader[tree.Time]):
    """A time of day, as HH:MM of 24 hours."""

    def refuse(self) -> None:
        if not isinstance(self.value, str) or not CLOCK.fullmatch(self.value):
            raise self._invalid("answer_not_a_time")
