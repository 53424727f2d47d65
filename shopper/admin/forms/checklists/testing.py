"""The tests that can be made on the answer to a question: which fit its kind, what each says, what it needs."""

from __future__ import annotations

from evaluations.designing.depending import can_be_na
from evaluations.document import tree
from evaluations.document.tree import AnyQuestion, AnyTest
from shopper.language import lazy

BY_WORD: dict[str, type[tree.Is | tree.IsNot | tree.Chosen]] = {
    "is": tree.Is,
    "is_not": tree.IsNot,
    "chosen": tree.Chosen,
}
BY_WORDS = "one_of"
BY_FIGURE: dict[str, type[tree.AtLeast | tree.AtMost]] = {"at_least": tree.AtLeast, "at_most": tree.AtMost}
BY_ITSELF: dict[str, type[tree.WasAnswered | tree.WasNotApplicable]] = {
    "answered": tree.WasAnswered,
    "na": tree.WasNotApplicable,
}
WORDS = {
    "is": lazy("is"),
    "is_not": lazy("is not"),
    "one_of": lazy("is one of"),
    "chosen": lazy("includes"),
    "at_least": lazy("is at least"),
    "at_most": lazy("is at most"),
    "answered": lazy("was answered"),
    "na": lazy("was not applicable"),
}
NOTHING_BUT = lazy("includes nothing but")
"""What "one of" says of several choices."""


def fitting(question: AnyQuestion) -> tuple[str, ...]:
    """The names of the tests that fit the kind of `question`."""
    names: tuple[str, ...] = ()
    if isinstance(question, tree.YesNo):
        names = ("is",)
    elif isinstance(question, tree.SingleChoice):
        names = ("is", "is_not", BY_WORDS)
    elif isinstance(question, tree.SeveralChoices):
        names = ("chosen", BY_WORDS)
    elif isinstance(question, tree.Rating):
        names = ("is", "is_not", BY_WORDS, *BY_FIGURE)
    elif isinstance(question, tree.Measured):
        names = tuple(BY_FIGURE)
    if not isinstance(question, tree.Instruction | tree.Photo | tree.Signature):
        names += ("answered",)
    return (*names, "na") if can_be_na(question) else names


def answers_to(question: AnyQuestion) -> tuple[str, ...]:
    """The answers that tests on `question` may name, in its own order."""
    if isinstance(question, tree.YesNo):
        return ("yes", "no")
    if isinstance(question, tree.SingleChoice | tree.SeveralChoices):
        return tuple(option.key for option in question.offered)
    if isinstance(question, tree.Rating):
        return tuple(str(value) for value in range(question.lo, question.hi + 1))
    return ()


def name_words(name: str, question: AnyQuestion | None) -> str:
    """What the test says, without its question and its answer."""
    is_several = name == BY_WORDS and isinstance(question, tree.SeveralChoices)
    return str(NOTHING_BUT if is_several else WORDS[name])


def named_answers(test: AnyTest) -> tuple[str, ...]:
    """The answers that `test` names."""
    if isinstance(test, tree.OneOf):
        return test.answers
    return (test.answer,) if isinstance(test, tree.Is | tree.IsNot | tree.Chosen) else ()
