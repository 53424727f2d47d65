"""The person's language decides; before sign-in the browser's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from evaluations.models import Role
from shopper import filters
from shopper.language import current_language, ngettext, speaking
from tests.builders import a_person
from tests.shopper.browsing import Visitor

VECTORS = Path(__file__).parents[1] / "vectors" / "days.json"


def test_the_browser_decides_before_sign_in_and_the_person_after(visitor: Visitor, store: Session):
    spanish = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
    person = a_person(store, Role.OWNER, language="en")
    store.commit()
    assert '<html lang="es">' in visitor.get("/sign-in", headers=spanish).text
    assert '<html lang="en">' in visitor.get("/sign-in", headers={"Accept-Language": "ja"}).text
    visitor.signs_in(person)
    assert '<html lang="en">' in visitor.get("/account/", headers=spanish).text


@pytest.mark.parametrize(
    ("language", "percent", "day", "number"),
    [
        ("en", "82.1\N{NO-BREAK SPACE}%", "Sat 14 Mar 2026", "7.5"),
        ("es", "82,1\N{NO-BREAK SPACE}%", "sáb 14 mar 2026", "7,5"),
    ],
)
def test_figures_and_days_are_written_as_people_of_the_language_write_them(
    language: str, percent: str, day: str, number: str
):
    with speaking(language):
        assert filters.percent(82_050_000) == percent
        assert filters.day(datetime(2026, 3, 14, 12, tzinfo=UTC)) == day
        assert filters.number("7.50") == number


def test_a_shown_percentage_is_rounded_half_up():
    assert [filters.percent(value) for value in (82_049_999, 82_050_000, 0, 100_000_000)] == [
        "82.0\N{NO-BREAK SPACE}%",
        "82.1\N{NO-BREAK SPACE}%",
        "0.0\N{NO-BREAK SPACE}%",
        "100.0\N{NO-BREAK SPACE}%",
    ]
    assert filters.percent(None) == "–"


def test_a_moment_is_told_in_the_time_of_the_place():
    late = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)
    assert filters.moment(late, "Europe/Madrid") == "Sun 15 Mar 2026, 00:30"


def test_a_shopper_is_told_days_as_a_phone_without_network_tells_them():
    for vector in json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]:
        with speaking(vector["language"]):
            assert filters.near_day(date.fromisoformat(vector["day"])) == vector["said"]
    with speaking("es"):
        assert (
            filters.near_moment(datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "Europe/Lisbon")
            == "sáb 21 nov, 23:30"
        )


def test_a_wording_falls_back_to_the_language_that_there_is():
    with speaking("es"):
        assert filters.wording({"en": "Greeting"}) == "Greeting"
        assert filters.wording({"en": "Greeting", "es": "Saludo"}) == "Saludo"
        assert filters.wording({}) == ""


def test_plurals_follow_the_number():
    assert ngettext("%(n)s photo", "%(n)s photos", 1) == "1 photo"
    assert ngettext("%(n)s photo", "%(n)s photos", 3) == "3 photos"


def test_what_one_reader_reads_does_not_stay_for_the_next(visitor: Visitor):
    spanish = visitor.get("/sign-in", headers={"Accept-Language": "es"}).text
    assert 'lang="es"' in spanish
    assert current_language() == "en"
