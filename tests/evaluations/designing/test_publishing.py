"""Publishing freezes a wording under the hash of its text."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from evaluations.designing import drafting, drafts, files, publishing
from evaluations.designing.keys import question_keys, touchpoint_keys
from evaluations.document import canonical
from evaluations.document.tree import Kind, Phase
from evaluations.errors import Conflict, Invalid
from evaluations.models import AuditEntry, Role, Version
from evaluations.photos.store import PhotoStore
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import document, journey, rating, touchpoint, yes_no

LATER = NOON + timedelta(days=1)


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER)


@pytest.fixture
def draft(session, ana):
    draft = drafts.start(session, "Spring", journey(), by=ana, at=NOON)
    session.flush()
    return draft


@pytest.fixture
def published(session, ana, draft):
    return publishing.publish(session, draft, 1, by=ana, at=NOON)


def next_draft(session, ana, version, doc):
    draft = drafts.open_draft(session, version.checklist, by=ana, at=LATER)
    drafts.save(session, draft, doc, draft.edition, by=ana, at=LATER)
    return draft


def test_a_draft_with_errors_is_not_published(session, ana):
    draft = drafts.start(session, "Empty", document(touchpoint("greeting")), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        publishing.publish(session, draft, 1, by=ana, at=NOON)
    assert (refused.value.code, refused.value.values) == ("not_ready", {"count": 2})
    assert (draft.is_draft, draft.content_hash) == (True, None)


def test_only_the_edition_that_was_seen_is_published(session, ana, draft):
    drafts.save(session, draft, drafting.remove_question(journey(), "lit"), 1, by=ana, at=NOON)
    with pytest.raises(Conflict) as refused:
        publishing.publish(session, draft, 1, by=ana, at=NOON)
    assert refused.value.code == "draft_changed"


def test_what_is_published_is_not_published_again(session, ana, published):
    with pytest.raises(Conflict) as refused:
        publishing.publish(session, published, 1, by=ana, at=LATER)
    assert refused.value.code == "version_is_published"


def test_a_draft_that_says_the_same_as_the_newest_version_is_not_published(session, ana, published):
    copy = drafts.open_draft(session, published.checklist, by=ana, at=LATER)
    with pytest.raises(Conflict) as refused:
        publishing.publish(session, copy, 1, by=ana, at=LATER)
    assert (refused.value.code, refused.value.values) == ("nothing_changed", {"number": 1})


def test_a_key_whose_kind_changed_since_a_version_is_not_published(session, ana, published):
    without = drafting.remove_question(journey(), "lit")
    draft = next_draft(session, ana, published, drafting.add_question(without, "till", rating("lit")))
    assert drafts.kinds_given(session, draft.checklist)["lit"] is Kind.YES_NO
    with pytest.raises(Invalid) as refused:
        publishing.publish(session, draft, draft.edition, by=ana, at=LATER)
    assert refused.value.code == "not_ready"


@pytest.mark.parametrize(
    "change",
    [
        {"document": "{}"},
        {"content_hash": "0" * 64},
        {"number": 7},
        {"published_at": None},
        {"edition": 9},
    ],
)
def test_a_published_version_never_changes(session, published, change):
    session.expire(published)
    for name, value in change.items():
        setattr(published, name, value)
    with pytest.raises(Conflict) as refused:
        session.flush()
    assert refused.value.code == "version_is_published"


def test_a_published_version_is_never_deleted(session, published):
    session.delete(published)
    with pytest.raises(Conflict):
        session.flush()


def test_publishing_freezes_the_text_under_its_hash(session, ana, draft):
    text = draft.document
    version = publishing.publish(session, draft, 1, by=ana, at=NOON)
    assert version.content_hash == hashlib.sha256(text.encode()).hexdigest()
    assert (version.published_at, version.published_by_id, version.is_draft) == (NOON, ana.id, False)
    assert publishing.is_intact(version)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "version.published")).one()
    assert (entry.actor_id, entry.subject_id) == (ana.id, version.id)


def test_the_next_edit_leaves_the_published_version_as_it_was(session, ana, published):
    text = published.document
    next_draft(session, ana, published, drafting.change_question(journey(), yes_no("lit", points=1)))
    session.flush()
    session.expire_all()
    one, two = session.scalars(select(Version).order_by(Version.number))
    assert (one.document, one.is_draft, two.is_draft) == (text, False, True)
    assert two.document != text


def test_the_second_version_is_the_newest(session, ana, published):
    draft = next_draft(session, ana, published, drafting.remove_question(journey(), "warmth"))
    publishing.publish(session, draft, draft.edition, by=ana, at=LATER)
    assert publishing.newest_published(session, published) is draft


def test_a_version_keeps_the_note_that_it_was_published_with(session, ana, draft):
    published = publishing.publish(
        session, draft, 1, note="  New season.\r\nAsked by the client. ", by=ana, at=NOON
    )
    assert published.note == "New season.\nAsked by the client."


def test_a_note_that_is_too_long_publishes_nothing(session, ana, draft):
    with pytest.raises(Invalid) as refused:
        publishing.publish(session, draft, 1, note="x" * 2001, by=ana, at=NOON)
    assert (refused.value.field, draft.is_draft) == ("note", True)


def test_a_key_that_was_published_is_never_given_to_another_touchpoint(session, ana, published):
    without = drafting.remove_touchpoint(journey(), "greeting")
    used = drafts.keys_given(session, published.checklist)
    again = drafting.blank_touchpoint(without, {"en": "Greeting"}, Phase.DURING, used=used)
    assert {"greeting", "greeted"} <= used
    assert again.key == "greeting_2"


def test_a_restored_version_has_the_keys_that_it_had(session, ana, published):
    draft = next_draft(session, ana, published, drafting.remove_touchpoint(journey(), "greeting"))
    publishing.publish(session, draft, draft.edition, by=ana, at=LATER)
    restored = drafts.restore(session, published, by=ana, at=LATER)
    assert canonical.read(restored.document) == journey()
    assert drafts.kinds_given(session, published.checklist).keys() == question_keys(journey())


@pytest.mark.parametrize("ending", [".json", ".xlsx"])
def test_what_comes_back_from_a_file_has_the_keys_and_kinds_that_were_published(
    session, published, ending, tmp_path
):
    store = PhotoStore(tmp_path)
    body = files.exported(session, store, published.checklist_id, 1, file_name=f"spring{ending}")
    found = files.read(body, f"spring{ending}", language="en").document
    assert found is not None
    assert {one.key: one.kind for one in found.questions()} == drafts.kinds_given(
        session, published.checklist
    )
    assert touchpoint_keys(found) == touchpoint_keys(journey())
