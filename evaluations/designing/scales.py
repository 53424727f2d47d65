"""Scales that push an answer to one side: more praise than blame, statements to agree with, ends without words."""

from __future__ import annotations

from collections.abc import Iterator

from evaluations.designing.vocabulary import vocabulary
from evaluations.document.tree import AnyQuestion, Language, Rating, SingleChoice

FEWEST_TO_AGREE = 2


def of_scale(question: AnyQuestion, language: Language) -> Iterator[str]:
    """The codes of what is wrong with the scale of `question`, as it reads in one language."""
    words = vocabulary(language).scales
    texts = _steps(question, language)
    if isinstance(question, SingleChoice) and _leans(texts, language):
        yield "scale_leans"
    if isinstance(question, Rating) and len(texts) == 2 and _ends_lean(texts, language):
        yield "scale_leans"
    agreeing = sum(words["agreeing"].find_in(text) for text in texts)
    true_and_false = sum(words["true_and_false"].find_in(text) for text in texts)
    asked = words["asks_to_agree"].find_in(question.text.get(language, "").lower())
    if texts and (asked or max(agreeing, true_and_false) >= FEWEST_TO_AGREE):
        yield "agree_scale"


def has_no_ends(question: AnyQuestion) -> bool:
    """Whether `question` is a rating with no words at either end in any language."""
    return isinstance(question, Rating) and not any((*question.lo_text.values(), *question.hi_text.values()))


def _steps(question: AnyQuestion, language: Language) -> list[str]:
    """The words of a scale from one end to the other, of a rating those of its ends."""
    if isinstance(question, SingleChoice):
        said = [option.text.get(language, "") for option in question.offered if not option.na]
    elif isinstance(question, Rating):
        said = [question.lo_text.get(language, ""), question.hi_text.get(language, "")]
    else:
        return []
    return [" ".join(text.lower().rstrip(".").split()) for text in said if text.strip()]


def _leans(texts: list[str], language: Language) -> bool:
    """Whether every step is a judgement, and there are more on one side than on the other."""
    sides = [_side(text, language) for text in texts]
    if len(sides) < 3 or None in sides:
        return False
    good, bad = sides.count("good"), sides.count("bad")
    return good != bad or (not good and "either" in sides and "middle" not in sides)


def _ends_lean(texts: list[str], language: Language) -> bool:
    low, high = (_side(text, language) for text in texts)
    return low == high and low in ("good", "bad")


def _side(text: str, language: Language) -> str | None:
    words = vocabulary(language).scales
    return next((side for side in ("middle", "either", "bad", "good") if words[side].find_in(text)), None)
