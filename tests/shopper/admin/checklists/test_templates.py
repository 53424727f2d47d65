"""Templates on the pages: saved from a draft or a version, found, read, and begun with."""

import pytest
from sqlalchemy import select

from evaluations.document import canonical
from evaluations.models import Role, Template, Version
from tests.builders import a_client, a_person
from tests.evaluations.designing.documents import document, journey, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import Paper, sent

LIST = "/office/checklists/templates/"
NEW = "/office/checklists/new"


def saves(designer, query="", **typed):
    page = f"{designer.base}/templates/new{query}"
    return sent(designer.visitor, page, page, **({"name": "Store"} | typed))


@pytest.fixture
def template(designer, store):
    """Ana saves her draft as “Store”."""
    assert saves(designer, description="Any <store>.").status_code == 303
    return store.scalars(select(Template)).one()


def newest(store):
    store.expire_all()
    return store.scalars(select(Version).order_by(Version.id.desc()).limit(1)).one()


def test_a_list_without_templates_says_how_to_get_one(designer):
    page = designer.visitor.get(LIST).text
    assert "No template yet" in page
    assert "Save as template" in page


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT])
def test_templates_are_there_for_designers_only(designer, template, visitors, store, role):
    other = visitors().signs_in(a_person(store, role))
    for address in (LIST, f"{LIST}{template.id}", f"{designer.base}/templates/new"):
        assert other.get(address).status_code == 404


def test_a_draft_is_saved_as_a_template_and_read(designer, template):
    assert canonical.read(template.document) == journey()
    for address in (LIST, f"{LIST}{template.id}"):
        assert "Any &lt;store&gt;." in designer.visitor.get(address).text
    page = designer.visitor.get(f"{LIST}{template.id}").text
    assert "Was it lit?" in page
    assert "None yet." in page


def test_a_published_version_is_saved_as_one_too(designer, store):
    designer.sends("/check", "/versions")
    assert (
        f"{designer.base}/templates/new?version=1" in designer.visitor.get(f"{designer.base}/versions/1").text
    )
    assert saves(designer, "?version=1").status_code == 303
    assert store.scalars(select(Template)).one().document == designer.versions[0].document


@pytest.mark.parametrize("query", ["", "?version=2"])
def test_what_is_not_there_is_not_saved(designer, query):
    designer.sends("/check", "/versions")
    assert designer.visitor.get(f"{designer.base}/templates/new{query}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "STORE"}, "already one named “STORE”"),
        ({"name": "Other", "description": "y" * 501}, "at most 500 characters"),
        ({"name": "Other", "languages": None}, "Choose at least one language."),
        ({"way": "next", "template": "nothing"}, "Choose a template."),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(designer, template, store, typed, message):
    page = saves(designer, **typed)
    assert (page.status_code, message in page.text) == (422, True)
    assert len(store.scalars(select(Template)).all()) == 1


def test_saving_again_makes_the_next_version(designer, template, store):
    designer.sends("/questions/greeted", text__en="Did anybody greet you?")
    answer = saves(designer, way="next", template=f"{template.id}:1")
    assert answer.status_code == 303
    page = designer.visitor.get(answer.location).text
    assert "<ins>Did anybody greet you?</ins>" in page
    store.expire_all()
    assert (template.number, template.name) == (2, "Store")
    assert saves(designer, way="next", template=f"{template.id}:1").status_code == 409


def test_texts_that_name_a_client_are_told_before_and_after(begin, store):
    a_client(store, name="Marisol")
    store.commit()
    designer = begin(document(touchpoint("till", yes_no("paid")), title={"en": "Visit to Marisol"}))
    assert "1 text names a client" in designer.visitor.get(f"{designer.base}/templates/new").text
    kept = designer.visitor.get(saves(designer).location).text
    assert "1 text names a client" in kept
    answer = sent(designer.visitor, NEW, name="Spring", start="template")
    assert "1 text names Marisol." in designer.visitor.get(answer.location, follow_redirects=True).text
    assert canonical.read(newest(store).document).title == {"en": "Visit to Marisol"}


def test_a_checklist_begins_with_a_template_in_its_languages_and_both_say_so(designer, template, store):
    page = f"{NEW}?start=template&template={template.id}"
    fields = Paper(designer.visitor.get(page).text, page).fields(page)
    assert (fields["start"], fields["template"], fields.getlist("languages")) == (
        "template",
        str(template.id),
        ["en"],
    )
    answer = sent(designer.visitor, page, name="Autumn")
    draft = newest(store)
    assert (draft.checklist.name, canonical.read(draft.document)) == ("Autumn", journey())
    assert answer.location.endswith(f"{draft.checklist_id}/draft")
    base = f"/office/checklists/{draft.checklist_id}"
    assert "Begun with the template “Store”, version 1" in designer.visitor.get(base).text
    assert base in designer.visitor.get(f"{LIST}{template.id}").text


def test_a_checklist_begins_as_a_copy_of_another(designer, store):
    checklist_id = designer.base.rsplit("/", 1)[1]
    sent(designer.visitor, NEW, name="Autumn", start="copy", copied=checklist_id)
    draft = newest(store)
    assert (draft.checklist.name, canonical.read(draft.document)) == ("Autumn", journey())
    page = designer.visitor.get(f"/office/checklists/{draft.checklist_id}").text
    assert "Begun as a copy of “Spring”, version 1" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"start": "template", "template": "nothing"}, "Choose a template."),
        ({"start": "copy", "copied": "0198f3a0-0000-7000-8000-000000000001"}, "Choose a checklist."),
        ({"start": "template", "languages": ["es"]}, "written in none of these languages"),
        ({"start": "magic"}, "Not a valid choice"),
    ],
)
def test_a_beginning_that_is_not_there_is_refused_at_its_field(designer, template, typed, message):
    page = sent(designer.visitor, NEW, name="Autumn", **typed)
    assert (page.status_code, message in page.text) == (422, True)
    assert len(designer.versions) == 1


def test_without_templates_and_checklists_two_ways_are_closed(visitor, ana):
    page = visitor.signs_in(ana).get(NEW).text
    assert "There is none yet. Any checklist can be saved as one." in page
    assert "There is no other yet." in page
    assert "/office/checklists/imports/new" in page
    assert "/office/checklists/scripts/new" in page


def test_templates_are_found_by_their_names_and_by_what_they_ask(designer, template):
    assert "Store" in designer.visitor.get(f"{LIST}?q=ANY+warmth").text
    page = designer.visitor.get(f"{LIST}?q=optician").text
    assert "No template fits “optician”" in page


def test_a_template_is_described_archived_and_put_back(designer, template, store):
    address = f"{LIST}{template.id}"
    assert sent(designer.visitor, address, name="Shop", description="Any shop.").status_code == 303
    typed = Paper(designer.visitor.get(address).text, address).fields(address)
    sent(designer.visitor, address, name="Shops")
    assert designer.visitor.post(address, data=typed).status_code == 409
    assert sent(designer.visitor, address, f"{address}/archives").status_code == 303
    assert "Archived templates" in designer.visitor.get(LIST).text
    assert str(template.id) not in designer.visitor.get(NEW).text
    saves(designer, name="shops")
    page = sent(designer.visitor, address, f"{address}/restorations")
    assert (page.status_code, "already one named “Shops”" in page.text) == (422, True)
    [other] = [each for each in store.scalars(select(Template)) if each.name == "shops"]
    sent(designer.visitor, f"{LIST}{other.id}", f"{LIST}{other.id}/archives")
    assert sent(designer.visitor, address, f"{address}/restorations").status_code == 303


def test_a_template_whose_name_was_taken_is_put_back_under_another(designer, template, store):
    address = f"{LIST}{template.id}"
    back = f"{address}/restorations"
    sent(designer.visitor, address, f"{address}/archives")
    saves(designer, name="store")
    refused = sent(designer.visitor, address, back)
    typed = Paper(refused.text, address).fields(back)
    assert (refused.status_code, typed["name"]) == (422, "Store")
    typed["name"] = "  "
    assert "Enter a name" in designer.visitor.post(back, data=typed).text
    typed["name"] = "Store of before"
    assert designer.visitor.post(back, data=typed).status_code == 303
    store.expire_all()
    assert (template.name, template.archived_at) == ("Store of before", None)


def test_the_address_of_putting_back_leads_to_the_templates_page(designer, template):
    answer = designer.visitor.get(f"{LIST}{template.id}/restorations")
    assert (answer.status_code, answer.location) == (303, f"{LIST}{template.id}")


def test_no_name_and_no_language_are_told_at_once(designer):
    page = saves(designer, name="", languages=None).text
    assert "Enter a name by which your colleagues find it." in page
    assert "Choose at least one language." in page


def test_no_template_is_overwritten_that_nobody_chose(designer, template, store):
    page = f"{designer.base}/templates/new"
    assert Paper(designer.visitor.get(page).text, page).fields(page)["template"] == ""
    refused = saves(designer, way="next")
    assert (refused.status_code, "Choose a template." in refused.text) == (422, True)
    store.expire_all()
    assert template.number == 1


def test_a_taken_name_names_the_next_version_as_the_way_out(designer, template):
    assert "Save this as its next version, above, or choose another name." in saves(designer).text


def test_an_earlier_version_of_a_template_is_read_and_brought_back(designer, template, store):
    first = template.document
    designer.sends("/questions/greeted", text__en="Did anybody greet you?")
    saves(designer, way="next", template=f"{template.id}:1")
    page, older = f"{LIST}{template.id}", f"{LIST}{template.id}/versions/1"
    assert f'href="{older}"' in designer.visitor.get(page).text
    read = designer.visitor.get(older).text
    assert "Was it greeted?" in read
    assert ("Version 1, saved" in read, "Version 2, saved" in read) == (True, False)
    typed = Paper(designer.visitor.get(older).text, older).fields(f"{older}/restorations")
    assert designer.visitor.post(f"{older}/restorations", data=typed).location == page
    store.expire_all()
    assert (template.document, template.number) == (first, 3)
    assert designer.visitor.post(f"{older}/restorations", data=typed).status_code == 409


def test_a_version_of_a_template_that_is_not_there_is_nowhere(designer, template):
    page = f"{LIST}{template.id}/versions"
    assert designer.visitor.get(f"{page}/2").status_code == 404
    assert designer.visitor.get(f"{page}/1").location == f"{LIST}{template.id}"
    assert designer.visitor.get(f"{page}/2/restorations").location == f"{page}/2"
    token = designer.visitor.token(f"{LIST}{template.id}")
    sent = {"csrf_token": token, "seen": str(template.edition)}
    assert designer.visitor.post(f"{page}/2/restorations", data=sent).status_code == 404
