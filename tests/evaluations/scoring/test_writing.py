"""The scorecard as JSON: exact fractions, shown percentages, and no floats."""

from decimal import Decimal

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, answered
from evaluations.document.tree import Critical, Effect, Lens, YesNo
from evaluations.scoring.scorecard import as_json, from_json, score
from tests.evaluations.scoring.checklists import a_document, a_touchpoint

EXIT = Critical(on=("no",), effect=Effect.CAPS_TOTAL, cap=Decimal("62.50"))
DOCUMENT = a_document(
    a_touchpoint(
        YesNo(key="greeted", lenses=(Lens.RELEVANCE,)),
        YesNo(key="exit_free", points=Decimal(5), critical=EXIT),
        YesNo(key="thanked", not_observed_allowed=True),
        key="greeting",
        weight="2.5",
        target=Decimal("80.00"),
    ),
    a_touchpoint(YesNo(key="returns", na_allowed=True), key="till", weight="1"),
    total="weights",
    target=Decimal(60),
)
ANSWERS = {
    "greeted": answered("yes"),
    "exit_free": answered("no"),
    "thanked": NOT_OBSERVED,
    "returns": NOT_APPLICABLE,
}
NO_FIGURE = {"score": None, "shown": None, "millionths": None, "earned": "0", "possible": "0"}


def test_a_scorecard_is_written_with_exact_fractions_and_shown_percentages() -> None:
    written = as_json(score(DOCUMENT, ANSWERS))
    parts = {name: written.pop(name) for name in ("touchpoints", "lenses", "questions", "criticals")}
    assert written == {
        "format": 1,
        "verdict": "passed",
        "band": "poor",
        "total": "weights",
        "score": "5/8",
        "shown": "62.5",
        "millionths": 62_500_000,
        "earned": "10",
        "possible": "15",
        "target": "60",
        "cap": "62.5",
        "renormalised": True,
        "not_observed": 1,
        "due": 0,
        "open": "0",
    }
    assert parts["criticals"] == [
        {"touchpoint": "greeting", "question": "exit_free", "effect": "caps_total", "cap": "62.5"}
    ]
    assert parts["lenses"] == [
        {
            "key": "relevance",
            "score": "1",
            "shown": "100.0",
            "millionths": 100_000_000,
            "earned": "10",
            "possible": "10",
        }
    ]


def test_each_touchpoint_is_written_in_journey_order() -> None:
    written = as_json(score(DOCUMENT, ANSWERS))
    assert written["touchpoints"] == [
        {
            "key": "greeting",
            "score": "2/3",
            "shown": "66.7",
            "millionths": 66_666_667,
            "earned": "10",
            "possible": "15",
            "band": "poor",
            "target": "80",
            "meets_target": False,
            "weight": "5/2",
            "share": "1",
            "zeroed": False,
            "not_observed": 1,
        },
        {
            "key": "till",
            **NO_FIGURE,
            "band": None,
            "target": None,
            "meets_target": None,
            "weight": "1",
            "share": "0",
            "zeroed": False,
            "not_observed": 0,
        },
    ]


def test_each_question_is_written_in_journey_order() -> None:
    written = as_json(score(DOCUMENT, ANSWERS))
    findings = [
        (one["touchpoint"], one["key"], one["finding"], one["failed"]) for one in written["questions"]
    ]
    assert findings == [
        ("greeting", "greeted", "answered", False),
        ("greeting", "exit_free", "answered", True),
        ("greeting", "thanked", "not_observed", False),
        ("till", "returns", "na", False),
    ]
    assert written["questions"][2] == {
        "key": "thanked",
        "touchpoint": "greeting",
        "finding": "not_observed",
        **NO_FIGURE,
        "counted": False,
        "failed": False,
        "bonus": False,
    }


def test_a_card_of_before_there_were_follow_ups_is_still_read() -> None:
    card = score(DOCUMENT, ANSWERS)
    written = as_json(card)
    del written["due"], written["open"]
    assert from_json(written) == card
