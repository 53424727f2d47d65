"""What the designer reads below the page: minutes, questions, shares, translation."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evaluations.designing.outline import outline, percents, possible_in, shares
from evaluations.document.tree import Instruction, Scoring, ShortText
from tests.evaluations.designing.documents import choice, document, journey, rating, touchpoint, yes_no


def test_by_points_a_touchpoint_weighs_what_its_questions_are_worth():
    doc = document(touchpoint("greeting", yes_no(), rating()), touchpoint("till", choice("queue", 5, 3)))
    assert shares(doc) == {"greeting": Fraction(4, 5), "till": Fraction(1, 5)}


def test_by_weights_a_touchpoint_that_scores_nothing_has_no_share():
    silent = ShortText(key="said")
    doc = document(
        touchpoint("greeting", yes_no(), weight=3),
        touchpoint("till", choice(), weight=1),
        touchpoint("exit", silent, weight=6),
        scoring=Scoring(total="weights"),
    )
    assert shares(doc) == {"greeting": Fraction(3, 4), "till": Fraction(1, 4), "exit": None}


def test_a_checklist_that_scores_nothing_has_no_shares():
    assert shares(document(touchpoint("greeting", ShortText(key="said")))) == {"greeting": None}


def test_a_bonus_adds_nothing_to_what_is_possible():
    assert possible_in(touchpoint("greeting", yes_no(), yes_no("extra", points=5, bonus=True))) == 10


def test_instructions_are_not_counted_as_questions():
    assert outline(document(touchpoint("greeting", yes_no(), Instruction(key="look")))).questions == 1


def test_questions_are_numbered_through_all_touchpoints_and_instructions_have_no_number():
    note = Instruction(key="note", text={"en": "Wait outside"})
    numbered = outline(document(touchpoint("a", note, yes_no("one")), touchpoint("b", yes_no("two")))).numbers
    assert numbered == {"one": 1, "two": 2}


def test_a_longer_checklist_takes_longer():
    assert outline(document()).minutes == 0
    assert 0 < outline(journey()).minutes <= 5


def test_translation_is_the_part_of_the_sentences_that_a_language_has():
    doc = document(touchpoint("greeting", yes_no(text={"en": "Lit?", "es": "¿Luz?"})), languages=("en", "es"))
    assert outline(doc).translated == {"en": 1, "es": Fraction(1, 4)}


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=8))
def test_shares_add_up_to_the_whole(points):
    doc = document(
        *(touchpoint(f"place_{n}", yes_no(f"lit_{n}", points=worth)) for n, worth in enumerate(points))
    )
    parts = [share for share in shares(doc).values() if share is not None]
    assert sum(parts) == (1 if any(points) else 0)


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=12))
def test_whole_percents_add_up_to_a_hundred_and_none_is_off_by_one(parts):
    whole = sum(parts)
    exact = {str(n): Fraction(part, whole) if part else None for n, part in enumerate(parts)}
    shown = percents(exact)
    assert sum(one for one in shown.values() if one is not None) == (100 if whole else 0)
    for key, share in exact.items():
        assert shown[key] is None if share is None else abs(shown[key] - share * 100) < 1
