"""Static files keep their address as long as their content, and nothing else is served."""

from __future__ import annotations

import gzip
import json
from re import search

import pytest

from shopper import assets
from tests.shopper.browsing import Visitor


@pytest.mark.parametrize("name", ["../shopper/app.py", "css", "css/../../pyproject.toml", "nothing.css"])
def test_only_static_files_are_served(visitor: Visitor, name: str):
    assert visitor.get(f"/static/{name}").status_code == 404


def test_a_file_asked_for_under_its_hash_is_kept_for_good(visitor: Visitor):
    answer = visitor.get(assets.asset("css/tokens.css"))
    assert "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in visitor.get("/static/css/tokens.css?v=other").headers["Cache-Control"]


def test_a_text_file_travels_compressed_where_the_browser_can(visitor: Visitor):
    plain = visitor.get("/static/css/desk.css")
    packed = visitor.get("/static/css/desk.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    again = visitor.get("/static/css/desk.css", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


def test_every_module_of_ours_is_in_the_import_map_under_its_hash(visitor: Visitor):
    found = search(r'<script type="importmap" nonce="[^"]+">(.+?)</script>', visitor.get("/welcome").text)
    assert found
    names = json.loads(found[1])["imports"]
    assert names["#js/lib/attach.js"] == assets.asset("js/lib/attach.js")
    for address in names.values():
        assert visitor.get(address).mimetype == "text/javascript"
