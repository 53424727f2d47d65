"""Editing a draft: undo and redo, many questions at once, copy and paste, and all of it by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Route, expect

from evaluations.photos.pictures import MOST_BYTES
from tests.browser.designing import Drafter
from tests.evaluations.photos.pictures import a_scene, as_bytes

Enters = Callable[..., Drafter]
LAYOUT = "Store layout"


def test_steps_are_undone_and_redone_by_button_and_by_key_and_a_reload_keeps_them(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    before = ana.order()
    ana.begins("Yes or no")
    ana.writes("Question", "Was the floor clean?")
    ana.sees_it_saved()
    expect(ana.page.get_by_role("button", name="Keys")).to_be_visible()
    ana.writes("Points", "5")
    ana.sees_it_saved()
    ana.strikes("Control+z")
    expect(ana.page.get_by_label("Points", exact=True)).to_have_value("10")
    ana.sees("Undid: points of “Was the floor clean?”")
    ana.closes()
    ana.page.reload()
    ana.clicks("Undo: adding “Was the floor clean?”")
    expect(ana.questions).to_have_count(len(before))
    assert ana.order() == before
    ana.strikes("Control+Shift+z")
    ana.sees_last("floor_clean")
    ana.clicks("Redo: points of “Was the floor clean?”")
    expect(ana.page.locator("#question-floor_clean .question-worth")).to_have_text("5 points")
    ana.finds_the_page_accessible()


def test_a_text_box_takes_its_own_typing_back_first(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ana.begins("Yes or no")
    ana.writes("Question", "Was the floor clean?")
    ana.sees_it_saved()
    box = ana.page.get_by_label("Points", exact=True)
    box.click()
    box.press("End")
    ana.page.keyboard.type("0")
    ana.strikes("Control+z")
    expect(box).to_have_value("10")
    expect(ana.page.locator(".question.is-open")).to_have_count(1)
    ana.strikes("Control+z")
    ana.sees("Undid: adding “Was the floor clean?”")


def has_two_forms_open(enters: Enters) -> Drafter:
    """Ana at a touchpoint, with the form of a question and that of its settings."""
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ana.opens_question("Was an emergency exit blocked?")
    ana.page.get_by_text("Name, phase, guidance, weight").click()
    return ana


def test_what_is_typed_in_two_forms_one_right_after_the_other_is_kept_of_both(enters: Enters):
    ana = has_two_forms_open(enters)
    question = ana.page.get_by_label("Question", exact=True)
    guidance = ana.page.get_by_label("Guidance to the shopper", exact=True)
    question.fill("Was any exit blocked?")
    guidance.fill("Look at the exits.")
    ana.opens_touchpoint("Signage")
    ana.opens_touchpoint(LAYOUT)
    ana.sees("Was any exit blocked?")
    expect(ana.page.locator(".touchpoint-guidance")).to_have_text("Look at the exits.")

    ana.opens_question("Was any exit blocked?")
    ana.page.get_by_text("Name, phase, guidance, weight").click()
    question.fill("Was an exit locked?")
    guidance.fill("Try the exits.")
    for form in ("question", "touchpoint"):
        state = ana.page.locator(f"form[data-keeps={form}] [data-state]")
        expect(state).to_have_text("Saved")
    ana.page.reload()
    expect(question).to_have_value("Was an exit locked?")
    expect(ana.page.locator(".touchpoint-guidance")).to_have_text("Try the exits.")


def test_where_one_of_two_forms_is_refused_what_is_typed_in_the_other_is_kept(enters: Enters):
    ana = has_two_forms_open(enters)
    target = ana.page.get_by_label("Target, in percent")
    target.fill("many")
    ana.page.get_by_label("Question", exact=True).fill("Was any exit blocked?")
    signage = ana.journey.get_by_role("link", name=re.compile("^Signage"))
    signage.click()
    expect(ana.page.locator("[aria-invalid=true]")).to_have_value("many")
    target.fill("80")
    ana.opens_touchpoint("Signage")
    ana.opens_touchpoint(LAYOUT)
    ana.sees("Was any exit blocked?")
    expect(target).to_have_value("80")


def test_what_is_typed_in_one_form_stays_while_a_colleagues_change_comes_into_the_other(enters: Enters):
    ana: Drafter = enters(Drafter)
    ben: Drafter = enters(Drafter, "Ben Roca")
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ben.page.goto(ana.page.url)
    for each in (ana, ben):
        each.opens_question("Was an emergency exit blocked?")
    ben.writes("Points", "5")
    ben.sees_it_saved()
    ana.page.get_by_text("Name, phase, guidance, weight").click()
    guidance = ana.page.get_by_label("Guidance to the shopper", exact=True)
    ana.page.get_by_label("Question", exact=True).fill("Was any exit blocked?")
    guidance.fill("Look at the exits.")
    ana.sees("Both are kept.")
    expect(guidance).to_have_value("Look at the exits.")
    expect(ana.page.locator("form[data-keeps=touchpoint] [data-state]")).to_have_text("Saved")
    ana.page.reload()
    expect(guidance).to_have_value("Look at the exits.")


def test_many_questions_are_ticked_changed_copied_and_pasted_elsewhere(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    first, second = ana.order()[:2]
    for key in (first, second):
        ana.page.locator(f"#question-{key} .row-tick").check()
    ana.sees("2 ticked")
    ana.page.get_by_text("Change points, rules and lenses").click()
    ana.page.get_by_label("“Not applicable” allowed").select_option("yes")
    ana.finds_the_page_accessible()
    ana.clicks("Change the ticked questions")
    ana.sees("2 questions changed.")
    expect(ana.page.locator(f"#question-{second}")).to_contain_text("N/A")
    ana.clicks("Undo: not applicable of 2 questions")
    expect(ana.page.locator(f"#question-{second}")).not_to_contain_text("N/A")
    for key in (first, second):
        ana.page.locator(f"#question-{key} .row-tick").check()
    ana.page.locator("#many-copy").click()
    ana.sees("Copied: 2 questions from “Spring visit”.")
    ana.starts("Autumn visit")
    ana.opens_touchpoint("Signage")
    before = ana.order()
    ana.clicks("Paste 2 questions from “Spring visit”")
    expect(ana.questions).to_have_count(len(before) + 2)
    ana.clicks("All questions of the checklist")
    expect(ana.page).to_have_url(re.compile("/draft/questions$"))
    ana.finds_the_page_accessible()


class Keys(Drafter):
    """The same designer with the hands on the keyboard."""

    def is_at(self, key: str) -> None:
        """Wait until the focus is on a question."""
        expect(self.page.locator(f"#open-{key}")).to_be_focused()


def test_the_draft_is_edited_by_keys_and_the_focus_stays_where_one_works(enters: Enters):
    ana: Keys = enters(Keys)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    first, second, third = ana.order()[:3]
    ana.strikes("j")
    ana.is_at(first)
    ana.strikes("ArrowDown")
    ana.is_at(second)
    ana.strikes("Alt+ArrowUp")
    expect(ana.questions.first).to_have_attribute("data-key", second)
    ana.is_at(second)
    ana.strikes("Control+z")
    expect(ana.questions.first).to_have_attribute("data-key", first)
    ana.is_at(second)
    ana.strikes("x", "j", "x", "Delete")
    expect(ana.page.locator(f"#question-{third}")).to_have_count(0)
    ana.strikes("Control+z")
    expect(ana.page.locator(f"#question-{third}")).to_have_count(1)
    ana.strikes("k", "k", "k", "k", "k", "Enter")
    ana.page.locator(f"#question-{first}.is-open").wait_for()
    ana.strikes("Escape")
    ana.is_at(first)
    ana.page.reload()
    ana.is_at(first)
    count = len(ana.order())
    ana.strikes("d")
    expect(ana.questions).to_have_count(count + 1)
    copy = (ana.page.locator(".question.is-open").get_attribute("id") or "").removeprefix("question-")
    ana.strikes("Escape")
    ana.is_at(copy)
    ana.strikes("c")
    ana.sees("Copied: 1 question from “Spring visit”.")
    ana.strikes("v")
    expect(ana.questions).to_have_count(count + 2)
    ana.sees_last(f"{copy}_2")
    ana.strikes("n", "ArrowRight", "ArrowRight", "Enter")
    ana.page.locator("#new-question").wait_for()
    expect(ana.page).to_have_url(re.compile("several_choices"))


def test_the_keys_are_listed_and_lead_to_touchpoints_and_library(enters: Enters):
    ana: Keys = enters(Keys)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ana.strikes("?")
    ana.sees("Next and previous question")
    ana.finds_the_page_accessible()
    ana.strikes("Escape")
    here = ana.stops()
    place = here.index("store_layout")
    ana.strikes("Shift+J")
    expect(ana.page.locator(f"#stop-{here[place + 1]}[aria-current]")).to_be_focused()
    ana.strikes("Shift+K")
    expect(ana.page.locator("#stop-store_layout[aria-current]")).to_be_focused()
    ana.strikes("/")
    ana.page.get_by_role("heading", name="Library").wait_for()


def test_pictures_are_moved_by_key_and_removed_and_stay_so_after_a_reload(enters: Enters, tmp_path: Path):
    ana: Drafter = enters(Drafter)
    first, second, third = shows_three_pictures(ana, tmp_path)
    ana.page.locator("#picture-down-0").focus()
    for order in ([second, first, third], [second, third, first]):
        ana.page.keyboard.press("Enter")
        moved = ana.page.locator(".picture-row input[type=hidden]").nth(order.index(first))
        expect(moved).to_have_value(first)
        assert pictures(ana) == order
    expect(ana.page.locator("#picture-up-2")).to_be_focused()
    ana.page.locator("#picture-drop-0").click()
    expect(ana.page.locator(".picture-row")).to_have_count(2)
    expect(ana.page.locator("#picture-drop-0")).to_be_focused()
    ana.page.reload()
    assert pictures(ana) == [third, first]
    ana.page.get_by_label("Add a picture").set_input_files(tmp_path / "1.jpg")
    expect(ana.page.locator(".picture-row")).to_have_count(3)
    ana.clicks("Undo: reference pictures of “Was the floor clean?”")
    expect(ana.page.locator(".picture-row")).not_to_have_count(3)


def test_a_picture_that_was_chosen_before_its_script_was_there_is_seen_to(enters: Enters, tmp_path: Path):
    ana: Drafter = enters(Drafter)
    held: list[Route] = []
    ana.page.route("**/js/admin/picture_upload.js*", lambda route: held.append(route))
    with ana.page.expect_request("**/js/admin/picture_upload.js*"):
        begins_a_question(ana)
    ana.page.get_by_label("Add a picture").set_input_files(a_huge_picture(tmp_path))
    held[0].continue_()
    expect(ana.page.locator("#picture-errors")).to_contain_text("“till.jpg” is larger than 25 MB")


def test_a_picture_that_is_too_large_is_refused_beside_its_box_and_never_sent(enters: Enters, tmp_path: Path):
    ana: Drafter = enters(Drafter)
    begins_a_question(ana)
    sent: list[str] = []
    ana.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    ana.page.get_by_label("Add a picture").set_input_files(a_huge_picture(tmp_path))
    expect(ana.page.locator("#picture-errors")).to_contain_text("“till.jpg” is larger than 25 MB")
    assert [one for one in sent if one.startswith("POST") and one.endswith("/pictures")] == []
    ana.finds_the_page_accessible()


def a_huge_picture(folder: Path) -> Path:
    """A file that is larger than may be sent."""
    huge = folder / "till.jpg"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    return huge


def begins_a_question(ana: Drafter) -> None:
    """A new question in a new checklist, with its pictures unfolded."""
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ana.begins("Yes or no")
    ana.writes("Question", "Was the floor clean?")
    ana.sees_it_saved()
    ana.page.locator("#pictures > summary").click()


def shows_three_pictures(ana: Drafter, folder: Path) -> list[str]:
    """The names of the pictures of a new question in their order."""
    begins_a_question(ana)
    files = [folder / f"{number}.jpg" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(as_bytes(a_scene(number)))
    ana.page.get_by_label("Add a picture").set_input_files(files)
    expect(ana.page.locator(".picture-row")).to_have_count(3)
    return pictures(ana)


def pictures(ana: Drafter) -> list[str]:
    """The pictures of the open question as they stand."""
    return [box.input_value() for box in ana.page.locator(".picture-row input[type=hidden]").all()]
