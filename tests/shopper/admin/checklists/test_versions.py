"""Versions are compared in words, and an old one can be the next draft."""

from html import unescape

import pytest
from sqlalchemy import update

from evaluations.document.tree import Is, Option, SingleChoice
from evaluations.models import Person, Role, Version
from tests.builders import a_person, a_visit, a_wave
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import Paper, sent

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


def restores(designer, number, **more):
    token = designer.visitor.token(designer.base)
    fields = {"csrf_token": token} | more
    return designer.visitor.post(f"{designer.base}/versions/{number}/drafts", data=fields)


def withdraws(designer, number, reason="Last season's offer."):
    page = f"{designer.base}/versions/{number}/withdrawals/new"
    return sent(designer.visitor, page, page, reason=reason)


def publishes_another(designer, note=""):
    """Open the next draft, reword its question, and publish it."""
    opens_again(designer)
    rewords(designer, "Did anybody greet you?")
    return designer.sends(CHECK, PUBLISH, note=note)


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


@pytest.mark.parametrize(("language", "first"), [("en", "Were you greeted?"), ("es", "¿Le saludaron?")])
def test_a_version_is_read_in_ones_own_language_first(begin, store, language, first):
    texts = {"en": "Were you greeted?", "es": "¿Le saludaron?"}
    title = {"en": "Visit", "es": "Visita"}
    greeting = touchpoint("greeting", yes_no(text=texts), name={"en": "Greeting", "es": "Saludo"})
    spoken = {"title": title, "briefing": title, "languages": ("en", "es")}
    designer = begin(document(greeting, **spoken))
    assert designer.sends(CHECK, PUBLISH).status_code == 303
    store.execute(update(Person).values(language=language))
    store.commit()
    page = unescape(designer.visitor.get(f"{designer.base}/versions/1").text)
    assert min(texts.values(), key=page.index) == first


def test_an_old_version_becomes_the_next_draft(published):
    opens_again(published)
    rewords(published, "Did anybody greet you?")
    published.sends(CHECK, PUBLISH)
    assert restores(published, 1).status_code == 303
    first, _second, third = published.versions
    assert (third.number, third.is_draft, third.document) == (3, True, first.document)


def test_a_note_is_proposed_and_stands_in_the_list_on_the_page_and_in_the_comparison(published):
    opens_again(published)
    rewords(published, "Did anybody greet you?")
    page = f"{published.base}/draft{CHECK}"
    proposed = Paper(published.visitor.get(page).text, page).fields(f"{published.base}{PUBLISH}")["note"]
    assert proposed == "Since version 1: 1 question reworded."
    published.sends(CHECK, PUBLISH, note=f"{proposed}\nThe client asked for <plain> words.")
    for path in ("", "/versions/2", "/versions/compared?before=1&after=2"):
        text = published.visitor.get(f"{published.base}{path}").text
        assert "The client asked for &lt;plain&gt; words." in text


def test_a_first_version_is_proposed_no_note(begin):
    designer = begin(a_checklist(text={"en": "Were you greeted?"}))
    page = f"{designer.base}/draft{CHECK}"
    assert Paper(designer.visitor.get(page).text, page).fields(f"{designer.base}{PUBLISH}")["note"] == ""


def test_what_was_typed_as_a_note_is_kept_when_publishing_is_refused(published):
    opens_again(published)
    rewords(published, "Did anybody greet you?")
    page = published.sends(CHECK, PUBLISH, note="y" * 2001)
    assert (page.status_code, "y" * 2001 in page.text) == (422, True)
    assert published.versions[-1].is_draft


def test_a_version_says_which_waves_use_it_and_links_for_who_may_open_them(published, store, visitors):
    version = store.get(Version, published.versions[0].id)
    wave = a_wave(store, version=version, name="March")
    a_visit(store, wave)
    store.commit()
    for path in ("", "/versions/1"):
        page = published.visitor.get(f"{published.base}{path}").text
        assert "March" in page
        assert "not begun yet" in page
        assert f"/office/waves/{wave.id}" not in page
    scheduler = visitors().signs_in(a_person(store, Role.SCHEDULER))
    assert f"/office/waves/{wave.id}" in scheduler.get(published.base).text


