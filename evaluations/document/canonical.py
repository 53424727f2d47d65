"""A document as bytes: one JSON text per document, and the hash that names a version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from evaluations.document.tree import Document
from evaluations.errors import Invalid


def canonical_json(value: Any) -> str:
    """`value` as JSON with sorted keys and no spaces; numbers must be whole (floats are refused)."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def write(document: Document) -> str:
    """The canonical JSON text of `document`: what is stored, served and hashed."""
    return canonical_json(document.model_dump(mode="json"))


def read(text: str | bytes) -> Document:
    """The document that `text` holds; refused with `bad_document` when it is not one."""
    try:
        return Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Invalid("bad_document", where=where, reason=first["msg"]) from error


def content_hash(text: str) -> str:
    """The SHA-256 of the canonical text in hexadecimal: a published version's name."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a document holds no floats")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_floats(item)
