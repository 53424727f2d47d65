"""The way into the kinds: it treats what every kind has in common (not applicable, not observed, blank)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from evaluations.document import tree
from evaluations.document.answers import LONGEST_TEXT, Answer, AnswerState
from evaluations.document.kinds.choosing import Rating, SeveralChoices, SingleChoice, YesNo
from evaluations.document.kinds.measuring import Duration, Money, Number
from evaluations.document.kinds.reader import Finding, Reader
from evaluations.document.kinds.showing import Instruction, Photo, Place
from evaluations.document.kinds.telling import Date, Text, Time
from evaluations.document.marks import NOT_COUNTED, Mark
from evaluations.document.tree import AnyQuestion, Kind
from evaluations.errors import Invalid

KINDS: dict[Kind, type[Reader[Any]]] = {
    Kind.YES_NO: YesNo,
    Kind.SINGLE_CHOICE: SingleChoice,
    Kind.SEVERAL_CHOICES: SeveralChoices,
    Kind.RATING: Rating,
    Kind.NUMBER: Number,
    Kind.MONEY: Money,
    Kind.DURATION: Duration,
    Kind.DATE: Date,
    Kind.TIME: Time,
    Kind.SHORT_TEXT: Text,
    Kind.NARRATIVE: Text,
    Kind.PHOTO: Photo,
    Kind.SIGNATURE: Photo,
    Kind.PLACE: Place,
    Kind.INSTRUCTION: Instruction,
}


def read_answer(question: AnyQuestion, raw: object) -> Answer:
    """The answer to `question` that `raw` holds, as `{"state": ..., "value": ...}`.

    Refused with `Invalid` (its `field` is the question's key) when `raw` is not of that shape,
    or is no answer to this question: an unknown option, a rating off the scale, a text for a
    yes/no question, a number out of its range, "not applicable" where that is not allowed.
    """
    answer = take_answer(question, raw)
    if broken := _broken(question, answer):
        raise broken
    return answer


def take_answer(question: AnyQuestion, raw: object) -> Answer:
    """The same, where what is outside of a constraint is taken as it was given; it counts as blank."""
    try:
        answer = Answer.model_validate(raw)
    except ValidationError as error:
        if any(each["type"] == "string_too_long" for each in error.errors(include_input=False)):
            raise Invalid("answer_too_long", field=question.key, max_length=LONGEST_TEXT) from error
        raise Invalid("answer_malformed", field=question.key) from error
    _refuse_shape(question, answer)
    return answer


def readable(question: AnyQuestion, answer: Answer) -> bool:
    """Whether `answer` can be taken as an answer to `question`; one that cannot counts as blank."""
    try:
        _refuse_shape(question, answer)
    except Invalid:
        return False
    return _broken(question, answer) is None


def breaks_constraint(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is of the right shape and yet not what is asked: out of range, not as the pattern."""
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return False
    try:
        _refuse_shape(question, answer)
    except Invalid:
        return False
    return _broken(question, answer) is not None


def finding(question: AnyQuestion, answer: Answer | None) -> Finding:
    """What became of `question`; an answer that is not readable is blank, and a blank follow-up is due."""
    is_later = question.due_days is not None and question.kind is not Kind.INSTRUCTION
    blank = Finding.DUE if is_later else Finding.BLANK
    if answer is None or not readable(question, answer):
        return blank
    if answer.state is not AnswerState.ANSWERED:
        return Finding(answer.state.value)
    given = _given(question, answer)
    if given.is_blank():
        return blank
    return Finding.NOT_APPLICABLE if given.is_not_applicable() else Finding.ANSWERED


def mark(question: AnyQuestion, answer: Answer | None, *, blanks_count: bool) -> Mark:
    """What `answer` is worth, by the table of marks; a bonus question has nothing possible."""
    found = finding(question, answer)
    given = _given(question, answer)
    if not given.scored or found in (Finding.NOT_APPLICABLE, Finding.NOT_OBSERVED, Finding.DUE):
        return NOT_COUNTED
    possible = worth(question)
    if found is Finding.BLANK:
        return Mark(possible=possible, counted=True, failed=possible > 0) if blanks_count else NOT_COUNTED
    earned = given.earned()
    failed = (earned == 0 and possible > 0) or given.is_failing()
    return Mark(earned=earned, possible=possible, counted=True, failed=failed)


def worth(question: AnyQuestion) -> Fraction:
    """The points that `question` adds to what is possible when it is answered: none for a bonus."""
    return Fraction(0) if is_bonus(question) else _given(question, None).possible()


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


def figure_of(question: AnyQuestion, answer: Answer | None) -> Decimal | None:
    """The rating, number, amount or seconds that was answered; None where nothing was, or no figure."""
    if finding(question, answer) is not Finding.ANSWERED:
        return None
    given = _given(question, answer)
    return Decimal(str(given.value)) if isinstance(question, tree.Rating) else given.measured()


def demands_comment(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is one that the checklist wants explained."""
    return any(word in question.explain_on for word in answer_words(question, answer))


def demands_photo(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is one that the checklist wants shown by a photo."""
    return any(word in question.photo_on for word in answer_words(question, answer))


def fires(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether `answer` is one on which `question` is critical; what does not apply never is."""
    if question.critical is None or finding(question, answer) is not Finding.ANSWERED:
        return False
    critical = question.critical
    if critical.has_range:
        return _is_within(critical, _given(question, answer).measured())
    return any(word in critical.on for word in answer_words(question, answer))


def _is_within(critical: tree.Critical, number: Decimal | None) -> bool:
    least, most = critical.minimum, critical.maximum
    return number is not None and (least is None or number >= least) and (most is None or number <= most)


def _given(question: AnyQuestion, answer: Answer | None) -> Reader[Any]:
    return KINDS[question.kind](question, answer.value if answer else None)


def _refuse_shape(question: AnyQuestion, answer: Answer) -> None:
    if answer.state is AnswerState.ANSWERED or question.kind is Kind.INSTRUCTION:
        _given(question, answer).refuse()
    elif answer.state is AnswerState.NOT_APPLICABLE and not question.na_allowed:
        raise Invalid("answer_na_not_allowed", field=question.key)
    elif answer.state is AnswerState.NOT_OBSERVED and not question.not_observed_allowed:
        raise Invalid("answer_not_observed_not_allowed", field=question.key)


def _broken(question: AnyQuestion, answer: Answer) -> Invalid | None:
    """The constraint that an answer of the right shape does not keep."""
    return _given(question, answer).broken() if answer.state is AnswerState.ANSWERED else None
