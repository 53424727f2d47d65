"""Every designer takes back their own steps at a draft, over the whole session."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from evaluations.designing import drafting, drafts, history, publishing, undoing
from evaluations.designing.meanwhile import saves_since
from evaluations.document import canonical
from evaluations.models import AuditEntry, Role, Step
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import asked, journey, yes_no

SOON = timedelta(seconds=3)
LATER = timedelta(minutes=1)


class Desk:
    """Somebody at a draft whose clock goes on from step to step."""

    def __init__(self, session, draft, who):
        self.session, self.draft, self.who = session, draft, who

    def does(self, change, at):
        after = change(canonical.read(self.draft.document))
        drafts.save(self.session, self.draft, after, self.draft.edition, by=self.who, at=at)
        self.session.flush()

    def words(self, key, at, **values):
        self.does(lambda doc: reworded(doc, key, **values), at)

    def undoes(self, at=NOON + LATER * 30):
        return undoing.undo(self.session, self.draft, by=self.who, at=at)

    def redoes(self, at=NOON + LATER * 30):
        return undoing.redo(self.session, self.draft, by=self.who, at=at)

    def question(self, key):
        return canonical.read(self.draft.document).question(key)


def reworded(doc, key, **values):
    return drafting.change_question(doc, drafting.changed(doc.question(key), **values))


@pytest.fixture
def ana(session):
    who = a_person(session, Role.DESIGNER, name="Ana")
    draft = drafts.start(session, "Spring", journey(), by=who, at=NOON)
    session.flush()
    return Desk(session, draft, who)


@pytest.fixture
def ben(session, ana):
    return Desk(session, ana.draft, a_person(session, Role.DESIGNER, name="Ben"))


def steps(session):
    return session.scalar(select(func.count()).select_from(Step))


def told(session):
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.at, AuditEntry.id)).all()
    return [act for act in acts if act != "checklist.started"]


def test_steps_are_taken_back_one_by_one_and_done_again(ana):
    ana.words("lit", NOON + LATER, points=3)
    ana.does(lambda doc: drafting.remove_question(doc, "greeted"), NOON + LATER * 2)
    assert ana.undoes().patch.changes[0].question == "greeted"
    assert asked(ana.undoes().document) == asked(journey())
    assert canonical.read(ana.draft.document) == journey()
    assert ana.undoes() is None
    assert [ana.redoes().patch.changes[0].question for _time in range(2)] == ["lit", "greeted"]
    assert ana.redoes() is None
    assert (ana.question("lit").points, ana.question("greeted")) == (3, None)


def test_after_something_new_there_is_nothing_to_do_again(ana):
    ana.words("lit", NOON + LATER, points=3)
    ana.undoes()
    ana.words("greeted", NOON + LATER * 2, points=4)
    assert ana.redoes() is None
    ana.undoes()
    assert canonical.read(ana.draft.document) == journey()


def test_a_burst_of_saves_in_one_place_is_one_step_and_one_entry_in_the_trail(ana):
    for count, text in enumerate(("D", "Did it", "Did it shine?")):
        ana.words("lit", NOON + LATER + SOON * count, text={"en": text})
    assert (steps(ana.session), told(ana.session)) == (1, ["draft.saved"])
    assert ana.draft.edition == 4
    ana.undoes()
    assert ana.question("lit").text == {"en": "Was it lit?"}


@pytest.mark.parametrize(
    ("values", "wait"), [({"points": 3}, SOON), ({"text": {"en": "Did it shine?"}}, LATER)]
)
def test_another_field_or_a_pause_is_another_step(ana, values, wait):
    ana.words("lit", NOON + LATER, text={"en": "Did it"})
    ana.words("lit", NOON + LATER + wait, **values)
    assert steps(ana.session) == 2


def test_what_somebody_else_saved_between_makes_two_steps(ana, ben):
    ana.words("lit", NOON + LATER, text={"en": "Did it"})
    ben.words("lit", NOON + LATER + SOON, points=3)
    ana.words("lit", NOON + LATER + SOON * 2, text={"en": "Did it shine?"})
    assert steps(ana.session) == 3
    ana.undoes()
    assert (ana.question("lit").text, ana.question("lit").points) == ({"en": "Did it"}, 3)


def test_who_goes_on_where_somebody_else_wrote_makes_a_step_of_their_own(ana, ben):
    ana.words("lit", NOON + LATER, text={"en": "Did it"})
    ben.words("lit", NOON + LATER + SOON, text={"en": "Did it shine?"})
    assert steps(ana.session) == 2
    ben.undoes()
    assert ana.question("lit").text == {"en": "Did it"}


def test_what_is_written_after_a_redo_is_a_step_of_its_own(ana):
    ana.words("lit", NOON + LATER, text={"en": "Did it"})
    ana.undoes(NOON + LATER + SOON)
    ana.redoes(NOON + LATER + SOON)
    ana.words("lit", NOON + LATER + SOON * 2, text={"en": "Did it shine?"})
    ana.undoes()
    assert ana.question("lit").text == {"en": "Did it"}


def test_a_burst_that_takes_itself_back_is_no_step(ana):
    ana.words("lit", NOON + LATER, points=3)
    ana.words("lit", NOON + LATER + SOON, points=10)
    assert steps(ana.session) == 0
    assert ana.undoes() is None


def test_each_takes_back_their_own_and_the_others_stay(ana, ben):
    ana.words("lit", NOON + LATER, points=3)
    ben.words("lit", NOON + LATER * 2, text={"en": "Did it shine?"})
    ana.undoes()
    assert (ana.question("lit").points, ana.question("lit").text) == (10, {"en": "Did it shine?"})
    ben.undoes()
    assert canonical.read(ana.draft.document) == journey()


def test_what_somebody_else_changed_since_is_refused_by_name_and_the_step_before_is_next(ana, ben):
    ana.words("greeted", NOON + LATER, points=5)
    ana.words("lit", NOON + LATER * 2, points=3)
    ben.words("lit", NOON + LATER * 3, points=4)
    before = ana.draft.document
    refused = ana.undoes()
    assert (refused.overtaken.question, refused.by.who) == ("lit", "Ben")
    assert ana.draft.document == before
    ana.undoes()
    assert (ana.question("greeted").points, ana.question("lit").points) == (10, 4)
    assert ana.undoes() is None


def test_an_undo_is_in_the_trail_and_known_to_who_has_an_old_page(ana, ben):
    ana.words("lit", NOON + LATER, points=3)
    seen = ana.draft.edition
    ana.undoes()
    ana.redoes()
    assert told(ana.session) == ["draft.saved", "step.undone", "step.redone"]
    assert [save.touched(question="lit") for save in saves_since(ana.session, ana.draft, seen)] == [
        True,
        True,
    ]


def test_a_burst_that_went_on_after_a_page_was_made_is_known_to_it(ana):
    ana.words("lit", NOON + LATER, text={"en": "Did"})
    seen = ana.draft.edition
    ana.words("lit", NOON + LATER + SOON, text={"en": "Did it shine?"})
    [save] = saves_since(ana.session, ana.draft, seen)
    assert (save.edition, save.who, save.touched(question="lit")) == (3, "Ana", True)
    assert (save.touched(touchpoint="signage"), save.touched(touchpoint="till")) == (True, False)
    assert saves_since(ana.session, ana.draft, ana.draft.edition) == ()


def test_the_oldest_steps_go(ana, monkeypatch):
    monkeypatch.setattr(history, "MOST_STEPS", 3)
    for points in range(6):
        ana.words("lit", NOON + LATER * (points + 1), points=points)
    assert steps(ana.session) == 3
    for _time in range(3):
        ana.undoes()
    assert (ana.question("lit").points, ana.undoes()) == (2, None)


def test_publishing_and_discarding_forget_the_steps(session, ana):
    ana.words("lit", NOON + LATER, points=3)
    publishing.publish(session, ana.draft, ana.draft.edition, by=ana.who, at=NOON + LATER)
    assert steps(session) == 0
    draft = drafts.open_draft(session, ana.draft.checklist, by=ana.who, at=NOON + LATER)
    again = Desk(session, draft, ana.who)
    again.does(lambda doc: drafting.add_question(doc, "till", yes_no("smiled")), NOON + LATER * 2)
    assert steps(session) == 1
    drafts.discard(session, draft, draft.edition, by=ana.who, at=NOON + LATER * 3)
    assert steps(session) == 0


def test_an_undo_of_a_published_draft_is_refused(session, ana):
    publishing.publish(session, ana.draft, 1, by=ana.who, at=NOON)
    with pytest.raises(drafts.Conflict) as refused:
        ana.undoes()
    assert refused.value.code == "version_is_published"


def test_the_trail_says_what_an_undo_changed(session, ana):
    ana.words("lit", NOON + LATER, points=3)
    ana.undoes()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "step.undone")).one()
    assert json.loads(entry.details) == {
        "edition": 3,
        "changes": [{"sort": "changed", "touchpoint": "signage", "question": "lit", "fields": ["points"]}],
    }
