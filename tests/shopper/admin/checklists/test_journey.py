"""The page of a journey: the map, the list that says the same, what is left out, and where that is mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Document, Is
from evaluations.errors import Invalid
from evaluations.models import Person, Role
from shopper import briefings
from shopper.briefings import Told
from tests.builders import a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.shopper.admin.checklists.conftest import Designer
from tests.shopper.browsing import Visitor

Begin = Callable[[Document], Designer]


@pytest.fixture
def scheduler(store: Session, visitors: Callable[[], Visitor]) -> Visitor:
    """Somebody who plans waves and designs nothing."""
    person = a_person(store, Role.SCHEDULER, name="Sam")
    store.commit()
    return visitors().signs_in(person)


def page_of(designer: Designer, path: str = "/journey") -> str:
    return unescape(designer.opens(path).text)


def test_the_page_shows_map_and_list_with_the_same_shares(designer: Designer) -> None:
    page = page_of(designer)
    drawn = "<svg xmlns" + page.partition("<svg xmlns")[2].partition("</svg>")[0]
    ElementTree.fromstring(f"{drawn}</svg>")
    for name, share in (("Signage", "22.2"), ("Greeting", "44.4"), ("Till", "11.1"), ("Mail", "22.2")):
        assert name in drawn
        row = page[page.index(f"</span> {name}</a>") :]
        assert re.search(r'class="share">([^<]+)<', row).group(1) == f"{share}\N{NO-BREAK SPACE}%"  # type: ignore[union-attr]
        assert f">{share} %</text>" in drawn


def test_what_is_left_out_is_said_with_a_jump_to_where_it_is_mended(designer: Designer) -> None:
    page = page_of(designer)
    assert "The stage “Loyalty” is empty." in page
    assert f'href="{designer.base}/draft/library?stage=loyalty"' in page
    assert "No touchpoint has a target." in page
    assert f'href="{designer.base}/draft/touchpoints/signage?settings=open"' in page
    assert "Hints, not errors" in page


def test_a_touchpoint_that_is_only_shown_sometimes_says_when(begin: Begin) -> None:
    at_till = touchpoint("till", yes_no("paid"), show_if=Is(question="greeted", answer="yes"))
    designer = begin(document(touchpoint("greeting", yes_no("greeted")), at_till))
    greeting, till = page_of(designer).partition('id="stops-heading"')[2].split("</span> Till</a>")
    assert "Only if" not in greeting
    assert re.search(r'<p class="only-if">Only if “[^”]+” is Yes\.</p>', till)


def test_every_jump_leads_somewhere(designer: Designer) -> None:
    hints = page_of(designer).partition('id="hints-heading"')[2].partition("</section>")[0]
    addresses = re.findall(r'href="([^"]+)"', hints)
    assert len(addresses) > 3
    assert {designer.visitor.get(address).status_code for address in addresses} == {200}


def test_several_touchpoints_with_the_same_gap_are_one_sentence_with_a_link_to_each(begin: Begin) -> None:
    parts = [
        touchpoint(name, yes_no(f"q_{name}"), target=target)
        for name, target in (("a", 80), ("b", None), ("c", None))
    ]
    designer = begin(document(*parts))
    hints = page_of(designer).partition('id="hints-heading"')[2]
    assert "2 touchpoints have no target:" in hints
    assert re.search(
        r"touchpoints/b\?settings=open\">B</a> · <a href=\"[^\"]+touchpoints/c\?settings=open\">C</a>", hints
    )


def test_a_journey_without_touchpoints_leads_to_the_library(begin: Begin) -> None:
    designer = begin(document())
    page = page_of(designer)
    assert "No touchpoints yet" in page
    assert f'href="{designer.base}/draft/library"' in page
    assert "<svg xmlns" not in page
    assert "journey.svg" not in page


def test_the_map_is_downloaded_in_the_colours_that_are_asked_for(designer: Designer) -> None:
    light, dark, unknown = (
        designer.opens(f"/journey.svg{query}") for query in ("", "?colours=dark", "?colours=no")
    )
    assert light.mimetype == "image/svg+xml"
    assert "journey%20map.svg" in light.headers["Content-Disposition"]
    assert "#0b6e6e" in light.text
    assert "#4fb3b3" in dark.text
    assert unknown.text == light.text
    assert "var(" not in light.text


def test_the_journey_is_told_in_spanish(designer: Designer, store: Session, ana: Person) -> None:
    store.execute(update(Person).where(Person.id == ana.id).values(language="es"))
    store.commit()
    page = page_of(designer)
    assert "La etapa «Fidelidad» está vacía." in page
    assert "11,1\N{NO-BREAK SPACE}%" in page
    assert "Antes de la compra" in designer.opens("/journey.svg").text


def test_names_never_become_markup(begin: Begin) -> None:
    nasty = "</text></svg><script>x()</script>"
    designer = begin(document(touchpoint("a", yes_no("q"), name={"en": nasty})))
    page = designer.opens("/journey").text
    assert "<script>x()" not in page
    assert "x()" in page


def test_a_version_has_its_map_and_a_scheduler_reads_it(designer: Designer, scheduler: Visitor) -> None:
    designer.sends("/check", "/versions")
    page = scheduler.get(f"{designer.base}/versions/1/journey").text
    assert "The stage “Loyalty” is empty." in unescape(page)
    assert f'href="{designer.base}/versions/1#t-signage"' in page
    assert "draft/library" not in page
    assert "draft/touchpoints" not in page
    assert scheduler.get(f"{designer.base}/versions/1/journey.svg").mimetype == "image/svg+xml"
    assert f"{designer.base}/versions/1/journey" in scheduler.get(f"{designer.base}/versions/1").text


def test_the_draft_is_the_designers_own_and_a_version_that_is_none_is_not_there(
    designer: Designer, scheduler: Visitor
) -> None:
    for path in ("draft/journey", "draft/journey.svg", "versions/9/journey", "versions/9/journey.svg"):
        assert scheduler.get(f"{designer.base}/{path}").status_code == 404


def test_the_designer_leads_to_the_map(designer: Designer) -> None:
    assert f'href="{designer.base}/draft/journey"' in designer.opens("/touchpoints/signage").text


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Told, str]]:
    """What was to be set in pages; no page is."""
    kept: list[tuple[Told, str]] = []

    def set_in_pages(told: Told, document: str, _pictures: object) -> bytes:
        kept.append((told, document))
        return b"%PDF"

    monkeypatch.setattr(briefings, "as_pdf", set_in_pages)
    return kept


def test_a_drafts_briefing_is_asked_for_as_a_form_says(
    designer: Designer, asked: list[tuple[Told, str]]
) -> None:
    answer = designer.opens("/briefing.pdf?language=es&paper=letter&marking=yes")
    assert answer.mimetype == "application/pdf"
    assert "Spring%201%2C%20briefing.pdf" in answer.headers["Content-Disposition"]
    [(told, text)] = asked
    assert canonical.read(text) == designer.document
    assert (told.language, told.paper, told.shows_marking) == ("en", "letter", True)
    assert (told.is_draft, told.state, told.heading) == (True, "Draft of version 1", "Spring")


def test_what_the_form_does_not_know_is_as_usual(designer: Designer, asked: list[tuple[Told, str]]) -> None:
    designer.opens("/briefing.pdf?language=xx&paper=a0&marking=1")
    [(told, _text)] = asked
    assert (told.language, told.paper, told.shows_marking) == ("en", "a4", False)


def test_the_form_offers_the_languages_that_the_checklist_has(
    begin: Begin, asked: list[tuple[Told, str]]
) -> None:
    designer = begin(document(touchpoint("a", yes_no("q")), languages=("es", "en")))
    page = page_of(designer)
    assert re.findall(r'<option value="(en|es)"', page) == ["es", "en"]
    designer.opens("/briefing.pdf?language=es")
    assert asked[0][0].state == "Borrador de la versión 1"


def test_a_versions_briefing_is_no_draft_and_a_scheduler_prints_it(
    designer: Designer, scheduler: Visitor, asked: list[tuple[Told, str]]
) -> None:
    designer.sends("/check", "/versions")
    assert scheduler.get(f"{designer.base}/versions/1/briefing.pdf").data == b"%PDF"
    [(told, _text)] = asked
    assert (told.is_draft, told.state) == (False, "Version 1")
    assert (
        f'action="{designer.base}/versions/1/briefing.pdf"'
        in scheduler.get(f"{designer.base}/versions/1/journey").text
    )
    assert scheduler.get(f"{designer.base}/draft/briefing.pdf").status_code == 404


def test_a_briefing_that_cannot_be_made_is_refused_in_words(
    designer: Designer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_asked: object) -> bytes:
        raise Invalid("briefing_too_long")

    monkeypatch.setattr(briefings, "as_pdf", fails)
    answer = designer.opens("/briefing.pdf")
    assert answer.status_code == 422
    assert "takes too long" in answer.text


def test_shares_have_one_decimal_each_and_an_empty_column_is_left_out(begin) -> None:
    wide = touchpoint("till", yes_no("paid", points=3))
    page = page_of(begin(document(touchpoint("greeting", yes_no("greeted", points=1)), wide)))
    assert re.findall(r'class="share">([0-9.]+)', page)[-3:] == ["25.0", "75.0", "0"]
    assert ">Later<" not in page
