"""How long a visit takes: longer with more to read, to write and to photograph, and by how likely it is asked."""

from fractions import Fraction

import pytest

from evaluations.designing import checking
from evaluations.designing.estimating import chance, minutes
from evaluations.designing.library import default_script
from evaluations.designing.problems import Allowed
from evaluations.designing.vocabulary import pace
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Document,
    Duration,
    Instruction,
    Is,
    IsNot,
    Kind,
    Narrative,
    Not,
    Number,
    OneOf,
    Photo,
    WasAnswered,
    WasNotApplicable,
)
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

PAID = yes_no("paid")
MAYBE = yes_no("maybe", na_allowed=True)
WARM = rating("warm")
WHICH = choice("which", 5, 3, 0)
QUEUE = Number(key="queue", minimum=0, maximum=20)
OPEN = Number(key="open")
WAIT = Duration(key="wait", minimum=0, maximum=100)
BEFORE = {q.key: (q, Fraction(1)) for q in (PAID, MAYBE, WARM, WHICH, QUEUE, OPEN, WAIT)}


def lasts(*questions, **values):
    """The minutes of twenty such touchpoints, so that seconds show."""
    return minutes(
        document(
            *(
                touchpoint(
                    f"place_{n}", *(q.model_copy(update={"key": f"{q.key}_{n}"}) for q in questions), **values
                )
                for n in range(20)
            )
        )
    )


def test_every_kind_has_its_time():
    assert set(pace().kinds) == set(Kind)
    assert all(seconds >= 0 for seconds in pace().kinds.values())


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (yes_no(), yes_no(text={"en": "word " * 60})),
        (yes_no(), yes_no(help={"en": "word " * 60})),
        (yes_no(), yes_no(explain_on=("no",))),
        (yes_no(explain_on=("no",)), yes_no(explain_on=("no",), explain_min=200)),
        (Photo(key="till"), Photo(key="till", min_count=3)),
        (Narrative(key="story"), Narrative(key="story", min_length=300)),
        (Instruction(key="read", text={"en": "Look."}), Instruction(key="read", text={"en": "Look " * 80})),
        (yes_no(), Narrative(key="story", text={"en": "Tell."})),
    ],
)
def test_what_asks_for_more_takes_longer(short, long):
    assert lasts(short) < lasts(long)


def test_what_is_asked_days_later_is_not_counted():
    assert lasts(yes_no("mail", due_days=3)) == lasts()


def test_what_is_asked_of_few_counts_for_little():
    tale = Narrative(key="tale", text={"en": "Tell."}, min_length=300)
    seldom = tale.model_copy(
        update={"show_if": All(of=(Is(question="paid_0", answer="no"), Is(question="paid_1", answer="no")))}
    )
    base = touchpoint("first", yes_no("paid_0"), yes_no("paid_1"))
    often = [touchpoint(f"t{n}", tale.model_copy(update={"key": f"tale_{n}"})) for n in range(8)]
    rare = [touchpoint(f"t{n}", seldom.model_copy(update={"key": f"tale_{n}"})) for n in range(8)]
    closed = [each.model_copy(update={"show_if": Is(question="paid_0", answer="no")}) for each in often]
    assert minutes(document(base, *rare)) < minutes(document(base, *closed)) < minutes(document(base, *often))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, 1),
        (Is(question="paid", answer="yes"), Fraction(1, 2)),
        (Not(of=Is(question="paid", answer="yes")), Fraction(1, 2)),
        (IsNot(question="which", answer="option_1"), Fraction(2, 3)),
        (OneOf(question="which", answers=("option_1", "option_2")), Fraction(2, 3)),
        (AtLeast(question="warm", measure=4), Fraction(2, 5)),
        (AtMost(question="warm", measure=4), Fraction(4, 5)),
        (AtLeast(question="queue", measure=15), Fraction(1, 4)),
        (AtMost(question="queue", measure=15), Fraction(3, 4)),
        (AtMost(question="queue", measure=99), 1),
        (AtLeast(question="open", measure=3), Fraction(1, 2)),
        (AtLeast(question="wait", measure=99), Fraction(1, 2)),
        (WasAnswered(question="paid"), 1),
        (WasAnswered(question="maybe"), Fraction(9, 10)),
        (WasNotApplicable(question="maybe"), Fraction(1, 10)),
        (Is(question="gone", answer="yes"), 0),
        (All(of=(Is(question="paid", answer="yes"), AtLeast(question="warm", measure=4))), Fraction(1, 5)),
        (AnyOf(of=(Is(question="paid", answer="yes"), AtLeast(question="warm", measure=4))), Fraction(7, 10)),
    ],
)
def test_how_likely_a_condition_holds(condition, expected):
    assert chance(condition, BEFORE) == expected


def test_a_condition_on_what_is_seldom_asked_holds_seldom():
    likely = {"paid": (PAID, Fraction(1, 2))}
    assert chance(Is(question="paid", answer="yes"), likely) == Fraction(1, 4)


def test_the_default_script_of_a_store_visit_takes_about_a_quarter_of_an_hour():
    assert 12 <= minutes(Document(languages=("en", "es"), touchpoints=default_script())) <= 25


def test_a_visit_that_takes_longer_than_a_programme_allows_is_found_for_that_programme_only():
    doc = Document(languages=("en", "es"), touchpoints=default_script())
    needed = minutes(doc)
    allowed = [Allowed("Short", needed - 1), Allowed("Long", needed)]
    found = [p for p in checking.problems(doc, allowed=allowed) if p.code == "takes_too_long"]
    assert [p.values for p in found] == [{"minutes": needed, "limit": needed - 1, "programme": "Short"}]
    assert not any(p.blocks for p in found)
