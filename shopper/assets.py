"""Static files under hashed addresses, compressed once, and the import map of our modules."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from shopper import bundle
from shopper.permissions import open_to_all
from shopper.security import nonce

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
STATIC = next(folder / "static" for folder in (PACKAGE, CHECKOUT) if (folder / "static").is_dir())
TEMPLATES = next(folder / "templates" for folder in (PACKAGE, CHECKOUT) if (folder / "templates").is_dir())
TEXT = {".css", ".js", ".svg", ".json", ".html", ".webmanifest"}
MODULE = "text/javascript"
YEAR = 31_536_000
IMPORT = re.compile(r'from "#((?:js|vendor)/[^"]+)"')
BUNDLES = {"js/phone.js": "js/field/start.js"}
"""Files that are on no disk: a module and all that it imports, in one."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its type, its bytes as they are and compressed, and the hash of them."""

    mime: str
    plain: bytes
    packed: bytes | None
    sha256: str
    imports: tuple[str, ...]
    """The files of ours that a module imports."""

    @property
    def version(self) -> str:
        """As much of its hash as tells it from what the file was before."""
        return self.sha256[:12]


def asset(name: str) -> str:
    """The address of a static file, which changes when its content does."""
    return _address(name, _load(name))


def _address(name: str, found: Asset) -> str:
    return f"/static/{name}?v={found.version}"


def _load(name: str) -> Asset:
    if name in BUNDLES:
        order = bundle.in_order(BUNDLES[name], lambda each: _load(each).imports)
        return _bundled(tuple((each, _load(each).version) for each in order))
    path = _found(name)
    return _read(path, os.stat(path).st_mtime_ns)


@lru_cache(maxsize=1024)
def _found(name: str) -> Path:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise FileNotFoundError(name)
    return path


@lru_cache(maxsize=512)
def _read(path: Path, _modified: int) -> Asset:
    plain = path.read_bytes()
    mime = MODULE if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    found = IMPORT.findall(plain.decode()) if path.suffix == ".js" else []
    return _made(mime or "application/octet-stream", plain, path.suffix in TEXT, tuple(dict.fromkeys(found)))


@lru_cache(maxsize=4)
def _bundled(modules: tuple[tuple[str, str], ...]) -> Asset:
    text = bundle.bundle({name: contents(name).decode() for name, _version in modules})
    return _made(MODULE, text.encode(), True)


def _made(mime: str, plain: bytes, packs: bool, imports: tuple[str, ...] = ()) -> Asset:
    packed = gzip.compress(plain, 6, mtime=0) if packs and len(plain) > 500 else None
    return Asset(mime, plain, packed, hashlib.sha256(plain).hexdigest(), imports)


def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite; without a label it is decoration and hidden from screen readers."""
    what = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>').format(
        what, asset("vendor/icons.svg"), name
    )


def import_map() -> Markup:
    """The names by which our modules import each other, as `#js/...` and `#vendor/...`."""
    return Markup('<script type="importmap" nonce="{}">{}</script>').format(nonce(), _map(_modules()))


def _modules() -> tuple[tuple[str, int], ...]:
    """Every module of ours and of the libraries, with the time of its last change."""
    return tuple(
        sorted(
            (
                os.path.join(folder, name)[len(str(STATIC)) + 1 :],
                os.stat(os.path.join(folder, name)).st_mtime_ns,
            )
            for part in ("js", "vendor")
            for folder, _, names in os.walk(STATIC / part)
            for name in names
            if name.endswith(".js")
        )
    )


@lru_cache(maxsize=2)
def _map(modules: tuple[tuple[str, int], ...]) -> Markup:
    """The text of the map; every page has it, so that it is written anew only when a module was."""
    imports = {f"#{name}": asset(name) for name, _modified in modules}
    text = json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704


def hashes(*names: str) -> dict[str, str]:
    """The hashes of these files by their addresses."""
    found = {name: _load(name) for name in names}
    return {_address(name, file): file.sha256 for name, file in found.items()}


def contents(name: str) -> bytes:
    """The bytes of a static file."""
    return _load(name).plain


@open_to_all
def serve(filename: str) -> Response:
    """A static file: for good when asked for under its hash, to be asked about again otherwise."""
    try:
        found = _load(filename)
    except FileNotFoundError:
        abort(404)
    packs = found.packed is not None and request.accept_encodings["gzip"] > 0
    response = Response(found.packed if packs else found.plain, mimetype=found.mime)
    response.headers["Vary"] = "Accept-Encoding"
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(found.version + ("-gzip" if packs else ""))
    if request.args.get("v") == found.version:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


def init_app(app: Flask) -> None:
    """Serve static files and let templates name them."""
    app.add_url_rule("/static/<path:filename>", "static", serve)
    app.jinja_env.globals.update(asset=asset, icon=icon, import_map=import_map)
