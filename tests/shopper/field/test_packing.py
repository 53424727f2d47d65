"""What a phone fetches first is small: compressed where it can be, and files without what pages need."""

from __future__ import annotations

import gzip
import json

from werkzeug.test import Client

GZIP = {"Accept-Encoding": "gzip"}


def test_a_package_and_its_page_travel_compressed_where_a_browser_can_read_it(line, evaluation):
    cookie = line.visitor.get_cookie("shopper").value
    browser = Client(line.visitor.application, use_cookies=False)
    for address in (
        f"/field/api/v1/visits/{evaluation.visit_id}/package",
        f"/field/visits/{evaluation.visit_id}",
    ):
        plain = browser.get(address, headers={"Cookie": f"shopper={cookie}"})
        packed = browser.get(address, headers=GZIP | {"Cookie": f"shopper={cookie}"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Content-Encoding" not in plain.headers
        assert len(packed.get_data()) < len(plain.get_data()) * 2 / 3


def test_a_compressed_package_has_its_own_etag_and_is_not_sent_twice(line, evaluation):
    address = f"/field/api/v1/visits/{evaluation.visit_id}/package"
    plain, packed = line.visitor.get(address), line.visitor.get(address, headers=GZIP)
    assert json.loads(gzip.decompress(packed.get_data())) == plain.json
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = line.visitor.get(address, headers=GZIP | {"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304


def test_a_file_carries_nobodys_cookie(line):
    line.visitor.get("/field")
    file = line.visitor.get("/static/css/tokens.css", headers=GZIP)
    assert "Set-Cookie" not in file.headers
    assert "Cookie" not in file.headers["Vary"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
