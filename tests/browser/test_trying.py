"""Trying a checklist before anybody shops with it, and saying it in a second language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
from playwright.sync_api import expect

from tests.browser.designing import Drafter


def test_a_checklist_is_driven_and_the_client_s_page_and_pdf_of_it_are_read(
    enters: Callable[..., Drafter], tmp_path: Path
):
    ana = enters(Drafter)
    ana.starts("Spring visit")
    ana.page.goto(ana.page.url.partition("/draft/")[0] + "/draft/preview")
    score = ana.page.locator(".score-total")
    ana.clicks("Everything at its best")
    expect(score).to_contain_text("100.0 %")
    ana.page.reload()
    expect(score).to_contain_text("100.0 %")
    unfolds_by_key_and_goes_to_a_question(ana)
    ana.finds_the_page_accessible()
    ana.clicks("Open the client's page")
    ana.sees("Nobody made this visit")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Sample Street")
    ana.finds_the_page_accessible()
    with ana.page.expect_download(timeout=60_000) as started:
        ana.page.get_by_role("button", name="Download the PDF").click(no_wait_after=True, timeout=60_000)
    started.value.save_as(tmp_path / "report.pdf")
    assert (
        "Nobody made this visit".lower()
        in pypdf.PdfReader(tmp_path / "report.pdf").pages[0].extract_text().lower()
    )
    ana.clicks("Back to the answers")
    expect(score).to_contain_text("100.0 %")
    drops_what_no_longer_fits(ana)
    ana.clicks("Clear")
    expect(score).to_contain_text("No score yet")
    kept = ana.page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('test-drive'))")
    assert kept == []


def unfolds_by_key_and_goes_to_a_question(ana: Drafter) -> None:
    first = ana.page.locator("[data-score] summary").first
    first.focus()
    first.press("Enter")
    question = ana.page.locator("[data-score] [data-show]").first
    question.press("Enter")
    phone = ana.page.frame_locator("iframe[title='The phone']")
    expect(phone.get_by_role("heading", level=2)).to_contain_text(question.inner_text())


def drops_what_no_longer_fits(ana: Drafter) -> None:
    """A touchpoint is removed meanwhile; in the preview its answers are gone, and named."""
    ana.clicks("Back to the draft")
    name = ana.page.locator("#touchpoint").inner_text()
    asked = ana.questions.first.get_by_role("link").first.inner_text()
    ana.removes(name)
    ana.clicks("Test drive")
    note = ana.page.locator("[data-left]")
    expect(note).to_contain_text("No longer fits the checklist and was dropped:")
    expect(note).to_contain_text(asked)
    expect(ana.page.locator(".score-total")).to_contain_text("100.0 %")


def test_two_translate_a_checklist_side_by_side(enters: Callable[..., Drafter]):
    ana, ben = enters(Drafter), enters(Drafter, "Ben Ruiz")
    ana.starts_from_the_script("Spring visit", "Visita de primavera")
    with ana.page.expect_response(lambda answer: answer.request.method == "POST"):
        ana.clicks("Save the settings")
    address = ana.page.url.partition("/draft/")[0] + "/draft/translations?to=es"
    for person in (ana, ben):
        person.page.goto(address)
        expect(person.page.locator("[data-attached].translating")).to_be_visible()
    ana.finds_the_page_accessible()
    writes_the_title(ana, "Primavera")
    expect(ana.page.locator("#text-title-state")).to_have_text("Saved")
    writes_the_title(ben, "La primavera")
    ben.sees("Ana Lago wrote meanwhile:")
    ben.clicks("Take theirs")
    expect(ben.page.locator("#text-title")).to_have_value("Primavera")
    finds_what_is_missing_by_key(ana)


def writes_the_title(person: Drafter, text: str) -> None:
    person.page.locator("#text-title").fill(text)
    person.page.locator("#text-title").blur()


def finds_what_is_missing_by_key(ana: Drafter) -> None:
    """A text is emptied, counted as missing, found by key, and written again without a mouse."""
    writes_the_title(ana, "")
    missing, all_saved = ana.page.locator("[data-missing]"), ana.page.locator("[data-all]")
    expect(missing).to_have_text("1 text missing")
    ana.page.locator("main").focus()
    ana.strikes("Alt+n")
    expect(ana.page.locator("#text-title")).to_be_focused()
    ana.page.keyboard.type("Visita de primavera")
    ana.page.keyboard.press("Control+Enter")
    expect(missing).to_have_text("No text is missing")
    expect(all_saved).to_have_text("Saved")