def test_a_version_is_withdrawn_with_a_reason_that_everybody_reads(published, store, visitors):
    version = store.get(Version, published.versions[0].id)
    wave = a_wave(store, version=version, name="March")
    a_visit(store, wave)
    store.commit()
    asked = published.visitor.get(f"{published.base}/versions/1/withdrawals/new").text
    assert "1 wave has not begun and keeps it" in asked
    assert withdraws(published, 1).status_code == 303
    scheduler = visitors().signs_in(a_person(store, Role.SCHEDULER))
    for address in (published.base, f"{published.base}/versions/1", f"/office/waves/{wave.id}"):
        assert "Last season&#39;s offer." in scheduler.get(address).text
    assert "withdrawals" not in scheduler.get(f"{published.base}/versions/1").text


def test_a_withdrawal_without_a_reason_is_refused_and_names_its_box(published):
    page = withdraws(published, 1, " ")
    assert (page.status_code, "Say why, for whoever planned on it." in page.text) == (422, True)


def test_a_wave_planned_after_the_page_was_opened_is_named_before_anything_is_withdrawn(published, store):
    page = f"{published.base}/versions/1/withdrawals/new"
    token = published.visitor.token(page)
    a_visit(store, a_wave(store, version=store.get(Version, published.versions[0].id), name="Late"))
    store.commit()
    answer = published.visitor.post(page, data={"csrf_token": token, "reason": "Wrong."})
    assert (answer.status_code, "planned on it meanwhile" in answer.text) == (409, True)
    assert "Late" in answer.text
    assert sent(published.visitor, page, page, reason="Wrong.").status_code == 303


def test_a_withdrawn_version_is_restored_only_by_saying_so(published):
    publishes_another(published)
    withdraws(published, 1)
    answer = restores(published, 1)
    assert (answer.status_code, "Version 1 is withdrawn." in answer.text) == (409, True)
    assert "Restore it all the same" in published.visitor.get(f"{published.base}/versions/1").text
    assert restores(published, 1, knowingly="yes").status_code == 303
    assert published.versions[-1].based_on == 1
    assert "based on version 1" in published.visitor.get(published.base).text


def test_the_next_draft_passes_over_a_withdrawn_version_and_says_so(published):
    publishes_another(published)
    withdraws(published, 2)
    assert "begins as a copy of version 1" in published.visitor.get(published.base).text
    assert "Version 2, withdrawn" in published.visitor.get("/office/checklists/").text
    opens_again(published)
    assert (published.versions[-1].based_on, published.versions[-1].document) == (
        1,
        published.versions[0].document,
    )


def test_where_all_are_withdrawn_no_draft_is_offered_and_the_way_is_said(published):
    withdraws(published, 1)
    page = published.visitor.get(published.base).text
    assert "Every version is withdrawn." in page
    assert f'<a href="{published.base}/versions/1">To version 1</a>' in page
    assert f"{published.base}/drafts" not in page
    assert opens_again(published).status_code == 409


def test_a_withdrawn_version_is_put_back_into_use(published):
    withdraws(published, 1)
    token = published.visitor.token(f"{published.base}/versions/1")
    answer = published.visitor.post(f"{published.base}/versions/1/reinstatements", data={"csrf_token": token})
    page = published.visitor.get(answer.location).text
    assert "Version 1 is in use again" in page
    assert "Last season" not in page


def test_a_touchpoint_that_was_published_lends_its_key_to_no_other(published):
    opens_again(published)
    assert published.sends("/touchpoints/greeting", "/draft/touchpoints/greeting/removals").status_code == 303
    published.sends("/touchpoints/new", name__en="Greeting", phase="during")
    assert [each.key for each in published.document.touchpoints] == ["greeting_2"]
    published.sends("/library?q=greeting", "/draft/placements", entry="greeting", own=None, phase="during")
    assert [each.key for each in published.document.touchpoints] == ["greeting_2", "greeting_3"]
