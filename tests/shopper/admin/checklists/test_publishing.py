"""A draft is checked, published under its hash, and read as it was published."""

import json

import pytest

from evaluations.document import canonical
from evaluations.models import Role, Version
from tests.builders import a_person, a_wave
from tests.evaluations.designing.documents import document, touchpoint, yes_no

CHECK = "/check"
PUBLISH = "/versions"


@pytest.fixture
def published(designer):
    designer.sends(CHECK, PUBLISH)
    return designer


def test_a_draft_with_errors_cannot_be_published_and_says_where_to_mend_it(begin):
    designer = begin(document(touchpoint("greeting", yes_no(text={})), touchpoint("till")))
    page = designer.opens(CHECK)
    assert "2 things stand in the way" in page.text
    assert "The question is missing in English." in page.text
    assert "This touchpoint asks nothing." in page.text
    assert f"{designer.base}/draft/questions/greeted#text-en" in page.text
    assert "Publish version" not in page.text


def test_a_draft_that_is_published_past_the_page_is_refused_all_the_same(begin):
    designer = begin(document(touchpoint("greeting")))
    token = designer.visitor.token(f"{designer.base}/draft/touchpoints/greeting")
    page = designer.visitor.post(
        f"{designer.base}{PUBLISH}", data={"csrf_token": token, "edition": designer.seal}
    )
    assert page.status_code == 422
    assert "Not published: 2 things stand in the way" in page.text
    assert designer.versions[0].is_draft


@pytest.mark.parametrize("edition", ["0", "", "one", "-1", "9" * 40])
def test_an_edition_that_was_not_seen_is_not_published(designer, edition):
    page = designer.sends(CHECK, PUBLISH, edition=edition)
    assert page.status_code == 409
    assert "Ana saved this draft" in page.text
    assert designer.versions[0].is_draft


def test_warnings_are_shown_and_do_not_stand_in_the_way(begin):
    designer = begin(document(touchpoint("greeting", yes_no(text={"en": "Was it warm and dry?"}))))
    page = designer.opens(CHECK)
    assert "To think about" in page.text
    assert "This may ask two things at once" in page.text
    assert "Publish version 1" in page.text


def test_publishing_freezes_the_draft_and_shows_its_hash(designer):
    answer = designer.sends(CHECK, PUBLISH)
    assert answer.location.endswith("/versions/1")
    page = designer.visitor.get(answer.location)
    version = designer.versions[0]
    assert version.content_hash == canonical.content_hash(version.document)
    assert version.content_hash in page.text
    assert "Version 1 is published. It will never change." in page.text
    assert "Was it lit?" in page.text
    assert "3 options" in page.text


def test_what_is_published_can_no_longer_be_edited(published):
    for path in ("", "/touchpoints/greeting", "/questions/lit", CHECK):
        answer = published.opens(path)
        assert (answer.status_code, answer.location) == (303, published.base)
    assert "There is no draft any more" in published.visitor.get(published.base).text
    assert [version.is_draft for version in published.versions] == [False]


def test_the_next_edit_opens_a_draft_that_is_a_copy(published):
    page = published.visitor.get(published.base)
    assert "Open a draft of version 2" in page.text
    text = published.versions[0].document
    answer = published.visitor.sends(f"{published.base}/drafts", _from=published.base)
    assert answer.location.endswith("/draft")
    assert [(each.number, each.is_draft, each.document) for each in published.versions] == [
        (1, False, text),
        (2, True, text),
    ]
    assert "This draft says exactly what version 1 says." in published.opens(CHECK).text


