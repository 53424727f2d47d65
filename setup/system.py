"""What the operating system has to bring, and how Debian's packages are asked for it."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from setup.programs import CannotGoOn, Runner, undisturbed

LOCK_PATIENCE = 300  # seconds that apt waits for another program to let go of dpkg's lock
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")


@dataclass(frozen=True, slots=True)
class Need:
    """Something the product needs from the system, and Debian's name for what brings it."""

    package: str
    is_met: Callable[[], bool]


def _has_library(*names: str) -> Callable[[], bool]:
    """Return a question: does one of these shared libraries load?"""

    def asked() -> bool:
        for name in names:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
        return False

    return asked


def _has_fonts() -> bool:
    """Say whether there is any font to fall back on."""
    return any(next(Path(folder).expanduser().rglob("*.[to]tf"), None) for folder in FONTS)


def _can_make_environments() -> bool:
    """Say whether this Python came with the modules that make a virtual environment with pip in it."""
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def _has_chromium_alone() -> bool:
    """Say whether Chromium without its window is where the browser tests start it."""
    return Path("/usr/bin/chromium-headless-shell").exists()


def _has_chromium() -> bool:
    """Say whether the whole Chromium is where the benchmarks start it."""
    return Path("/usr/bin/chromium").exists()


def _has_strace() -> bool:
    """Say whether system calls can be watched, for the order in which things are made durable."""
    return shutil.which("strace") is not None


def _has_webkit() -> bool:
    """Say whether WebKit, the browser of iPhones, is where its story starts it."""
    return Path("/usr/bin/WebKitWebDriver").exists()


def _has_screen() -> bool:
    """Say whether there can be a screen that nobody sees."""
    return Path("/usr/bin/Xvfb").exists()


TO_RUN = (
    Need(f"python3.{sys.version_info.minor}-venv", _can_make_environments),
    Need("libpango-1.0-0", _has_library("libpango-1.0.so.0", "libpango-1.0.dylib")),
    Need("libpangoft2-1.0-0", _has_library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    Need("libharfbuzz-subset0", _has_library("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib")),
    Need("fonts-dejavu-core", _has_fonts),
)
TO_TEST = (
    *TO_RUN,
    Need("chromium-headless-shell", _has_chromium_alone),
    Need("strace", _has_strace),
)
TO_MEASURE = (*TO_TEST, Need("chromium", _has_chromium))
"""What is measured is measured in the browser that people have."""
TO_TEST_MORE = (Need("webkit2gtk-driver", _has_webkit), Need("xvfb", _has_screen))
"""What not every machine can have: without it the checks leave a story out, and say so at their end."""


def unmet(needs: Sequence[Need]) -> list[Need]:
    """Return those of `needs` that this machine does not meet."""
    return [need for need in needs if not need.is_met()]


@dataclass(frozen=True, slots=True)
class Debian:
    """Asks Debian's package manager, as root or through a sudo that asks no password."""

    runner: Runner
    lists: Path = Path("/var/lib/apt/lists")
    is_root: bool = os.geteuid() == 0
    find: Callable[[str], str | None] = shutil.which

    def install(self, packages: Sequence[str]) -> None:
        """Install `packages`, or say exactly what somebody with more rights has to install."""
        names = " ".join(packages)
        apt = self._apt()
        if apt is None:
            raise CannotGoOn(
                f"Shopper needs system packages that set-up may not install itself: {self._remedy(names)}, "
                "then give the same command again."
            )
        environment = undisturbed(os.environ, DEBIAN_FRONTEND="noninteractive")
        if not self._has_lists():
            self.runner.run(
                [*apt, "update"],
                log="apt-update",
                otherwise="The list of system packages could not be fetched: see that the network works, "
                "then give the same command again.",
                environment=environment,
                finishes=True,
            )
        self.runner.run(
            [*apt, "install", "--yes", "--no-install-recommends", *packages],
            log="apt-install",
            otherwise=f"The system packages could not be installed: run `apt-get update` and "
            f"`apt-get install {names}`, then give the same command again.",
            environment=environment,
            finishes=True,
        )

    def _apt(self) -> list[str] | None:
        """Return how apt-get is called here, or None where it cannot be."""
        if not self.find("apt-get"):
            return None
        apt = ["apt-get", "-o", f"DPkg::Lock::Timeout={LOCK_PATIENCE}", "-q"]
        if self.is_root:
            return apt
        if self.find("sudo") and _obeys(["sudo", "-n", "true"]):
            return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", *apt]
        return None

    def _has_lists(self) -> bool:
        """Say whether apt knows any package."""
        return any(self.lists.glob("*_Packages*"))

    def _remedy(self, names: str) -> str:
        """Return what to do, in the words of this machine."""
        if self.find("apt-get"):
            return f"run `sudo apt-get install {names}`"
        return f"install what Debian calls {names} with your system's package manager"


def _obeys(command: Sequence[str]) -> bool:
    """Say whether `command` is carried out without a question."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def meet(needs: Sequence[Need], debian: Debian) -> None:
    """Install what is missing, and check that it is there afterwards."""
    missing = unmet(needs)
    if not missing:
        return
    importlib.invalidate_caches()
    debian.install([need.package for need in missing])
    importlib.invalidate_caches()
    still = " ".join(need.package for need in unmet(missing))
    if still:
        raise CannotGoOn(
            f"The system packages {still} are installed and this Python ({sys.executable}) still cannot use "
            "what they bring: give the same command with the system's own Python, "
            "as in `make run PYTHON=/usr/bin/python3`."
        )
