"""The suite ends with what ran, what was skipped and why, and fails when anything did."""

import sys

import pytest

from setup.checks import ALL, Check
from setup.counts import of_pytest
from setup.frontend import Node
from setup.places import Places
from setup.suite import run_all

NODE = Node("node", "npm")


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


def a_check(name, script, **how):
    """A check that runs `script`."""
    return Check(name, lambda _places, _node: [sys.executable, "-c", script], **how)


def test_all_checks_passing_is_success_and_said_so(places, capsys):
    assert run_all([[a_check("format", ""), a_check("lint", "")]], places, NODE) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-2] == "2 passed, 0 failed"
    assert told[-1].startswith("Ran format, lint in ")
    assert told[-1].endswith("nothing was skipped.")


def test_one_failing_check_fails_the_suite_and_shows_its_words(places, capsys):
    assert run_all([[a_check("lint", "import sys; sys.exit('a line is too long')")]], places, NODE) == 1
    told = capsys.readouterr().out
    assert "FAILED  lint" in told
    assert "    a line is too long" in told
    assert "0 passed, 1 failed" in told.splitlines()


def test_skipped_tests_are_told_with_their_reasons(places, capsys):
    script = "print('SKIPPED [1] tests/a.py:3: no PostgreSQL here\\n1 passed, 1 skipped in 0.10s')"
    assert run_all([[a_check("tests", script, count=of_pytest)]], places, NODE) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("1 skipped: no PostgreSQL here.")


def test_settings_of_the_person_at_the_keyboard_do_not_reach_the_checks(places, monkeypatch):
    monkeypatch.setenv("SHOPPER_INSTANCE", "/precious")
    script = "import os, sys; sys.exit('SHOPPER_INSTANCE' in os.environ)"
    assert run_all([[a_check("tests", script)]], places, NODE) == 0


def test_no_two_checks_share_a_name():
    names = [check.name for phase in ALL for check in phase]
    assert len(names) == len(set(names))
