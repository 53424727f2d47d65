"""Files that outlast a power cut: written, fsynced, renamed, and their folder fsynced."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, each of them durable in the one that holds it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    settle(folder.parent)


def settle(folder: Path) -> None:
    """Make the names in `folder` durable; a failing fsync is never tried again."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(target: Path, body: bytes) -> None:
    """Put `body` at `target` so that either all of it is there for good or nothing is.

    The name is taken to stand for the content: a file that is there already is only made durable.
    """
    make_folder(target.parent)
    if not target.exists():
        draft = target.with_name(_draft_name(target))
        try:
            _write_and_sync(draft, body)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    settle(target.parent)


def keep_file(draft: Path, target: Path) -> None:
    """Move `draft`, a whole file on the same disk, to `target` for good; it is only read from now on."""
    make_folder(target.parent)
    handle = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.fchmod(handle, 0o444)
    finally:
        os.close(handle)
    draft.replace(target)
    settle(target.parent)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with `files` at `target`, all of them or none.

    The name is taken to stand for the content: a folder that is there already is only made durable, after what a
    damaged disk or half a backup left out of it was written anew.
    """
    make_folder(target.parent)
    if target.exists():
        _mend(target, files)
    else:
        draft = target.with_name(_draft_name(target))
        try:
            draft.mkdir()
            for name, body in files.items():
                _write_and_sync(draft / name, body)
            settle(draft)
            _rename_unless_there(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    settle(target.parent)


def is_there(file: Path) -> bool:
    """Whether the file has anything in it: one that was not durable when the power went is often cut to nothing."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def _mend(folder: Path, files: Mapping[str, bytes]) -> None:
    lost = [name for name in files if not is_there(folder / name)]
    for name in lost:
        draft = folder.parent / _draft_name(folder / name)
        try:
            _write_and_sync(draft, files[name])
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)
    if lost:
        settle(folder)


def _rename_unless_there(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        if not target.is_dir():  # else another process was first with the same content
            raise


def _write_and_sync(path: Path, body: bytes) -> None:
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), 0o444)


def _draft_name(target: Path) -> str:
    return f".{target.name}.{secrets.token_hex(8)}"
