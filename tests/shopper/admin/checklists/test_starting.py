"""A designer starts a checklist, from the story of a store visit or empty."""

import pytest
from sqlalchemy import select

from evaluations.designing.library import default_script
from evaluations.document import canonical
from evaluations.models import Checklist, Role, Version
from tests.builders import a_person, a_version
from tests.shopper.admin.checklists.paper import Paper, sent

LIST = "/office/checklists/"
NEW = "/office/checklists/new"


@pytest.fixture
def desk(visitor, ana):
    return visitor.signs_in(ana)


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.EDITOR, Role.SCHEDULER])
def test_who_does_not_design_cannot_start_a_checklist(visitor, store, role):
    person = a_person(store, role)
    store.commit()
    assert visitor.signs_in(person).get(NEW).status_code == 404


def test_a_checklist_that_does_not_exist_is_nowhere(desk):
    missing = "/office/checklists/0190b8a0-0000-7000-8000-000000000000"
    assert desk.get(missing).status_code == 404
    assert desk.get(f"{missing}/draft").status_code == 404
    assert desk.get(f"{missing}/versions/1").status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "  "}, "Enter a name"),
        ({"name": "x" * 121}, "too long"),
        ({"name": "Spring", "languages": None}, "Choose at least one language"),
    ],
)
def test_what_cannot_be_started_is_said_at_its_field_and_nothing_typed_is_lost(desk, store, typed, message):
    page = sent(desk, NEW, start="empty", **typed)
    assert page.status_code == 422
    assert message in page.text
    kept = Paper(page.text, NEW).fields(NEW)
    assert (kept["name"], kept["start"]) == (typed["name"].strip(), "empty")
    assert store.scalars(select(Checklist)).all() == []


def test_an_empty_list_says_what_to_do_next(desk):
    page = desk.get(LIST)
    assert "No checklist yet" in page.text
    assert f'href="{NEW}"' in page.text


def test_a_checklist_starts_from_the_story_of_a_store_visit(desk, store):
    answer = sent(desk, NEW, name="Spring", languages=["en", "es"], start="script")
    assert answer.status_code == 303
    document = canonical.read(store.scalars(select(Version)).one().document)
    assert document.touchpoints == default_script()
    assert (document.languages, document.title) == (
        ("en", "es"),
        {"en": "Spring", "es": "Visita a una tienda"},
    )
    first = desk.get(answer.location, follow_redirects=True)
    assert "Signage" in first.text


def test_a_checklist_may_start_with_what_comes_after_the_visit_too(desk, store):
    sent(desk, NEW, name="Spring", languages=["en", "es"], start="script", afterwards="y")
    document = canonical.read(store.scalars(select(Version)).one().document)
    assert document.touchpoints == default_script(afterwards=True)
    assert {question.due_days for question in document.touchpoints[-1].questions} == {10}


def test_a_checklist_starts_empty_in_spanish_and_says_what_to_do_next(desk, store):
    answer = sent(desk, NEW, name="Primavera", languages=["es"], start="empty")
    document = canonical.read(store.scalars(select(Version)).one().document)
    assert (document.touchpoints, document.languages) == ((), ("es",))
    page = desk.get(answer.location)
    assert "/draft/library" in page.text
    assert "Where does the customer" in page.text


def test_a_scheduler_reads_the_list_but_changes_nothing(designer, visitors, store):
    scheduler = a_person(store, Role.SCHEDULER)
    a_version(store)
    store.commit()
    visitor = visitors().signs_in(scheduler)
    page = visitor.get(LIST)
    assert "Spring" in page.text
    assert "Version 1" in page.text
    assert "/draft" not in page.text
    assert NEW not in page.text
    assert visitor.get(f"{designer.base}/draft/settings").status_code == 404
    assert "/drafts" not in visitor.get(designer.base).text


def test_a_spanish_reader_names_a_checklist_in_spanish(visitor, ana, store):
    ana.language = "es"
    store.commit()
    desk = visitor.signs_in(ana)
    assert Paper(desk.get(NEW).text, NEW).fields(NEW).getlist("languages") == ["es"]
    for start, english in (("script", {"en": "Store visit"}), ("empty", {})):
        sent(desk, NEW, name="Primavera", languages=["en", "es"], start=start)
        newest = store.scalars(select(Version).order_by(Version.id.desc()).limit(1)).one()
        assert canonical.read(newest.document).title == {"es": "Primavera"} | english
