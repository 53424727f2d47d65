"""Photos are kept whole or not at all, and for good."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluations import files
from evaluations.errors import NotFound
from evaluations.photos.store import DERIVED, PhotoStore, Size

PICTURES = {size: f"the {size} picture".encode() for size in DERIVED}


def test_what_is_not_here_is_not_found(tmp_path: Path) -> None:
    for name in ("0" * 64, "../../etc/passwd", "", "0" * 63 + "G"):
        with pytest.raises(NotFound):
            PhotoStore(tmp_path).open(name, Size.WEB)


def test_a_photo_is_found_again_in_every_size(tmp_path: Path) -> None:
    store = PhotoStore(tmp_path / "photos")
    sha256 = store.put(b"the original", PICTURES)
    assert sha256 == hashlib.sha256(b"the original").hexdigest()
    assert store.holds(sha256)
    assert store.open(sha256, "original").read_bytes() == b"the original"
    assert [store.open(sha256, size).read_bytes() for size in PICTURES] == list(PICTURES.values())
    assert store.open(sha256, Size.WEB).stat().st_mode & 0o777 == 0o444


def test_the_same_photo_again_changes_nothing(tmp_path: Path) -> None:
    store = PhotoStore(tmp_path)
    first = store.open(store.put(b"the original", PICTURES), Size.WEB)
    made = first.stat().st_mtime_ns
    assert store.open(store.put(b"the original", PICTURES), Size.WEB).stat().st_mtime_ns == made
    assert [path.name for path in tmp_path.rglob(".*")] == []


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("harm", [Path.unlink, lambda file: os.truncate(file, 0)], ids=["gone", "emptied"])
def test_a_photo_of_which_something_is_lost_is_not_here_until_it_is_put_again(
    tmp_path: Path, harm: Callable[[Path], None], size: Size
) -> None:
    store = PhotoStore(tmp_path)
    sha256 = store.put(b"the original", PICTURES)
    file = store.open(sha256, size)
    was = file.read_bytes()
    harm(file)
    assert not store.holds(sha256)
    store.put(b"the original", PICTURES)
    assert store.holds(sha256)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (was, 0o444)
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_a_photo_that_cannot_be_written_whole_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def fail_at_the_third(handle: int) -> None:
        nonlocal written
        written += 1
        if written > 2:
            raise OSError("the disk is full")

    store = PhotoStore(tmp_path)
    files.make_folder(tmp_path / hashlib.sha256(b"the original").hexdigest()[:2])
    monkeypatch.setattr(os, "fsync", fail_at_the_third)
    with pytest.raises(OSError, match="full"):
        store.put(b"the original", PICTURES)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_bytes_are_synced_before_the_rename_and_the_name_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def noting_fsync(handle: int) -> None:
        seen.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{handle}')).relative_to(tmp_path)}")
        fsync(handle)

    def noting_rename(path: Path, target: Path) -> Path:
        seen.append(f"rename {target.relative_to(tmp_path)}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "rename", noting_rename)
    sha256 = PhotoStore(tmp_path).put(b"the original", PICTURES)
    shard = sha256[:2]
    draft = seen[1].removeprefix("fsync ").rpartition("/")[0]
    assert seen == [
        "fsync .",  # the shard's own name
        *(f"fsync {draft}/{name}" for name in ("original", "web.jpg", "print.jpg", "thumbnail.jpg")),
        f"fsync {draft}",
        f"rename {shard}/{sha256}",
        f"fsync {shard}",
    ]


def test_a_file_is_written_once_and_synced_always(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "ab" / "file.pdf"
    files.write_file(target, b"first")
    files.write_file(target, b"second")
    assert target.read_bytes() == b"first"
    assert [path.name for path in target.parent.iterdir()] == ["file.pdf"]
