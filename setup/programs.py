"""Runs the programs that set-up needs, keeps what they say, and words their failures."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LAST_LINES = 12
ELSEWHERE = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_USER", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
"""What would lead Python or pip away from the environment that set-up makes."""
DISTURBING = (*ELSEWHERE, "PYTHONDONTWRITEBYTECODE")
"""With the last one each process would compile every module anew, which takes as long as to load them."""


class CannotGoOn(Exception):
    """A step failed: a sentence saying what happened and what to do, then maybe a program's last lines."""


def undisturbed(environment: Mapping[str, str], **more: str) -> dict[str, str]:
    """Return `environment` without what disturbs our programs, and with `more`."""
    return {name: value for name, value in environment.items() if name not in DISTURBING} | more


def last_lines(text: str, count: int = LAST_LINES) -> str:
    """Return the last `count` lines of `text` that say something, indented."""
    return "\n".join("    " + line for line in [line for line in text.splitlines() if line.strip()][-count:])


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs programs in the checkout and writes what each says to a log of its own."""

    root: Path
    logs: Path

    def run(
        self,
        command: Sequence[str | Path],
        *,
        log: str,
        otherwise: str,
        environment: Mapping[str, str] | None = None,
        finishes: bool = False,
    ) -> None:
        """Run `command` to its end, or raise CannotGoOn with the sentence `otherwise` when it fails.

        `finishes` keeps Ctrl-C from the program: a package manager stopped midway leaves ruins.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        path = self.logs / f"{log}.log"
        with path.open("wb") as said:
            try:
                child = subprocess.Popen(
                    [str(word) for word in command],
                    cwd=self.root,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    env=undisturbed(os.environ) if environment is None else dict(environment),
                    start_new_session=True,
                )
            except OSError as error:
                raise CannotGoOn(f"{otherwise} ({error.strerror}: {command[0]})") from error
            status = _status_of(child, finishes=finishes)
        if status != 0:
            said_last = last_lines(path.read_text(encoding="utf-8", errors="replace"))
            raise CannotGoOn(
                f"{otherwise} The whole log is {path.relative_to(self.root)}; it ends:\n{said_last}"
            )


def _status_of(child: subprocess.Popen[bytes], *, finishes: bool) -> int:
    """Wait for `child`; when we are interrupted, end it or let it finish before the interruption goes on."""
    try:
        return _wait(child)
    except BaseException:
        if finishes:
            print("letting it finish ... ", end="", flush=True)
            child.wait()
        else:
            end(child)
        raise


def _wait(child: subprocess.Popen[bytes]) -> int:
    """Return the exit status of `child` once it has ended."""
    return child.wait()


def end(child: subprocess.Popen[bytes], patience: float = 10) -> None:
    """End `child` and all that it started: asked first, then made to."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, wish)
        except ProcessLookupError:
            break
        try:
            child.wait(timeout=patience)
            break
        except subprocess.TimeoutExpired:
            continue
