"""Whole checklists as templates: kept in some languages, with versions, to begin others with, for any client."""

from datetime import timedelta

import pytest
from hypothesis import given

from evaluations.designing import drafts, templates
from evaluations.document import canonical
from evaluations.document.tree import Option, SingleChoice
from evaluations.errors import Conflict, Invalid
from evaluations.models import Checklist, Role, TemplateVersion
from evaluations.queries import own_touchpoints as queries
from evaluations.queries import whereabouts
from tests.builders import NOON, a_document, a_person, a_version
from tests.evaluations.designing.documents import document, journey, touchpoint, yes_no
from tests.evaluations.designing.xlsform.worded import documents

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def ana(session):
    return a_person(session, Role.DESIGNER, name="Ana")


@pytest.fixture
def template(session, ana):
    return templates.keep(session, "Store", journey(), description="Any store.", by=ana, at=NOON)


def test_a_template_holds_the_whole_checklist_and_its_versions(session, ana, template):
    assert templates.document_of(template) == journey()
    shorter = document(touchpoint("till", yes_no("paid")))
    assert templates.replace(session, template, shorter, 1, by=ana, at=LATER)
    assert not templates.replace(session, template, shorter, 2, by=ana, at=LATER)
    kept = queries.versions(session, TemplateVersion, template)
    assert [(each.number, canonical.read(each.content)) for each in kept] == [(2, shorter), (1, journey())]


def test_only_the_languages_that_were_chosen_are_kept():
    options = (Option(key="a", text={"en": "Cash", "es": "Efectivo"}), Option(key="b", text={"en": "Card"}))
    doc = a_document(SingleChoice(key="paid", text={"en": "How?", "es": "¿Cómo?"}, options=options))
    spanish = templates.document_for(doc, ("es",))
    assert (spanish.languages, spanish.title) == (("es",), {"es": "Visita a la tienda"})
    [question] = spanish.questions()
    assert (question.text, [option.text for option in question.options]) == (
        {"es": "¿Cómo?"},
        [{"es": "Efectivo"}, {}],
    )
    with pytest.raises(Invalid):
        templates.document_for(doc, ())


@given(documents())
def test_a_checklist_in_all_its_languages_is_kept_without_loss(doc):
    assert templates.document_for(doc, doc.languages).touchpoints == doc.touchpoints


def test_a_checklist_begins_with_what_a_template_says(session, ana, template):
    draft = templates.begin(session, "Spring", template, ("en",), by=ana, at=LATER)
    session.flush()
    assert (draft.checklist.name, canonical.read(draft.document)) == ("Spring", journey())
    assert whereabouts.begun_with(session, template, reader=ana) == [(draft.checklist, 1)]
    told = whereabouts.beginning(session, draft.checklist)
    assert (told.template_id, told.name, told.number) == (template.id, "Store", 1)


def test_a_copy_of_another_checklist_says_whose_it_is(session, ana):
    version = a_version(session)
    draft = templates.begin(session, "Spring", version, ("en", "es"), by=ana, at=LATER)
    session.flush()
    told = whereabouts.beginning(session, draft.checklist)
    assert (told.template_id, told.name, told.number) == (None, version.checklist.name, 1)
    assert draft.document == version.document


def test_a_checklist_that_was_never_published_goes_with_what_is_told_of_its_beginning(session, ana, template):
    draft = templates.begin(session, "Spring", template, ("en",), by=ana, at=LATER)
    session.flush()
    checklist_id = draft.checklist_id
    drafts.discard(session, draft, 1, by=ana, at=LATER)
    session.flush()
    assert session.get(Checklist, checklist_id) is None
    assert whereabouts.begun_with(session, template, reader=ana) == []


def test_nothing_begins_with_an_archived_template(session, ana, template):
    templates.archive(session, template, by=ana, at=LATER)
    with pytest.raises(Conflict):
        templates.begin(session, "Spring", template, ("en",), by=ana, at=LATER)
    templates.restore(session, template, by=ana, at=LATER)
    assert templates.begin(session, "Spring", template, ("en",), by=ana, at=LATER).is_draft


def test_a_description_and_a_name_are_no_version(session, ana, template):
    templates.describe(session, template, "Shop", " Any shop. ", 1, by=ana, at=LATER)
    assert (template.name, template.description, template.number, template.edition) == (
        "Shop",
        "Any shop.",
        1,
        2,
    )
    templates.describe(session, template, "Shop", "Any shop.", 2, by=ana, at=LATER)
    assert template.edition == 2
    with pytest.raises(Invalid) as refused:
        templates.describe(session, template, "Shop", "x" * 501, 2, by=ana, at=LATER)
    assert refused.value.field == "description"


def test_texts_that_name_a_client_are_told_with_their_place():
    options = (Option(key="a", text={"en": "marisol's own"}), Option(key="b", text={"en": "Another"}))
    doc = document(
        touchpoint("till", yes_no("paid"), SingleChoice(key="bag", text={"en": "Bag?"}, options=options)),
        title={"en": "Visit to Marisol"},
        briefing={"en": "Marisolete and Villamarisol are other things."},
    )
    found = templates.naming(doc, ["Marisol", "Ópticas (Miranda)", " "])
    assert [(one.client, one.where.name, one.text) for one in found] == [
        ("Marisol", "title", "Visit to Marisol"),
        ("Marisol", "question.bag.options.a.text", "marisol's own"),
    ]
    assert templates.naming(doc, []) == ()
