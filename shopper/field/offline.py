"""What a phone needs to open its pages without network: the files, the service worker, the app's manifest."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, jsonify, url_for

from shopper import assets
from shopper.permissions import open_to_all

HEADER = "Shopper-Build"
"""Says that a page is ours, and which files it goes with."""
WORKER = "js/field/service_worker.js"
NEEDED = (
    "css/tokens.css",
    "css/areas/field.css",
    "css/areas/field_ways.css",
    "vendor/icons.svg",
    "icons/shopper.svg",
    "js/phone.js",
)
ICONS = (
    ("icons/shopper-192.png", "192x192", "any"),
    ("icons/shopper-512.png", "512x512", "any"),
    ("icons/shopper-maskable-512.png", "512x512", "maskable"),
)

bp = Blueprint("field_offline", __name__, url_prefix="/field")


def files() -> dict[str, str]:
    """Every file that the shopper's pages are made of: its hash by its address."""
    return assets.hashes(*NEEDED)


def build_of(found: dict[str, str]) -> str:
    """The name of this set of files."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:12]


def build() -> str:
    """The name of the set of files that the shopper's pages go with now."""
    return build_of(files())


@bp.get("/service-worker.js")
@open_to_all
def service_worker() -> Response:
    """The script that opens kept pages; a browser asks for it anew each time."""
    response = Response(assets.contents(WORKER), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/field"
    return response


@bp.get("/manifest.webmanifest")
@open_to_all
def manifest() -> Response:
    """How the shopper's pages stand on a home screen."""
    response = jsonify(
        id="/field",
        name="Shopper",
        short_name="Shopper",
        start_url=url_for("field.home"),
        scope="/field",
        display="standalone",
        background_color="#ffffff",
        theme_color="#0b6e6e",
        icons=[
            {"src": assets.asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response
