"""Reads which of the two commands is wanted, after making sure that this Python can do it.

This file alone must be readable by any Python 3, so that an old one gets a sentence and no traceback.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Do what `python3 -m setup WORD` asks for, and return its exit status."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(
            f"Shopper needs Python 3.11 or newer and found {found}: install a newer one and name it, "
            "as in `make run PYTHON=python3.11`.\n"
        )
        return 1
    from setup.words import obey

    return obey(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
