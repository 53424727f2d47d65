"""The checks that `make test` runs, in the order they run; those of one phase run side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from setup.counts import Counts, of_node, of_pytest, of_status
from setup.frontend import Node
from setup.places import Places


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, its command, and how many tests its output tells of."""

    name: str
    command: Callable[[Places, Node], list[str]]
    count: Callable[[int, str], Counts] = of_status


def _tool(name: str, *words: str) -> Callable[[Places, Node], list[str]]:
    """Return the command of a tool in the virtual environment."""
    return lambda places, _node: [str(places.program(name)), *words]


def _pytest(*words: str) -> Callable[[Places, Node], list[str]]:
    """Return a run of pytest that names what it skipped."""
    return _tool("python", "-m", "pytest", "-q", "-rfEs", "--no-header", *words)


def _node_tests(places: Places, node: Node) -> list[str]:
    """Return a run of Node's own test runner over tests/js/."""
    files = sorted(str(file) for file in (places.root / "tests" / "js").rglob("*.test.js"))
    return [node.node, "--test", "--test-reporter=tap", *files]


DOMAIN_AND_WEB = ("tests/evaluations", "tests/shopper")
MOVING = "tests/faults/test_moving_the_demo.py"  # it needs both databases
WHEEL = "tests/rules/test_wheel.py"
OFFICE_PAGES = "tests/shopper/admin"
"""Pages and forms: what they ask of a database and keep in it is tried on both in tests/evaluations."""

QUICK = (
    (
        Check("format", _tool("ruff", "format", "--check", "--quiet", ".")),
        Check("lint", _tool("ruff", "check", "--quiet", ".")),
        Check("imports", _tool("lint-imports")),
        Check("types", _tool("mypy")),
        Check("scripts", _node_tests, of_node),
    ),
)
ALL = (
    *QUICK,
    (
        Check(
            "tests on SQLite",
            _pytest(
                "-n2", "tests/faults", *DOMAIN_AND_WEB, "tests/rules", "tests/setup", f"--ignore={WHEEL}"
            ),
            of_pytest,
        ),
    ),
    (
        Check(
            "tests on PostgreSQL",
            _pytest("-n2", "--database=postgresql", *DOMAIN_AND_WEB, MOVING, f"--ignore={OFFICE_PAGES}"),
            of_pytest,
        ),
    ),
    (
        Check("browser", _pytest("-n2", "--dist=loadgroup", "tests/browser"), of_pytest),
        Check("wheel", _pytest(WHEEL), of_pytest),
    ),
)