def test_the_check_tells_what_changed_since_the_last_version(published):
    published.visitor.sends(f"{published.base}/drafts", _from=published.base)
    published.sends("/questions/lit", text__en="Did the sign shine?")
    published.sends("/questions/warmth", "/draft/questions/warmth/removals")
    page = " ".join(published.opens(CHECK).text.split())
    assert "reworded</span> <div> <span>Did the sign shine?</span>" in page
    assert "<ins>Did the sign shine?</ins>" in page
    assert "removed</span> <div> <span>How was the warmth?</span>" in page
    published.sends(CHECK, PUBLISH)
    first, second = published.versions
    assert (first.is_draft, second.is_draft, first.content_hash == second.content_hash) == (
        False,
        False,
        False,
    )
    old = published.visitor.get(f"{published.base}/versions/1").text
    assert "Was it lit?" in old
    assert "Did the sign shine?" not in old


def test_a_version_that_says_the_same_is_not_published_again(published):
    published.visitor.sends(f"{published.base}/drafts", _from=published.base)
    token = published.visitor.token(f"{published.base}/draft{CHECK}")
    page = published.visitor.post(
        f"{published.base}{PUBLISH}", data={"csrf_token": token, "edition": published.seal}
    )
    assert page.status_code == 409
    assert "says exactly what version 1 says, so it was not published" in page.text


def test_the_document_is_handed_out_to_the_letter(published):
    answer = published.visitor.get(f"{published.base}/versions/1/document.json")
    assert answer.mimetype == "application/json"
    assert answer.text == published.versions[0].document
    assert json.loads(answer.text)["title"] == {"en": "Spring"}


def test_a_draft_has_no_version_page(designer):
    assert designer.visitor.get(f"{designer.base}/versions/1").status_code == 404
    assert designer.visitor.get(f"{designer.base}/versions/1/document.json").status_code == 404


def test_the_versions_are_listed_with_the_waves_that_use_them(published, store):
    version = store.get(Version, published.versions[0].id, populate_existing=True)
    a_wave(store, version=version, name="March")
    store.commit()
    page = published.visitor.get(published.base).text
    assert "March" in page
    assert published.versions[0].content_hash[:12] in page
    assert "by Ana" in page


def test_a_scheduler_reads_a_version_but_no_draft(published, visitors, store):
    scheduler = a_person(store, Role.SCHEDULER)
    store.commit()
    visitor = visitors().signs_in(scheduler)
    assert "Was it lit?" in visitor.get(f"{published.base}/versions/1").text
    assert visitor.get(f"{published.base}/versions/1/preview").status_code == 200


def test_throwing_away_a_draft_asks_and_keeps_what_was_published(published):
    published.visitor.sends(f"{published.base}/drafts", _from=published.base)
    address = f"{published.base}/draft/discards"
    assert (
        "Throw away this draft? Published versions stay as they are."
        in published.visitor.get(published.base).text
    )
    token = published.visitor.token(published.base)
    answer = published.visitor.post(address, data={"csrf_token": token, "edition": published.seal})
    assert answer.location.endswith(published.base)
    assert [version.number for version in published.versions] == [1]


def test_throwing_away_the_only_draft_leads_to_the_list(designer):
    token = designer.visitor.token(designer.base)
    answer = designer.visitor.post(
        f"{designer.base}/draft/discards", data={"csrf_token": token, "edition": designer.seal}
    )
    assert answer.location.endswith("/office/checklists/")
    assert designer.versions == []


def test_a_checklist_of_a_hundred_questions_is_shown_within_the_limits(begin):
    questions = [yes_no(f"lit_{number}") for number in range(100)]
    designer = begin(document(touchpoint("greeting", *questions)))
    assert "There are 100 questions" in designer.opens(CHECK).text
    assert designer.opens("/touchpoints/greeting").status_code == 200


def test_a_first_version_is_not_asked_what_changed(designer):
    page = designer.opens("/check").text
    assert "What it is for" in page
    assert "What changed, and why" not in page
    designer.sends("/check", "/versions", note="For the stores of the north.")
    version = designer.visitor.get(f"{designer.base}/versions/1").text
    assert "For the stores of the north." in version
    assert "What changed, and why" not in version
