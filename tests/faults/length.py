"""How long the tests of faults go on: shortly in every run of the checks, at length by `make faults`.

`SHOPPER_FAULTS=long` asks for the long form, `SHOPPER_FAULTS=0.1` for a tenth of it; `SHOPPER_FAULTS_SEED` gives the
seed by which a run can be repeated.
"""

from __future__ import annotations

import os
import secrets

SHORT_SEED = 20
_asked = os.environ.get("SHOPPER_FAULTS", "")
SHARE = 1.0 if _asked == "long" else float(_asked or 0)
"""The share of the long form that was asked for; 0 means the short form."""
SEED = int(os.environ.get("SHOPPER_FAULTS_SEED") or (secrets.randbelow(1_000_000) if SHARE else SHORT_SEED))


def rounds(short: int, long: int) -> int:
    """How often a thing is tried: `short`, or the share of `long` that was asked for."""
    return max(short, round(long * SHARE)) if SHARE else short
