"""A program that fails is told in one sentence, with its log and its last lines."""

import sys
import threading

import pytest

from setup.programs import CannotGoOn, Runner, undisturbed


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path, tmp_path / "logs")


def test_what_a_program_says_goes_to_its_log(runner, tmp_path):
    runner.run([sys.executable, "-c", "print('hello')"], log="greeting", otherwise="No greeting.")
    assert (tmp_path / "logs" / "greeting.log").read_text() == "hello\n"


def test_a_failure_gives_the_sentence_the_log_and_the_last_lines(runner):
    script = "import sys\nfor number in range(50): print('line', number)\nsys.exit(3)"
    with pytest.raises(CannotGoOn) as failure:
        runner.run([sys.executable, "-c", script], log="count", otherwise="Counting failed.")
    told = str(failure.value)
    assert told.startswith("Counting failed. The whole log is logs/count.log; it ends:\n")
    assert told.endswith("    line 49")
    assert "line 37\n" not in told


def test_a_program_that_is_not_there_is_told(runner):
    with pytest.raises(CannotGoOn, match=r"Nothing to run\. .*no-such-program"):
        runner.run(["/no-such-program"], log="none", otherwise="Nothing to run.")


def test_settings_that_disturb_our_programs_are_not_handed_on():
    disturbing = {"PYTHONPATH": "/x", "PIP_TARGET": "/y", "PYTHONDONTWRITEBYTECODE": "1"}
    kept = undisturbed({"PATH": "/bin"} | disturbing, PORT="8001")
    assert kept == {"PATH": "/bin", "PORT": "8001"}


def test_an_interrupted_program_is_ended_with_all_that_it_started(runner, tmp_path, monkeypatch):
    ready = tmp_path / "ready"
    script = f"import pathlib, signal; pathlib.Path({str(ready)!r}).touch(); signal.pause()"

    def interrupted(child):
        watch = threading.Event()
        while not ready.exists():
            watch.wait(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr("setup.programs._wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        runner.run([sys.executable, "-c", script], log="waiting", otherwise="")
