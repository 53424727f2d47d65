"""Designing in the browser: by mouse, by touch, by keyboard alone, and two at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.designing import Drafter, Typist, link

ASKED = "Was the floor clean?"
GREETING = "Greeting and offer of help"

KINDS = (
    "Several choices",
    "Number",
    "Amount of money",
    "Duration",
    "Date",
    "Time of day",
    "Signature",
    "Place",
)

Enters = Callable[..., Drafter]


def test_a_designer_works_by_mouse_from_an_empty_name_to_a_published_version(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    asks_and_sees_it_on_the_phone(ana)
    orders_by_dragging(ana)
    duplicates_a_question_and_moves_it(ana)
    duplicates_a_touchpoint_and_drags_it(ana)
    saves_it_in_the_library_and_takes_it_from_there(ana)
    ana.clicks("Settings")
    ana.writes("Briefing", "Come as a customer.")
    ana.sees_it_saved()
    ana.finds_the_page_accessible()
    assert len(ana.publishes()) == 64


def asks_and_sees_it_on_the_phone(ana: Drafter) -> None:
    """A question is there as soon as it is typed, without a button."""
    ana.opens_touchpoint("Store layout")
    ana.begins("Yes or no")
    ana.writes("Question", ASKED)
    ana.sees_it_saved()
    ana.sees_on_the_phone(ASKED)
    ana.writes("Points", "5")
    ana.sees_it_saved()
    ana.closes()
    ana.sees_last("floor_clean")


def orders_by_dragging(ana: Drafter) -> None:
    """The question goes to the top, and then onto another touchpoint."""
    question = ana.page.locator("#question-floor_clean")
    ana.drags(question, ana.questions.first)
    expect(ana.questions.first).to_have_attribute("data-key", "floor_clean")
    ana.drags(question, ana.journey.locator("[data-key=greeting]"))
    expect(ana.page.get_by_role("heading", level=2, name=GREETING)).to_be_visible()
    ana.sees_last("floor_clean")


def duplicates_a_question_and_moves_it(ana: Drafter) -> None:
    """The copy gets words of its own, and goes back to where the first one was."""
    ana.opens_question(ASKED)
    ana.clicks("Duplicate", within=ana.page.locator(".question-more"))
    expect(ana.page.locator("#question-floor_clean_2.is-open")).to_be_visible()
    ana.writes("Question", "Was the mirror clean?")
    ana.sees_it_saved()
    ana.page.get_by_label("Move to another touchpoint").select_option(label="Store layout")
    ana.clicks("Move there")
    expect(ana.page.get_by_role("heading", level=2, name="Store layout")).to_be_visible()
    ana.sees_last("floor_clean_2")


def duplicates_a_touchpoint_and_drags_it(ana: Drafter) -> None:
    """The copy is named at once; another touchpoint is dragged before it."""
    ana.clicks("Duplicate", within=ana.page.locator(".touchpoint-title"))
    ana.writes("Name", "Second floor")
    ana.sees_it_saved()
    expect(ana.journey.get_by_role("link", name="Second floor")).to_be_visible()
    stops = ana.stops()
    ana.drags(ana.journey.locator(f"[data-key={stops[3]}]"), ana.journey.locator(f"[data-key={stops[1]}]"))
    expect(ana.journey.locator(".stop").nth(1)).to_have_attribute("data-key", stops[3])


def saves_it_in_the_library_and_takes_it_from_there(ana: Drafter) -> None:
    """The agency's own touchpoint stands in the journey a second time."""
    ana.opens_touchpoint("Second floor")
    ana.clicks("Save in the library")
    ana.clicks("Save as a new one")
    ana.sees("Saved in the library as")
    ana.clicks("From the library")
    ana.page.locator(".library-entry", has_text="Second floor").get_by_role("button").click()
    expect(ana.journey.get_by_role("link", name="Second floor")).to_have_count(2)


def test_a_designer_works_by_the_keyboard_alone(enters: Enters):
    ana: Typist = enters(Typist)
    ana.page.goto("/office/checklists/")
    ana.presses(link(ana.page, "Start a checklist"))
    ana.types(ana.page.get_by_label("Name"), "Summer visit")
    ana.presses(ana.page.get_by_role("button", name="Start", exact=True))
    asks_by_keys(ana)
    moves_a_question_by_keys(ana)
    moves_and_copies_a_touchpoint_by_keys(ana)
    ana.presses(link(ana.page, "Check and publish"))
    ana.presses(ana.page.get_by_role("button", name=re.compile("^Publish version")))
    ana.sees("Version 1 is published.")


