"""The kinds of question: each reads, refuses and marks its answers, and names them in words.

One small class per kind in one table, `KINDS`. The functions below the table are the way in:
they treat what every kind has in common (not applicable, not observed, left blank).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic import ValidationError

from evaluations.document import tree
from evaluations.document.answers import LONGEST_TEXT, Answer, AnswerState
from evaluations.document.marks import NOT_COUNTED, Mark
from evaluations.document.tree import AnyQuestion, Kind
from evaluations.errors import Invalid

Value = int | str | None
LONGEST_QUOTED = 80
AQuestion = TypeVar("AQuestion", bound=tree.Question)

BLANKS = (
    "\t\n\v\f\r \u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""The characters that a browser's `trim` takes away, so that phone and server call the same texts blank."""


def trimmed(text: str) -> str:
    """`text` without blank characters at its ends, as the phone trims it."""
    return text.strip(BLANKS)


class Finding(StrEnum):
    """What became of a question: how it enters, or stays out of, the tallies."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "na"
    NOT_OBSERVED = "not_observed"
    BLANK = "blank"


@dataclass(frozen=True)
class Reader(Generic[AQuestion]):
    """A question of one kind with the value given for it: to be refused, named in words, or marked."""

    question: AQuestion
    value: Value = None

    scored: ClassVar[bool] = False
    """Whether answers of this kind can earn points."""

    def refuse(self) -> None:
        """Raise `Invalid` where the value is no answer to the question."""
        raise NotImplementedError

    def is_blank(self) -> bool:
        """Whether the value, though given, says nothing."""
        return False

    def words(self) -> tuple[str, ...]:
        """The words by which `explain_on` and `Critical.on` name the value."""
        return (str(self.value),) if self.scored else ()

    def is_not_applicable(self) -> bool:
        """Whether giving this value means that the question does not apply."""
        return False

    def is_failing(self) -> bool:
        """Whether the value fails the question, whatever it earns."""
        return False

    def earned(self) -> Fraction:
        """The points that the value earns, never below 0."""
        return Fraction(0)

    def possible(self) -> Fraction:
        """The most points that any answer to the question earns."""
        return Fraction(0)

    def _invalid(self, code: str, **values: int) -> Invalid:
        shown = "" if self.value is None else str(self.value)[:LONGEST_QUOTED]
        return Invalid(code, field=self.question.key, value=shown, **values)


class YesNo(Reader[tree.YesNo]):
    """All points for the favourable answer, else none."""

    scored = True

    def refuse(self) -> None:
        if self.value not in ("yes", "no"):
            raise self._invalid("answer_not_yes_no")

    def earned(self) -> Fraction:
        return self.possible() if self.value == self.question.favourable else Fraction(0)

    def possible(self) -> Fraction:
        return Fraction(self.question.points)


class SingleChoice(Reader[tree.SingleChoice]):
    """The chosen option's points; options that mean "not applicable" have no part in what is possible."""

    scored = True

    def refuse(self) -> None:
        if all(option.key != self.value for option in self.question.options):
            raise self._invalid("answer_unknown_option")

    def is_not_applicable(self) -> bool:
        return self._chosen().na

    def is_failing(self) -> bool:
        return self._chosen().failing

    def earned(self) -> Fraction:
        return max(Fraction(0), Fraction(self._chosen().points))

    def possible(self) -> Fraction:
        points = (Fraction(option.points) for option in self.question.options if not option.na)
        return max((Fraction(0), *points))

    def _chosen(self) -> tree.Option:
        return next(option for option in self.question.options if option.key == self.value)


class Rating(Reader[tree.Rating]):
    """Points in proportion to the place on the scale, from either end."""

    scored = True

    def refuse(self) -> None:
        lo, hi = self.question.lo, self.question.hi
        if not isinstance(self.value, int) or not lo <= self.value <= hi:
            raise self._invalid("answer_not_on_scale", lo=lo, hi=hi)

    def earned(self) -> Fraction:
        lo, hi, value = self.question.lo, self.question.hi, cast(int, self.value)
        steps = value - lo if self.question.favourable == "high" else hi - value
        return self.possible() * Fraction(steps, hi - lo)

    def possible(self) -> Fraction:
        return Fraction(self.question.points)


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


class Photo(Reader[tree.Photo]):
    """Answered by the photos attached to it: the answer itself carries no value."""

    def refuse(self) -> None:
        if self.value is not None:
            raise self._invalid("answer_is_photos")


