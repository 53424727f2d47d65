"""What the agency saves in its library: names, limits, changes by two designers, and what the trail keeps."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.database import writing
from evaluations.designing.drafting import MOST_QUESTIONS
from evaluations.designing.library import library, placed
from evaluations.designing.own_touchpoints import (
    MOST,
    archive,
    entry_from,
    entry_of,
    keep,
    rename,
    replace,
    restore,
    take_in,
)
from evaluations.document.tree import Phase
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import AuditEntry, OwnTouchpoint, Person, Role
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import choice, rating, touchpoint, yes_no

LATER = NOON + timedelta(minutes=5)
GREETING = touchpoint("greeting", yes_no("greeted"), rating("warmth"), weight=3, target=80)


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER, name="Ana")


@pytest.fixture
def ben(session):
    return a_person(session, Role.DESIGNER, name="Ben")


@pytest.fixture
def own(session, ana):
    return keep(session, "Bakery welcome", entry_from(GREETING), by=ana, at=NOON)


def asked(own):
    return [question.key for question in entry_of(own).questions]


def trail(session, own):
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == own.id).order_by(AuditEntry.id)
    )
    return [(entry.act, json.loads(entry.details)) for entry in entries]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" \t ", "kept_without_name"),
        ("x" * 121, "kept_name_too_long"),
        ("BAKERY  welcome ", "kept_name_taken"),
    ],
)
def test_a_name_that_cannot_be_is_refused_at_its_field(session, ana, own, name, code):
    with pytest.raises(Invalid) as refused:
        keep(session, name, entry_from(GREETING), by=ana, at=NOON)
    assert (refused.value.code, refused.value.field) == (code, "name")
    other = keep(session, "Another", entry_from(GREETING), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        rename(session, other, name, 1, by=ana, at=NOON)
    assert refused.value.code == code
    session.refresh(other)
    assert other.name == "Another"


def test_the_longest_name_fits_however_its_letters_fold(session, ana):
    own = keep(session, "ΐ" * 120, entry_from(GREETING), by=ana, at=NOON)
    assert len(own.name) == 120


def test_a_touchpoint_that_asks_nothing_is_not_saved():
    with pytest.raises(Invalid) as refused:
        entry_from(touchpoint("empty"))
    assert refused.value.code == "own_touchpoint_asks_nothing"


def test_a_full_library_takes_nothing_more_until_one_is_archived(session, ana, own):
    for number in range(MOST - 1):
        keep(session, f"Touchpoint {number}", entry_from(GREETING), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        keep(session, "One more", entry_from(GREETING), by=ana, at=NOON)
    assert (refused.value.code, refused.value.values) == ("own_library_full", {"limit": MOST})
    archive(session, own, by=ana, at=LATER)
    keep(session, "One more", entry_from(GREETING), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        restore(session, own, by=ana, at=LATER)
    assert refused.value.code == "own_library_full"


@pytest.mark.parametrize(
    "change",
    [
        lambda *given, **who: rename(*given[:2], "Another name", given[2], **who),
        lambda *given, **who: replace(*given[:2], entry_from(GREETING), given[2], **who),
        lambda *given, **who: take_in(*given[:2], yes_no("smiled"), given[2], **who),
    ],
    ids=["rename", "replace", "take_in"],
)
def test_a_change_of_what_is_archived_or_was_changed_meanwhile_is_refused(session, ana, ben, own, change):
    take_in(session, own, choice("queue", 5, 0), 1, by=ben, at=NOON)
    with pytest.raises(Conflict) as refused:
        change(session, own, 1, by=ana, at=LATER)
    assert (refused.value.code, refused.value.values["who"]) == ("kept_changed", "Ben")
    archive(session, own, by=ben, at=LATER)
    with pytest.raises(Conflict) as refused:
        change(session, own, own.edition, by=ana, at=LATER)
    assert refused.value.code == "kept_is_archived"
    assert asked(own) == ["greeted", "warmth", "queue"]


def test_a_question_cannot_take_the_place_of_one_that_is_not_there(session, ana, own):
    with pytest.raises(NotFound):
        take_in(session, own, yes_no("smiled"), 1, in_place_of="missing", by=ana, at=LATER)


def test_an_own_touchpoint_holds_no_more_questions_than_a_checklist_takes(session, ana):
    many = touchpoint("greeting", *(yes_no(f"question_{number}") for number in range(MOST_QUESTIONS)))
    own = keep(session, "Long", entry_from(many), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        take_in(session, own, yes_no("smiled"), 1, by=ana, at=LATER)
    assert refused.value.code == "too_many_in_touchpoint"


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT])
def test_nobody_but_designers_sees_them(session, own, role):
    assert session.scalars(access.own_touchpoints(a_person(session, role))).all() == []


def test_two_designers_who_choose_one_name_in_the_same_instant_do_not_both_get_it(engine):
    with Session(writing(engine)) as session:
        people = [a_person(session, Role.DESIGNER).id for _ in range(2)]
        session.commit()
    start = Barrier(2)

    def saves(person_id):
        with Session(writing(engine)) as session:
            start.wait()
            by = session.get_one(Person, person_id)
            try:
                keep(session, "Bakery welcome", entry_from(GREETING), by=by, at=NOON)
                session.commit()
            except Invalid as refusal:
                return refusal.code
        return "saved"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(saves, people)) == ["kept_name_taken", "saved"]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(OwnTouchpoint)) == 1


def test_what_was_saved_comes_back_as_it_was_without_weight_and_target(session, own):
    entry = entry_of(own)
    assert (entry.name, entry.questions, entry.phases) == (GREETING.name, GREETING.questions, (Phase.DURING,))
    assert placed(entry, taken=()) == touchpoint("greeting", *GREETING.questions)


@pytest.mark.parametrize("entry", library(), ids=lambda entry: entry.key)
def test_every_built_in_entry_can_become_an_own_one_without_loss(session, ana, entry):
    own = keep(session, entry.key, entry_from(placed(entry, taken=()), entry.phases), by=ana, at=NOON)
    assert placed(entry_of(own), taken=()) == placed(entry, taken=())
    assert set(entry_of(own).phases) == set(entry.phases)


def test_the_phase_in_which_it_stood_is_the_usual_one():
    mail = touchpoint("mail", yes_no("arrived"), phase=Phase.AFTER)
    assert entry_from(mail, (Phase.BEFORE, Phase.AFTER)).phases == (Phase.AFTER, Phase.BEFORE)
    assert entry_from(mail, (Phase.DURING, Phase.BEFORE)).phases == (Phase.BEFORE, Phase.DURING)


def test_a_question_saved_back_takes_the_place_and_the_key_of_the_old_one(session, ana, own):
    better = rating("warmth_2", text={"en": "How warmly were you welcomed?"})
    assert take_in(session, own, better, 1, in_place_of="warmth", by=ana, at=LATER)
    assert asked(own) == ["greeted", "warmth"]
    assert entry_of(own).questions[1].text == {"en": "How warmly were you welcomed?"}
    assert (own.edition, own.changed_at, own.changed_by) == (2, LATER, ana)


def test_a_further_question_comes_last_and_under_a_key_of_its_own(session, ana, own):
    take_in(session, own, yes_no("greeted", text={"en": "Were you greeted again?"}), 1, by=ana, at=LATER)
    assert asked(own) == ["greeted", "warmth", "greeted_2"]


def test_a_replacement_keeps_name_and_key(session, ana, own):
    other = touchpoint("welcome_2", yes_no("smiled"), phase=Phase.AFTER)
    assert replace(session, own, entry_from(other), 1, by=ana, at=LATER)
    entry = entry_of(own)
    assert (own.name, entry.key, asked(own), entry.phases) == (
        "Bakery welcome",
        "greeting",
        ["smiled"],
        (Phase.AFTER,),
    )


def test_what_changes_nothing_is_not_written_down(session, ana, own):
    assert not replace(session, own, entry_from(GREETING), 1, by=ana, at=LATER)
    assert not rename(session, own, " Bakery  welcome ", 1, by=ana, at=LATER)
    restore(session, own, by=ana, at=LATER)
    assert (own.edition, own.changed_at) == (1, NOON)
    assert [act for act, _details in trail(session, own)] == ["own_touchpoint.saved"]


def test_only_the_capitals_of_a_name_may_change(session, ana, own):
    assert rename(session, own, "BAKERY welcome", 1, by=ana, at=LATER)
    assert own.name == "BAKERY welcome"


def test_an_archived_name_is_free_again_and_cannot_be_had_twice(session, ana, own):
    archive(session, own, by=ana, at=LATER)
    archive(session, own, by=ana, at=LATER + timedelta(days=1))
    assert own.archived_at == LATER
    keep(session, "Bakery welcome", entry_from(GREETING), by=ana, at=LATER)
    with pytest.raises(Invalid) as refused:
        restore(session, own, by=ana, at=LATER)
    assert refused.value.code == "kept_name_taken"
    session.refresh(own)
    assert own.archived_at == LATER


def test_the_trail_says_who_did_what_and_what_was_there_before(session, ana, own):
    before = own.entry
    take_in(session, own, yes_no("smiled"), 1, by=ana, at=LATER)
    rename(session, own, "Welcome", 2, by=ana, at=LATER)
    archive(session, own, by=ana, at=LATER)
    restore(session, own, by=ana, at=LATER)
    assert own.archived_at is None
    assert trail(session, own) == [
        ("own_touchpoint.saved", {"name": "Bakery welcome", "entry": before}),
        ("own_touchpoint.changed", {"before": before, "after": own.entry}),
        ("own_touchpoint.renamed", {"before": "Bakery welcome", "after": "Welcome"}),
        ("own_touchpoint.archived", {"name": "Welcome"}),
        ("own_touchpoint.restored", {"name": "Welcome"}),
    ]
