"""A whole visit in WebKit, most of it without network: what the phone keeps there arrives, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.conftest import installation as installation
from tests.browser.product import Product
from tests.browser.scenes import Scene
from tests.browser.signal import signal_to
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import rounds
from tests.faults.test_visits_in_chromium import STORY, a_visit_to_make, submissions
from tests.faults.webkit import WebKitPhone, missing, webkit

VISITS = rounds(1, 20)

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def driver() -> Iterator[WebDriver]:
    """A fresh WebKit."""
    with webkit() as driver:
        yield driver


@contextmanager
def a_phone(driver: WebDriver, address: str, scene: Scene) -> Iterator[WebKitPhone]:
    """It, with a signal to the server."""
    with signal_to(address) as signal:
        yield WebKitPhone(driver, scene, signal)


def makes_the_visit_offline(phone: WebKitPhone, picture: Path) -> None:
    """Make ready, lose the signal, open from nothing, fill in, photograph and hand in."""
    phone.signs_in()
    phone.opens()
    phone.sees("Ready for offline")
    phone.loses_signal()
    phone.opens()
    phone.presses("Check in")
    phone.answers("lit", "Yes")
    phone.answers("clean", "No")
    phone.answers("greeted", "Yes")
    phone.types("story", STORY)
    phone.takes("window", picture)
    phone.hands_in()
    phone.sees("Not handed in yet")
    phone.opens()
    phone.sees("Not handed in yet")


@pytest.mark.parametrize("number", range(VISITS))
def test_a_visit_made_without_signal_in_webkit_arrives_whole_and_once(
    driver: WebDriver,
    installation: tuple[Product, str],
    tmp_path: Path,
    number: int,
    tell: Callable[..., None],
):
    scene = a_visit_to_make(installation[1])
    (picture := tmp_path / "picture.jpg").write_bytes(a_jpeg(1200, 900))
    with a_phone(driver, installation[0].address, scene) as phone:
        makes_the_visit_offline(phone, picture)
        phone.finds_signal()
        phone.sees("Handed in")
    found = scene.contents()
    assert [found.answers[key].value for key in ("lit", "clean", "greeted", "story")] == [
        "yes",
        "no",
        "yes",
        STORY,
    ]
    assert (found.photo_counts, found.owed, found.conflicts) == ({"window": 1}, (), ())
    assert submissions(scene) == 1
    tell(webkit=driver.capabilities["browserVersion"])
