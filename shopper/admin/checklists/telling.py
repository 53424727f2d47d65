"""A question's settings in a few words each, as they stand beside it in the journey and in a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from evaluations.document import tree
from evaluations.document.kinds import KINDS, is_bonus
from evaluations.document.tree import AnyQuestion, Critical, Document, Effect
from shopper import saying
from shopper.admin.forms.checklists.fields import edge_of, worst_values
from shopper.filters import day, number, shown, wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.wordings.designing import LENSES


def worth_words(question: AnyQuestion) -> str:
    """How much a question is worth, or nothing where its kind earns no points."""
    if not KINDS[question.kind](question).scored:
        return ""
    text = points_words(KINDS[question.kind](question).possible())
    return _("+%(worth)s bonus", worth=text) if is_bonus(question) else text


def points_words(points: object) -> str:
    """So many points."""
    exact = Decimal(str(float(points)))  # type: ignore[arg-type]
    whole = int(exact) if exact == int(exact) else 2
    return ngettext("%(amount)s point", "%(amount)s points", whole, amount=number(exact))


def trait_words(question: AnyQuestion, document: Document) -> list[str]:
    """What is particular about a question, a few words each."""
    return [str(words) for words in (*_of_its_kind(question, document), *_of_rules(question, document))]


def critical_words(question: AnyQuestion, document: Document) -> str:
    """On which answers a question is critical, and what then happens."""
    critical = question.critical
    if critical is None:
        return ""
    answers = _range_words(question, critical, document) or answers_words(question, critical.on, document)
    if critical.effect is Effect.CAPS_TOTAL:
        cap = shown(str(critical.cap))
        return _("Critical on %(answers)s: total at most %(cap)s", answers=answers, cap=cap)
    if critical.effect is Effect.ZEROES_TOUCHPOINT:
        return _("Critical on %(answers)s: touchpoint scores 0", answers=answers)
    return _("Critical on %(answers)s: the visit fails", answers=answers)


def answers_words(question: AnyQuestion, words: Sequence[str], document: Document) -> str:
    """Several answers as a person would say them; ratings from the bad end as one."""
    if isinstance(question, tree.Rating):
        scale = (question.lo, question.hi, question.favourable)
        edge = edge_of(words, *scale)
        if edge is not None and len(words) > 1 and set(worst_values(*scale, edge)) == set(words):
            return _("%(n)s or worse", n=edge)
    return " / ".join(answer_words(question, word, document) for word in words)


def answer_words(question: AnyQuestion, word: str, document: Document) -> str:
    """An answer as a person would say it, by the word that rules know it by."""
    return saying.word_text(word, question, document)


def measure_words(question: AnyQuestion, measure: Decimal, document: Document) -> str:
    """A measure as the answer to `question` would be said."""
    return saying.measure_text(measure, question, document)


def band_words(question: tree.Measured, place: int, document: Document) -> str:
    """A band of points, by its place: "up to 1 min: 5 points"."""
    band = question.bands[place]
    points = points_words(band.points)
    if band.up_to is None:
        return _("everything else: %(points)s", points=points) if place else points
    border = measure_words(question, band.up_to, document)  # type: ignore[arg-type]
    return _("up to %(border)s: %(points)s", border=border, points=points)


def _range_words(question: AnyQuestion, limits: Critical | tree.Measured, document: Document) -> str:
    return _between(
        *(
            None if end is None else measure_words(question, end, document)
            for end in (limits.minimum, limits.maximum)
        )
    )


def _between(least: object, most: object) -> str:
    if least is not None and most is not None:
        return _("%(least)s to %(most)s", least=least, most=most)
    if least is not None:
        return _("%(least)s or more", least=least)
    return "" if most is None else _("%(most)s or less", most=most)


def _of_its_kind(question: AnyQuestion, document: Document) -> Iterator[str]:
    if isinstance(question, tree.YesNo) and question.favourable == "no":
        yield _("No is the good answer")
    if isinstance(question, tree.SingleChoice | tree.SeveralChoices):
        yield ngettext("%(n)s option", "%(n)s options", len(question.offered))
    if isinstance(question, tree.SeveralChoices):
        yield _choices_words(question)
    if isinstance(question, tree.Rating):
        yield _("%(lo)s to %(hi)s", lo=question.lo, hi=question.hi)
        if question.favourable == "low":
            yield _("turned round")
    if isinstance(question, tree.Measured):
        yield from _of_a_measure(question, document)
    if isinstance(question, tree.Date):
        yield from _days_words(question)
    yield from _of_a_text(question)
    if isinstance(question, tree.Photo):
        yield _("%(least)s to %(most)s photos", least=question.min_count, most=question.max_count)


def _days_words(question: tree.Date) -> Iterator[str]:
    if question.earliest:
        yield _("from %(day)s", day=day(question.earliest))
    if question.latest:
        yield _("until %(day)s", day=day(question.latest))


def _choices_words(question: tree.SeveralChoices) -> str:
    least, most = question.min_choices, question.max_choices
    if least and most:
        return (
            _("choose %(least)s to %(most)s", least=least, most=most)
            if least < most
            else _("choose %(n)s", n=most)
        )
    if most:
        return _("choose at most %(n)s", n=most)
    return _("choose at least %(n)s", n=least) if least else _("choose any")


def _of_a_measure(question: tree.Measured, document: Document) -> Iterator[str]:
    if isinstance(question, tree.Money):
        yield question.currency
    elif isinstance(question, tree.Number):
        unit = wording(question.unit, document)
        if unit:
            yield unit
        if question.decimals:
            yield ngettext("%(n)s decimal", "%(n)s decimals", question.decimals)
    limits = _range_words(question, question, document)  # type: ignore[arg-type]
    if limits:
        yield limits
    if question.bands:
        yield ngettext("%(n)s band", "%(n)s bands", len(question.bands))


def _of_a_text(question: AnyQuestion) -> Iterator[str]:
    if isinstance(question, tree.Narrative) and question.min_length:
        yield _("at least %(count)s characters", count=question.min_length)
    if isinstance(question, tree.ShortText) and question.pattern:
        yield _("in the form %(pattern)s", pattern=question.pattern)


def _of_pictures(question: AnyQuestion, document: Document) -> Iterator[str]:
    """The photos that it asks for, and the pictures that it shows."""
    if question.photo_on:
        yield _("photo on %(answers)s", answers=answers_words(question, question.photo_on, document))
    if question.pictures:
        yield ngettext("%(n)s picture", "%(n)s pictures", len(question.pictures))


def _of_rules(question: AnyQuestion, document: Document) -> Iterator[str]:
    if question.internal:
        yield _("internal")
    if question.due_days:
        yield ngettext("%(n)s day after the visit", "%(n)s days after the visit", question.due_days)
    if not question.required and not isinstance(question, tree.Instruction):
        yield _("optional")
    if question.na_allowed:
        yield _("N/A")
    if question.not_observed_allowed:
        yield _("did not observe")
    yield from _of_pictures(question, document)
    if question.explain_on:
        yield _("explain %(answers)s", answers=answers_words(question, question.explain_on, document))
        if question.explain_min:
            yield ngettext("at least %(n)s character", "at least %(n)s characters", question.explain_min)
    yield from (str(LENSES[lens]) for lens in question.lenses)
    if question.show_if is not None:
        yield _("only if %(condition)s", condition=saying.condition_text(question.show_if, document))
