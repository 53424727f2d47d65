"""The drafts at work: who saved each, and what stands in the way of publishing it."""

from datetime import timedelta

from evaluations.designing import drafts, workbench
from evaluations.designing.workbench import Only
from evaluations.models import Role
from tests.builders import NOON, a_person, a_version
from tests.evaluations.designing.documents import journey


def test_who_may_not_see_checklists_has_no_drafts(session):
    drafts.start(session, "Ours", journey(), by=a_person(session, Role.DESIGNER), at=NOON)
    assert workbench.drafts(session, a_person(session, Role.EDITOR)) == ()


def test_a_draft_says_who_saved_it_and_how_many_problems_it_has(session):
    dora = a_person(session, Role.DESIGNER, name="Dora")
    drafts.start(session, "Sound", drafts.scripted("Sound", ("en",)), by=dora, at=NOON)
    drafts.start(session, "Empty", drafts.blank("Empty", ("en",)), by=dora, at=NOON + timedelta(hours=1))
    session.flush()
    empty, sound = workbench.drafts(session, dora)
    assert (empty.checklist, empty.saved_by, empty.saved_at) == ("Empty", "Dora", NOON + timedelta(hours=1))
    assert empty.in_the_way > 0
    assert (sound.checklist, sound.in_the_way) == ("Sound", 0)
    assert [Only.PROBLEMS.holds(row) for row in (empty, sound)] == [True, False]


def test_published_versions_and_archived_checklists_are_no_drafts(session):
    dora = a_person(session, Role.DESIGNER)
    a_version(session)
    archived = drafts.start(session, "Old", journey(), by=dora, at=NOON)
    archived.checklist.archived_at = NOON
    session.flush()
    assert workbench.drafts(session, dora) == ()
