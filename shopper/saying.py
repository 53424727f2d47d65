"""Answers as a reader says them: in words, with numbers, money, days and times as the language writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_time
from babel.numbers import format_currency, format_decimal

from evaluations.document import sent, tree
from evaluations.document.answers import Amount, Answer, AnswerState
from evaluations.document.kinds import breaks_constraint
from evaluations.document.tree import AnyQuestion, AnyTest, Condition, Document, Kind
from shopper.filters import day, locale, wording
from shopper.language import current_language
from shopper.language import gettext as _

A_MINUTE = 60
AN_HOUR = 60 * A_MINUTE
PLAIN = "#,##0.######"
BETWEEN = " · "
FIVE_DIGITS = 10_000
CODE_BEFORE_FIGURE = re.compile(r"(?<=[A-Z])(?=[0-9])")


def answer_text(answer: Answer | None, question: AnyQuestion, document: Document) -> str:
    """The answer as a reader would say it; empty where there is none."""
    if answer is None:
        return ""
    if answer.state is AnswerState.NOT_APPLICABLE:
        return _("Not applicable")
    if answer.state is AnswerState.NOT_OBSERVED:
        return _("Did not observe")
    return value_text(answer.value, question, document)


def value_text(value: Any, question: AnyQuestion, document: Document) -> str:
    """The value of an answer in words; one that is no answer to `question` as it stands."""
    say = SAYING.get(question.kind)
    if value is None or say is None:
        return "" if value is None else str(value)
    try:
        return say(value, question, document)
    except (ValueError, ArithmeticError, AttributeError, TypeError):  # what was typed, not what was asked
        return str(value)


def is_out_of_bounds(answer: Answer | None, question: AnyQuestion) -> bool:
    """Whether the answer is there, and does not count because it is outside of what was asked."""
    return breaks_constraint(question, answer)


def figure(value: Decimal | str) -> str:
    """A number with all the decimals that it has."""
    number = Decimal(value)
    return str(format_decimal(number, PLAIN, locale=locale(), group_separator=_is_grouped(number)))


def money(amount: Decimal | str, currency: str) -> str:
    """An amount with its currency, where the language puts it."""
    number = Decimal(amount)
    said = format_currency(
        number, currency, locale=locale(), decimal_quantization=False, group_separator=_is_grouped(number)
    )
    return CODE_BEFORE_FIGURE.sub("\N{NO-BREAK SPACE}", said)


def _is_grouped(number: Decimal) -> bool:
    """Whether thousands are set apart; Spanish does it from five digits on."""
    return current_language() != "es" or abs(number) >= FIVE_DIGITS


def duration(seconds: Decimal | str) -> str:
    """A duration in hours, minutes and seconds: "1 min 35 s"."""
    left = Decimal(seconds)
    hours, left = divmod(left, AN_HOUR)
    minutes, left = divmod(left, A_MINUTE)
    said = [
        _("%(n)s h", n=hours) if hours else "",
        _("%(n)s min", n=minutes) if minutes else "",
        _("%(n)s s", n=figure(left)) if left or not (hours or minutes) else "",
    ]
    return " ".join(part for part in said if part).replace(" ", "\N{NO-BREAK SPACE}")


def stay(between: timedelta) -> str:
    """How long a visit took: "42 min"."""
    return duration(Decimal(int(between.total_seconds())))


def measure_text(measure: Decimal, question: AnyQuestion, document: Document) -> str:
    """A figure that answers are compared with, as an answer to `question` would be said."""
    if isinstance(question, tree.Money):
        return money(measure, question.currency)
    if isinstance(question, tree.Duration):
        return duration(measure)
    return _number(str(measure), question, document) if isinstance(question, tree.Number) else figure(measure)


def condition_text(condition: Condition, document: Document) -> str:
    """A condition as a reader would say it, to go on after "only if"."""
    if isinstance(condition, tree.Not):
        part = condition.of
        if isinstance(part, tree.AnyOf) and len(part.of) > 1:
            return _("none of (%(conditions)s)", conditions=condition_text(part, document))
        return _("not (%(condition)s)", condition=condition_text(part, document))
    if isinstance(condition, tree.All | tree.AnyOf):
        parts = [_part_text(part, document) for part in condition.of]
        return (_(" and ") if isinstance(condition, tree.All) else _(" or ")).join(parts)
    return test_text(condition, document)


def only_if(condition: Condition | None, document: Document) -> str:
    """When something is shown, as a sentence; nothing where it always is."""
    if condition is None:
        return ""
    return _("Only if %(condition)s.", condition=condition_text(condition, document))


def _part_text(part: Condition, document: Document) -> str:
    said = condition_text(part, document)
    return f"({said})" if isinstance(part, tree.All | tree.AnyOf) and len(part.of) > 1 else said


def test_text(test: AnyTest, document: Document) -> str:
    """One test on the answer to a question, in words."""
    on = document.question(test.question)
    if on is None:
        return _("a question that is not there any more was answered")
    question = wording(on.text, document) or on.key
    match test:
        case tree.Is() | tree.IsNot() | tree.Chosen():
            said = _test_words(test)
            return said % {"question": question, "answer": word_text(test.answer, on, document)}
        case tree.OneOf():
            answers = ", ".join(word_text(word, on, document) for word in test.answers)
            if isinstance(on, tree.SeveralChoices):
                return _(
                    "“%(question)s” includes nothing but %(answers)s", question=question, answers=answers
                )
            return _("“%(question)s” is one of %(answers)s", question=question, answers=answers)
        case tree.AtLeast():
            least = measure_text(test.measure, on, document)
            return _("“%(question)s” is %(least)s or more", question=question, least=least)
        case tree.AtMost():
            most = measure_text(test.measure, on, document)
            return _("“%(question)s” is %(most)s or less", question=question, most=most)
        case tree.WasAnswered():
            return _("“%(question)s” was answered", question=question)
        case tree.WasNotApplicable():
            return _("“%(question)s” was not applicable", question=question)


def _test_words(test: tree.Is | tree.IsNot | tree.Chosen) -> str:
    if isinstance(test, tree.Is):
        return _("“%(question)s” is %(answer)s")
    if isinstance(test, tree.IsNot):
        return _("“%(question)s” is not %(answer)s")
    return _("“%(question)s” includes %(answer)s")


def word_text(word: str, question: AnyQuestion, document: Document) -> str:
    """An answer to `question` in words, by the word that rules and conditions know it by."""
    if isinstance(question, tree.YesNo):
        return _yes_no(word, question, document)
    if isinstance(question, tree.SingleChoice | tree.SeveralChoices):
        return _("“%(words)s”", words=_option(word, question, document))
    return word


def coordinates(place: sent.Place) -> str:
    """Where the phone was, to a metre, and how sure it was of it."""
    if place.denied or place.lat is None or place.lon is None:
        return _("The place was not given")
    spot = f"{Decimal(place.lat):.5f}, {Decimal(place.lon):.5f}"
    if place.accuracy_m is None:
        return spot
    return _("%(spot)s, give or take %(metres)s m", spot=spot, metres=figure(str(place.accuracy_m)))


def _yes_no(value: str, _question: tree.YesNo, _document: Document) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(value, value)


def _choice(value: str, question: tree.SingleChoice, document: Document) -> str:
    return _option(value, question, document)


def _choices(value: tuple[str, ...], question: tree.SeveralChoices, document: Document) -> str:
    order = {option.key: place for place, option in enumerate(question.options)}
    chosen = sorted(value, key=lambda key: order.get(key, len(order)))
    return BETWEEN.join(_option(key, question, document) for key in chosen)


def _option(key: str, question: tree.SingleChoice | tree.SeveralChoices, document: Document) -> str:
    texts = (option.text for option in question.options if option.key == key)
    return wording(next(texts, {}), document) or key


def _rating(value: int, question: tree.Rating, document: Document) -> str:
    ends = {question.lo: question.lo_text, question.hi: question.hi_text}
    said = wording(ends.get(value, {}), document)
    of_all = _("%(value)s of %(hi)s", value=value, hi=question.hi)
    return f"{of_all}{BETWEEN}{said}" if said else of_all


def _number(value: str, question: tree.Number, document: Document) -> str:
    unit = wording(question.unit, document)
    return f"{figure(value)}\N{NO-BREAK SPACE}{unit}" if unit else figure(value)


def _money(value: Amount, _question: tree.Money, _document: Document) -> str:
    return money(value.amount, value.currency)


def _duration(value: str, _question: tree.Duration, _document: Document) -> str:
    return duration(value)


def _date(value: str, _question: tree.Date, _document: Document) -> str:
    return day(date.fromisoformat(value))


def _time(value: str, _question: tree.Time, _document: Document) -> str:
    return str(format_time(time.fromisoformat(value), "HH:mm", locale=locale()))


def _place(value: sent.Place, _question: tree.Place, _document: Document) -> str:
    return coordinates(value)


SAYING: dict[Kind, Callable[[Any, Any, Document], str]] = {
    Kind.YES_NO: _yes_no,
    Kind.SINGLE_CHOICE: _choice,
    Kind.SEVERAL_CHOICES: _choices,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DURATION: _duration,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.PLACE: _place,
}
"""Texts say themselves, and photos and signatures are seen."""
