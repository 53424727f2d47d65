"""What a phone's clock says is a moment that can be shown anywhere on earth, or none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evaluations.clock import from_phone, local_day
from evaluations.fieldwork.zones import known_zones

LAST_DAY_MS = 253_402_300_799_000
"""The last second of the last year that a calendar of ours has."""
FIRST_DAY_MS = -62_135_596_800_000
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "milliseconds",
    [None, 8_640_000_000_000_000, -8_640_000_000_000_000, 10**30, LAST_DAY_MS, FIRST_DAY_MS],
)
def test_what_no_calendar_or_not_every_zone_shows_is_no_moment(milliseconds):
    assert from_phone(milliseconds) is None


@pytest.mark.parametrize("moment", [datetime(9999, 1, 1, tzinfo=UTC) - SECOND, datetime(2, 1, 1, tzinfo=UTC)])
def test_the_first_and_the_last_moment_have_their_day_in_every_zone(moment):
    assert from_phone(int(moment.timestamp()) * 1000) == moment
    for zone in known_zones():
        assert abs(local_day(moment, zone) - moment.date()) <= timedelta(days=1)
        assert moment.astimezone(ZoneInfo(zone)) == moment
