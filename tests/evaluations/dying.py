"""A child that ends of what it is asked, for tests of `evaluations.confined`; run as a program, this is the child."""

from __future__ import annotations

import os
import signal

from evaluations.confined import Answer, serve


def _answered(frames: list[bytes]) -> Answer:
    if frames == [b"end"]:
        os._exit(1)
    if frames == [b"as if the machine had no memory"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return {}, frames


if __name__ == "__main__":
    serve(_answered)
