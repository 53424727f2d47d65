"""The same machine with something broken in it: what every run of the checks makes sure of."""

from __future__ import annotations

import pytest

from tests.faults.sync import bugs
from tests.faults.sync.finding import finds_it


@pytest.mark.parametrize("fault", [bugs.without_constraint, bugs.commits_afterwards])
def test_a_server_with_a_fault_is_found_out(house, monkeypatch, fault):
    fault(house, monkeypatch)
    finds_it(house)
