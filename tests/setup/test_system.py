"""System packages: installed where set-up may, named exactly where it may not."""

import pytest

from setup import system
from setup.programs import CannotGoOn
from setup.steps import wish
from setup.system import Debian, Need, meet, unmet
from tests.setup.doubles import Recorder


@pytest.fixture
def lists(tmp_path):
    """Lists of packages, already fetched."""
    (tmp_path / "main_binary-amd64_Packages.lz4").touch()
    return tmp_path


def finding(*programs):
    """A machine that has these programs and no others."""
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def test_lists_are_fetched_only_when_there_are_none(tmp_path, lists):
    with_lists = Recorder()
    Debian(with_lists, lists, is_root=True, find=finding("apt-get")).install(["libpango-1.0-0"])
    assert [command[-1] for command in with_lists.commands] == ["libpango-1.0-0"]

    empty = tmp_path / "empty"
    empty.mkdir()
    without = Recorder()
    Debian(without, empty, is_root=True, find=finding("apt-get")).install(["libpango-1.0-0"])
    assert [command[-1] for command in without.commands] == ["update", "libpango-1.0-0"]


def test_apt_waits_for_whoever_holds_the_lock(lists):
    recorder = Recorder()
    Debian(recorder, lists, is_root=True, find=finding("apt-get")).install(["chromium"])
    assert "DPkg::Lock::Timeout=300" in recorder.commands[0]


def test_sudo_is_used_where_it_asks_no_password(lists, monkeypatch):
    monkeypatch.setattr(system, "_obeys", lambda command: command == ["sudo", "-n", "true"])
    recorder = Recorder()
    Debian(recorder, lists, is_root=False, find=finding("apt-get", "sudo")).install(["chromium"])
    assert recorder.commands[0][:2] == ["sudo", "-n"]


def test_without_rights_the_packages_are_named_and_nothing_is_run(lists, monkeypatch):
    monkeypatch.setattr(system, "_obeys", lambda _command: False)
    recorder = Recorder()
    with pytest.raises(CannotGoOn, match=r"`sudo apt-get install libpango-1\.0-0 chromium`"):
        Debian(recorder, lists, is_root=False, find=finding("apt-get", "sudo")).install(
            ["libpango-1.0-0", "chromium"]
        )
    assert recorder.commands == []


def test_where_there_is_no_apt_the_packages_are_named_in_debians_words(lists):
    with pytest.raises(CannotGoOn, match=r"what Debian calls libpango-1\.0-0"):
        Debian(Recorder(), lists, is_root=True, find=finding()).install(["libpango-1.0-0"])


def test_a_failed_installation_says_what_to_run(lists):
    debian = Debian(Recorder(fails="install"), lists, is_root=True, find=finding("apt-get"))
    with pytest.raises(CannotGoOn, match="`apt-get install chromium`"):
        debian.install(["chromium"])


def test_only_what_is_missing_is_installed(lists):
    there = []
    needs = [Need("present", lambda: True), Need("missing", lambda: bool(there))]
    recorder = Recorder(then=there.append)
    assert [need.package for need in unmet(needs)] == ["missing"]
    meet(needs, Debian(recorder, lists, is_root=True, find=finding("apt-get")))
    assert recorder.commands[0][-1] == "missing"
    assert "present" not in recorder.commands[0]


def test_an_installed_package_that_does_not_help_this_python_is_told(lists):
    needs = [Need("python3-venv", lambda: False)]
    with pytest.raises(CannotGoOn, match="make run PYTHON="):
        meet(needs, Debian(Recorder(), lists, is_root=True, find=finding("apt-get")))


def test_what_not_every_machine_can_have_stops_nothing_and_is_told(lists, capsys):
    wish([Need("webkit", lambda: False)], Debian(Recorder(), lists, is_root=True, find=finding()))
    told = capsys.readouterr().out
    assert "Going on without them." in told
    assert "what Debian calls webkit" in told


def test_a_library_that_does_not_load_is_a_need_unmet():
    assert not system._has_library("libthere-is-no-such-library.so.0")()


def test_asking_for_rights_asks_nobody_for_a_password():
    assert system._obeys(["true"])
    assert not system._obeys(["false"])
