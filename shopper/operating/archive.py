"""One file that holds an installation: a ZIP archive whose last member tells the hash of every other.

It is written under a draft's name, made durable, and only then given its own name; a name that is
taken is never written over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from evaluations.files import settle
from shopper.operating import CannotBeDone, manifest
from shopper.operating.manifest import Manifest, Member

PIECE = 1 << 20
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What `zipfile` raises for bytes that are no archive, or not all of one."""


class Writer:
    """An archive in the making."""

    def __init__(self, packed: zipfile.ZipFile, made_at: str) -> None:
        self._packed = packed
        self.manifest = Manifest(made_at)

    def add(self, name: str, pieces: Iterable[bytes | bytearray | memoryview], *, squeeze: bool) -> Member:
        """Add a file; `squeeze` is for what is not compressed by itself already."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        digest, length = hashlib.sha256(), 0
        with self._packed.open(entry, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                length += member.write(piece)
        self.manifest.members[name] = Member(length, digest.hexdigest())
        return self.manifest.members[name]

    def add_file(self, name: str, path: Path, *, squeeze: bool = False) -> Member:
        """Add the bytes of a file."""
        with path.open("rb") as file:
            return self.add(name, pieces_of(file), squeeze=squeeze)


@contextmanager
def writing(target: Path, made_at: str) -> Iterator[Writer]:
    """Make an archive at `target`; whatever stops it leaves nothing there."""
    if target.exists():
        raise CannotBeDone(f"{target} exists already; nothing was written over it. Choose another name.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.draft")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True, compresslevel=3) as packed:
                writer = Writer(packed, made_at)
                yield writer
                packed.writestr(manifest.NAME, manifest.write(writer.manifest), zipfile.ZIP_DEFLATED)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, target)
        settle(target.parent)
    except OSError as error:
        where = error.filename or target
        raise CannotBeDone(f"No backup was made: {where}: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, target: Path) -> None:
    """Give the finished draft its name unless somebody took it meanwhile."""
    try:
        target.hardlink_to(draft)
    except FileExistsError as error:
        raise CannotBeDone(f"{target} was made by somebody else meanwhile; nothing was written.") from error
    except OSError:  # a file system without hard links, such as a memory stick's
        draft.rename(target)


class Reader:
    """An archive whose manifest was read."""

    def __init__(self, packed: zipfile.ZipFile, path: Path) -> None:
        self._packed = packed
        self._path = path
        self.manifest = manifest.read(_body(packed))
        named = [*self.manifest.members, manifest.NAME]
        if sorted(named) != sorted(packed.namelist()):
            raise CannotBeDone(
                "This backup does not hold exactly what its manifest lists; nothing was restored."
            )

    def extract(self, folder: Path) -> None:
        """Put every file under `folder`, each checked against its hash."""
        for name, member in self.manifest.members.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with _whole(self._path):
                copied = _copy(self._packed, name, path, most=member.bytes)
            if copied != member:
                raise CannotBeDone(f"{name} in this backup is damaged; nothing was restored.")
            path.chmod(0o600 if name.startswith(("database", "tables")) else 0o444)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open an archive; refuses what is none, or not all of one."""
    with ExitStack() as stack:
        with _whole(path):
            packed = stack.enter_context(zipfile.ZipFile(path))
            reader = Reader(packed, path)
        yield reader


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Say in one sentence when the archive at `path` turns out to be none, or not all of one."""
    try:
        yield
    except UNREADABLE as error:
        raise CannotBeDone(
            f"{path} is not a whole backup of Shopper (cut short, damaged or something else); "
            "nothing was restored."
        ) from error
    except FileNotFoundError as error:
        raise CannotBeDone(f"There is no file {path}.") from error


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file, some at a time."""
    while piece := file.read(PIECE):
        yield piece


def _copy(packed: zipfile.ZipFile, name: str, path: Path, *, most: int) -> Member:
    """Write a member to `path`, but never more than a piece beyond what its manifest tells."""
    digest, length = hashlib.sha256(), 0
    with packed.open(name) as member, path.open("xb") as file:
        for piece in pieces_of(member):
            digest.update(piece)
            length += file.write(piece)
            if length > most:
                break
    return Member(length, digest.hexdigest())


def _body(packed: zipfile.ZipFile) -> bytes:
    try:
        entry = packed.getinfo(manifest.NAME)
    except KeyError as error:
        raise CannotBeDone("This archive has no manifest, so it is not a backup of Shopper.") from error
    if entry.file_size > manifest.LARGEST:
        raise CannotBeDone("This archive's manifest is far too long to be one of Shopper's.")
    return packed.read(entry)
