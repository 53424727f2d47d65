"""The header `Repr-Digest`: the hash that both ends of a transfer must agree on."""

from __future__ import annotations

import base64
import binascii
import re

from evaluations.errors import Invalid

MEMBER = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)")


def read(header: str | None) -> str:
    """The SHA-256 in hexadecimal that `header` states."""
    found = MEMBER.search(header or "")
    if found is None:
        raise Invalid("digest_missing")
    try:
        return base64.b64decode(found[1], validate=True).hex()
    except binascii.Error:
        raise Invalid("digest_missing") from None


def write(sha256: str) -> str:
    """The header that states `sha256`."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
