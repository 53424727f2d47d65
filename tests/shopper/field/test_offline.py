"""What a phone needs to open its pages without network."""

from __future__ import annotations

import hashlib
import json
import re

from evaluations.models import Evaluation
from shopper.field import offline
from tests.shopper.browsing import Visitor
from tests.shopper.field.conftest import Line
from tests.shopper.field.reading import data


def test_the_service_worker_is_asked_for_anew_each_time_and_may_open_the_shoppers_pages(visitor: Visitor):
    answer = visitor.get("/field/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/field"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_service_worker_handles_only_what_is_read_and_never_the_phones_own_calls(visitor: Visitor):
    script = visitor.get("/field/service-worker.js").text
    assert 'request.method !== "GET"' in script
    kept = re.compile(re.search(r"const KEPT = /(.+)/", script)[1].replace(r"\/", "/"))
    assert kept.fullmatch("/field/visits/01a200ba-5d60-79cd-bb8e-ed50ec3bc70a")
    assert not kept.fullmatch("/field/api/v1/me/visits")
    shown = re.compile(re.search(r"const PICTURE = /(.+)/", script)[1].replace(r"\/", "/"))
    assert shown.fullmatch(f"/field/visits/01a200ba-5d60-79cd-bb8e-ed50ec3bc70a/pictures/{'ab' * 32}")
    assert not shown.fullmatch("/field/photos/01a200ba-5d60-79cd-bb8e-ed50ec3bc70a/web")
    assert "skipWaiting" not in script
    assert "clients.claim" not in script


def test_the_app_can_be_put_on_a_home_screen(visitor: Visitor):
    answer = visitor.get("/field/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.data)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/field",
        "/field",
        "standalone",
    )
    for icon in manifest["icons"]:
        assert visitor.get(icon["src"]).mimetype == "image/png"


def test_a_package_names_every_file_of_its_page_with_its_hash(line: Line, evaluation: Evaluation):
    package = data(line.get(f"visits/{evaluation.visit_id}/package"))
    page = line.visitor.get(f"/field/visits/{evaluation.visit_id}")
    assert page.headers[offline.HEADER] == package["build"]
    for address, sha256 in package["files"].items():
        assert hashlib.sha256(line.visitor.get(address).data).hexdigest() == sha256
    named = set(re.findall(r'(?:href|src|data-icons)="(/static/[^"#]+\?v=[^"#]+)', page.text))
    assert {address for address in named if "/icons/shopper-" not in address} <= package["files"].keys()


def test_the_list_of_visits_says_which_files_it_goes_with_and_an_error_does_not(line: Line):
    assert line.visitor.get("/field").headers[offline.HEADER] == offline.build()
    missing = line.visitor.get("/field/visits/00000000-0000-7000-8000-000000000000")
    assert missing.status_code == 404
    assert offline.HEADER not in missing.headers
