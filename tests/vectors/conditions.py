"""The rule by which conditions.json is made, written down apart from the product: nothing of it is used here.

A condition is a tree: "all", "any" and "not" of tests, each on the answer to one question. What an answer is to a
test stands by hand in `SITUATIONS`: the words it is known by, its figure, whether the question was answered, and
whether it was not applicable. Of these the tests are made as the sentences of `passes` say. A question whose condition
does not hold is hidden; to those after it, it has no answer, whatever was answered before. A question that stands
later in the journey, or nowhere, has none either. A touchpoint may have a condition too: where it does not hold, all
of its questions are hidden; it sees what stands before the touchpoint.

    python tests/vectors/conditions.py     writes conditions.json anew
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("conditions.json")
COMMON = {
    "text": {}, "help": {}, "required": True, "na_allowed": True, "not_observed_allowed": True, "explain_on": [],
    "photos_allowed": True, "lenses": [], "critical": None, "internal": False, "due_days": None,
}  # fmt: skip
MEASURED = {"bonus": False, "minimum": None, "maximum": None, "constraint_message": {}, "bands": []}


class Situation(NamedTuple):
    """What stands at a question (an answer's state and value, or nothing), and what that is to the tests."""

    answer: Any
    words: tuple[str, ...] = ()
    figure: str | None = None
    answered: bool = False
    na: bool = False


NOTHING = Situation(None)
NA = Situation({"state": "na", "value": None}, na=True)
UNSEEN = Situation({"state": "not_observed", "value": None})


def said(value: Any, *words: str, figure: str | None = None) -> Situation:
    """A question that was answered."""
    return Situation({"state": "answered", "value": value}, words, figure, answered=True)


def means_na(value: Any, *words: str) -> Situation:
    """A question answered by an option that means "not applicable"."""
    return Situation({"state": "answered", "value": value}, words, na=True)


def no_answer(value: Any) -> Situation:
    """What is no answer to the question: of another kind, out of its limits, or blank."""
    return Situation({"state": "answered", "value": value})


def option(key: str, *, na: bool = False) -> dict[str, Any]:
    return {"key": key, "text": {}, "points": "0", "na": na, "failing": False}


def asking(key: str, kind: str, **own: Any) -> dict[str, Any]:
    return COMMON | {"key": key, "kind": kind} | own


def yes_no(key: str) -> dict[str, Any]:
    return asking(key, "yes_no", bonus=False, points="10", favourable="yes")


def test(name: str, question: str, **of: Any) -> dict[str, Any]:
    return {"test": name, "question": question} | of


YES_NO_KEYS = ("greeted", "more", "a", "b", "c", "constructor", "to_string")
QUESTIONS = [
    *(yes_no(key) for key in YES_NO_KEYS),
    asking("till", "single_choice", bonus=False, options=[option("card"), option("cash"), option("closed", na=True)]),
    asking(
        "given", "several_choices", bonus=False, min_choices=0, max_choices=2,
        options=[option("bag"), option("leaflet"), option("sample"), option("nothing", na=True)],
    ),
    asking("warmth", "rating", bonus=False, points="10", lo=1, hi=5, lo_text={}, hi_text={}, favourable="high"),
    asking("queue", "number", **MEASURED | {"minimum": "0", "maximum": "50"}, decimals=1, unit={}),
    asking("price", "money", **MEASURED, currency="EUR"),
    asking("wait", "duration", **MEASURED),
    asking("day", "date", earliest="2026-01-01", latest=None),
    asking("hour", "time"),
    asking("badge", "short_text", max_length=10, pattern="[A-Z]{2}", constraint_message={}),
    asking("story", "narrative", min_length=0, max_length=20),
    asking("spot", "place"),
    asking("window", "photo", min_count=1, max_count=5),
    asking("signed", "signature", photos_allowed=False),
]  # fmt: skip

SITUATIONS: dict[str, tuple[Situation, ...]] = {
    "greeted": (NOTHING, NA, UNSEEN, said("yes", "yes"), said("no", "no"), no_answer("maybe")),
    "till": (
        NOTHING, NA, UNSEEN, said("card", "card"), said("cash", "cash"), means_na("closed", "closed"),
        no_answer("voucher"), no_answer(["card"]),
    ),
    "given": (
        NOTHING, NA, UNSEEN, said(["bag"], "bag"), said(["leaflet", "bag"], "bag", "leaflet"),
        means_na(["nothing"], "nothing"), means_na(["bag", "nothing"], "bag", "nothing"), no_answer([]),
        no_answer(["bag", "leaflet", "sample"]), no_answer(["bag", "bag"]), no_answer("bag"),
    ),
    "warmth": (
        NOTHING, NA, UNSEEN, said(1, "1", figure="1"), said(3, "3", figure="3"), said(5, "5", figure="5"),
        no_answer(6), no_answer("3"),
    ),
    "queue": (
        NOTHING, NA, UNSEEN, said("0", figure="0"), said("2.9", figure="2.9"), said("3", figure="3"),
        said("3.0", figure="3"), said("10", figure="10"), no_answer("51"), no_answer("03"), no_answer("3.55"),
        no_answer("-1"),
    ),
    "price": (
        NOTHING, NA, said({"amount": "9.99", "currency": "EUR"}, figure="9.99"),
        said({"amount": "10", "currency": "EUR"}, figure="10"),
        said({"amount": "-2.5", "currency": "EUR"}, figure="-2.5"), no_answer({"amount": "12", "currency": "USD"}),
        no_answer({"amount": "12.345", "currency": "EUR"}), no_answer("12"),
    ),
    "wait": (
        NOTHING, UNSEEN, said("59.9", figure="59.9"), said("60", figure="60"), said("60.1", figure="60.1"),
        no_answer("60.15"), no_answer("360000"), no_answer("-1"),
    ),
    "day": (NOTHING, NA, said("2026-03-14"), no_answer("2025-12-31"), no_answer("2026-02-30")),
    "hour": (NOTHING, NA, said("09:30"), no_answer("24:00"), no_answer("9:30")),
    "badge": (NOTHING, NA, said("AB"), said(" AB "), no_answer("ab"), no_answer("  "), no_answer("ABCDEFGHIJK")),
    "story": (NOTHING, NA, said("They waved."), no_answer(" \u00a0\n"), no_answer("A text of more than twenty.")),
    "spot": (
        NOTHING, NA, said({"lat": "40.0", "lon": "-3.0", "accuracy_m": 9}), no_answer({"denied": True}),
        no_answer("here"),
    ),
    "window": (NOTHING, NA, UNSEEN),
    "signed": (NOTHING, NA, UNSEEN),
}  # fmt: skip

ANY_KIND = ({"test": "answered"}, {"test": "na"})
TESTS: dict[str, tuple[dict[str, Any], ...]] = {
    "greeted": (
        {"test": "is", "answer": "yes"}, {"test": "is_not", "answer": "yes"},
        {"test": "one_of", "answers": ["yes", "no"]},
        {"test": "chosen", "answer": "no"}, {"test": "at_least", "measure": "0"},
    ),
    "till": (
        {"test": "is", "answer": "card"}, {"test": "is", "answer": "closed"}, {"test": "is_not", "answer": "card"},
        {"test": "one_of", "answers": ["cash", "closed"]}, {"test": "chosen", "answer": "cash"},
    ),
    "given": (
        {"test": "is", "answer": "bag"}, {"test": "is_not", "answer": "bag"},
        {"test": "one_of", "answers": ["bag", "leaflet"]},
        {"test": "chosen", "answer": "bag"}, {"test": "chosen", "answer": "nothing"},
    ),
    "warmth": (
        {"test": "is", "answer": "3"}, {"test": "is_not", "answer": "3"}, {"test": "one_of", "answers": ["1", "5"]},
        {"test": "at_least", "measure": "3"}, {"test": "at_most", "measure": "2.5"},
    ),
    "queue": ({"test": "at_least", "measure": "3"}, {"test": "at_most", "measure": "3"}, {"test": "is", "answer": "3"}),
    "price": ({"test": "at_least", "measure": "9.99"}, {"test": "at_most", "measure": "9.995"}),
    "wait": ({"test": "at_least", "measure": "60"}, {"test": "at_most", "measure": "60"}),
}  # fmt: skip


def passes(one: dict[str, Any], here: Situation) -> bool:
    """Whether what stands at a question passes a test."""
    match one["test"]:
        case "answered":
            return here.answered
        case "na":
            return here.na
        case "is":  # so, and nothing besides
            return here.words == (one["answer"],)
        case "is_not":  # answered, but not so
            return len(here.words) > 0 and here.words != (one["answer"],)
        case "one_of":  # all that was answered is among these
            return len(here.words) > 0 and set(here.words) <= set(one["answers"])
        case "chosen":
            return one["answer"] in here.words
        case "at_least":
            return here.figure is not None and Fraction(here.figure) >= Fraction(one["measure"])
        case "at_most":
            return here.figure is not None and Fraction(here.figure) <= Fraction(one["measure"])
    raise LookupError(one["test"])


def of_single_tests() -> Iterator[dict[str, Any]]:
    """Every test on everything that may stand at a question of its kind."""
    for key, situations in SITUATIONS.items():
        for here, one in product(situations, (*TESTS.get(key, ()), *ANY_KIND)):
            condition = {"question": key} | one
            told = json.dumps(here.answer["value"] if here.answer and here.answer["value"] else here.answer)
            yield {
                "says": f"{key} {told}: {' '.join(json.dumps(part) for part in one.values())}",
                "journey": [[key, None], ["more", condition]],
                "answers": {} if here.answer is None else {key: here.answer},
                "hidden": [] if passes(one, here) else ["more"],
            }


def of_joined_tests() -> Iterator[dict[str, Any]]:
    """ "All", "any" and "not" of two tests, over all that may stand at both questions."""
    first, second = test("is", "a", answer="yes"), test("is", "b", answer="yes")
    for one, other in product((None, "yes", "no"), repeat=2):
        holds = one == "yes", other == "yes"
        joined = {
            "all": ({"test": "all", "of": [first, second]}, all(holds)),
            "any": ({"test": "any", "of": [first, second]}, any(holds)),
            "not all": ({"test": "not", "of": {"test": "all", "of": [first, second]}}, not all(holds)),
            "one but not the other": (
                {"test": "all", "of": [first, {"test": "not", "of": second}]}, holds[0] and not holds[1],
            ),
            "neither": (
                {"test": "all", "of": [{"test": "not", "of": first}, {"test": "not", "of": second}]}, not any(holds),
            ),
        }  # fmt: skip
        answers = {"a": said(one).answer} if one else {}
        answers |= {"b": said(other).answer} if other else {}
        for name, (condition, is_shown) in joined.items():
            yield {
                "says": f"{name}: a {one}, b {other}",
                "journey": [["a", None], ["b", None], ["more", condition]],
                "answers": answers,
                "hidden": [] if is_shown else ["more"],
            }


def of_chains() -> Iterator[dict[str, Any]]:
    """b is shown if a is yes, c if b is yes: an answer at a hidden question is none, and stays none down the chain."""
    if_a, if_b = test("is", "a", answer="yes"), test("is", "b", answer="yes")
    for one, other in product((None, "yes", "no"), repeat=2):
        answers = {"a": said(one).answer} if one else {}
        answers |= {"b": said(other).answer} if other else {}
        b_shown = one == "yes"
        c_shown = b_shown and other == "yes"
        yield {
            "says": f"a chain: a {one}, b {other}",
            "journey": [["a", None], ["b", if_a], ["c", if_b]],
            "answers": answers | {"c": said("yes").answer},
            "hidden": [key for key, shown in (("b", b_shown), ("c", c_shown)) if not shown],
        }
        yield {
            "says": f"not, on a question that may be hidden: a {one}, b {other}",
            "journey": [["a", None], ["b", if_a], ["c", {"test": "not", "of": if_b}]],
            "answers": answers,
            "hidden": [key for key, shown in (("b", b_shown), ("c", not c_shown)) if not shown],
        }


def of_touchpoints() -> Iterator[dict[str, Any]]:
    """a stands first; b and c in a touchpoint that is met if a is yes, c only if b is yes; more if c was answered."""
    if_a, if_b = test("is", "a", answer="yes"), test("is", "b", answer="yes")
    for one, other in product((None, "yes", "no"), repeat=2):
        answers = {"a": said(one).answer} if one else {}
        answers |= {"b": said(other).answer} if other else {}
        answers |= {"c": said("yes").answer}
        for name, condition, is_met in (
            ("met", if_a, one == "yes"),
            ("not met", {"test": "not", "of": if_a}, one != "yes"),
            ("met if anything was said", {"test": "any", "of": [if_a, test("is", "a", answer="no")]}, one is not None),
        ):  # fmt: skip
            shown = {"b": is_met, "c": is_met and other == "yes"}
            shown["more"] = shown["c"]
            yield {
                "says": f"a touchpoint, {name}: a {one}, b {other}",
                "touchpoints": [
                    [None, [["a", None]]],
                    [condition, [["b", None], ["c", if_b]]],
                    [None, [["more", test("answered", "c")]]],
                ],
                "answers": answers,
                "hidden": [key for key in ("b", "c", "more") if not shown[key]],
            }


def touchpoints_by_hand() -> Iterator[dict[str, Any]]:
    """What no published checklist says of its touchpoints, and two in a row."""
    yes = said("yes").answer
    on = {key: test("is", key, answer="yes") for key in ("a", "b", "c", "gone")}
    both = {"a": yes, "b": yes, "c": yes}
    yield placed(
        "a touchpoint does not see its own questions",
        [[on["a"], [["a", None], ["b", None]]]],
        both,
        ["a", "b"],
    )
    yield placed("nor later ones", [[on["b"], [["a", None]]], [None, [["b", None]]]], both, ["a"])
    yield placed("nor one that does not exist", [[on["gone"], [["a", None]]]], both, ["a"])
    yield placed("but not of it holds", [[{"test": "not", "of": on["a"]}, [["a", None]]]], both, [])
    chain = [[None, [["a", None]]], [on["a"], [["b", None]]], [on["b"], [["c", None]]]]
    yield placed("one touchpoint after the other", chain, both, [])
    yield placed("and one that hides the next", chain, both | {"a": said("no").answer}, ["b", "c"])
    yield placed("a touchpoint that asks nothing", [[on["a"], []], [None, [["a", None]]]], both, [])


def placed(says: str, touchpoints: list[Any], answers: dict[str, Any], hidden: list[str]) -> dict[str, Any]:
    return {"says": says, "touchpoints": touchpoints, "answers": answers, "hidden": hidden}


def by_hand() -> Iterator[dict[str, Any]]:
    """What cannot be published and is met in a draft, and names that objects answer to by themselves."""
    yes = said("yes").answer
    on = {
        key: test("is", key, answer="yes") for key in ("a", "b", "more", "gone", "constructor", "to_string")
    }
    yield told(
        "a later question has no answer yet", [["a", on["b"]], ["b", None]], {"a": yes, "b": yes}, ["a"]
    )
    yield told("nor has the question itself", [["a", on["a"]], ["b", None]], {"a": yes}, ["a"])
    yield told("nor one that does not exist", [["a", None], ["b", on["gone"]]], {"gone": yes}, ["b"])
    yield told("not of a later one", [["a", {"test": "not", "of": on["b"]}], ["b", None]], {"b": yes}, [])
    yield told(
        "two that wait for each other", [["a", on["b"]], ["b", on["a"]]], {"a": yes, "b": yes}, ["a", "b"]
    )
    yield told(
        "a question called constructor, unanswered",
        [["constructor", None], ["more", on["constructor"]]],
        {},
        ["more"],
    )
    yield told("and answered", [["constructor", None], ["more", on["constructor"]]], {"constructor": yes}, [])
    yield told(
        "one called to_string", [["to_string", None], ["more", on["to_string"]]], {"to_string": yes}, []
    )
    yield told("constructor, which is not asked", [["a", None], ["more", on["constructor"]]], {}, ["more"])
    deep = {"test": "not", "of": {"test": "not", "of": {"test": "any", "of": [on["a"]]}}}
    yield told("four levels, held", [["a", None], ["more", deep]], {"a": yes}, [])
    yield told("four levels, not held", [["a", None], ["more", deep]], {}, ["more"])
    yield told("no conditions", [["a", None], ["b", None]], {}, [])
    yield told("nothing is asked", [], {"a": yes}, [])


def told(says: str, journey: list[Any], answers: dict[str, Any], hidden: list[str]) -> dict[str, Any]:
    return {"says": says, "journey": journey, "answers": answers, "hidden": hidden}


def text() -> str:
    """The file as the rule makes it: a line for each question and each vector."""
    about = (
        "Which questions are hidden, in Python and JavaScript: each vector lists a journey of [question, condition or"
        " null], or touchpoints of [condition or null, journey], with the answers that are there. conditions.py makes"
        " them. Questions are as the phone gets them."
    )
    vectors = [
        *of_single_tests(),
        *of_joined_tests(),
        *of_chains(),
        *by_hand(),
        *of_touchpoints(),
        *touchpoints_by_hand(),
    ]
    lines = {
        "questions": ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in QUESTIONS),
        "vectors": ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in vectors),
    }
    return (
        f'{{\n "about": {json.dumps(about)},\n "questions": [\n  {lines["questions"]}\n ],\n'
        f' "vectors": [\n  {lines["vectors"]}\n ]\n}}\n'
    )


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
