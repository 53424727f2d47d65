"""A question's settings in a few words each, as they stand beside it in the journey and in a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluations.document import tree
from evaluations.document.kinds import KINDS, is_bonus
from evaluations.document.tree import AnyQuestion, Document, Effect
from shopper.admin.forms.checklists.fields import edge_of, worst_values
from shopper.filters import number, shown, wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.wordings.designing import LENSES


def worth_words(question: AnyQuestion) -> str:
    """How much a question is worth, or nothing where its kind earns no points."""
    if not KINDS[question.kind](question).scored:
        return ""
    points = KINDS[question.kind](question).possible()
    whole = int(points) if points.denominator == 1 else 2
    text = ngettext("%(amount)s point", "%(amount)s points", whole, amount=number(str(float(points))))
    return _("+%(worth)s bonus", worth=text) if is_bonus(question) else text


def trait_words(question: AnyQuestion, document: Document) -> list[str]:
    """What is particular about a question, a few words each."""
    return [str(words) for words in (*_of_its_kind(question), *_of_rules(question, document))]


def critical_words(question: AnyQuestion, document: Document) -> str:
    """On which answers a question is critical, and what then happens."""
    critical = question.critical
    if critical is None:
        return ""
    answers = answers_words(question, critical.on, document)
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
    if isinstance(question, tree.YesNo):
        return {"yes": _("Yes"), "no": _("No")}.get(word, word)
    if isinstance(question, tree.SingleChoice):
        option = next((each for each in question.options if each.key == word), None)
        return _("“%(words)s”", words=wording(option.text, document)) if option else word
    return word


def _of_its_kind(question: AnyQuestion) -> Iterator[str]:
    if isinstance(question, tree.YesNo) and question.favourable == "no":
        yield _("No is the good answer")
    if isinstance(question, tree.SingleChoice):
        yield ngettext("%(n)s option", "%(n)s options", len(question.options))
    if isinstance(question, tree.Rating):
        yield _("%(lo)s to %(hi)s", lo=question.lo, hi=question.hi)
        if question.favourable == "low":
            yield _("turned round")
    if isinstance(question, tree.Narrative) and question.min_length:
        yield _("at least %(count)s characters", count=question.min_length)
    if isinstance(question, tree.Photo):
        yield _("%(least)s to %(most)s photos", least=question.min_count, most=question.max_count)


def _of_rules(question: AnyQuestion, document: Document) -> Iterator[str]:
    if not question.required and not isinstance(question, tree.Instruction):
        yield _("optional")
    if question.na_allowed:
        yield _("N/A")
    if question.not_observed_allowed:
        yield _("did not observe")
    if question.explain_on:
        yield _("explain %(answers)s", answers=answers_words(question, question.explain_on, document))
    yield from (str(LENSES[lens]) for lens in question.lenses)
