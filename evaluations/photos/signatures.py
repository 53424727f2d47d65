"""What a file is by its first bytes, and whether another format hides in it."""

from __future__ import annotations

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
HEIC = "image/heic"
ACCEPTED = frozenset({JPEG, PNG, WEBP, HEIC, "image/heif"})
UNDECLARED = frozenset({"", "application/octet-stream"})
"""Declared types that say nothing; the bytes decide."""
SAME_AS_JPEG = frozenset({"image/jpg", "image/pjpeg", "image/mpo"})
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
ACTIVE_TEXTS = (b"<script", b"<?php", b"<!doctype html")
PDF_MAY_START_WITHIN = 1024
ZIP_END = b"PK\x05\x06"
ZIP_END_BYTES = 22
BOX_HEAD_BYTES = 8


def type_of(body: bytes) -> str | None:
    """The media type that the first bytes of `body` announce, if it is one we know."""
    if body[:3] == b"\xff\xd8\xff":
        return JPEG
    if body[:8] == b"\x89PNG\r\n\x1a\n":
        return PNG
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return WEBP
    if body[4:8] == b"ftyp" and body[8:12] in HEIF_BRANDS:
        return HEIC
    return None


def is_cut_off(body: bytes) -> bool:
    """Whether the end of a HEIC file is missing: its decoder would show what is left, and grey for the rest."""
    at = 0
    while at < len(body):
        size, head = int.from_bytes(body[at : at + 4], "big"), BOX_HEAD_BYTES
        if size == 0:  # the last box, up to the end
            return at + head > len(body)
        if size == 1:
            size, head = int.from_bytes(body[at + 8 : at + 16], "big"), 2 * BOX_HEAD_BYTES
        if size < head:
            return True
        at += size
    return at > len(body)


def hides_another(body: bytes) -> bool:
    """Whether `body` would also pass for a PDF, an archive or a web page.

    Bytes after the picture are no sign: phones append further pictures and short films.
    """
    return b"%PDF-" in body[:PDF_MAY_START_WITHIN] or _is_archive(body) or _holds_active_text(body)


def _is_archive(body: bytes) -> bool:
    start = body.rfind(ZIP_END)
    if start < 0 or start + ZIP_END_BYTES > len(body):
        return False
    comment_length = int.from_bytes(body[start + 20 : start + 22], "little")
    return start + ZIP_END_BYTES + comment_length == len(body)


def _holds_active_text(body: bytes) -> bool:
    lowered = body.lower()
    return any(text in lowered for text in ACTIVE_TEXTS)
