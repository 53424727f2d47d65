"""Fetches the front-end libraries with npm and puts what pages use into static/vendor/."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from setup.environment import NETWORK, Environment
from setup.places import Places
from setup.programs import Runner, undisturbed
from setup.stamps import Stamp, digest

OLDEST_NODE = 20
OLDEST_NPM = 10


@dataclass(frozen=True, slots=True)
class Node:
    """The programs of Node.js: the machine's, or those in the virtual environment."""

    node: str
    npm: str

    @property
    def environment(self) -> dict[str, str]:
        """Return our environment with these programs found before any others."""
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", os.defpath)])
        return undisturbed(os.environ, PATH=path)


def is_new_enough(program: str | None, oldest: int) -> bool:
    """Say whether `program` is there and its version's first number is at least `oldest`."""
    if program is None:
        return False
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=60)
        return int(told.stdout.strip().lstrip("v").split(".")[0]) >= oldest
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def node_of(environment: Environment, find: Callable[[str], str | None] = shutil.which) -> Node:
    """Return the machine's Node.js where it is new enough, else one put into the virtual environment."""
    node, npm = find("node"), find("npm")
    if node and npm and is_new_enough(node, OLDEST_NODE) and is_new_enough(npm, OLDEST_NPM):
        return Node(node, npm)
    if not environment.has_node():
        environment.install_node()
    return Node(str(environment.places.program("node")), str(environment.places.program("npm")))


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """The libraries that pages use."""

    places: Places
    runner: Runner

    def is_made(self) -> bool:
        """Say whether static/vendor/ is what the lock and the list of icons ask for."""
        return self._made.is_fresh(self._wanted())

    def make(self, node: Node) -> None:
        """Make static/vendor/ beside the old one, and put it in its place once it is whole."""
        if not self._fetched.is_fresh(self._wanted_modules()):
            self._fetch(node)
        self._made.clear()
        unfinished = self.places.own / "vendor.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.runner.run(
            [self.places.python, "-m", "setup.vendor", unfinished],
            log="front-end",
            otherwise="The front-end libraries could not be put in place.",
        )
        shutil.rmtree(self.places.vendor, ignore_errors=True)
        unfinished.rename(self.places.vendor)
        files = sorted(file for file in self.places.vendor.rglob("*") if file.is_file())
        self._made.set(self._wanted(), files)

    def _fetch(self, node: Node) -> None:
        """Fill node_modules; whatever stops this leaves none."""
        self._fetched.clear()
        try:
            self.runner.run(
                [node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"],
                log="npm",
                otherwise=f"The front-end libraries could not be fetched: {NETWORK}",
                environment=node.environment,
            )
        except BaseException:
            shutil.rmtree(self.places.node_modules, ignore_errors=True)
            raise
        self._fetched.set(self._wanted_modules(), [self.places.node_modules])

    @property
    def _made(self) -> Stamp:
        return Stamp(self.places.stamps / "front-end")

    @property
    def _fetched(self) -> Stamp:
        return Stamp(self.places.stamps / "npm")

    def _wanted(self) -> str:
        root = self.places.root
        sources = [root / "static" / "icons" / "names.txt", root / "setup" / "vendor.py"]
        return digest(sources, self._wanted_modules())

    def _wanted_modules(self) -> str:
        root = self.places.root
        return digest([root / name for name in ("package.json", "package-lock.json", ".npmrc")], str(root))