def asks_by_keys(ana: Typist) -> None:
    """A question is written, saved by leaving its box, and folded up by Ctrl+S."""
    ana.presses(link(ana.journey, "Store layout"))
    expect(ana.page.get_by_role("heading", level=2, name="Store layout")).to_be_visible()
    ana.presses(ana.page.get_by_role("list", name="Add a question").get_by_role("link", name="Yes or no"))
    ana.types(ana.page.get_by_label("Question", exact=True), ASKED)
    ana.page.keyboard.press("Tab")
    ana.sees_it_saved()
    ana.page.keyboard.press("Control+s")
    expect(ana.page.locator("#question-floor_clean:not(.is-open)")).to_be_visible()


def moves_a_question_by_keys(ana: Typist) -> None:
    """One step up by Alt and the arrow, and to another touchpoint by choosing it."""
    row = ana.page.locator("#open-floor_clean")
    ana.goes_to(row)
    place = len(ana.order()) - 2
    ana.page.keyboard.press("Alt+ArrowUp")
    expect(ana.page.locator("#questions > .question").nth(place)).to_have_attribute("data-key", "floor_clean")
    expect(row).to_be_focused()
    ana.page.keyboard.press("Enter")
    ana.goes_to(ana.page.get_by_label("Move to another touchpoint"))
    ana.page.keyboard.type("Greet")
    ana.presses(ana.page.get_by_role("button", name="Move there"))
    expect(ana.page.get_by_role("heading", level=2, name=GREETING)).to_be_visible()
    ana.sees_last("floor_clean")


def moves_and_copies_a_touchpoint_by_keys(ana: Typist) -> None:
    """One step earlier by Alt and the arrow; the copy gets its name."""
    place = ana.stops().index("greeting") - 1
    ana.goes_to(ana.page.locator("#stop-greeting"))
    ana.page.keyboard.press("Alt+ArrowUp")
    expect(ana.journey.locator(".stop").nth(place)).to_have_attribute("data-key", "greeting")
    ana.presses(ana.page.locator("#copy-touchpoint"))
    ana.types(ana.page.get_by_label("Name", exact=True), "Farewell")
    ana.page.keyboard.press("Tab")
    expect(ana.journey.get_by_role("link", name="Farewell")).to_be_visible()


@pytest.mark.parametrize(("choice", "kept"), [("Ben Roca", "Was it spotless?"), ("You", "Was it swept?")])
def test_two_designers_write_the_same_sentence_and_one_chooses(enters: Enters, choice: str, kept: str):
    ana: Drafter = enters(Drafter)
    ben: Drafter = enters(Drafter, "Ben Roca")
    both_at_a_question(ana, ben)
    ben.writes("Question", "Was it spotless?")
    ben.sees_it_saved()
    ana.writes("Question", "Was it swept?")
    ana.sees("Ben Roca changed this too")
    ana.finds_the_page_accessible()
    ana.opens_touchpoint_in_vain("Store layout")
    ana.page.locator(".clash-side", has_text=choice).click()
    ana.clicks("Save my choice")
    expect(ana.page.get_by_role("link", name=kept, exact=True)).to_be_visible()


