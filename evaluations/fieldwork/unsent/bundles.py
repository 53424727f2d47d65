"""What a file of unsent work holds, and how it is read: a ZIP that packs nothing, with a manifest that hashes all.

Reading happens in a process of its own (`opening`), since anybody may have made the file.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from evaluations.document.evidence import UUID_TEXT, Id, Milliseconds, Sha256
from evaluations.document.sent import Sent
from evaluations.errors import Invalid, TooLarge, Unsupported

MEBIBYTE = 1024 * 1024
MOST_BYTES = 100 * MEBIBYTE
MOST_FILES = 3_000
MOST_EVALUATIONS = 500
MOST_HAND_INS = 100
MANIFEST = "manifest.json"
Name = Annotated[str, StringConstraints(pattern=f"^(changes/{UUID_TEXT}\\.json|photos/{UUID_TEXT})$")]


class FileFacts(Sent):
    """How long a file is, and its hash."""

    bytes: Annotated[int, Field(ge=0, le=MOST_BYTES)]
    sha256: Sha256


class ListedPhoto(Sent):
    """A photo in the file, and what its phone takes it for."""

    id: Id
    mime: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,40}$")]


class ListedHandIn(Sent):
    """A hand-in that waits on the phone, as it would be sent."""

    id: Id
    sent: dict[str, Any]


class ListedEvaluation(Sent):
    """What the file holds of one evaluation; its changes are in a file of their own."""

    eid: Id
    photos: Annotated[list[ListedPhoto], Field(max_length=MOST_FILES)]
    hand_ins: Annotated[list[ListedHandIn], Field(max_length=MOST_HAND_INS)]


class Manifest(Sent):
    """Whose work it is, and the hash of everything in the file."""

    format: Literal["shopper-unsent"]
    edition: Literal[1]
    user: Id
    did: Id
    written_ms: Milliseconds
    files: Annotated[dict[Name, FileFacts], Field(max_length=MOST_FILES)]
    evaluations: Annotated[list[ListedEvaluation], Field(max_length=MOST_EVALUATIONS)]


def read_manifest(raw: bytes) -> Manifest:
    """The manifest that `raw` is, or the refusal of a file that is none of ours."""
    try:
        return Manifest.model_validate(json.loads(raw.decode()))
    except (ValueError, RecursionError, ValidationError):
        raise Unsupported("bundle_unknown") from None


def unpack(body: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The manifest and all files of a bundle, each as its manifest says; refused as a whole otherwise."""
    if not body.startswith(b"PK\x03\x04"):
        raise Unsupported("bundle_unknown")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            found = {info.filename: _read(archive, info) for info in _members(archive)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Invalid("bundle_damaged") from None
    raw = found.pop(MANIFEST, None)
    if raw is None:
        raise Unsupported("bundle_unknown")
    _refuse_other_files(read_manifest(raw), found)
    return raw, found


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise TooLarge("bundle_too_many", limit=MOST_FILES)
    if len({info.filename for info in members}) < len(members):
        raise Invalid("bundle_altered")
    if any(info.compress_type != zipfile.ZIP_STORED or info.file_size > MOST_BYTES for info in members):
        raise Invalid("bundle_altered")  # a phone packs nothing, so nothing can swell
    if sum(info.file_size for info in members) > MOST_BYTES:
        raise Invalid("bundle_altered")
    return members


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    content = archive.read(info)
    if len(content) != info.file_size:
        raise Invalid("bundle_damaged")
    return content


def _refuse_other_files(manifest: Manifest, found: dict[str, bytes]) -> None:
    """Everything that the manifest names is there, as it says, and nothing else is."""
    named = {name: (facts.bytes, facts.sha256) for name, facts in manifest.files.items()}
    held = {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in found.items()}
    wanted = {f"changes/{one.eid}.json" for one in manifest.evaluations}
    photos = [f"photos/{photo.id}" for one in manifest.evaluations for photo in one.photos]
    if named != held or len(photos) > len(set(photos)) or wanted | set(photos) != held.keys():
        raise Invalid("bundle_altered")
