"""The columns of a file are recognised in English and Spanish, and nothing in a written file is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.errors import Invalid
from evaluations.fieldwork.importing import columns
from evaluations.fieldwork.importing.columns import FIELDS, guarded, guessed, read, unguarded
from evaluations.models import LocationKind
from shopper.admin.files import words
from shopper.language import speaking
from shopper.wordings.importing import FIELDS as NAMES


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_written_in_a_language_is_recognised_in_any(language):
    with speaking(language):
        assert guessed([str(NAMES[field]) for field in FIELDS]) == {
            field: n for n, field in enumerate(FIELDS)
        }
        for kind in LocationKind:
            assert read("kind", words()[kind]) is kind
        assert [read("active", words()[said]) for said in (True, False)] == [True, False]
        assert read("sun", words()["closed"]) == ()


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["CÓDIGO DE TIENDA", "Nombre", "C.P.", "Población"], {"code": 0, "name": 1, "city": 3}),
        (
            ["Store No.", "Store", "Town", "Lat", "Long"],
            {"code": 0, "name": 1, "city": 2, "latitude": 3, "longitude": 4},
        ),
        (["Name", "name", "NAME "], {"name": 0}),
        (["", "x"], {}),
    ],
)
def test_headings_are_guessed_and_of_two_alike_the_first(header, found):
    assert guessed(header) == found


def test_no_heading_stands_for_two_fields():
    said = [heading for headings in columns.HEADINGS.values() for heading in headings]
    assert sorted(said) == sorted(set(said))
    assert [heading for heading in said if columns.folded(heading) != heading] == []


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("kind", "warehouse", "kind_unknown"),
        ("latitude", "north", "degrees_unreadable"),
        ("active", "perhaps", "active_unreadable"),
        ("mon", "early", "hours_unreadable"),
        ("name", "#REF!", "cell_is_error"),
        ("address", "#¡REF!", "cell_is_error"),
    ],
)
def test_a_cell_that_says_nothing_sensible_is_refused_at_its_field(field, text, code):
    with pytest.raises(Invalid, check=lambda refusal: (refusal.code, refusal.field) == (code, field)):
        read(field, text)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("latitude", "40,4168", 40.4168),
        ("longitude", "−3.70°", -3.7),
        ("area", " North/ Leeds ", ("North", "Leeds")),
        ("area", "Madrid//Toledo / Sur", ("Madrid/Toledo", "Sur")),
        ("area", "/", ()),
        ("time_zone", "europe/madrid", "Europe/Madrid"),
        ("kind", "", None),
        ("active", "Sí", True),
    ],
)
def test_cells_are_read_as_people_write_them(field, text, value):
    assert read(field, text) == value


@pytest.mark.parametrize("text", ["=1+1", "+34 600", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_would_begin_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@given(text=st.text())
def test_what_was_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(columns.DANGEROUS)