class Instruction(Reader[tree.Instruction]):
    """A sentence to read, which takes no answer."""

    def refuse(self) -> None:
        raise self._invalid("answer_not_asked")


KINDS: dict[Kind, type[Reader[Any]]] = {
    Kind.YES_NO: YesNo,
    Kind.SINGLE_CHOICE: SingleChoice,
    Kind.RATING: Rating,
    Kind.SHORT_TEXT: Text,
    Kind.NARRATIVE: Text,
    Kind.PHOTO: Photo,
    Kind.INSTRUCTION: Instruction,
}


def read_answer(question: AnyQuestion, raw: object) -> Answer:
    """The answer to `question` that `raw` holds, as `{"state": ..., "value": ...}`.

    Refused with `Invalid` (its `field` is the question's key) when `raw` is not of that shape,
    or is no answer to this question: an unknown option, a rating off the scale, a text for a
    yes/no question, "not applicable" where that is not allowed.
    """
    try:
        answer = Answer.model_validate(raw)
    except ValidationError as error:
        if any(each["type"] == "string_too_long" for each in error.errors(include_input=False)):
            raise Invalid("answer_too_long", field=question.key, max_length=LONGEST_TEXT) from error
        raise Invalid("answer_malformed", field=question.key) from error
    _refuse(question, answer)
    return answer


def readable(question: AnyQuestion, answer: Answer) -> bool:
    """Whether `answer` can be taken as an answer to `question`; one that cannot counts as blank."""
    try:
        _refuse(question, answer)
    except Invalid:
        return False
    return True


def finding(question: AnyQuestion, answer: Answer | None) -> Finding:
    """What became of `question`; an answer that is not readable is blank."""
    if answer is None or not readable(question, answer):
        return Finding.BLANK
    if answer.state is not AnswerState.ANSWERED:
        return Finding(answer.state.value)
    given = _given(question, answer)
    if given.is_blank():
        return Finding.BLANK
    return Finding.NOT_APPLICABLE if given.is_not_applicable() else Finding.ANSWERED


def mark(question: AnyQuestion, answer: Answer | None, *, blanks_count: bool) -> Mark:
    """What `answer` is worth, by the table of marks; a bonus question has nothing possible."""
    found = finding(question, answer)
    given = _given(question, answer)
    if not given.scored or found in (Finding.NOT_APPLICABLE, Finding.NOT_OBSERVED):
        return NOT_COUNTED
    possible = Fraction(0) if is_bonus(question) else given.possible()
    if found is Finding.BLANK:
        return Mark(possible=possible, counted=True, failed=possible > 0) if blanks_count else NOT_COUNTED
    earned = given.earned()
    failed = (earned == 0 and possible > 0) or given.is_failing()
    return Mark(earned=earned, possible=possible, counted=True, failed=failed)


def is_bonus(question: AnyQuestion) -> bool:
    """Whether `question` earns points beyond what is possible."""
    return isinstance(question, tree.Scored) and question.bonus


def answer_words(question: AnyQuestion, answer: Answer | None) -> tuple[str, ...]:
    """The words by which `explain_on` and `Critical.on` name `answer`: "yes", an option's key, "3".

    None for what is blank, not applicable by its state, or not observed.
    """
    if answer is None or answer.state is not AnswerState.ANSWERED or not readable(question, answer):
        return ()
    return _given(question, answer).words()


def demands_comment(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is one that the checklist wants explained."""
    return any(word in question.explain_on for word in answer_words(question, answer))


def fires(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is one on which `question` is critical; what does not apply never is."""
    if question.critical is None or finding(question, answer) is not Finding.ANSWERED:
        return False
    return any(word in question.critical.on for word in answer_words(question, answer))


def _given(question: AnyQuestion, answer: Answer | None) -> Reader[Any]:
    return KINDS[question.kind](question, answer.value if answer else None)


def _refuse(question: AnyQuestion, answer: Answer) -> None:
    if answer.state is AnswerState.ANSWERED or question.kind is Kind.INSTRUCTION:
        _given(question, answer).refuse()
    elif answer.state is AnswerState.NOT_APPLICABLE and not question.na_allowed:
        raise Invalid("answer_na_not_allowed", field=question.key)
    elif answer.state is AnswerState.NOT_OBSERVED and not question.not_observed_allowed:
        raise Invalid("answer_not_observed_not_allowed", field=question.key)
