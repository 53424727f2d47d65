"""Files of unsent work as a phone writes them, and as nobody should."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import UUID, uuid4

from tests.phones import NOON_MS, Phone


def a_part(
    phone: Phone,
    *changes: object,
    photos: dict[str, bytes] | None = None,
    hand_in: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What a phone holds of one visit."""
    return {
        "eid": str(phone.eid),
        "changes": list(changes),
        "photos": photos or {},
        "hand_ins": [{"id": str(uuid4()), "sent": hand_in}] if hand_in else [],
    }


def files_of(user: UUID, *parts: dict[str, Any], coding: str = "utf-8", **altered: Any) -> dict[str, bytes]:
    """The files of an export, the manifest last; `altered` replaces parts of the manifest."""
    files: dict[str, bytes] = {}
    for part in parts:
        files[f"changes/{part['eid']}.json"] = json.dumps(part["changes"]).encode(coding)
        files |= {f"photos/{photo}": body for photo, body in part["photos"].items()}
    manifest = {
        "format": "shopper-unsent",
        "edition": 1,
        "user": str(user),
        "did": str(uuid4()),
        "written_ms": NOON_MS,
        "files": {
            name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in files.items()
        },
        "evaluations": [
            {
                "eid": part["eid"],
                "photos": [{"id": photo, "mime": "image/jpeg"} for photo in part["photos"]],
                "hand_ins": part["hand_ins"],
            }
            for part in parts
        ],
    }
    return files | {"manifest.json": json.dumps(manifest | altered).encode()}


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """These files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def an_export(user: UUID, *parts: dict[str, Any], **altered: Any) -> bytes:
    """A file of unsent work of `user`."""
    return packed(files_of(user, *parts, **altered))
