"""What Lighthouse makes of a page on a phone: performance, accessibility, best practices, of 100 points each.

It is fetched into a folder of its own when it is asked for; neither the product nor its checks need it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from setup.environment import NETWORK, Environment
from setup.frontend import Node
from setup.places import Places
from setup.programs import Runner, undisturbed
from tests.benchmarks.chromium import CHROMIUM, FLAGS

SOURCES = Path(__file__).with_name("lighthouse")
CATEGORIES = ("performance", "accessibility", "best-practices")
OLDEST_NODE = (22, 19)
PATIENCE_S = 180


def installed() -> tuple[Node, Path]:
    """A Node.js that is new enough, and Lighthouse's program; both are fetched where they are missing."""
    places = Places.of_this_checkout()
    runner = Runner(places.own / "lighthouse", places.logs)
    node = _node(places)
    runner.root.mkdir(parents=True, exist_ok=True)
    for source in SOURCES.iterdir():
        shutil.copy(source, runner.root)
    program = runner.root / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        runner.run(
            [node.npm, "ci", "--ignore-scripts", "--no-progress"],
            log="lighthouse",
            otherwise=f"Lighthouse could not be fetched: {NETWORK}",
            environment=node.environment,
        )
    return node, program


def _node(places: Places) -> Node:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Node(node, npm)
    environment = Environment(places, Runner(places.root, places.logs))
    if not environment.has_node():
        environment.install_node()
    return Node(str(places.program("node")), str(places.program("npm")))


def _version(node: str) -> tuple[int, ...]:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in told.strip().lstrip("v").split("."))


def points(address: str, cookie: str, folder: Path) -> Mapping[str, float]:
    """The points of the page at `address`, by category, for whoever has this cookie."""
    node, program = installed()
    report = folder / "lighthouse.json"
    command = [
        *(node.node, str(program), address, "--quiet", "--output=json", f"--output-path={report}"),
        *(f"--chrome-flags=--headless=new {' '.join(FLAGS)}", f"--only-categories={','.join(CATEGORIES)}"),
        *("--extra-headers", json.dumps({"Cookie": cookie})),
    ]
    environment = undisturbed(os.environ, CHROME_PATH=CHROMIUM)
    subprocess.run(command, env=environment, capture_output=True, check=True, timeout=PATIENCE_S)
    found = json.loads(report.read_text())
    assert found["finalDisplayedUrl"] == address, f"{address} led to {found['finalDisplayedUrl']}"
    return {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}