def test_every_kind_of_question_is_made_by_typing_and_shown_on_the_phone_at_once(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint("Store layout")
    for number, kind in enumerate(KINDS, start=1):
        ana.begins(kind)
        ana.writes("Question", f"{kind}, number {number}")
        ana.sees_it_saved()
        ana.sees_on_the_phone(f"{kind}, number {number}")
        ana.finds_the_page_accessible()
    link(ana.page, "Check and publish").click()
    ana.sees("A choice needs at least two options.")


def test_bands_are_made_and_taken_away(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint("Store layout")
    ana.begins("Duration")
    ana.writes("Question", "How long did you wait?")
    ana.sees_it_saved()
    ana.clicks("Give points by bands")
    ana.writes("Up to, band 1", "1:00")
    ana.page.locator("#bands-0-points").fill("5")
    ana.page.locator("#bands-0-points").blur()
    ana.sees_it_saved()
    expect(ana.page.locator(".figures")).to_contain_text("245 points")
    ana.clicks("Add a band")
    ana.writes("Up to, band 2", "30")
    ana.sees("This band has to end above the one before it.")
    ana.finds_the_page_accessible()
    ana.clicks("Remove band 2")
    expect(ana.page.locator("#bands-2-up_to")).to_have_count(0)
    ana.page.get_by_label("Critical", exact=True).select_option("The visit fails")
    ana.sees("Not saved yet: something is still missing")
    expect(ana.page.locator(".refusal")).to_have_count(0)
    ana.writes("From", "10:00")
    ana.sees_it_saved()
    ana.page.get_by_label("Question", exact=True).press("Control+s")
    expect(ana.questions.filter(has_text="How long did you wait?")).to_contain_text("2 bands")


def test_two_designers_at_different_questions_never_notice(enters: Enters):
    ana: Drafter = enters(Drafter)
    ben: Drafter = enters(Drafter, "Ben Roca")
    both_at_a_question(ana, ben)
    ben.closes()
    ben.questions.get_by_role("link").first.click()
    ben.writes("Question", "Could you find the way?")
    ben.sees_it_saved()
    ana.writes("Question", "Was it swept?")
    ana.sees_it_saved()
    expect(ana.page.get_by_role("link", name="Could you find the way?", exact=True)).to_be_visible()
    expect(ana.page.locator(".clashes")).to_have_count(0)


def test_what_is_typed_before_the_scripts_are_there_is_saved_too(enters: Enters):
    ana: Drafter = enters(Drafter)
    both_at_a_question(ana)
    held: list[Route] = []
    script = "**/static/js/admin/designer.js*"
    ana.page.route(script, lambda route: held.append(route))
    with ana.page.expect_request(script):
        ana.page.reload(wait_until="commit")
    ana.writes("Question", "Was it swept?")
    for route in held:
        route.continue_()
    ana.sees_it_saved()


def test_an_option_that_is_added_while_the_first_save_is_under_way_is_of_the_same_question(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint("Store layout")
    before = len(ana.order())
    ana.begins("Single choice")
    held: list[Route] = []
    save = "**/questions/single_choice"
    ana.page.route(save, lambda route: held.append(route) if not held else route.continue_())
    boxes = [ana.page.locator(f"[name=options-{place}-text-en]") for place in range(3)]
    boxes[0].fill("One")
    boxes[1].fill("Two")
    with ana.page.expect_request(save):
        ana.writes("Question", "How many tills were open?")
    ana.clicks("Add an option")
    held[0].continue_()
    boxes[2].fill("Three")
    boxes[2].blur()
    ana.sees_it_saved()
    ana.page.reload()
    expect(boxes[2]).to_have_value("Three")
    ana.closes()
    assert len(ana.order()) == before + 1


def test_what_is_typed_while_a_row_is_added_is_kept(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint("Store layout")
    ana.begins("Single choice")
    held: list[Route] = []
    ana.page.route(
        "**/questions/single_choice", lambda route: held.append(route) if not held else route.continue_()
    )
    boxes = [ana.page.locator(f"[name=options-{place}-text-en]") for place in range(3)]
    with ana.page.expect_request("**/questions/single_choice"):
        ana.clicks("Add an option")
    boxes[1].fill("Two")
    held[0].continue_()
    boxes[2].wait_for()
    expect(boxes[1]).to_have_value("Two")


def test_what_is_typed_while_the_server_is_away_is_saved_when_it_returns(enters: Enters):
    ana: Drafter = enters(Drafter)
    both_at_a_question(ana)
    ana.context.set_offline(True)
    ana.writes("Question", "Was it swept?")
    ana.sees("The server does not answer. What you typed is still here; try again.")
    expect(ana.page.locator(".question-form [data-state]")).to_have_text("Not saved yet")
    ana.context.set_offline(False)
    ana.sees_it_saved()
    ana.complaints.clear()  # Chromium tells of each request that found no server
    ana.page.reload()
    expect(ana.page.get_by_label("Question", exact=True)).to_have_value("Was it swept?")


def test_what_does_not_fit_is_said_while_typing_and_nothing_is_lost(enters: Enters):
    ana: Drafter = enters(Drafter)
    both_at_a_question(ana)
    ana.writes("Points", "many")
    ana.sees("This is not a number: many.")
    expect(ana.page.get_by_label("Points", exact=True)).to_have_value("many")
    ana.writes("Points", "3")
    ana.sees_it_saved()
    expect(ana.page.locator(".refusal")).to_have_count(0)


def test_order_is_made_with_a_finger(enters: Enters):
    ana: Drafter = enters(Drafter, viewport={"width": 1024, "height": 1300}, has_touch=True, is_mobile=True)
    ana.starts("Spring visit")
    ana.opens_touchpoint(GREETING)
    first, second = ana.order()[:2]
    ana.drags_by_touch(ana.page.locator(f"#question-{first}"), ana.page.locator(f"#question-{second}"))
    expect(ana.questions.first).to_have_attribute("data-key", second)
    ana.drags_by_touch(ana.page.locator(f"#question-{first}"), ana.journey.locator("[data-key=signage]"))
    expect(ana.page.get_by_role("heading", level=2, name="Signage")).to_be_visible()
    ana.sees_last(first)


def both_at_a_question(ana: Drafter, ben: Drafter | None = None) -> None:
    """One makes a question, and both have it open."""
    ana.starts("Spring visit")
    ana.opens_touchpoint("Store layout")
    ana.begins("Yes or no")
    ana.writes("Question", ASKED)
    ana.sees_it_saved()
    if ben:
        ben.page.goto(ana.page.url)
        ben.page.locator(".question.is-open").wait_for()
