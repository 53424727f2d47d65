"""Versions are compared in words, and an old one can be the next draft."""

import pytest

from evaluations.document.tree import Is, Option, SingleChoice
from evaluations.models import Role
from tests.builders import a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no

CHECK, PUBLISH = "/check", "/versions"


def a_checklist(**question):
    return document(touchpoint("greeting", yes_no(key="greeted", **question)))


@pytest.fixture
def published(begin):
    """Ana, at a checklist whose only version is published."""
    designer = begin(a_checklist(text={"en": "Were you greeted?"}))
    assert designer.sends(CHECK, PUBLISH).status_code == 303
    return designer


def opens_again(designer):
    """Open the next draft."""
    token = designer.visitor.token(designer.base)
    return designer.visitor.post(f"{designer.base}/drafts", data={"csrf_token": token})


def restores(designer, number):
    token = designer.visitor.token(designer.base)
    return designer.visitor.post(f"{designer.base}/versions/{number}/drafts", data={"csrf_token": token})


def rewords(designer, text):
    """Say the question otherwise in the draft."""
    return designer.sends("/questions/greeted", text__en=text)


def test_one_version_alone_is_compared_with_nothing(published):
    assert published.visitor.get(f"{published.base}/versions/compared").status_code == 404


@pytest.mark.parametrize("chosen", ["before=9", "after=x", "before=0&after=1"])
def test_a_version_that_is_not_there_is_compared_with_nothing(published, chosen):
    opens_again(published)
    assert published.visitor.get(f"{published.base}/versions/compared?{chosen}").status_code == 404


def test_a_version_is_not_restored_over_an_open_draft(published):
    opens_again(published)
    answer = restores(published, 1)
    assert (answer.status_code, "A draft of version 2 is open." in answer.text) == (409, True)
    assert len(published.versions) == 2


def test_a_scheduler_compares_what_is_published_alone(published, store, visitors):
    opens_again(published)
    scheduler = visitors().signs_in(a_person(store, Role.SCHEDULER))
    assert scheduler.get(f"{published.base}/versions/compared").status_code == 404


def test_a_draft_is_compared_with_the_version_before_it_word_by_word(published):
    opens_again(published)
    assert rewords(published, "Did anybody greet you?").status_code == 303
    page = published.visitor.get(f"{published.base}/versions/compared").text
    assert "1 change from version 1 to version 2" in page
    assert "reworded" in page
    assert "<del>Were you greeted?</del>" in page
    assert "<ins>Did anybody greet you?</ins>" in page


def test_versions_that_say_the_same_are_told_so(published):
    opens_again(published)
    assert "Nothing differs" in published.visitor.get(f"{published.base}/versions/compared").text


def test_points_and_options_are_told_before_and_after(begin):
    def choice(points, text):
        options = (Option(key="a", text={"en": text}, points=points), Option(key="b", text={"en": "B"}))
        return document(touchpoint("till", SingleChoice(key="paid", text={"en": "How?"}, options=options)))

    from shopper.admin.checklists.changes import changes

    [change] = changes(choice(5, "Cash"), choice(8, "Coins"))
    assert (change.sort, [(one.before, one.after) for one in change.details]) == (
        "re-scored",
        [("Cash · 5", "Coins · 8")],
    )


def test_a_condition_is_told_before_and_after_as_a_sentence(begin):
    from shopper.admin.checklists.changes import changes

    def till(**values):
        return document(touchpoint("door", yes_no()), touchpoint("till", yes_no("paid"), **values))

    on = Is(question="greeted", answer="yes")
    [change] = changes(till(), till(show_if=on))
    told = [(one.field, one.before, one.after) for one in change.details]
    assert (change.sort, change.thing, told) == (
        "changed",
        "Till",
        [("condition", "always shown", "“Was it greeted?” is Yes")],
    )


def test_a_version_says_when_a_touchpoint_is_met(begin):
    on = Is(question="greeted", answer="yes")
    designer = begin(document(touchpoint("door", yes_no()), touchpoint("till", yes_no("paid"), show_if=on)))
    assert designer.sends(CHECK, PUBLISH).status_code == 303
    page = designer.visitor.get(f"{designer.base}/versions/1").text
    assert "Met only if “Was it greeted?” is Yes." in page


def test_an_old_version_becomes_the_next_draft(published):
    opens_again(published)
    rewords(published, "Did anybody greet you?")
    published.sends(CHECK, PUBLISH)
    assert restores(published, 1).status_code == 303
    first, _second, third = published.versions
    assert (third.number, third.is_draft, third.document) == (3, True, first.document)
