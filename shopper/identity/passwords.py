"""Passwords are kept as argon2id hashes; checking one takes as long for an unknown person."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def hashed(password: str) -> str:
    """The hash that is stored for `password`."""
    return _hasher.hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether `password` has the hash `stored`; takes the same time when there is none."""
    nobody = _nobody()  # made by the first who signs in, known or not
    try:
        _hasher.verify(stored or nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def generated() -> str:
    """A random password that can be read aloud: four groups of four letters and digits."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))
