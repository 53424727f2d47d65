"""A file is short enough to be read at one sitting, and a function to be seen at one glance."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ("evaluations", "shopper", "setup", "templates", "static", "tests")
KINDS = {".py", ".js", ".css", ".html"}
NOT_READ = {"vendor", "versions"}  # fetched by set-up; lists of changes, written once
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def files_written_by_us(*kinds: str) -> list[Path]:
    """Return the source files that people read again and again."""
    found = (path for folder in WRITTEN for path in (ROOT / folder).rglob("*") if path.suffix in kinds)
    return sorted(path for path in found if NOT_READ.isdisjoint(path.parts))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_longer_than_it_may_be():
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in files_written_by_us(*KINDS)
    }
    too_long = [
        f"{path.relative_to(ROOT)}: {lines}" for path, lines in lengths.items() if lines > LONGEST_FILE
    ]
    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_it_may_be():
    too_long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in files_written_by_us(".py")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert not too_long, "\n".join(too_long)


@pytest.mark.parametrize(
    "name", ["utils", "helpers", "manager", "data", "process", "handle", "misc", "common"]
)
def test_no_file_has_a_name_that_says_nothing(name):
    assert [path for path in files_written_by_us(*KINDS) if path.stem == name] == []


def test_every_python_file_of_the_product_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in files_written_by_us(".py")
        if path.parts[len(ROOT.parts)] in ("evaluations", "shopper", "setup")
        and path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []
