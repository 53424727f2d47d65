"""A checklist is filled for a trial: at its best, at its worst, or by chance, and complete every time."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.designing.filling import Way, Words, filled
from evaluations.document import tree
from evaluations.document.kinds import readable
from evaluations.document.tree import Critical, Effect, Is, Option, PointBand
from evaluations.fieldwork.completeness import missing
from evaluations.scoring.bands import Verdict
from evaluations.scoring.scorecard import score
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

WORDS = Words("Blue.", "I went in and was greeted.", "Nobody was there.", date(2026, 3, 14))
BAD_MOOD = Critical(on=("no",), effect=Effect.FAILS_VISIT)
LONG_WAIT = Critical(minimum=Decimal(600), effect=Effect.CAPS_TOTAL, cap=Decimal(50))


def of_every_kind():
    some = tuple(Option(key=f"o{n}", points=points) for n, points in enumerate((5, -3, 0, 4)))
    bands = (PointBand(up_to=Decimal(60), points=10), PointBand(up_to=Decimal(300), points=4), PointBand())
    return document(
        touchpoint(
            "first",
            yes_no("greeted", critical=BAD_MOOD, explain_on=("no",), explain_min=90, na_allowed=True),
            rating("warmth", not_observed_allowed=True),
            rating("noise", favourable="low"),
            choice("queue", 5, 3, 0),
            tree.SeveralChoices(key="seen", options=some, min_choices=2, max_choices=3),
            tree.Instruction(key="read"),
            yes_no("bonus", bonus=True),
        ),
        touchpoint(
            "second",
            tree.Number(
                key="people",
                minimum=Decimal(3),
                maximum=Decimal(7),
                bands=(PointBand(up_to=Decimal(5), points=10), PointBand()),
            ),
            tree.Money(key="price", currency="JPY", minimum=Decimal(100)),
            tree.Duration(key="waited", bands=bands, critical=LONG_WAIT),
            tree.Date(key="day", earliest=date(2027, 1, 1)),
            tree.Time(key="hour"),
            tree.ShortText(key="till", pattern=r"[A-Z]{2}\d{2}"),
            tree.ShortText(key="colour", max_length=3),
            tree.Narrative(key="story", min_length=200, max_length=260),
            tree.Photo(key="shot", min_count=2),
            tree.Signature(key="signed"),
            tree.Place(key="spot"),
            yes_no("mail", due_days=3),
            yes_no("why", show_if=Is(question="greeted", answer="no")),
        ),
        touchpoint("third", yes_no("amends"), show_if=Is(question="greeted", answer="no")),
    )


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("number", range(6))
def test_whatever_is_asked_is_answered_and_nothing_is_missing(way, number):
    whole = of_every_kind()
    found = filled(whole, way, WORDS, number=number)
    assert missing(whole, found.answers, found.comments, found.photos) == ()
    assert all(readable(whole.question(key), answer) for key, answer in found.answers.items())
    assert "mail" not in found.answers


def test_at_its_best_everything_is_earned_and_at_its_worst_nothing_is():
    whole = of_every_kind()
    best = score(whole, filled(whole, Way.BEST, WORDS).answers)
    assert (best.earned, best.verdict, best.criticals) == (
        best.possible + 10,
        Verdict.PASSED,
        (),
    ) or best.score == 1
    worst = score(whole, filled(whole, Way.WORST, WORDS).answers)
    assert (worst.earned, worst.score, worst.verdict) == (0, 0, Verdict.FAILED)
    assert {one.question for one in worst.criticals} == {"greeted", "waited"}


def test_what_is_not_asked_is_not_answered():
    whole = of_every_kind()
    assert not {"why", "amends"} & filled(whole, Way.BEST, WORDS).answers.keys()
    assert {"why", "amends"} <= filled(whole, Way.WORST, WORDS).answers.keys()


def test_the_same_number_gives_the_same_answers_and_another_gives_others():
    whole = of_every_kind()
    assert filled(whole, Way.RANDOM, WORDS, number=7) == filled(whole, Way.RANDOM, WORDS, number=7)
    several = [filled(whole, Way.RANDOM, WORDS, number=number).answers for number in range(20)]
    assert len({repr(sorted(one.items(), key=str)) for one in several}) == 20


def test_what_no_known_text_fits_is_left_open():
    whole = document(touchpoint("first", tree.ShortText(key="till", pattern="x{40}y")))
    assert filled(whole, Way.BEST, WORDS).answers == {}
