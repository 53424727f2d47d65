"""Whatever happens, the person at the keyboard reads a sentence and no traceback."""

import os
import signal

import pytest

from setup import words
from setup.programs import CannotGoOn
from setup.steps import NEEDS


@pytest.fixture(autouse=True)
def signals_as_before():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def preparing(what):
    """Replace all the steps of set-up by `what`."""

    def prepare(_purpose, _places):
        what()

    return prepare


def raising(error):
    def act():
        raise error

    return act


@pytest.mark.parametrize(
    ("event", "status", "sentence"),
    [
        (CannotGoOn("Install this, then go on."), 1, "Install this, then go on.\n"),
        (OSError(28, "No space left on device", "/full"), 1, "could not use /full: No space left on device."),
        (KeyboardInterrupt(), 130, "Nothing half-made is left"),
    ],
)
def test_an_unhappy_end_is_one_sentence(monkeypatch, capsys, event, status, sentence):
    monkeypatch.setattr(words, "prepare", preparing(raising(event)))
    assert words.obey(["prepare"]) == status
    assert sentence in capsys.readouterr().err


def test_a_request_to_end_is_taken_like_ctrl_c(monkeypatch):
    monkeypatch.setattr(words, "prepare", preparing(lambda: os.kill(os.getpid(), signal.SIGTERM)))
    assert words.obey(["prepare"]) == words.STOPPED


def test_an_unknown_word_gets_the_known_ones(capsys):
    assert words.obey(["fly"]) == 2
    assert "python3 -m setup run" in capsys.readouterr().err


@pytest.mark.parametrize("purpose", ["test", "measure"])
def test_set_up_for_the_tests_or_the_benchmarks_starts_nothing(monkeypatch, purpose):
    wanted = []
    monkeypatch.setattr(words, "prepare", lambda purpose, _places: wanted.append(purpose))
    monkeypatch.setattr(words, "run_all", raising(AssertionError))
    assert words.obey(["prepare" if purpose == "test" else purpose]) == 0
    assert wanted == [purpose]


def test_what_measures_has_the_whole_browser_and_all_that_the_tests_have():
    assert {need.package for need in NEEDS["measure"]} - {need.package for need in NEEDS["test"]} == {
        "chromium"
    }
    assert {need.package for need in NEEDS["run"]} < {need.package for need in NEEDS["test"]}


def test_running_hands_the_process_over_to_the_product(monkeypatch):
    became = []
    monkeypatch.setattr(words, "prepare", preparing(lambda: None))
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    monkeypatch.setattr(
        os, "execve", lambda program, arguments, _environment: became.append((program.name, arguments[1:]))
    )
    words.obey(["run"])
    assert became == [("shopper", ["serve"])]
