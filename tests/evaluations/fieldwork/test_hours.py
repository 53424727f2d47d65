"""Opening hours are typed as people type them, and are kept in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.errors import Invalid
from evaluations.fieldwork import hours
from evaluations.fieldwork.hours import DAYS, Span


def refused(code, field):
    return pytest.raises(Invalid, check=lambda refusal: (refusal.code, refusal.field) == (code, field))


@pytest.mark.parametrize(
    "text",
    [
        "25-26",
        "9-14-18",
        "nine to five",
        "9:75-10",
        "9",
        "9-",
        "13pm-14pm",
        "0am-4",
        "9-9",
        "24-3",
        "9-14 18-20",
        "9" * 200,
    ],
)
def test_what_is_no_span_of_time_is_refused_at_its_day(text):
    with refused("hours_unreadable", "tue"):
        hours.read_day(text, field="tue")


def test_more_spans_than_anybody_opens_are_refused():
    with refused("hours_too_many", "mon"):
        hours.read_day("8-9,10-11,12-13,14-15,16-17", field="mon")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("mon 09:00-14:00,13:00-20:00", "mon"),
        ("mon 22:00-04:00; tue 03:00-12:00", "mon"),
        ("mon 05:00-09:00; sun 20:00-06:00", "sun"),
        ("fri 20:00-02:00,21:00-23:00", "fri"),
    ],
)
def test_hours_that_overlap_are_refused_even_over_midnight_and_over_the_week(line, day):
    with refused("hours_overlap", day):
        hours.write(hours.read(line))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9-14", "09:00-14:00"),
        ("9.30–14, 17:00 - 20:30", "09:30-14:00, 17:00-20:30"),
        ("17-20:30; 9h30-14h", "09:30-14:00, 17:00-20:30"),
        ("9 a 14 y 17 a 20", "09:00-14:00, 17:00-20:00"),
        ("9am to 5:30pm", "09:00-17:30"),
        ("12 pm - 12 am", "12:00-24:00"),
        ("20:00-2:00", "20:00-02:00"),
        ("09:00:00-14:00:00", "09:00-14:00"),
        ("24 h", "00:00-24:00"),
        ("Cerrado", "closed"),
        (" closed ", "closed"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_type_them(text, said):
    assert hours.write_day(hours.read_day(text, field="mon")) == said


def test_closed_and_not_known_are_two_things():
    kept = hours.write({"sun": (), "mon": (Span(540, 840),)})
    assert kept == "mon 09:00-14:00; sun closed"
    assert hours.read(kept) == {"sun": (), "mon": (Span(540, 840),)}


TIMES = st.integers(0, 24 * 60 - 1)
A_DAY = (
    st.lists(TIMES, max_size=6, unique=True)
    .map(sorted)
    .map(lambda ends: tuple(Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)))
)


@given(week=st.dictionaries(st.sampled_from(DAYS), A_DAY))
def test_hours_are_kept_and_read_again_as_they_are(week):
    assert hours.read(hours.write(week)) == week
    for day, spans in week.items():
        assert hours.read_day(hours.write_day(spans, closed="Cerrado"), field=day) == spans
