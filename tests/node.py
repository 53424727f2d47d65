"""Node.js for tests that ask our scripts: set-up's own where it made one, else the machine's."""

import shutil
import sys
from pathlib import Path


def node() -> str:
    """The program; the suite cannot do without it."""
    own = Path(sys.executable).with_name("node")
    found = str(own) if own.exists() else shutil.which("node")
    assert found, "there is no Node.js: `make test` puts one into the virtual environment"
    return found
