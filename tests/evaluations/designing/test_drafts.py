"""A draft is saved as a whole, and two designers never overwrite each other."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from evaluations.database import writing
from evaluations.designing import drafting, drafts, publishing
from evaluations.document import canonical
from evaluations.document.tree import Kind
from evaluations.errors import Conflict, Invalid
from evaluations.models import AuditEntry, Checklist, Person, Role, Version
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import journey, yes_no

LATER = NOON + timedelta(minutes=5)


def a_designer(session, name="Ana"):
    return a_person(session, Role.DESIGNER, name=name)


@pytest.fixture
def ana(session):
    return a_designer(session)


@pytest.fixture
def draft(session, ana):
    draft = drafts.start(session, "Spring", journey(), by=ana, at=NOON)
    session.flush()
    return draft


def acts(session):
    return [entry.act for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "checklist_without_name"), ("x" * 121, "checklist_name_too_long")]
)
def test_a_checklist_needs_a_name_that_fits(session, ana, name, code):
    with pytest.raises(Invalid) as refused:
        drafts.start(session, name, journey(), by=ana, at=NOON)
    assert (refused.value.code, refused.value.field) == (code, "name")


def test_a_stale_save_is_refused_and_says_who_saved_when(session, draft):
    ben = a_designer(session, "Ben")
    drafts.save(session, draft, drafting.remove_question(journey(), "lit"), 1, by=ben, at=LATER)
    before = draft.document
    with pytest.raises(Conflict) as refused:
        drafts.save(session, draft, journey(), 1, by=ben, at=LATER)
    assert (refused.value.code, refused.value.values) == ("draft_changed", {"who": "Ben", "when": LATER})
    assert (draft.document, draft.edition) == (before, 2)


def test_a_published_version_cannot_be_saved(session, ana, draft):
    publishing.publish(session, draft, 1, by=ana, at=NOON)
    with pytest.raises(Conflict) as refused:
        drafts.save(session, draft, drafting.remove_question(journey(), "lit"), 1, by=ana, at=LATER)
    assert (refused.value.code, refused.value.values) == ("version_is_published", {"number": 1})


def test_saving_makes_the_next_edition_and_says_what_changed(session, ana, draft):
    kept = drafts.save(session, draft, drafting.remove_question(journey(), "lit"), 1, by=ana, at=LATER)
    assert (kept, draft.edition, draft.saved_at, draft.saved_by) == (True, 2, LATER, ana)
    assert canonical.read(draft.document).question("lit") is None
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "draft.saved")).one()
    assert json.loads(entry.details)["changes"] == [
        {"sort": "removed", "touchpoint": "signage", "question": "lit"}
    ]


def test_saving_what_is_there_already_changes_nothing(session, ana, draft):
    assert drafts.save(session, draft, journey(), 1, by=ana, at=LATER) is False
    assert (draft.edition, draft.saved_at, acts(session)) == (1, NOON, ["checklist.started"])


def test_a_checklist_starts_with_one_draft(session, ana, draft):
    assert (draft.number, draft.is_draft, draft.checklist.name) == (1, True, "Spring")
    assert canonical.read(draft.document) == journey()


def test_a_new_name_is_in_the_audit_trail(session, ana, draft):
    drafts.rename(session, draft.checklist, " Summer  2026 ", by=ana, at=LATER)
    drafts.rename(session, draft.checklist, "Summer 2026", by=ana, at=LATER)
    assert draft.checklist.name == "Summer 2026"
    assert acts(session) == ["checklist.started", "checklist.renamed"]


def test_opening_a_draft_where_there_is_one_gives_that_one(session, ana, draft):
    assert drafts.open_draft(session, draft.checklist, by=ana, at=LATER) is draft


def test_after_publishing_a_draft_opens_as_a_copy(session, ana, draft):
    published = publishing.publish(session, draft, 1, by=ana, at=NOON)
    copy = drafts.open_draft(session, published.checklist, by=ana, at=LATER)
    session.flush()
    assert (copy.number, copy.is_draft, copy.edition, copy.document) == (2, True, 1, published.document)
    assert acts(session)[-1] == "draft.opened"


def test_discarding_the_only_draft_takes_the_checklist_with_it(session, ana, draft):
    drafts.discard(session, draft, 1, by=ana, at=LATER)
    session.flush()
    assert session.scalars(select(Checklist)).all() == []
    assert acts(session)[-1] == "draft.discarded"


def test_discarding_a_later_draft_keeps_what_was_published(session, ana, draft):
    publishing.publish(session, draft, 1, by=ana, at=NOON)
    copy = drafts.open_draft(session, draft.checklist, by=ana, at=LATER)
    session.flush()
    drafts.discard(session, copy, 1, by=ana, at=LATER)
    session.flush()
    assert [version.number for version in session.scalars(select(Version))] == [1]


def test_discarding_what_somebody_else_changed_is_refused(session, ana, draft):
    drafts.save(session, draft, drafting.remove_question(journey(), "lit"), 1, by=ana, at=LATER)
    with pytest.raises(Conflict):
        drafts.discard(session, draft, 1, by=ana, at=LATER)


def test_every_key_that_was_ever_published_keeps_its_kind(session, ana, draft):
    publishing.publish(session, draft, 1, by=ana, at=NOON)
    copy = drafts.open_draft(session, draft.checklist, by=ana, at=LATER)
    without = drafting.remove_question(journey(), "warmth")
    drafts.save(session, copy, drafting.add_question(without, "till", yes_no("new")), 1, by=ana, at=LATER)
    given = drafts.kinds_given(session, draft.checklist)
    assert (given["warmth"], "new" in given) == (Kind.RATING, False)


def test_of_two_designers_who_save_at_once_one_is_told(engine):
    with Session(writing(engine)) as session:
        ana, ben = a_designer(session, "Ana"), a_designer(session, "Ben")
        drafts.start(session, "Spring", journey(), by=ana, at=NOON)
        session.commit()
        ana_id, ben_id = ana.id, ben.id
    with Session(engine) as reading:  # Ben's page was loaded before Ana saved
        seen = reading.scalars(select(Version)).one().edition
    with Session(writing(engine)) as first:
        draft = first.scalars(select(Version)).one()
        without = drafting.remove_question(journey(), "lit")
        drafts.save(first, draft, without, seen, by=first.get_one(Person, ana_id), at=LATER)
        first.commit()
    with Session(writing(engine)) as second:
        draft = second.scalars(select(Version)).one()
        with pytest.raises(Conflict) as refused:
            drafts.save(second, draft, journey(), seen, by=second.get_one(Person, ben_id), at=LATER)
    assert refused.value.values["who"] == "Ana"


def at_once(engine, *acts):
    """What each act gives, or is refused with, when all have read the same before any of them writes.

    SQLite lets a second writer not even read: there they only begin together.
    """
    ready = Barrier(len(acts))
    reads_beside_others = engine.dialect.name == "postgresql"

    def done(act):
        with Session(writing(engine)) as session:
            if not reads_beside_others:
                ready.wait()
            seen = session.scalars(select(Version).options(joinedload(Version.checklist))).all()
            by = session.scalars(select(Person)).one()
            if reads_beside_others:
                ready.wait()
            try:
                given = act(session, seen[-1], by)
            except Conflict as refusal:
                return refusal.code
            session.commit()
            return given

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


@pytest.fixture
def spring(engine):
    with Session(writing(engine)) as session:
        ana = a_designer(session)
        draft = drafts.start(session, "Spring", journey(), by=ana, at=NOON)
        session.commit()
        return draft.checklist_id


def test_designers_who_open_a_draft_at_once_get_the_same_one(engine, spring):
    with Session(writing(engine)) as session:
        version = session.scalars(select(Version)).one()
        publishing.publish(session, version, 1, by=version.saved_by, at=NOON)
        session.commit()

    def opened(session, version, by):
        draft = drafts.open_draft(session, version.checklist, by=by, at=LATER)
        session.flush()
        return draft.id

    assert len(set(at_once(engine, opened, opened, opened))) == 1
    with Session(engine) as session:
        assert [version.number for version in session.scalars(select(Version))] == [1, 2]


def test_of_designers_who_save_in_the_same_instant_one_is_kept(engine, spring):
    def saving(gone):
        def saved(session, draft, by):
            without = drafting.remove_question(journey(), gone)
            return drafts.save(session, draft, without, 1, by=by, at=LATER)

        return saved

    assert sorted(map(str, at_once(engine, saving("lit"), saving("warmth")))) == ["True", "draft_changed"]
    with Session(engine) as session:
        assert session.scalars(select(Version)).one().edition == 2
