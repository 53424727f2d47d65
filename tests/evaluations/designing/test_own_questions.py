"""Own questions: kept by themselves with every version; and where things of the own library are used."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from evaluations import access
from evaluations.database import connect, upgrade_within, writing
from evaluations.designing import drafting, drafts, own_questions, own_touchpoints, publishing, renewing
from evaluations.designing.finding import Wanted, found_questions
from evaluations.document.tree import Is, Lens, Origin, Phase
from evaluations.errors import Conflict, Invalid
from evaluations.models import OwnQuestionVersion, OwnTouchpointVersion, Role
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import journey, rating, touchpoint, yes_no

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER, name="Ana")


@pytest.fixture
def own(session, ana):
    return own_questions.keep(session, "Greeted", yes_no("greeted"), by=ana, at=NOON)


def better(**values):
    return yes_no("other_key", text={"en": "Did anybody greet you?"}, **values)


def test_a_question_is_kept_without_what_belongs_to_its_checklist(session, ana):
    asked = yes_no(
        "greeted", show_if=Is(question="lit", answer="yes"), origin=Origin(id=str(uuid4()), version=1)
    )
    own = own_questions.keep(session, "Greeted", asked, by=ana, at=NOON)
    assert own_questions.question_of(own) == yes_no("greeted")


def test_saving_again_makes_the_next_version_and_keeps_the_one_before(session, ana, own):
    assert own_questions.replace(session, own, better(), 1, by=ana, at=LATER)
    assert (own.number, own_questions.question_of(own).key) == (2, "greeted")
    kept = queries.versions(session, OwnQuestionVersion, own)
    assert [(each.number, own_questions.read(each.content).text["en"]) for each in kept] == [
        (2, "Did anybody greet you?"),
        (1, "Was it greeted?"),
    ]
    assert not own_questions.replace(session, own, better(), 2, by=ana, at=LATER)
    assert own.number == 2


def test_a_name_is_no_version(session, ana, own):
    own_questions.rename(session, own, "Welcomed", 1, by=ana, at=LATER)
    assert (own.number, own.edition) == (1, 2)


def test_an_own_question_never_changes_its_kind(session, ana, own):
    with pytest.raises(Conflict) as refused:
        own_questions.replace(session, own, rating("greeted"), 1, by=ana, at=LATER)
    assert (refused.value.code, own.number) == ("kind_is_fixed", 1)


def test_what_was_changed_meanwhile_or_is_archived_takes_nothing(session, ana, own):
    own_questions.replace(session, own, better(), 1, by=ana, at=LATER)
    with pytest.raises(Conflict) as refused:
        own_questions.replace(session, own, yes_no("greeted"), 1, by=ana, at=LATER)
    assert refused.value.code == "kept_changed"
    own_questions.archive(session, own, by=ana, at=LATER)
    with pytest.raises(Conflict) as refused:
        own_questions.replace(session, own, yes_no("greeted"), own.edition, by=ana, at=LATER)
    assert refused.value.code == "kept_is_archived"


def test_a_name_is_free_while_the_one_that_had_it_is_archived(session, ana, own):
    with pytest.raises(Invalid):
        own_questions.keep(session, "GREETED", yes_no("x"), by=ana, at=NOON)
    own_questions.archive(session, own, by=ana, at=LATER)
    own_questions.keep(session, "GREETED", yes_no("x"), by=ana, at=NOON)
    with pytest.raises(Invalid) as refused:
        own_questions.restore(session, own, by=ana, at=LATER)
    assert refused.value.code == "kept_name_taken"


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT])
def test_nobody_but_designers_sees_them(session, own, role):
    reader = a_person(session, role)
    assert session.scalars(access.own_questions(reader)).all() == []
    assert session.scalars(access.templates(reader)).all() == []


def test_own_questions_are_found_by_words_and_lens_and_belong_to_no_phase(session, ana, own):
    kept = [
        own,
        own_questions.keep(session, "Café", rating("warmth", lenses=(Lens.SIMPLICITY,)), by=ana, at=NOON),
    ]

    def names(**wanted):
        return [each.name for each, _question in found_questions(kept, Wanted(**wanted))]

    assert names() == ["Greeted", "Café"]
    assert (names(words="cafe"), names(words="GREET was")) == (["Café"], ["Greeted"])
    assert (names(lens=Lens.SIMPLICITY), names(phase=Phase.DURING)) == (["Café"], [])


def test_an_own_touchpoint_keeps_its_versions_too(session, ana):
    greeting = touchpoint("greeting", yes_no("greeted"))
    own = own_touchpoints.keep(session, "Welcome", own_touchpoints.entry_from(greeting), by=ana, at=NOON)
    own_touchpoints.take_in(session, own, rating("warmth"), 1, by=ana, at=LATER)
    kept = queries.versions(session, OwnTouchpointVersion, own)
    assert [(each.number, each.saved_at) for each in kept] == [(2, LATER), (1, NOON)]
    assert kept[0].content == own.entry


def test_a_question_of_another_kind_does_not_get_the_key_of_the_one_that_it_replaces(session, ana):
    greeting = touchpoint("greeting", yes_no("greeted"), yes_no("smiled"))
    own = own_touchpoints.keep(session, "Welcome", own_touchpoints.entry_from(greeting), by=ana, at=NOON)
    own_touchpoints.take_in(session, own, rating("greeted"), 1, in_place_of="greeted", by=ana, at=LATER)
    assert [(one.key, one.kind.value) for one in own_touchpoints.entry_of(own).questions] == [
        ("greeted_2", "rating"),
        ("smiled", "yes_no"),
    ]


def test_where_it_is_used_names_drafts_and_versions_and_what_each_took(session, ana, own):
    question = renewing.taken_question(journey(), yes_no("greeted"), own.id, 1, used=())
    doc = drafting.add_question(journey(), "till", question)
    draft = drafts.start(session, "Spring", doc, by=ana, at=NOON)
    drafts.start(session, "Autumn", journey(), by=ana, at=NOON)
    session.flush()
    publishing.publish(session, draft, 1, by=ana, at=NOON)
    newer = drafts.open_draft(session, draft.checklist, by=ana, at=LATER)
    renewed = renewing.renewed_question(doc, question.key, better(), 2)
    drafts.save(session, newer, renewed, newer.edition, by=ana, at=LATER)
    found = whereabouts.of(session, own, reader=ana)
    assert [(one.checklist, one.number, one.is_draft, one.touchpoint, one.taken) for one in found] == [
        ("Spring", 2, True, "till", (2,)),
        ("Spring", 1, False, "till", (1,)),
    ]
    assert whereabouts.of(session, own, reader=a_person(session, Role.SHOPPER)) == []


def test_own_touchpoints_from_before_there_were_versions_have_their_first(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'older.db'}")
    moment = "2026-03-14 12:00:00.000000"
    with writing(engine).begin() as connection:
        upgrade_within(connection, "0019")
        connection.execute(
            text(
                "INSERT INTO people (id, email, name, roles, language, is_active, created_at, unwanted)"
                " VALUES (:id, 'ana@example.org', 'Ana', 'designer', 'en', 1, :at, '')"
            ),
            {"id": "0" * 32, "at": moment},
        )
        connection.execute(
            text(
                "INSERT INTO own_touchpoints (id, name, folded_name, entry, edition, created_at, created_by_id,"
                " changed_at, changed_by_id) VALUES (:own, 'A', 'a', '{}', 3, :at, :id, :at, :id)"
            ),
            {"own": "1" * 32, "id": "0" * 32, "at": moment},
        )
        upgrade_within(connection)
        rows = connection.execute(
            text(
                "SELECT own.number, v.number, v.content, v.saved_at FROM own_touchpoints own"
                " JOIN own_touchpoint_versions v ON v.kept_id = own.id"
            )
        ).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(1, 1, "{}", moment)]
