"""The steps of set-up, in their order; each is passed over when its stamp says that it is done."""

import fcntl
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from setup.environment import Environment
from setup.frontend import FrontEnd, Node, node_of
from setup.places import Places
from setup.programs import CannotGoOn, Runner
from setup.system import TO_MEASURE, TO_RUN, TO_TEST, TO_TEST_MORE, Debian, Need, meet, unmet

NEEDS = {"run": TO_RUN, "test": TO_TEST, "measure": TO_MEASURE}


def prepare(purpose: str, places: Places) -> None:
    """Do what is left of set-up for `purpose`: run, test, or measure, which needs the whole browser too."""
    runner = Runner(places.root, places.logs)
    environment = Environment(places, runner)
    front_end = FrontEnd(places, runner)
    needs = NEEDS[purpose]
    packages = "run" if purpose == "run" else "test"
    with _alone(places):
        missing = [need.package for need in unmet(needs)]
        if missing:
            step(f"system packages ({', '.join(missing)})", lambda: meet(needs, Debian(runner)))
        if purpose == "test":
            wish(TO_TEST_MORE, Debian(runner))
        if not environment.has_packages(packages):
            step("Python packages", lambda: environment.install_packages(packages))
        if not environment.has_product():
            step("the product in its environment", environment.install_product)
        if not front_end.is_made():
            step("front-end libraries", lambda: front_end.make(node_of(environment)))


def wish(needs: Sequence[Need], debian: Debian) -> None:
    """Install what is missing, and go on without what cannot be had here."""
    missing = [need.package for need in unmet(needs)]
    if not missing:
        return
    try:
        step(f"more system packages ({', '.join(missing)})", lambda: meet(needs, debian))
    except CannotGoOn as reason:
        print(f"Going on without them. {reason}", flush=True)


def node_for(places: Places) -> Node:
    """Return the Node.js that the tests of our scripts run on."""
    with _alone(places):
        return node_of(Environment(places, Runner(places.root, places.logs)))


def step(name: str, work: Callable[[], None]) -> None:
    """Do `work` and tell how long it took."""
    began = time.monotonic()
    print(f"Setting up {name} ... ", end="", flush=True)
    try:
        work()
    except BaseException:
        print("stopped")
        raise
    print(f"{time.monotonic() - began:.0f} s", flush=True)


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Keep a second set-up of the same checkout waiting until the first is done."""
    places.own.mkdir(exist_ok=True)
    with (places.own / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this checkout is at work; waiting for it.", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
