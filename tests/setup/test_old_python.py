"""A Python that is too old gets a sentence, not a traceback."""

import ast
from pathlib import Path

from setup import __main__ as door

DOOR = Path(door.__file__)


def test_an_old_python_is_told_what_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(door.sys, "version_info", (3, 9, 2))
    assert door.main() == 1
    told = capsys.readouterr().err
    assert "Python 3.11 or newer and found 3.9.2" in told
    assert "make run PYTHON=python3.11" in told


def test_the_door_is_written_so_that_an_old_python_can_read_it():
    tree = ast.parse(DOOR.read_text(encoding="utf-8"), feature_version=(3, 7))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in at_once] == ["import sys"]


def test_everything_before_the_environment_needs_the_standard_library_alone():
    before = {path for path in DOOR.parent.glob("*.py") if path.name != "vendor.py"}
    imported = {
        name.split(".")[0]
        for path in before
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    assert imported - {"setup"} <= door.sys.stdlib_module_names


def _names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
