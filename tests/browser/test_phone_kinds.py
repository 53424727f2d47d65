"""Each kind of question as a thumb answers it, in Chromium, and what the server then holds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from evaluations.document import tree
from evaluations.document.answers import Amount, AnswerState, answered
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.builders import a_document

HERE = {"latitude": 40.4169, "longitude": -3.7035, "accuracy": 12}


def said(english: str, spanish: str) -> tree.Wording:
    return {"en": english, "es": spanish}


def option(key: str, english: str, spanish: str, **given: object) -> tree.Option:
    return tree.Option(key=key, text=said(english, spanish), **given)


QUESTIONS: tuple[tree.AnyQuestion, ...] = (
    tree.SeveralChoices(
        key="offered",
        text=said("What were you offered?", "¿Qué le ofrecieron?"),
        options=(
            option("card", "A loyalty card", "Una tarjeta de fidelidad"),
            option("mail", "A newsletter by e-mail", "Un boletín por correo electrónico"),
            option("bag", "A bag", "Una bolsa"),
            option("none", "Nobody served me", "Nadie me atendió", na=True),
        ),
        max_choices=2,
        explain_on=("bag",),
    ),
    tree.Number(
        key="people",
        text=said("How many people stood before you?", "¿Cuántas personas tenía delante?"),
        maximum=Decimal(40),
        minimum=Decimal(0),
        unit=said("people", "personas"),
        not_observed_allowed=True,
    ),
    tree.Number(
        key="warmth",
        text=said("How warm was it inside?", "¿Qué temperatura hacía dentro?"),
        minimum=Decimal(-20),
        decimals=1,
        unit=said("°C", "°C"),
        constraint_message=said("No shop is as cold as that.", "Ninguna tienda está tan fría."),
        required=False,
    ),
    tree.Money(
        key="price",
        text=said("What did it cost?", "¿Cuánto costó?"),
        minimum=Decimal(1),
        maximum=Decimal(50),
    ),
    tree.Duration(
        key="wait",
        text=said("How long did you wait at the till?", "¿Cuánto esperó en la caja?"),
        help=said(
            "From joining the queue to being served.", "Desde que se puso en la cola hasta que le atendieron."
        ),
        maximum=Decimal(3600),
    ),
    tree.Date(
        key="posted",
        text=said("When was the letter posted?", "¿Cuándo se envió la carta?"),
        earliest="2026-01-01",
    ),
    tree.Time(key="entered", text=said("When did you go in?", "¿A qué hora entró?")),
    tree.Signature(key="signed", text=said("Please sign for your visit.", "Firme su visita, por favor.")),
    tree.Place(key="spot", text=said("Where is the second entrance?", "¿Dónde está la segunda entrada?")),
    tree.ShortText(
        key="till",
        text=said("What stands on the receipt as number?", "¿Qué número figura en el tique?"),
        pattern=r"[A-Z]{2}-\d{4}",
        constraint_message=said(
            "Two capital letters, a hyphen, four figures: AB-1234.",
            "Dos mayúsculas, un guion y cuatro cifras: AB-1234.",
        ),
        internal=True,
    ),
    tree.YesNo(key="arrived", text=said("Did the e-mail arrive?", "¿Llegó el correo?"), due_days=7),
)


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit with a question of each kind."""
    touchpoint = tree.Touchpoint(key="till", name=said("The till", "La caja"), questions=QUESTIONS)
    return a_scene(installation[1], a_document(touchpoints=(touchpoint,), languages=("en", "es")))


@pytest.fixture
def phone(phones: Callable[..., HandledPhone]) -> HandledPhone:
    """The shopper's phone, checked in, which tells where it is."""
    phone = phones(permissions=["geolocation"], geolocation=HERE)
    phone.begins()
    return phone


def writes(phone: HandledPhone, question: str, text: str, *, box: str = ".answer input") -> Locator:
    """Type into a box of the question, then leave it."""
    phone.turns_to(question)
    field = phone.page.locator(box)
    field.tap()
    field.fill("")
    phone.page.keyboard.type(text)
    field.blur()
    return field


def note(phone: HandledPhone) -> Locator:
    """The line at the box that says what is wanted, or what is wrong."""
    return phone.page.locator(".answer .limit").first


