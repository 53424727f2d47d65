"""What is installed is locked by hash, from anywhere, and never older than what is safe."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")
FLOORS = {
    "pillow": (13, 0, 0),
    "weasyprint": (70, 0),
    "flask": (3, 1, 3),
    "werkzeug": (3, 1, 6),
    "jinja2": (3, 1, 6),
    "gunicorn": (23, 0, 0),
}
SET_UP = (
    "Makefile",
    "package.json",
    ".npmrc",
    "tests/benchmarks/lighthouse",
    ".ci/run",
    "pyproject.toml",
    "requirements",
    "setup",
)
ADDRESS = re.compile(
    r"(?:https?|ftp|git\+\w+)://(?!www\.w3\.org/)|--(?:extra-)?index-url|--find-links|--trusted-host|^registry",
    re.MULTILINE,
)


def pins(lock: str) -> dict[str, str]:
    """Return the version that a lock pins for each package."""
    return dict(PIN.findall((ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")))


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers that compare."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def named(requirements: list[str]) -> set[str]:
    """Return the names of requirements as locks write them."""
    return {re.sub(r"[._]", "-", NAME.match(each).group()).lower() for each in requirements}


@pytest.mark.parametrize("lock", ["run", "test"])
@pytest.mark.parametrize("package", FLOORS)
def test_no_package_is_older_than_its_security_floor(lock, package):
    assert numbers(pins(lock)[package]) >= FLOORS[package]


def test_the_floors_are_in_the_package_itself_too():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    floors = {name: numbers(floor) for name, floor in (each.split(">=") for each in asked if ">=" in each)}
    assert {name: floors[name] >= floor for name, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True)


def test_the_locks_hold_all_that_the_package_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    heic = project["optional-dependencies"]["heic"]
    assert named(project["dependencies"] + heic) <= pins("run").keys()
    assert named(project["optional-dependencies"]["test"]) <= pins("test").keys()


def test_the_tests_run_with_the_very_versions_that_the_product_runs_with():
    tested = pins("test") | pins("build")
    assert {name: tested.get(name) for name in pins("run")} == pins("run")
    assert {name: pins("test").get(name, version) for name, version in pins("build").items()} == pins("build")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_locked_package_has_its_hash(lock):
    for pinned in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        assert "--hash=sha256:" in pinned


def test_no_file_of_set_up_names_a_place_to_download_from():
    roots = [ROOT / name for name in SET_UP]
    files = [
        file
        for root in roots
        for file in (root, *root.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]
    assert files
    found = {str(path): ADDRESS.search(path.read_text(encoding="utf-8")) for path in files}
    assert {path: hit.group() for path, hit in found.items() if hit} == {}


@pytest.mark.parametrize("folder", [".", "tests/benchmarks/lighthouse"])
def test_the_front_ends_lock_names_no_place_to_download_from(folder):
    lock = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
