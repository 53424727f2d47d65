"""The library beside a draft: searched, filtered, counted, and added from."""

from html import unescape
from re import findall, search

import pytest

from evaluations.designing.finding import Wanted, found, offers
from evaluations.designing.library import find, library
from evaluations.document.tree import Channel, Lens, Phase, Stage
from tests.evaluations.designing.documents import document, keys


def named(page):
    """The names of the entries that a page of the library offers."""
    return [unescape(name).strip() for name in findall(r"<h4>([^<]+)", page.text)]


def option(page, value):
    """What stands in the option for `value` of a filter."""
    match = search(rf'<option value="{value}"([^>]*)>([^<]*)<', page.text)
    assert match, value
    return match[1].strip(), match[2]


@pytest.mark.parametrize("query", ["q=zebra", "phase=before&channel=store&q=invoice", "q=%00%25%27"])
def test_where_nothing_fits_it_says_what_to_do(designer, query):
    page = designer.opens(f"/library?{query}")
    assert "Nothing in the library fits" in page.text
    assert f'href="{designer.base}/draft/library"' in page.text
    assert f'href="{designer.base}/draft/touchpoints/new"' in page.text
    assert named(page) == []


def test_a_filter_that_does_not_exist_does_not_filter(designer):
    page = designer.opens("/library?phase=never&stage=&channel=smoke&lens=' OR 1=1")
    assert len(named(page)) == len(library())


def test_the_search_is_given_back_as_it_was_typed_and_nothing_in_it_is_run(designer):
    page = designer.opens('/library?q="><script>')
    assert 'value="&#34;&gt;&lt;script&gt;"' in page.text


def test_without_a_search_everything_is_there_in_journey_order(designer):
    page = designer.opens("/library")
    assert named(page) == [entry.name["en"] for entry in library()]
    assert f"{len(library())} touchpoints" in page.text


def test_words_are_looked_for_in_names_guidance_and_questions(designer):
    page = designer.opens("/library?q=queue+receipt")
    assert named(page) == ["Checkout and payment"]
    assert f"1 of {len(library())} touchpoints" in page.text


def test_words_and_filters_are_combined_and_stay_chosen(designer):
    wanted = Wanted("arrive", Phase.AFTER, Stage.LOYALTY, Channel.EMAIL, Lens.USEFULNESS)
    page = designer.opens("/library?q=arrive&phase=after&stage=loyalty&channel=email&lens=usefulness")
    fitting = [offer.entry.name["en"] for offer in found(offers([]), wanted)]
    assert 0 < len(fitting) < 10
    assert named(page) == fitting
    assert [option(page, value)[0] for value in ("after", "loyalty", "email", "usefulness")] == [
        "selected"
    ] * 4


def test_each_choice_says_how_many_it_would_leave_and_none_leads_nowhere(designer):
    page = designer.opens("/library?channel=phone")
    left = {phase: len(found(offers([]), Wanted(phase=phase, channel=Channel.PHONE))) for phase in Phase}
    assert option(page, "before") == ("", f"Before ({left[Phase.BEFORE]})")
    assert option(page, "post") == ("", "Post (1)")
    assert option(page, "awareness") == ("disabled", "Awareness (0)")


def test_a_touchpoint_of_another_file_is_added_in_the_phase_that_was_chosen(designer):
    answer = designer.sends("/library", "/draft/placements", entry="call_centre", phase="after")
    assert answer.location.endswith("/touchpoints/call_centre")
    added = designer.document.touchpoints[-1]
    assert (added.phase, added.questions) == (Phase.AFTER, find("call_centre").questions)


def test_what_is_in_the_journey_already_is_marked(designer):
    page = designer.opens("/library?q=window+sign")
    assert "Signage" in named(page)
    assert page.text.count("in the journey") == 1


def test_the_library_speaks_the_readers_language(begin, ana, store):
    ana.language = "es"
    designer = begin(document())
    page = designer.opens("/library?phase=before&q=catálogo")
    assert "Catálogo" in named(page)
    assert option(page, "before") == ("selected", f"Antes ({len(named(page))})")
    assert keys(designer.document) == []
