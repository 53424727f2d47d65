"""Makes the virtual environment from the hashed locks."""

import platform
import shutil
import sys
from dataclasses import dataclass

from setup.places import Places
from setup.programs import CannotGoOn, Runner
from setup.stamps import Stamp, digest

LOCKS = {"run": ("build", "run"), "test": ("build", "run", "test")}
PIP = ("-m", "pip", "-qq", "--no-input", "--disable-pip-version-check", "install", "--no-compile")
"""Nothing is compiled in advance: Python compiles what is used when it first is."""
NETWORK = "see that the network and the disk are well, then give the same command again."


@dataclass(frozen=True, slots=True)
class Environment:
    """The virtual environment of a checkout."""

    places: Places
    runner: Runner

    def has_packages(self, purpose: str) -> bool:
        """Say whether all packages for `purpose` (run, or test, which has all of run's) are in."""
        purposes = ("run", "test") if purpose == "run" else (purpose,)
        return any(self._stamp(each).is_fresh(self._wanted(each)) for each in purposes)

    def install_packages(self, purpose: str) -> None:
        """Install the packages for `purpose`; whatever stops this leaves no environment at all."""
        started = self.has_packages("run")
        for each in LOCKS:
            self._stamp(each).clear()
        try:
            if not started:
                self._start_afresh()
            self._install_locked("build", purpose)
        except BaseException:
            self.remove()
            raise
        self._stamp(purpose).set(self._wanted(purpose), [self.places.python])

    def has_product(self) -> bool:
        """Say whether the product itself is in, as pyproject.toml now describes it."""
        return self._stamp("product").is_fresh(self._wanted_product())

    def install_product(self) -> None:
        """Install the product so that it runs from this checkout; nothing is fetched for it."""
        self.runner.run(
            [self.places.python, *PIP, "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."],
            log="product",
            otherwise="The product could not be installed into .venv: mend pyproject.toml.",
        )
        self._stamp("product").set(self._wanted_product(), [self.places.program("shopper")])

    def has_node(self) -> bool:
        """Say whether Node.js is among the packages."""
        return self._stamp("node").is_fresh(digest([self.places.lock("node")]))

    def install_node(self) -> None:
        """Install the Node.js that comes as a Python package, for machines that have none."""
        self._install_locked("node")
        made = [self.places.program("node"), self.places.program("npm")]
        self._stamp("node").set(digest([self.places.lock("node")]), made)

    def remove(self) -> None:
        """Remove the whole environment."""
        if self.places.venv.is_symlink():
            raise CannotGoOn(
                ".venv is a link to somewhere else: remove it, then give the same command again."
            )
        if self.places.venv.exists():
            shutil.rmtree(self.places.venv)

    def _start_afresh(self) -> None:
        """Put an empty environment where a half-made or outdated one may be."""
        self.remove()
        self.runner.run(
            [getattr(sys, "_base_executable", sys.executable), "-m", "venv", self.places.venv],
            log="venv",
            otherwise="The virtual environment could not be made.",
        )

    def _install_locked(self, *locks: str) -> None:
        listed = [word for lock in locks for word in ("--requirement", self.places.lock(lock))]
        self.runner.run(
            [self.places.python, *PIP, "--require-hashes", "--no-deps", *listed],
            log=f"packages-{locks[-1]}",
            otherwise=f"The Python packages could not be installed: {NETWORK}",
        )

    def _stamp(self, name: str) -> Stamp:
        """Return a stamp that goes when the environment goes."""
        return Stamp(self.places.venv / "set-up" / name)

    def _wanted(self, purpose: str) -> str:
        """Describe what the packages depend on: a Python that the system mends in place stays the same."""
        locks = [self.places.lock(name) for name in LOCKS[purpose]]
        python = f"{sys.version_info.major}.{sys.version_info.minor} {platform.machine()}"
        return digest(locks, python, str(self.places.venv))

    def _wanted_product(self) -> str:
        return digest([self.places.root / "pyproject.toml"])
