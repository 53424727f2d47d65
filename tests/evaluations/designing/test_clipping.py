"""Questions and touchpoints are carried from one checklist into another, under keys and in languages that it has."""

import pytest

from evaluations.designing import checking, clipping, drafting, drafts
from evaluations.document import canonical
from evaluations.document.tree import All, Document, Is, Phase, WasAnswered
from evaluations.errors import Conflict
from evaluations.models import Role
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import (
    asked,
    choice,
    document,
    journey,
    keys,
    rating,
    touchpoint,
    yes_no,
)

BOTH = ("en", "es")


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER, name="Ana")


@pytest.fixture
def copied(session, ana):
    """Copies from a draft that holds `document`."""

    def copied(document, **what):
        draft = drafts.start(session, "Spring", document, by=ana, at=NOON)
        session.flush()
        clipping.copy(session, draft, **what, by=ana, at=NOON)
        session.flush()
        session.expire_all()
        return clipping.clipping_of(session, ana)

    return copied


def two_languages() -> Document:
    """A checklist in English and Spanish, in which one question depends on another."""
    lit = yes_no("lit", text={"en": "Was it lit?", "es": "¿Estaba encendido?"})
    shone = yes_no(
        "shone", text={"en": "Did it shine?", "es": "¿Brillaba?"}, show_if=Is(question="lit", answer="yes")
    )
    queue = choice(
        "queue", 5, 0, show_if=All(of=(WasAnswered(question="shone"), WasAnswered(question="lit")))
    )
    name = {"en": "Signage", "es": "Rótulos"}
    return document(touchpoint("signage", lit, shone, queue, name=name), languages=BOTH)


def test_questions_are_pasted_at_the_end_of_a_touchpoint(copied):
    kept = copied(journey(), questions=["arrived", "warmth"])
    assert (kept.copied_from, kept.holds_touchpoints) == ("Spring", False)
    there = document(touchpoint("till", yes_no("open")))
    done = clipping.paste(there, kept, "till", used=())
    assert asked(done.document) == ["open", "warmth", "arrived"]
    assert done.document.question("warmth") == journey().question("warmth")
    assert (done.questions, done.touchpoints) == (("warmth", "arrived"), ())
    assert (done.unconditional, done.languages) == ((), ())


def test_touchpoints_are_pasted_into_their_phase(copied):
    kept = copied(journey(), touchpoints=["signage", "mail"])
    there = document(touchpoint("till", yes_no("open")))
    done = clipping.paste(there, kept, "", used=())
    assert keys(done.document) == ["signage", "till", "mail"]
    assert [each.phase for each in done.document.touchpoints] == list(Phase)
    assert done.touchpoints == ("signage", "mail")


def test_what_is_taken_gets_a_key_of_its_own_and_conditions_follow(copied):
    kept = copied(two_languages(), touchpoints=["signage"])
    done = clipping.paste(two_languages(), kept, "", used={"shone_2"})
    assert keys(done.document) == ["signage", "signage_2"]
    assert asked(done.document)[3:] == ["lit_2", "shone_3", "queue_2"]
    assert done.document.question("shone_3").show_if == Is(question="lit_2", answer="yes")
    assert done.document.question("queue_2").show_if == All(
        of=(WasAnswered(question="shone_3"), WasAnswered(question="lit_2"))
    )
    assert not [problem for problem in checking.errors(done.document) if problem.code.startswith("depends_")]


def test_a_condition_on_what_stays_behind_is_dropped_and_told(copied):
    kept = copied(two_languages(), questions=["shone", "queue"])
    done = clipping.paste(two_languages(), kept, "signage", used=())
    assert [done.document.question(key).show_if for key in done.questions] == [None, None]
    assert [wording["en"] for wording in done.unconditional] == ["Did it shine?", "Which queue?"]


def test_a_condition_of_a_touchpoint_goes_the_same_way(copied):
    here = two_languages()
    last = touchpoint("till", rating("warmth"), show_if=Is(question="lit", answer="yes"))
    here = drafting.add_touchpoint(here, last)
    both = clipping.paste(journey(), copied(here, touchpoints=["signage", "till"]), "", used=())
    assert both.document.touchpoints[-2].show_if == Is(question="lit_2", answer="yes")
    assert (both.touchpoints, both.unconditional) == (("signage_2", "till_2"), ())
    alone = clipping.paste(journey(), copied(here, touchpoints=["till"]), "", used=())
    assert [alone.document.touchpoints[-2].show_if, alone.unconditional] == [None, ({"en": "Till"},)]


def test_languages_that_the_other_checklist_lacks_are_left_out_and_told(copied):
    kept = copied(two_languages(), touchpoints=["signage"])
    done = clipping.paste(document(), kept, "", used=())
    assert done.languages == ("es",)
    assert "¿" not in canonical.write(done.document)
    assert all(set(question.text) == {"en"} for question in done.document.questions())
    assert done.document.touchpoints[0].name == {"en": "Signage"}


def test_without_a_language_in_common_nothing_is_pasted(copied):
    kept = copied(journey(), questions=["lit"])
    with pytest.raises(Conflict) as refused:
        clipping.paste(document(touchpoint("till"), languages=("es",)), kept, "till", used=())
    assert refused.value.code == "no_common_language"


def test_what_is_copied_takes_the_place_of_what_was(copied):
    copied(journey(), questions=["lit"])
    kept = copied(journey(), touchpoints=["till"])
    assert keys(canonical.read(kept.document)) == ["till"]


def test_nothing_is_not_copied(copied):
    with pytest.raises(Conflict) as refused:
        copied(journey(), questions=["nobody"])
    assert refused.value.code == "nothing_ticked"
