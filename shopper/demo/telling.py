"""The stories that the demo's shoppers tell: made of what they answered on that visit, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shopper.demo import words
from shopper.demo.words import Dealer

Answers = Mapping[str, object]
"""Each question's value, where it has one."""


@dataclass(frozen=True, slots=True)
class Teller:
    """One shopper after one visit: the language, the hour, what was looked for, and who served."""

    brand: str
    language: str
    facts: Mapping[str, str]
    random: Random
    dealer: Dealer
    turns: Mapping[str, float] = field(default_factory=dict)
    """Where comment and story tell the same event, which of the events it was."""

    def comment(self, question: str, value: object) -> str:
        """What is written beside this answer."""
        phrases = words.comments(self.brand, self.language, question, str(value))
        if question in AS_TOLD:
            return words.filled(self._told_alike(question, phrases), self.facts)
        return words.filled(self.dealer.deal(phrases, self.random), self.facts)

    def praise(self, question: str) -> str:
        """What is written beside a good answer; empty for most questions."""
        phrases = words.told(self.brand)[self.language]["praise"].get(question, ())
        return words.filled(self.dealer.deal(phrases, self.random), self.facts) if phrases else ""

    def text(self, question: str, given: object) -> str:
        """The words that were heard; empty where none are known."""
        texts = words.told(self.brand)[self.language]["texts"]
        phrases = texts.get(f"{question}_{given}") or texts.get(question) or ()
        return self.dealer.deal(phrases, self.random) if phrases else ""

    def story(self, question: str, answers: Answers) -> str:
        """The whole story that this question asks for."""
        return " ".join(STORIES[question](self, answers))

    def said(self, *path: str) -> str:
        """One of the sentences under this path."""
        phrases = self._phrases(path)
        return words.filled(self.dealer.deal(phrases, self.random), self.facts)

    def said_alike(self, question: str, *path: str) -> str:
        """The sentence under this path that tells the same event as the question's comment."""
        return words.filled(self._told_alike(question, self._phrases(path)), self.facts)

    def _phrases(self, path: tuple[str, ...]) -> list[str]:
        found = words.told("stories" if self.brand == "marisol" else self.brand)[self.language]
        for step in path:
            found = found[step]
        return list(found)

    def _told_alike(self, question: str, phrases: object) -> str:
        these = list(phrases)  # type: ignore[call-overload]
        return str(these[int(self.turns[question] * len(these))])


AS_TOLD = frozenset({"staff_knowledge", "staff_decision", "staff_undivided"})


def teller(brand: str, language: str, at: datetime, random: Random, dealer: Dealer) -> Teller:
    """Somebody who was in the shop at this hour, in the time of the place."""
    names = words.told("stories")[language]["names"]
    she = random.choice(["she", "he"])
    later, called = at + timedelta(minutes=random.randint(12, 17)), random.randint(9, 13)
    facts = {
        "minutes": str(random.randint(4, 14)),
        "clock": f"{later.hour}:{later.minute:02}",
        "called": f"{called}:{random.randint(0, 59):02}",
        "two": random.choice(words.SMALL_NUMBERS[language]),
        "few": dealer.deal(names["few"], random),
        "small": dealer.deal(names["small"], random),
        "ella": random.choice(names.get("ella", [""])),
        "she": she,
        "She": she.title(),
        "her": {"she": "her", "he": "his"}[she],
    }
    if brand == "marisol":
        keys = [mission["key"] for mission in words.told("missions")["mission"]]
        chosen = dealer.deal(keys, random)
        mission = next(one for one in words.told("missions")["mission"] if one["key"] == chosen)
        facts |= mission[language]
    turns = {question: random.random() for question in sorted(AS_TOLD)}
    return Teller(brand, language, facts, random, dealer, turns)


def _conversation(teller: Teller, answers: Answers) -> list[str]:
    """How an employee advised on what was looked for."""
    random = teller.random
    needs = teller.said("needs", str(answers["staff_needs"]))
    decision = _alike_if(teller, "staff_decision", "decision", str(answers["staff_decision"]), "nothing")
    knowledge = _alike_if(
        teller, "staff_knowledge", "knowledge", str(answers["staff_knowledge"]), "no_answer"
    )
    middle = [needs, knowledge, decision]
    if answers["staff_needs"] == "no" and random.random() < 0.4:
        middle = [knowledge, needs, decision]
    told = [teller.said("open", "any"), *middle]
    if manner := _manner(answers.get("staff_friendliness")):
        told.insert(random.choice((2, len(told))), teller.said("friendliness", manner))
    if answers["staff_undivided"] == "no":
        told.append(teller.said_alike("staff_undivided", "undivided", "no"))
    elif random.random() < 0.4:
        told.append(teller.said("undivided", "yes"))
    if random.random() < 0.55:
        told.append(teller.said("close", "any"))
    return told


def _alike_if(teller: Teller, question: str, part: str, value: str, alike: str) -> str:
    return teller.said_alike(question, part, value) if value == alike else teller.said(part, value)


def _manner(rating: object) -> str:
    if not isinstance(rating, int):
        return ""
    return "high" if rating == 5 else "low" if rating <= 2 else ""


def _call(teller: Teller, answers: Answers) -> list[str]:
    """The telephone call before the visit."""
    if answers["call_wait"] == "nobody":
        return [teller.said("call", "nobody")]
    introduced = teller.said("call", f"introduced_{answers['call_introduced']}")
    return [teller.said("call", "begin"), introduced, teller.said("call", str(answers["call_solved"]))]


def _eye_test(teller: Teller, answers: Answers) -> list[str]:
    """The eye test, from being called to the values in one's hand."""
    explained = answers["eye_explained"]
    told = [
        teller.said("eye", "on_time" if answers["eye_wait"] == "on_time" else "late"),
        teller.said("eye", f"history_{answers['eye_history']}"),
        teller.said("eye", f"price_{answers['eye_price']}"),
        teller.said("eye", str(answers["eye_prescription"])),
    ]
    if isinstance(explained, int) and explained != 3:
        told.insert(2, teller.said("eye", "explained_high" if explained > 3 else "explained_low"))
    return told


STORIES: Mapping[str, Callable[[Teller, Answers], list[str]]] = {
    "staff_story": _conversation,
    "call_story": _call,
    "eye_story": _eye_test,
}
