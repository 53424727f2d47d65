"""How a question is answered with a pen: what there is to tick, how many lines to write on, and what holds of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluations.document import tree
from evaluations.document.kinds import KINDS, is_bonus
from evaluations.document.tree import AnyQuestion, Critical, Document, Effect
from shopper import saying
from shopper.filters import day, number, wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.reports.wording import exact, percentage

CHARACTERS_A_LINE = 80
FEWEST_LINES, MOST_LINES = 4, 14


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to tick, with what it is worth where that is printed."""

    words: str
    points: str = ""


def boxes(question: AnyQuestion, document: Document) -> list[Box]:
    """The answers among which to choose."""
    if isinstance(question, tree.YesNo):
        yes, no = (
            (question.points, Decimal(0)) if question.favourable == "yes" else (Decimal(0), question.points)
        )
        return [Box(_("Yes"), number(yes)), Box(_("No"), number(no))]
    if isinstance(question, tree.SingleChoice | tree.SeveralChoices):
        return [
            Box(
                wording(option.text, document) or option.key, _("N/A") if option.na else number(option.points)
            )
            for option in question.options
        ]
    if isinstance(question, tree.Rating):
        return [Box(str(value)) for value in range(question.lo, question.hi + 1)]
    return []


def ways_out(question: AnyQuestion) -> list[str]:
    """What may be ticked in place of an answer."""
    out = [_("Not applicable")] if question.na_allowed else []
    return [*out, _("Did not observe")] if question.not_observed_allowed else out


def lines(question: AnyQuestion) -> int:
    """How many lines there are to write on."""
    if isinstance(question, tree.ShortText):
        return 1 if question.max_length <= CHARACTERS_A_LINE else 2
    if isinstance(question, tree.Narrative):
        return max(FEWEST_LINES, min(MOST_LINES, -(-question.min_length // CHARACTERS_A_LINE) + 2))
    return 1 if isinstance(question, tree.Place) else 0


def blanks(question: AnyQuestion, document: Document) -> list[str]:
    """Short gaps to fill in, each with what stands after it."""
    if isinstance(question, tree.Number):
        return [wording(question.unit, document)]
    if isinstance(question, tree.Money):
        return [question.currency]
    if isinstance(question, tree.Duration):
        return [_("min"), _("s")]
    if isinstance(question, tree.Date):
        return [_("day"), _("month"), _("year")]
    return [_("h"), _("min")] if isinstance(question, tree.Time) else []


def rules(question: AnyQuestion, document: Document) -> list[str]:
    """What holds of the answer, a few words each."""
    return [str(rule) for rule in _rules(question, document)]


def explained(question: AnyQuestion, document: Document) -> str:
    """On which answers a comment is asked for, as what stands before its lines."""
    if not question.explain_on:
        return ""
    answers = " / ".join(saying.word_text(word, question, document) for word in question.explain_on)
    return _("Explain %(answers)s:", answers=answers)


def worth(question: AnyQuestion) -> str:
    """How many points an answer earns at most; nothing where its kind earns none."""
    if not KINDS[question.kind](question).scored:
        return ""
    possible = KINDS[question.kind](question).possible()
    said = ngettext(
        "%(points)s point", "%(points)s points", 1 if possible == 1 else 2, points=exact(possible)
    )
    return _("%(points)s, bonus", points=said) if is_bonus(question) else said


def bands(question: AnyQuestion, document: Document) -> list[str]:
    """What each band of a measured answer earns."""
    if not isinstance(question, tree.Measured):
        return []
    return [
        _(
            "up to %(border)s: %(points)s",
            border=saying.measure_text(band.up_to, question, document),
            points=number(band.points),
        )
        if band.up_to is not None
        else _("everything else: %(points)s", points=number(band.points))
        for band in question.bands
    ]


def critical(question: AnyQuestion, document: Document) -> str:
    """On which answers a question is critical, and what then happens."""
    rule = question.critical
    if rule is None:
        return ""
    answers = _span(question, rule, document) or " / ".join(
        saying.word_text(word, question, document) for word in rule.on
    )
    if rule.effect is Effect.CAPS_TOTAL and rule.cap is not None:
        return _("Critical on %(answers)s: total at most %(cap)s", answers=answers, cap=percentage(rule.cap))
    if rule.effect is Effect.ZEROES_TOUCHPOINT:
        return _("Critical on %(answers)s: touchpoint scores 0", answers=answers)
    return _("Critical on %(answers)s: the visit fails", answers=answers)


def _rules(question: AnyQuestion, document: Document) -> Iterator[str]:
    if question.due_days:
        yield ngettext("%(n)s day after the visit", "%(n)s days after the visit", question.due_days)
    if not question.required and not isinstance(question, tree.Instruction):
        yield _("optional")
    if isinstance(question, tree.SeveralChoices):
        yield _choices(question)
    if isinstance(question, tree.Measured) and (span := _span(question, question, document)):
        yield span
    if isinstance(question, tree.Narrative) and question.min_length:
        yield _("at least %(count)s characters", count=question.min_length)
    if isinstance(question, tree.Date):
        yield from ([_("from %(day)s", day=day(question.earliest))] if question.earliest else [])
        yield from ([_("until %(day)s", day=day(question.latest))] if question.latest else [])
    if isinstance(question, tree.Photo):
        yield _photos(question)
    if isinstance(question, tree.Measured | tree.ShortText) and any(question.constraint_message.values()):
        yield wording(question.constraint_message, document)


def _photos(question: tree.Photo) -> str:
    least, most = question.min_count, question.max_count
    if least == most:
        return ngettext("%(n)s photo", "%(n)s photos", least)
    return _("%(least)s to %(most)s photos", least=least, most=most)


def _choices(question: tree.SeveralChoices) -> str:
    least, most = question.min_choices, question.max_choices
    if least and most:
        if least == most:
            return _("choose %(n)s", n=most)
        return _("choose %(least)s to %(most)s", least=least, most=most)
    if most:
        return _("choose at most %(n)s", n=most)
    return _("choose at least %(n)s", n=least) if least else _("choose any")


def _span(question: AnyQuestion, limits: Critical | tree.Measured, document: Document) -> str:
    least, most = (
        None if end is None else saying.measure_text(end, question, document)
        for end in (limits.minimum, limits.maximum)
    )
    if least is not None and most is not None:
        return _("%(least)s to %(most)s", least=least, most=most)
    if least is not None:
        return _("%(least)s or more", least=least)
    return "" if most is None else _("%(most)s or less", most=most)


FILTERS = {
    function.__name__: function
    for function in (boxes, ways_out, lines, blanks, rules, explained, worth, bands, critical)
}
