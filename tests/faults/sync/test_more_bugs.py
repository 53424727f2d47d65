"""More that can be broken, each found by the same machine; `make faults` runs these."""

from __future__ import annotations

import pytest

from tests.faults.sync import bugs
from tests.faults.sync.finding import finds_it

PHONES = [
    bugs.DeletesOnSending,
    bugs.BelievesAnyPage,
    bugs.ForgetsWhenCalledOff,
    bugs.ForgetsWhenSignedOut,
    bugs.ReusesPhotoIds,
    bugs.TellsOfNothing,
]


@pytest.mark.parametrize("make", PHONES)
def test_a_phone_with_a_fault_is_found_out(house, make):
    finds_it(house, make)


@pytest.mark.parametrize("fault", [bugs.last_write_wins, bugs.conflicts_block_hand_in])
def test_a_server_with_a_fault_is_found_out(house, monkeypatch, fault):
    fault(house, monkeypatch)
    finds_it(house)


def test_work_that_is_sent_in_another_name_is_found_out(house, monkeypatch):
    bugs.takes_from_anybody(house, monkeypatch)
    finds_it(house, bugs.SendsForAnybody)
