"""A process with everything loaded, of which workers are made in no time; run as a program.

For each line that it reads it starts a worker, says which process that is, and says so when it has ended. Its workers
hold their claims for a moment only, so that what a killed one left need not be waited for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from evaluations import mailing
from evaluations.reporting import exporting, owing
from shopper import config, forked, worker
from shopper.queueing import polling, procrastinate

MOMENT = timedelta(seconds=0.4)
A_SHORT_WHILE_S = 0.05


def in_a_hurry(desks: Sequence[object] = (mailing, owing, exporting)) -> None:
    """Let claims run out soon, and let nobody rest for long."""
    for desk in desks:
        desk.LEASING = replace(desk.LEASING, lease=MOMENT)  # type: ignore[attr-defined]
    forked.LOOKS_EVERY_S = polling.LOOK_AGAIN_S = procrastinate.SLICE_S = A_SHORT_WHILE_S
    procrastinate.LOOK_ANYWAY_S = 1.0


def say(what: object) -> None:
    """Tell whoever asked."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    """Make workers until nobody asks for one any more."""
    in_a_hurry()
    for _line in sys.stdin:
        made = os.fork()
        if made == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            worker.run(config.read())
            os._exit(0)
        say(made)
        os.waitpid(made, 0)
        say("ended")


if __name__ == "__main__":
    main()
