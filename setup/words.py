"""The words that `python3 -m setup` understands."""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from setup.checks import ALL, QUICK
from setup.places import Places
from setup.programs import CannotGoOn, undisturbed
from setup.steps import node_for, prepare
from setup.suite import run_all

STOPPED = 130
USAGE = """Usage: python3 -m setup run      set up and start the product
       python3 -m setup test     set up and run every check
       python3 -m setup check    set up and run the quick checks
       python3 -m setup prepare  set up for the tests and stop there
       python3 -m setup measure  set up for the benchmarks and stop there"""


def obey(words: Sequence[str]) -> int:
    """Do what the words ask for, and return the exit status; a failure is told in one sentence."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _do(words, Places.of_this_checkout())
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Set-up could not use {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing half-made is left; the same command goes on from here.", file=sys.stderr)
        return STOPPED


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    """Treat a request to end like Ctrl-C."""
    raise KeyboardInterrupt


def _do(words: Sequence[str], places: Places) -> int:
    match words:
        case ["run"]:
            prepare("run", places)
            _become_the_product(places)
        case ["test"]:
            prepare("test", places)
            return run_all(ALL, places, node_for(places))
        case ["check"]:
            prepare("test", places)
            return run_all(QUICK, places, node_for(places))
        case ["prepare"]:
            prepare("test", places)
            return 0
        case ["measure"]:
            prepare("measure", places)
            return 0
        case _:
            print(USAGE, file=sys.stderr)
    return 2


def _become_the_product(places: Places) -> NoReturn:
    """Start the product in place of this process, so that Ctrl-C reaches it and nothing else."""
    os.chdir(places.root)
    program = places.program("shopper")
    os.execve(program, [str(program), "serve"], undisturbed(os.environ))
