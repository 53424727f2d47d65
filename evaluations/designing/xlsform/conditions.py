"""What stands in the column `relevant`, as a condition of a checklist.

An expression sees an empty answer as an empty text, so that `!= 'x'` and `not()` hold for a question that nobody
answered; "not" in a condition means the same. A comparison of numbers holds for no empty answer, in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from evaluations.designing.xlsform.asked import CHOSEN, MEASURED, NO_ANSWER, Asked
from evaluations.designing.xlsform.expressions import (
    Call,
    Comparison,
    Figure,
    Joined,
    NotUnderstood,
    Ref,
    Text,
    Tree,
)
from evaluations.document.numbers import as_text
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Chosen,
    Condition,
    Is,
    Kind,
    Not,
    WasAnswered,
    WasNotApplicable,
)

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
Find = Callable[[str], Asked]


def find_before(asked: Mapping[str, Asked], place: int) -> Find:
    """Finds a question that stands before `place` by its name, or says why a condition there cannot look at it."""

    def find(name: str) -> Asked:
        one = asked.get(name)
        if one is None:
            raise NotUnderstood("expression_unknown_question", name=name)
        if one.place >= place:
            raise NotUnderstood("expression_later_question", name=name)
        if one.is_follow_up:
            raise NotUnderstood("expression_follow_up", name=name)
        if one.kind in NO_ANSWER:
            raise NotUnderstood("expression_no_answer", name=name)
        return one

    return find


def to_condition(tree: Tree, find: Find) -> Condition:
    """The condition that `tree` means, or `NotUnderstood`."""
    if isinstance(tree, Joined):
        parts = tuple(to_condition(part, find) for part in tree.parts)
        return All(of=parts) if tree.word == "and" else AnyOf(of=parts)
    if isinstance(tree, Call):
        return _called(tree, find)
    if isinstance(tree, Comparison):
        return _compared(tree, find)
    raise NotUnderstood("expression_no_comparison")


def _called(call: Call, find: Find) -> Condition:
    if call.function == "not" and len(call.arguments) == 1:
        return Not(of=to_condition(call.arguments[0], find))
    if call.function == "selected" and len(call.arguments) == 2:
        question, choice = call.arguments
        if isinstance(question, Ref) and isinstance(choice, Text | Figure):
            asked = find(question.name)
            if asked.kind not in CHOSEN:
                raise NotUnderstood("expression_does_not_fit", name=question.name)
            answer = _answer(asked, choice)
            if answer in asked.not_applicable:
                return WasNotApplicable(question=asked.key)
            if asked.kind is Kind.SEVERAL_CHOICES:
                return Chosen(question=asked.key, answer=answer)
            return Is(question=asked.key, answer=answer)
    raise NotUnderstood("expression_misused_function", function=call.function)


def _compared(tree: Comparison, find: Find) -> Condition:
    sign, left, right = tree.sign, tree.left, tree.right
    if isinstance(left, Text | Figure):
        sign, left, right = TURNED[sign], right, left
    if not isinstance(right, Text | Figure):
        raise NotUnderstood("expression_two_questions")
    if isinstance(left, Call) and left.function == "count-selected":
        return _counted(left, sign, right, find)
    if not isinstance(left, Ref):
        raise NotUnderstood("expression_no_comparison")
    asked = find(left.name)
    if isinstance(right, Text) and not right.value:
        return _answered(asked, sign)
    if asked.kind in CHOSEN and sign in {"=", "!="}:
        answer = _answer(asked, right)
        same: Condition = Is(question=asked.key, answer=answer)
        if answer in asked.not_applicable:
            same = WasNotApplicable(question=asked.key)
        return same if sign == "=" else Not(of=same)
    if asked.kind in MEASURED:
        return _measured(asked, sign, _number(asked, right))
    raise NotUnderstood("expression_does_not_fit", name=left.name)


def _answered(asked: Asked, sign: str) -> Condition:
    answered = WasAnswered(question=asked.key)
    if sign == "!=":
        return answered
    if sign == "=":
        return Not(of=answered)
    raise NotUnderstood("expression_does_not_fit", name=asked.name)


def _counted(call: Call, sign: str, right: Text | Figure, find: Find) -> Condition:
    """Of how many were chosen a condition knows only whether it was any."""
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Ref):
        raise NotUnderstood("expression_misused_function", function=call.function)
    asked = find(call.arguments[0].name)
    if asked.kind is not Kind.SEVERAL_CHOICES:
        raise NotUnderstood("expression_does_not_fit", name=asked.name)
    test = (sign, as_text(_number(asked, right)))
    if test in {(">", "0"), ("!=", "0"), (">=", "1")}:
        return WasAnswered(question=asked.key)
    if test in {("=", "0"), ("<=", "0"), ("<", "1")}:
        return Not(of=WasAnswered(question=asked.key))
    raise NotUnderstood("expression_counts_choices", name=asked.name)


def _measured(asked: Asked, sign: str, figure: Decimal) -> Condition:
    if sign in {"=", "!="}:
        same = _equal(asked, figure)
        return same if sign == "=" else Not(of=same)
    if sign in {">", ">="}:
        return AtLeast(question=asked.key, measure=least(sign, figure, asked.step))
    return AtMost(question=asked.key, measure=most(sign, figure, asked.step))


def _equal(asked: Asked, figure: Decimal) -> Condition:
    if asked.kind is Kind.RATING:
        return Is(question=asked.key, answer=as_text(figure))
    low, high = (
        AtLeast(question=asked.key, measure=figure),
        AtMost(question=asked.key, measure=figure),
    )
    return All(of=(low, high))


def least(sign: str, figure: Decimal, step: Decimal) -> Decimal:
    """The smallest answer that is above `figure`, or not below it, where answers lie `step` apart."""
    lowest = (figure / step).to_integral_value(ROUND_CEILING) * step
    return lowest + step if sign == ">" and lowest == figure else lowest


def most(sign: str, figure: Decimal, step: Decimal) -> Decimal:
    """The largest answer that is below `figure`, or not above it, where answers lie `step` apart."""
    highest = (figure / step).to_integral_value(ROUND_FLOOR) * step
    return highest - step if sign == "<" and highest == figure else highest


def _answer(asked: Asked, said: Text | Figure) -> str:
    name = said.value if isinstance(said, Text) else as_text(said.value)
    if name not in asked.answers:
        raise NotUnderstood("expression_unknown_choice", name=asked.name, choice=name)
    return asked.answers[name]


def _number(asked: Asked, said: Text | Figure) -> Decimal:
    try:
        figure = said.value if isinstance(said, Figure) else Decimal(said.value)
    except InvalidOperation:
        raise NotUnderstood("expression_does_not_fit", name=asked.name) from None
    if not figure.is_finite() or figure.adjusted() > 14 or len(as_text(figure)) > 22:
        raise NotUnderstood("expression_number_too_long")
    return figure