def signs(phone: HandledPhone) -> None:
    """Draw a signature with the finger, and be done."""
    phone.turns_to("signed")
    sheet = phone.page.locator("canvas").bounding_box()
    assert sheet
    phone.page.mouse.move(sheet["x"] + 40, sheet["y"] + 80)
    phone.page.mouse.down()
    for step in range(12):
        phone.page.mouse.move(sheet["x"] + 40 + 18 * step, sheet["y"] + (40 if step % 2 else 110), steps=3)
    phone.page.mouse.up()


def test_several_choices_are_ticked_and_an_option_that_does_not_apply_stands_alone(
    phone: HandledPhone, scene: Scene
):
    phone.turns_to("offered")
    expect(note(phone)).to_have_text("Choose all that apply, at most 2.")
    row = phone.page.locator("label.row")
    row.filter(has_text="A newsletter").tap()
    row.filter(has_text="A loyalty card").tap()
    expect(row.filter(has_text="A bag").locator("svg")).to_have_css("color", "rgba(0, 0, 0, 0)")
    expect(row.filter(has_text="A loyalty card").locator("svg")).to_have_css("color", "rgb(255, 255, 255)")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["offered"] == answered(["card", "mail"])
    row.filter(has_text="A bag").tap()
    expect(note(phone)).to_have_class(re.compile("limit-broken"))
    expect(phone.page.locator(".comment")).to_be_hidden()
    row.filter(has_text="A loyalty card").tap()
    expect(phone.page.locator(".comment .why")).to_have_text("You answered “A bag”. Please say why.")
    row.filter(has_text="Nobody served me").tap()
    expect(phone.page.locator(".row:has(:checked)")).to_have_text("Nobody served me")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["offered"] == answered(["none"])
    row.filter(has_text="Nobody served me").tap()
    phone.is_told("Safe on the server")
    assert "offered" not in scene.contents().answers


def test_a_number_outside_its_range_is_told_at_once_and_kept_as_it_was_typed(
    phone: HandledPhone, scene: Scene
):
    phone.turns_to("people")
    expect(note(phone)).to_have_text("From 0 to 40 people")
    field = phone.page.locator(".answer input")
    expect(field).to_have_attribute("inputmode", "numeric")
    field.tap()
    phone.page.keyboard.type("400")
    expect(note(phone)).to_have_class(re.compile("limit-broken"))
    field.blur()
    phone.is_told("Safe on the server")
    phone.page.reload()
    phone.turns_to("people")
    expect(field).to_have_value("400")
    phone.page.evaluate("location.hash = '#/hand-in'")
    expect(phone.page.locator(".links")).to_contain_text("The answer does not fit the question.")
    writes(phone, "people", "about four")
    expect(note(phone)).to_have_text("Please write a whole number, in figures.")
    writes(phone, "people", "4")
    expect(note(phone)).to_have_text("From 0 to 40 people")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["people"] == answered("4")
    assert scene.contents().unreadable == ()


def test_a_number_takes_point_and_comma_and_its_sign_can_be_turned(phone: HandledPhone, scene: Scene):
    field = writes(phone, "warmth", "18,5")
    expect(field).to_have_value("18.5")
    phone.page.get_by_role("button", name="Turn plus and minus round").tap()
    expect(field).to_have_value("-18.5")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["warmth"] == answered("-18.5")
    writes(phone, "warmth", "-21")
    expect(note(phone)).to_have_text("No shop is as cold as that.")


def test_an_amount_is_kept_with_its_currency(phone: HandledPhone, scene: Scene):
    field = writes(phone, "price", "12.5")
    expect(field).to_have_value("12.50")
    expect(phone.page.locator(".figure")).to_contain_text("€")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["price"] == answered(Amount(amount="12.50", currency="EUR"))
    writes(phone, "price", "51")
    expect(note(phone)).to_have_text("From €1.00 to €50.00")
    expect(note(phone)).to_have_class(re.compile("limit-broken"))


