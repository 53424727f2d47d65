"""What holds for the whole checklist: title, briefing, languages, and how marks become a total."""

from decimal import Decimal

import pytest

from evaluations.document.tree import Bands, Scoring

SETTINGS = "/settings"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "   "}, "Enter a name"),
        ({"name": "x" * 121}, "too long"),
        ({"languages": None}, "Choose at least one language"),
        ({"title__en": "x" * 201}, "Too long"),
        ({"good": ""}, "Enter a number"),
        ({"good": "70", "fair": "70"}, "Fair begins below good"),
        ({"target": "a lot"}, "This is not a number"),
        ({"total": "luck"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_changed(designer, typed, message):
    before = designer.document
    page = designer.sends(SETTINGS, briefing__en="Come alone.", **typed)
    assert page.status_code == 422
    assert message in page.text
    assert "Come alone." in page.text
    assert designer.document == before


def test_everything_that_holds_for_the_whole_is_kept(designer):
    answer = designer.sends(
        SETTINGS,
        name="Summer",
        languages=["es", "en"],
        title__en="Store visit",
        briefing__en="Come alone.\n\nBuy nothing.",
        total="weights",
        target="82,5",
        good="90",
        fair="75.5",
        blanks_count="y",
        bonus_may_exceed="y",
    )
    assert answer.status_code == 303
    document = designer.document
    assert (document.title, document.languages) == ({"en": "Store visit"}, ("en", "es"))
    assert document.briefing == {"en": "Come alone.\n\nBuy nothing."}
    assert document.scoring == Scoring(
        total="weights",
        target=Decimal("82.5"),
        bands=Bands(good=Decimal(90), fair=Decimal("75.5")),
        blanks_count=True,
        bonus_may_exceed=True,
    )
    assert "<h1>Summer</h1>" in designer.opens(SETTINGS).text


def test_a_second_language_brings_a_second_box_and_shows_how_far_it_is(designer):
    assert "title-es" not in designer.opens(SETTINGS).text
    designer.sends(SETTINGS, languages=["en", "es"])
    page = designer.opens(SETTINGS)
    assert 'id="title-es"' in page.text
    assert "Spanish 0 %" in page.text


def test_a_language_that_was_taken_out_and_put_back_has_its_words_still(designer):
    designer.sends(SETTINGS, languages=["en", "es"])
    designer.sends(SETTINGS, title__es="Primavera")
    designer.sends(SETTINGS, languages=["en"])
    designer.sends(SETTINGS, languages=["en", "es"])
    assert designer.document.title == {"en": "Spring", "es": "Primavera"}
