"""Every page that a role can reach in the demo agency: wide, light and in English; narrow, dark and in Spanish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluations.database import connect
from evaluations.models import Person
from shopper.app import create_app
from shopper.config import read
from tests.benchmarks.pages import served
from tests.benchmarks.walking import Browser as PlainBrowser
from tests.benchmarks.walking import Walk
from tests.browser.people import ALL_RULES, Somebody
from tests.made_demo import a_copy_of_the_demo

WINDOWS: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("en", ALL_RULES, {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}),
    (
        "es",
        (  # what another language, scheme or width can break
            "color-contrast",
            "link-in-text-block",
            "label-content-name-mismatch",
            "landmark-unique",
            "scrollable-region-focusable",
        ),
        {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "is_mobile": True},
    ),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """The demo agency's instance, and the port where it is served."""
    folder = a_copy_of_the_demo(tmp_path_factory.mktemp("demo")).instance
    with served(folder) as port:
        yield folder, port


def signed_in(folder: Path) -> dict[str, tuple[str, str]]:
    """The first e-mail and password of each role."""
    found: dict[str, tuple[str, str]] = {}
    for line in (folder / "sign-ins.txt").read_text().splitlines():
        role, email, password = line.split()
        found.setdefault(role, (email, password))
    return found


def reads(folder: Path, email: str, language: str) -> None:
    """Set the language in which somebody reads the product."""
    engine = connect(f"sqlite:///{folder / 'shopper.db'}")
    with Session(engine) as session:
        session.execute(update(Person).where(Person.email == email).values(language=language))
        session.commit()
    engine.dispose()


@pytest.mark.xdist_group("the demo agency")
@pytest.mark.parametrize("role", ["owner", "shopper", "client"])
def test_every_page_is_accessible_and_fits_its_window(chromium: Browser, demo: tuple[Path, int], role: str):
    folder, port = demo
    email, password = signed_in(folder)[role]
    reads(folder, email, "en")
    routes = create_app(read({"SHOPPER_INSTANCE": str(folder)})).url_map.bind("127.0.0.1")
    plain = PlainBrowser(port).signs_in(email, password)
    walk = Walk(plain, role, routes)
    plain.closes()
    addresses = [found[0] for rule, found in sorted(walk.pages.items()) if not rule.endswith(".json")]
    assert len(addresses) > 3
    faults: list[str] = []
    for language, rules, window in WINDOWS:
        reads(folder, email, "en")
        somebody = Somebody(chromium, f"http://127.0.0.1:{port}", reduced_motion="reduce", **window)
        somebody.signs_in(email, password)
        somebody.page.wait_for_load_state("load")
        reads(folder, email, language)
        for address in addresses:
            faults += [f"{address} ({language}): {fault}" for fault in faults_of(somebody, address, rules)]
        somebody.leaves()
    assert not faults, "\n".join(faults)


def faults_of(somebody: Somebody, address: str, rules: tuple[str, ...]) -> list[str]:
    """What is wrong with the page at `address`."""
    answer = somebody.page.goto(address, wait_until="load")
    if answer is None or "html" not in answer.headers.get("content-type", ""):
        return []
    somebody.complaints.clear()
    found = somebody.faults_by_axe(rules)
    wide = somebody.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *([f"{wide} px wider than its window"] if wide > 0 else []), *somebody.complaints]