def test_a_running_timer_survives_a_reload_and_a_kill_and_its_correction_is_recorded(
    phone: HandledPhone, scene: Scene
):
    phone.turns_to("wait")
    phone.page.get_by_role("button", name="Start the timer").tap()
    expect(phone.page.get_by_role("timer")).to_be_visible()
    phone.turns_to("entered")
    chip = phone.page.get_by_role("button", name="How long did you wait at the till?")
    expect(chip).to_contain_text(re.compile(r"\d:\d\d"))
    phone.is_told("Safe on the server")
    phone.page.reload()
    phone.turns_to("wait")
    expect(phone.page.get_by_role("timer")).to_have_text(re.compile(r"^0:0[1-9]|0:[1-9]\d$"))
    phone.loses_signal()
    phone.is_killed()
    phone.finds_signal()
    phone.opens()
    phone.turns_to("entered")
    phone.page.get_by_role("button", name="How long did you wait at the till?").tap()
    phone.loses_signal()
    phone.page.get_by_role("button", name="Stop").tap()
    expect(phone.page.locator(".measured")).to_have_text("Measured by the timer.")
    phone.page.get_by_label("Minutes").fill("1")
    phone.page.get_by_label("Seconds").fill("20")
    phone.page.get_by_label("Seconds").blur()
    expect(phone.page.locator(".measured")).to_contain_text("You changed it by hand.")
    phone.page.get_by_role("button", name="Measure again").tap()
    expect(phone.page.locator(".timing")).to_contain_text("takes the place of 1 min 20 s.")
    phone.page.get_by_role("button", name="Keep it").tap()
    phone.finds_signal()
    phone.is_told("Safe on the server")
    found = scene.contents()
    assert found.answers["wait"] == answered("80")
    assert found.timings["wait"].corrected == 80
    assert 1 <= found.timings["wait"].measured < 80
    assert scene.kinds_of_changes("timer:wait") == ["timer.start", "timer.stop", "timer.correct"]


def test_a_time_can_be_entered_without_the_timer(phone: HandledPhone, scene: Scene):
    phone.turns_to("wait")
    phone.page.get_by_role("button", name="Enter the time by hand").tap()
    expect(phone.page.get_by_label("Minutes")).to_be_focused()
    phone.page.keyboard.type("2")
    phone.page.get_by_label("Seconds").fill("5,5")
    phone.page.get_by_label("Seconds").blur()
    phone.is_told("Safe on the server")
    assert scene.contents().answers["wait"] == answered("125.5")
    assert scene.kinds_of_changes("timer:wait") == []
    phone.page.get_by_role("button", name="Clear answer").tap()
    expect(phone.page.get_by_role("button", name="Start the timer")).to_be_visible()


def test_a_day_and_a_time_are_chosen_or_are_now(phone: HandledPhone, scene: Scene):
    phone.turns_to("posted")
    phone.page.locator("input[type=date]").fill("2025-12-31")
    expect(note(phone)).to_have_text("Not before 1 January 2026")
    phone.page.get_by_role("button", name="Today").tap()
    today = phone.page.evaluate("new Date().toLocaleDateString('sv')")
    expect(phone.page.locator("input[type=date]")).to_have_value(today)
    phone.turns_to("entered")
    phone.page.get_by_role("button", name="Now").tap()
    expect(phone.page.locator("input[type=time]")).to_have_value(re.compile(r"^\d\d:\d\d$"))
    phone.page.locator("input[type=time]").fill("14:05")
    phone.page.locator("input[type=time]").blur()
    phone.is_told("Safe on the server")
    found = scene.contents().answers
    assert (found["posted"], found["entered"]) == (answered(today), answered("14:05"))


def test_a_signature_is_drawn_kept_as_a_photo_and_can_be_drawn_anew(phone: HandledPhone, scene: Scene):
    phone.turns_to("signed")
    done = phone.page.get_by_role("button", name="Done")
    expect(done).to_be_disabled()
    signs(phone)
    phone.page.get_by_role("button", name="Clear", exact=True).tap()
    expect(done).to_be_disabled()
    signs(phone)
    done.tap()
    expect(phone.page.locator(".signed img")).to_have_js_property("complete", True)
    expect(phone.page.locator(".signature-state")).to_have_text("Safe on the server")
    [photo] = scene.contents().photos["signed"]
    assert (photo.source, photo.held) == ("signature", True)
    phone.page.get_by_role("button", name="Sign again").tap()
    expect(done).to_be_visible()
    phone.is_told("Safe on the server")
    assert scene.contents().photo_counts == {}


