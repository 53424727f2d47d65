"""The front-end's folder is whole, is made once, and comes from whichever npm there is."""

import sys
import xml.etree.ElementTree as ElementTree

import pytest

from setup.frontend import FrontEnd, Node, is_new_enough, node_of
from setup.places import Places
from setup.programs import CannotGoOn
from setup.vendor import make_sprite
from tests.setup.doubles import Recorder

NODE = Node("/usr/bin/node", "/usr/bin/npm")
HOME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <path stroke="none" d="M0 0h24v24H0z" fill="none" /><path d="M5 12l-2 0l9 -9l9 9l-2 0" /></svg>"""


@pytest.fixture
def places(tmp_path):
    for name in ("package.json", "package-lock.json", ".npmrc", "static/icons/names.txt", "setup/vendor.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return Places(tmp_path)


def a_front_end(places, **behaviour):
    """A front end whose programs leave what the real ones would."""

    def make(words):
        if "ci" in words:
            places.node_modules.mkdir()
        if "setup.vendor" in words:
            made = places.own / "vendor.new"
            made.mkdir(parents=True)
            (made / "tabler.min.css").touch()

    return FrontEnd(places, Recorder(then=make, **behaviour))


def test_it_is_made_once_until_the_lock_or_the_list_of_icons_changes(places):
    front_end = a_front_end(places)
    assert not front_end.is_made()
    front_end.make(NODE)
    assert front_end.is_made()
    (places.root / "static" / "icons" / "names.txt").write_text("home")
    assert not front_end.is_made()
    front_end.make(NODE)
    assert front_end.is_made()
    assert sum("ci" in command for command in front_end.runner.commands) == 1


def test_no_package_may_run_its_own_scripts(places):
    front_end = a_front_end(places)
    front_end.make(NODE)
    assert "--ignore-scripts" in front_end.runner.commands[0]


def test_a_failed_fetch_leaves_nothing(places):
    with pytest.raises(CannotGoOn, match="the same command again"):
        a_front_end(places, fails="ci").make(NODE)
    assert not places.node_modules.exists()
    assert not places.vendor.exists()


def test_a_failed_copy_leaves_the_old_folder_and_is_made_again(places):
    front_end = a_front_end(places)
    front_end.make(NODE)
    front_end.runner.fails = "setup.vendor"
    with pytest.raises(CannotGoOn):
        front_end.make(NODE)
    assert (places.vendor / "tabler.min.css").exists()
    assert not front_end.is_made()


def test_a_missing_or_old_program_is_not_new_enough(tmp_path):
    assert not is_new_enough(None, 10)
    assert not is_new_enough(str(tmp_path / "npm"), 10)
    assert is_new_enough(sys.executable, 3) is False  # "Python 3.11.7" is no version of Node's kind


def test_without_node_on_the_machine_it_comes_from_the_lock(places):
    class Bare:
        def __init__(self):
            self.places, self.installed = places, False

        def has_node(self):
            return self.installed

        def install_node(self):
            self.installed = True

    environment = Bare()
    node = node_of(environment, find=lambda _name: None)
    assert environment.installed
    assert node.npm == str(places.program("npm"))
    assert node.environment["PATH"].startswith(str(places.venv / "bin"))


def test_the_sprite_holds_a_symbol_for_each_name_in_the_colour_of_the_text(tmp_path):
    (tmp_path / "home.svg").write_text(HOME)
    make_sprite(["home"], tmp_path, tmp_path)
    (symbol,) = ElementTree.parse(tmp_path / "icons.svg").getroot()
    assert (symbol.get("id"), symbol.get("stroke"), len(symbol)) == ("home", "currentColor", 1)


def test_an_icon_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(SystemExit, match="no-such-icon"):
        make_sprite(["no-such-icon"], tmp_path, tmp_path)
