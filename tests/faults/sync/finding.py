"""Runs the machine on something that is broken, until it notices."""

from __future__ import annotations

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.length import SEED
from tests.faults.sync.handset import Handset
from tests.faults.sync.house import House
from tests.faults.sync.machine import a_world

MOST_EXAMPLES = 1_000


def finds_it(house: House, make: type[Handset] = Handset) -> None:
    """The machine fails within so many examples; at the first failure it has done its work."""
    world = seed(SEED)(a_world(house, make))
    how = settings(
        max_examples=MOST_EXAMPLES, phases=[Phase.generate], database=None, report_multiple_bugs=False
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(world, settings=how)
