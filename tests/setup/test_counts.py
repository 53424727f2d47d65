"""Every tool's own words are counted alike, and a failure without words counts as one."""

import pytest

from setup.counts import Counts, of_node, of_pytest, of_status


@pytest.mark.parametrize(
    ("last_line", "counts"),
    [
        ("312 passed in 60.10s (0:01:00)", (312, 0, 0)),
        ("1 failed, 311 passed, 2 skipped, 1 xfailed in 6.10s", (312, 1, 2)),
        ("=== 2 passed, 1 error in 0.50s ===", (2, 1, 0)),
    ],
)
def test_pytest_is_counted_by_its_last_line(last_line, counts):
    told = of_pytest(1 if counts[1] else 0, f"....\n{last_line}\n")
    assert (told.passed, told.failed, told.skipped) == counts


def test_reasons_for_skipping_are_kept():
    output = "SKIPPED [2] tests/shopper/test_pages.py:12: no such font\n3 passed, 2 skipped in 1.00s\n"
    assert of_pytest(0, output).reasons == {"no such font"}


def test_node_is_counted_by_its_own_summary():
    told = of_node(1, "ok 1 - drains\n# tests 9\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n")
    assert (told.passed, told.failed, told.skipped) == (7, 2, 0)


@pytest.mark.parametrize("count", [of_pytest, of_node])
def test_a_tool_that_breaks_or_runs_nothing_counts_as_failed(count):
    assert count(4, "ERROR: usage").failed == 1
    assert count(0, "no tests ran in 0.01s").failed == 1


def test_a_tool_that_checks_one_thing_counts_as_one():
    assert of_status(0, "") == Counts(passed=1)
    assert of_status(2, "") == Counts(failed=1)


def test_the_sum_is_worded_so_that_a_machine_can_read_it():
    assert str(Counts(3, 0) + Counts(4, 1)) == "7 passed, 1 failed"
    assert str(Counts(3, 0, 2)) == "3 passed, 0 failed, 2 skipped"