def test_who_goes_on_without_a_tap_on_done_has_signed(phone: HandledPhone, scene: Scene):
    signs(phone)
    phone.turns_to("spot")
    phone.turns_to("signed")
    expect(phone.page.locator(".signature-state")).to_have_text("Safe on the server")
    assert scene.contents().photo_counts == {"signed": 1}


def test_a_signature_is_dark_on_white_in_the_dark(phones: Callable[..., HandledPhone]):
    phone = phones(color_scheme="dark")
    phone.begins()
    signs(phone)
    picture = Image.open(io.BytesIO(phone.page.locator("canvas").screenshot())).convert("L")
    shades = picture.histogram()
    assert sum(shades[240:]) > 0.5 * picture.width * picture.height
    assert sum(shades[:60]) > 200


def test_a_place_is_noted_with_its_accuracy(phone: HandledPhone, scene: Scene):
    phone.turns_to("spot")
    phone.page.get_by_role("button", name="Note where I am").tap()
    expect(phone.page.locator(".place-noted")).to_have_text("Place noted, accurate to 12 m.")
    phone.is_told("Safe on the server")
    place = scene.contents().answers["spot"].value
    assert (place.lat, place.lon, place.accuracy_m, place.denied) == ("40.416900", "-3.703500", 12, False)


def test_a_place_that_is_denied_is_said_and_allowed(phones: Callable[..., HandledPhone], scene: Scene):
    phone = phones()
    phone.begins()
    phone.turns_to("spot")
    phone.page.get_by_role("button", name="Note where I am").tap()
    expect(phone.page.locator(".place-noted")).to_contain_text("hand in without it")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["spot"].value.denied


def test_a_text_that_is_not_as_asked_is_told_with_how_it_should_be(phone: HandledPhone, scene: Scene):
    box = ".answer textarea"
    writes(phone, "till", "ab 12", box=box)
    expect(note(phone)).to_have_text("Two capital letters, a hyphen, four figures: AB-1234.")
    writes(phone, "till", "AB-1234", box=box)
    expect(note(phone)).to_be_hidden()
    phone.is_told("Safe on the server")
    assert scene.contents().answers["till"] == answered("AB-1234")


def test_what_was_not_observed_is_said_beside_a_number_too(phone: HandledPhone, scene: Scene):
    phone.turns_to("people")
    phone.page.get_by_role("button", name="Did not observe").tap()
    phone.is_told("Safe on the server")
    assert scene.contents().answers["people"].state is AnswerState.NOT_OBSERVED


def test_a_question_that_comes_later_is_announced_and_not_asked(phone: HandledPhone):
    phone.page.evaluate("location.hash = '#/hand-in'")
    expect(phone.page.locator(".page")).to_contain_text("1 question comes 7 days later.")
    expect(phone.page.locator(".links li")).to_have_count(9)
    phone.page.evaluate("location.hash = '#/briefing'")
    expect(phone.page.locator(".briefing")).to_contain_text("10 questions, 1 touchpoint")
    expect(phone.page.locator(".briefing")).to_contain_text("1 more question comes days after the visit")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_control_of_every_kind_fits_a_thumb_on_the_smallest_phone(
    phones: Callable[..., HandledPhone], scene: Scene, language: str
):
    phone = phones(viewport={"width": 320, "height": 640})
    scene.speaks(language)
    phone.opens()
    phone.page.locator("[data-bar] button").tap()
    phone.page.locator(".dots").wait_for()
    phone.turns_to("wait")
    phone.page.locator(".timing .tall:visible").tap()
    for question in QUESTIONS[:-1]:
        phone.turns_to(question.key)
        fits_a_thumb(phone)
    phone.turns_to("wait")
    phone.page.locator(".running button").tap()
    expect(phone.page.locator(".time-boxes")).to_be_visible()
    fits_a_thumb(phone)


def fits_a_thumb(phone: HandledPhone) -> None:
    """What is in view is large enough and no wider than the phone, with large text too."""
    for size in ("100%", "200%"):
        phone.page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert phone.too_small() == [], size
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320, size
    phone.page.evaluate("document.documentElement.style.fontSize = ''")
