"""A pasted script becomes a checklist, or says line by line what is unclear."""

from typing import Any

import pytest

from evaluations.designing.plain.script import read_script
from evaluations.document.tree import AnyQuestion, Document, Kind, Language, Phase
from evaluations.errors import TooLarge
from shopper.wordings.examples import EXAMPLES


def faults(text: str) -> list[tuple[str, int | None]]:
    """What is unclear: code and line."""
    found = read_script(text, title="T", language="en")
    assert found.document is None
    return [(one.code, one.row) for one in found.faults]


def checklist(text: str, language: Language = "en") -> Document:
    """The checklist that a clear script describes."""
    found = read_script(text, title="T", language=language)
    assert found.faults == ()
    assert found.document is not None
    return found.document


def question(line: str) -> AnyQuestion:
    """The one question of a line."""
    [found] = checklist(line).questions()
    return found


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "nothing_asked", None),
        ("# Signage\n\n# Till\n", "nothing_asked", None),
        ("# Till\n\nWas it lit? [colour]", "hint_unknown", 3),
        ("# Till [soon]\nWas it lit?", "hint_unknown", 1),
        ("Was it lit?\n[yes/no]", "line_without_words", 2),
        ("Who? [one of: Manager]", "options_missing", 1),
        ("Why? [text, 5 points]", "points_unscored", 1),
        ("Rate it [rating 3-1]", "value_too_high", 1),
        ("Rate it [rating 1-50]", "value_too_high", 1),
        ("Who? [one of: A / B, critical]", "critical_needs_yes_no", 1),
        ("Photo [5-2 photos]", "value_does_not_fit", 1),
        ("Did it come? [after 900 days]", "value_too_high", 1),
        (f"{'x' * 5000}?", "text_too_long", 1),
    ],
)
def test_what_is_unclear_is_told_with_its_line(text: str, code: str, line: int | None) -> None:
    assert (code, line) in faults(text)


def test_every_unclear_line_is_told_at_once() -> None:
    assert faults("A? [x]\nB?\nC? [y]") == [("hint_unknown", 1), ("hint_unknown", 3)]


def test_a_script_without_end_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_script("A?\n" * 3_000, title="T", language="en")


def test_a_heading_without_questions_is_noted() -> None:
    found = read_script("# Till\n# Door\nWas it open?", title="T", language="en")
    assert [(one.code, one.row) for one in found.notes] == [("touchpoint_without_question", 1)]


@pytest.mark.parametrize(
    "heading", ["# Till", "## Till", "Till:", "TILL", "Till\n====", "1. Till:", "Till\n---"]
)
def test_headings_are_known_by_any_of_their_marks(heading: str) -> None:
    [touchpoint] = checklist(f"{heading}\nWas it open?").touchpoints
    assert (touchpoint.name, len(touchpoint.questions)) == ({"en": "Till"}, 1)


@pytest.mark.parametrize("bullet", ["", "- ", "* ", "• ", "1. ", "12) ", "a) "])
def test_bullets_and_numbers_are_no_part_of_a_question(bullet: str) -> None:
    assert question(f"{bullet}Was it open?").text == {"en": "Was it open?"}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "Was it open?",
            {"kind": Kind.YES_NO, "points": 10, "explain_on": ("no",), "explain_min": 20, "required": True},
        ),
        ("Wait for your turn.", {"kind": Kind.INSTRUCTION}),
        ("Was it broken? [no is good, 5]", {"points": 5, "favourable": "no", "explain_on": ()}),
        ("Open? (At nine.)", {"text": {"en": "Open?"}, "help": {"en": "At nine."}}),
        ("Rate it [scale 0-10, 2.5 points]", {"kind": Kind.RATING, "lo": 0, "hi": 10}),
        ("How long? [duration, optional]", {"kind": Kind.DURATION, "required": False}),
        ("Window [1-3 photos]", {"kind": Kind.PHOTO, "min_count": 1, "max_count": 3}),
        ("Came? [a los 14 días]", {"kind": Kind.YES_NO, "due_days": 14}),
        ("Open? [n/a, bonus, internal]", {"na_allowed": True, "bonus": True, "internal": True}),
    ],
)
def test_a_line_is_a_question_as_its_hints_say(line: str, fields: dict[str, Any]) -> None:
    found = question(line)
    assert {name: getattr(found, name) for name in fields} == fields


@pytest.mark.parametrize(
    "hint", ["one of: A = 5 / B / C = 1.5", "one of: A = 5, B, C = 1,5", "una de: A = 5; B; C = 1.5"]
)
def test_a_choice_has_its_options_with_their_points(hint: str) -> None:
    if "1,5" in hint:
        hint = hint.replace("1,5", "1.5")
    found = question(f"Who? [{hint}]")
    assert [(one.text["en"], float(one.points)) for one in found.options] == [("A", 5), ("B", 0), ("C", 1.5)]


def test_touchpoints_stand_in_the_order_of_the_journey_as_their_headings_say() -> None:
    after, before = checklist("# Mail [después, peso 2]\nCame?\n# Sign [before]\nLit?").touchpoints
    assert (after.phase, after.weight, before.phase) == (Phase.AFTER, 2, Phase.BEFORE)


def test_questions_in_the_same_words_get_keys_of_their_own() -> None:
    first, second = checklist("# A\nOpen?\n# B\nOpen?").questions()
    assert first.key != second.key


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_that_is_shown_is_clear(language: Language) -> None:
    document = checklist(EXAMPLES[language], language)
    kinds = [question.kind for question in document.questions()]
    assert kinds == [
        Kind.YES_NO, Kind.RATING, Kind.PHOTO, Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.YES_NO, Kind.NARRATIVE,
    ]  # fmt: skip
