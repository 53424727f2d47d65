"""What the web has painted by a process of its own: WeasyPrint stays out of the web's.

Run as a program, this module is that process. It gets what is to be shown and answers a file; it sees no database and
no secrets.
"""

from __future__ import annotations

import json

from evaluations.confined import Answer, serve
from shopper.reports import driven, first_page

IDLE_S = 300.0
"""After which the process ends by itself: it holds a hundred megabytes."""


def _answered(frames: list[bytes]) -> Answer:
    what, told, *logos = frames
    logo = logos[0] if logos else None
    if what == b"test_drive":
        return {}, [driven.written(told.decode(), logo)]
    return {}, [first_page.picture(json.loads(told), logo)]


if __name__ == "__main__":
    serve(_answered, idle_s=IDLE_S)
