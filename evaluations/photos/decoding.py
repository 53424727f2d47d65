"""Decoding in a process of its own: a web process starts one such child at its first photo and keeps it.

Run as a program, this module is the child.
"""

from __future__ import annotations

from evaluations.confined import Answer, Confined, serve
from evaluations.photos.areas import Area, read, write
from evaluations.photos.store import Derived, Size

SECONDS = 15
MEMORY_BYTES = 1_500 * 1024 * 1024
"""Enough for the largest photo accepted; a picture that asks for more is refused."""
PHOTO, LOGO, PICTURE = b"photo", b"logo", b"picture"
"""What a question is about: its first frame."""


class Decoder(Confined):
    """The decoding child and the way to it, one photo at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        super().__init__(
            "evaluations.photos.decoding",
            seconds=seconds,
            memory_bytes=memory_bytes,
            too_slow="photo_too_slow",
            damaged="photo_damaged",
        )

    def derive(self, body: bytes, areas: tuple[Area, ...] = ()) -> Derived:
        """The smaller pictures of a photo, blurred in `areas`; or the refusal that the child answered."""
        return self._derived(PHOTO, body, write(areas).encode())

    def redraw_picture(self, body: bytes) -> Derived:
        """A reference picture in its sizes, the largest of them as it is kept; or the refusal."""
        return self._derived(PICTURE, body)

    def _derived(self, *frames: bytes) -> Derived:
        told, pictures = self.ask(*frames)
        sizes = (Size(size) for size in told["sizes"])
        made = dict(zip(sizes, pictures, strict=True))
        return Derived(told["mime"], told["width"], told["height"], made, told["likeness"])

    def redraw(self, logo: bytes) -> bytes:
        """A logo as a PNG of ours, or the refusal that the child answered."""
        _told, [png] = self.ask(LOGO, logo)
        return png


def _answered(frames: list[bytes]) -> Answer:
    sort, *rest = frames
    if sort == LOGO:
        return _redrawn(*rest)
    return _pictured(*rest) if sort == PICTURE else _derived(*rest)


def _derived(body: bytes, areas: bytes) -> Answer:
    from evaluations.photos.derivatives import derive  # Pillow is for the child alone

    return _told(derive(body, read(areas)))


def _pictured(body: bytes) -> Answer:
    from evaluations.photos.references import redraw

    return _told(redraw(body))


def _told(derived: Derived) -> Answer:
    told = {
        "mime": derived.mime,
        "width": derived.width,
        "height": derived.height,
        "likeness": derived.likeness,
    }
    return told | {"sizes": list(derived.pictures)}, list(derived.pictures.values())


def _redrawn(body: bytes) -> Answer:
    from evaluations.photos.logos import redraw

    return {}, [redraw(body)]


if __name__ == "__main__":
    serve(_answered)
