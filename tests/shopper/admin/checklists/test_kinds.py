"""Every kind of question has its form: what does not fit is refused at its field, and what fits is kept and said."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.document import tree
from evaluations.document.tree import Critical, Effect, PointBand
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import Paper, filled


def new(kind):
    return f"/touchpoints/greeting/questions/{kind}"


def with_rows(designer, path, **rows):
    """The form of `path` with bands or options of the given cells, sent."""
    address = f"{designer.base}/draft{path}"
    fields = filled(designer.visitor, address, text__en="How much is it?")
    for name, value in rows.items():
        fields.setlist(name.replace("__", "-"), [value])
    return designer.visitor.post(address, data=fields)


def bands(*rows):
    return {
        f"bands__{place}__{cell}": value
        for place, row in enumerate(rows)
        for cell, value in zip(("up_to", "points"), row, strict=True)
    }


MEASURED = ("number", "money", "duration")


@pytest.mark.parametrize("kind", MEASURED)
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"minimum": "10", "maximum": "5"}, "This is below “S"),
        ({"critical_effect": "fails_visit"}, "Say from where, or up to where."),
        (
            {"critical_effect": "fails_visit", "critical_minimum": "9", "critical_maximum": "2"},
            "This is below “From”.",
        ),
        ({"critical_effect": "caps_total", "critical_minimum": "9"}, "at how many percent"),
        (bands(("10", "5"), ("5", "3"), ("", "0")), "This band has to end above the one before it."),
        (bands(("10", "5"), ("10", "3"), ("", "0")), "This band has to end above the one before it."),
        (bands(("10", "5"), ("20", "3")), "Leave the last band open: it holds all the rest."),
        (bands(("10", "5"), ("", "3"), ("", "0")), "Say up to where this band goes."),
        (bands(("10", "many"), ("", "0")), "This is not a number: many."),
        (bands(("10", "2000"), ("", "0")), "Between -1000 and 1000."),
        (bands(*((str(n), "1") for n in range(1, 22)), ("", "0")), "At most 20 bands."),
        ({"due_days": "0"}, "Between 1 and 365."),
        ({"due_days": "366"}, "Between 1 and 365."),
        ({"due_days": "soon"}, "Enter a whole number."),
    ],
)
def test_a_measure_that_does_not_fit_is_refused_at_its_field(designer, kind, typed, message):
    before = designer.document
    page = with_rows(designer, new(kind), **typed)
    assert page.status_code == 422
    assert message.replace("'", "&#39;") in page.text
    assert "How much is it?" in page.text
    assert designer.document == before


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("number", {"minimum": "few"}, "This is not a number: few."),
        ("number", {"minimum": "1234567890123456"}, "This is not a number"),
        ("number", {"minimum": "1234567890.123456"}, "At most 15 digits."),
        ("number", {"maximum": "1e5"}, "This is not a number: 1e5."),
        ("number", {"decimals": "7"}, "Between 0 and 6."),
        ("number", {"unit__en": "x" * 41}, "Too long"),
        ("number", {"constraint_message__en": "x" * 401}, "Too long"),
        ("money", {"currency": "XXL"}, "Not a valid choice"),
        ("money", {"minimum": "1.005"}, "This currency has 2 decimals."),
        ("money", {"currency": "JPY", "maximum": "1.5"}, "This currency has 0 decimals."),
        ("duration", {"minimum": "1:75"}, "After a colon come at most 59."),
        ("duration", {"minimum": "1:75:00"}, "After a colon come at most 59."),
        (
            "duration",
            {"minimum": "a while"},
            "Write seconds (95) or minutes and seconds (1:35), not a while.",
        ),
        ("duration", {"maximum": "360000"}, "A duration is shorter than 100 hours."),
        ("duration", bands(("1:99", "5"), ("", "0")), "After a colon come at most 59."),
        ("date", {"earliest": "14/03/2026"}, "Enter a date, such as 2026-11-21."),
        ("date", {"latest": "2026-02-30"}, "Enter a date, such as 2026-11-21."),
        (
            "date",
            {"earliest": "2026-03-14", "latest": "2026-03-13"},
            "The latest day lies before the earliest.",
        ),
        ("short_text", {"pattern": "(a+)+"}, "repeats what repeats already"),
        ("short_text", {"pattern": "[A-Z"}, "lacks its other half"),
        ("short_text", {"pattern": "(?=a)b"}, "a sign that is not understood here"),
        ("short_text", {"pattern": "a" * 201}, "at most 200 characters"),
        ("several_choices", {"min_choices": "3", "max_choices": "2"}, "must be 3 or more"),
        ("several_choices", {"max_choices": "0"}, "Between 1 and 60."),
        ("several_choices", {"critical_effect": "fails_visit"}, "Say on which answer."),
    ],
)
def test_what_a_kind_of_its_own_cannot_have_is_refused_at_its_field(designer, kind, typed, message):
    before = designer.document
    page = with_rows(designer, new(kind), **typed)
    assert (page.status_code, message in page.text) == (422, True)
    assert designer.document == before


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("kind", MEASURED)
def test_a_measure_is_critical_on_a_range_with_any_effect(designer, kind, effect):
    cap = {"critical_cap": "40"} if effect is Effect.CAPS_TOTAL else {}
    with_rows(designer, new(kind), critical_effect=effect.value, critical_minimum="600", **cap)
    critical = designer.document.question("how_much").critical
    assert critical == Critical(minimum=600, effect=effect, cap=40 if cap else None)


@pytest.mark.parametrize("effect", list(Effect))
def test_several_choices_are_critical_on_any_of_some_with_any_effect(designer, effect):
    designer.sends(
        new("several_choices"),
        text__en="What was broken?",
        options__0__text__en="The door",
        options__0__critical="y",
        options__0__failing="y",
        options__1__text__en="Nothing",
        options__1__na="y",
        min_choices="1",
        max_choices="2",
        bonus="y",
        critical_effect=effect.value,
        critical_cap="40",
    )
    question = designer.document.question("what_broken")
    assert isinstance(question, tree.SeveralChoices)
    assert question.critical.on == ("door",)
    assert (question.critical.effect, question.min_choices, question.max_choices) == (effect, 1, 2)
    assert [(option.failing, option.na) for option in question.options] == [(True, False), (False, True)]
    assert question.bonus


def test_a_number_is_added_with_everything_that_it_can_have(designer):
    answer = with_rows(
        designer,
        new("number"),
        minimum="0",
        maximum="60,5",
        decimals="1",
        unit__en="°C",
        constraint_message__en="Between freezing and boiling.",
        not_observed_allowed="y",
        na_allowed="y",
        internal="y",
        due_days="3",
        **bands(("18", "0"), ("22.5", "10"), ("", "4")),
    )
    assert answer.status_code == 303
    assert designer.document.question("how_much") == tree.Number(
        key="how_much",
        text={"en": "How much is it?"},
        minimum=0,
        maximum="60.5",
        decimals=1,
        unit={"en": "°C"},
        constraint_message={"en": "Between freezing and boiling."},
        not_observed_allowed=True,
        na_allowed=True,
        internal=True,
        due_days=3,
        bands=(
            PointBand(up_to=18, points=0),
            PointBand(up_to="22.5", points=10),
            PointBand(up_to=None, points=4),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [
        ("95", "95", "1:35"),
        ("1:35", "95", "1:35"),
        ("0:05,5", "5.5", "5.5"),
        ("59", "59", "59"),
        ("1:00:05", "3605", "1:00:05"),
        ("61:00", "3660", "1:01:00"),
        ("60.5", "60.5", "1:00.5"),
        ("99:59:59.9", "359999.9", "99:59:59.9"),
    ],
)
def test_a_duration_is_typed_as_people_write_it(designer, typed, seconds, shown):
    with_rows(designer, new("duration"), maximum=typed)
    assert designer.document.question("how_much").maximum == Decimal(seconds)
    assert f'value="{shown}"' in designer.opens("/questions/how_much").text


def test_an_amount_is_in_the_chosen_currency(designer):
    with_rows(designer, new("money"), currency="JPY", maximum="1000")
    question = designer.document.question("how_much")
    assert (question.currency, question.maximum) == ("JPY", 1000)
    page = designer.opens("/questions/how_much")
    assert '<option selected value="JPY">Japanese Yen (JPY)</option>' in page.text


def test_a_currency_that_is_not_in_use_any_more_stays_chosen(begin):
    old = tree.Money(key="price", text={"en": "Price?"}, currency="DEM")
    designer = begin(document(touchpoint("greeting", yes_no(), old)))
    designer.sends("/questions/price", help__en="On the label.")
    assert designer.document.question("price").currency == "DEM"


def test_a_day_lies_between_two_others(designer):
    designer.sends(new("date"), text__en="Which day?", earliest="2026-03-01", latest="2026-03-31")
    question = designer.document.question("which_day")
    assert (question.earliest, question.latest) == (date(2026, 3, 1), date(2026, 3, 31))
    assert 'value="2026-03-01"' in designer.opens("/questions/which_day").text


def test_a_short_text_has_a_form_and_words_for_another(designer):
    designer.sends(
        new("short_text"),
        text__en="Which code?",
        pattern=r"[A-Z]{2}-\d{4}",
        constraint_message__en="As on the receipt.",
    )
    question = designer.document.question("which_code")
    assert (question.pattern, question.constraint_message) == (
        r"[A-Z]{2}-\d{4}",
        {"en": "As on the receipt."},
    )


@pytest.mark.parametrize("kind", ["time", "signature", "place", "date", "several_choices"])
def test_a_kind_without_points_of_its_own_starts_with_sensible_values(designer, kind):
    designer.sends(new(kind), text__en="What is it?")
    question = designer.document.question("what")
    assert question == type(question)(key="what", text={"en": "What is it?"})
    assert question.kind.value == kind


def test_a_measure_starts_without_bands_and_earns_nothing(designer):
    page = designer.opens(new("number"))
    assert "Without bands it earns no points." in page.text
    with_rows(designer, new("number"))
    assert designer.document.question("how_much").bands == ()


def test_the_first_band_comes_with_the_open_one_and_more_go_before_it(designer):
    path = new("number")
    address = f"{designer.base}/draft{path}"
    page = designer.sends(path, text__en="How much is it?", arrange="bands:add")
    assert page.status_code == 200
    assert "All the rest" in page.text
    fields = Paper(page.text, address).fields(address)
    fields.setlist("bands-0-up_to", ["10"])
    fields.setlist("bands-0-points", ["5"])
    fields.setlist("arrange", ["bands:add"])
    page = designer.visitor.post(address, data=fields)
    fields = Paper(page.text, address).fields(address)
    assert [fields[f"bands-{place}-up_to"] for place in range(3)] == ["10", "", ""]
    fields.setlist("bands-1-up_to", ["20"])
    fields.setlist("arrange", ["bands:drop-0"])
    page = designer.visitor.post(address, data=fields)
    fields = Paper(page.text, address).fields(address)
    fields.setlist("bands-0-points", ["3"])
    assert designer.visitor.post(address, data=fields).status_code == 303
    assert designer.document.question("how_much").bands == (
        PointBand(up_to=20, points=3),
        PointBand(up_to=None, points=0),
    )


def test_bands_that_were_not_filled_in_are_left_out(designer):
    with_rows(designer, new("number"), **bands(("", "0"), ("10", "5"), ("", "0"), ("", "1")))
    assert designer.document.question("how_much").bands == (
        PointBand(up_to=10, points=5),
        PointBand(up_to=None, points=1),
    )


def test_every_setting_is_said_beside_the_question(designer):
    with_rows(
        designer,
        new("duration"),
        internal="y",
        due_days="3",
        minimum="5",
        critical_effect="zeroes_touchpoint",
        critical_minimum="10:00",
        **bands(("1:00", "5"), ("", "0")),
    )
    text = " ".join(designer.opens("/touchpoints/greeting").text.replace("\N{NO-BREAK SPACE}", " ").split())
    for words in (
        "5 s or more",
        "2 bands",
        "internal",
        "3 days after the visit",
        "Critical on 10 min or more: touchpoint scores 0",
        "5 points",
    ):
        assert words in text


def test_a_published_version_says_its_bands_choices_and_limits(begin):
    questions = (
        yes_no(),
        tree.Duration(
            key="wait",
            text={"en": "How long?"},
            bands=(PointBand(up_to=60, points=5), PointBand(up_to=None, points=0)),
            constraint_message={"en": "Not that long."},
        ),
        tree.Money(key="price", text={"en": "Price?"}, minimum=1, maximum="9.50", currency="EUR"),
        tree.SeveralChoices(
            key="seen",
            text={"en": "Seen?"},
            min_choices=1,
            options=(
                tree.Option(key="a", text={"en": "Door"}, points=2),
                tree.Option(key="b", text={"en": "Sign"}),
            ),
        ),
        tree.Date(key="day", text={"en": "Day?"}, earliest=date(2026, 3, 1)),
        tree.ShortText(key="code", text={"en": "Code?"}, pattern="[A-Z]{2}"),
        tree.Number(key="people", text={"en": "How many?"}, unit={"en": "people"}, maximum=9),
    )
    designer = begin(document(touchpoint("greeting", *questions)))
    designer.sends("/check", "/versions")
    text = designer.visitor.get(f"{designer.base}/versions/1").text.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "up to 1 min: 5 points",
        "everything else: 0 points",
        "“Not that long.”",
        "€1.00 to €9.50",
        "choose at least 1",
        "Door <span",
        "from Sun 1 Mar 2026",
        "in the form [A-Z]{2}",
        "9 people or less",
    ):
        assert words in text, words


def test_a_photo_can_be_demanded_on_answers_of_every_kind_that_names_them(designer):
    designer.sends(new("yes_no"), text__en="Was the floor clean?", photo_no="y")
    assert designer.document.question("floor_clean").photo_on == ("no",)
    designer.sends("/questions/floor_clean", photo_no=None, photo_yes="y")
    assert designer.document.question("floor_clean").photo_on == ("yes",)
    designer.sends(new("rating"), text__en="How tidy was the shelf?", photo_edge="2")
    assert designer.document.touchpoints[1].questions[-1].photo_on == ("1", "2")
    designer.sends(
        new("single_choice"),
        text__en="What stood there?",
        options__0__text__en="A box",
        options__0__photo="y",
        options__1__text__en="Nothing",
    )
    assert designer.document.touchpoints[1].questions[-1].photo_on == ("box",)
    assert "photo on No" not in designer.opens("/touchpoints/greeting").text
    assert "photo on Yes" in designer.opens("/touchpoints/greeting").text
    assert "photo on 2 or worse" in designer.opens("/touchpoints/greeting").text


@pytest.mark.parametrize("kind", ["yes_no", "rating"])
def test_a_photo_that_is_demanded_must_be_allowed(designer, kind):
    asked = {"photo_no": "y"} if kind == "yes_no" else {"photo_edge": "2"}
    answer = designer.sends(new(kind), text__en="Was it so?", photos_allowed=None, **asked)
    assert (answer.status_code, "so photos must be allowed" in answer.text) == (422, True)


def test_a_rating_on_which_a_photo_is_demanded_stands_on_the_scale(designer):
    answer = designer.sends(new("rating"), text__en="How was it?", photo_edge="9")
    assert (answer.status_code, "The scale goes from 1 to 5." in answer.text) == (422, True)


def test_a_day_out_of_range_has_words_of_its_own_in_each_language(begin):
    designer = begin(document(touchpoint("greeting", yes_no()), languages=("en", "es")))
    designer.sends(
        new("date"),
        text__en="When did it come?",
        earliest="2026-03-01",
        constraint_message__en="It cannot have come before March.",
        constraint_message__es="No puede haber llegado antes de marzo.",
    )
    asked = next(question for question in designer.document.questions() if question.kind == "date")
    assert asked.constraint_message == {
        "en": "It cannot have come before March.",
        "es": "No puede haber llegado antes de marzo.",
    }
    designer.sends(f"/questions/{asked.key}", constraint_message__es=None)
    assert "What is said of an answer out of bounds is missing" not in designer.opens("/check").text
    designer.sends(f"/questions/{asked.key}", constraint_message__es="")
    assert "What is said of an answer out of bounds is missing in Spanish." in designer.opens("/check").text
