"""A process with everything loaded, of which servers are made in no time; run as a program with gunicorn's words.

For each line that it reads it starts a server, says which process that is, and says so when it has ended.
"""

from __future__ import annotations

import importlib
import os
import sys

from gunicorn.app.wsgiapp import run


def say(what: object) -> None:
    """Tell whoever asked."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    """Make servers until nobody asks for one any more."""
    importlib.import_module(sys.argv[1].partition(":")[0])
    for _line in sys.stdin:
        server = os.fork()
        if server == 0:
            os.setsid()  # so that all of it can be killed at once
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            run(prog="gunicorn")
        say(server)
        os.waitpid(server, 0)
        say("ended")


if __name__ == "__main__":
    main()
