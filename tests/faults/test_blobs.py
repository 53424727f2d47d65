"""Photos kept as Blobs, which WebKit does not keep: the visit in WebKit finds them out. Of the long form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from evaluations.database import connect, upgrade
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.server import Server
from tests.faults.test_visits_in_chromium import a_visit_to_make
from tests.faults.test_webkit import a_phone, makes_the_visit_offline
from tests.faults.test_webkit import driver as driver
from tests.faults.webkit import missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def sabotaged(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address and the database of a server whose scripts keep photos as Blobs."""
    url = f"sqlite:///{tmp_path / 'shopper.db'}"
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    server = Server(tmp_path, url, "tests.faults.sabotaged:create_app_whose_phones_keep_blobs()")
    try:
        server.start()
        yield f"http://127.0.0.1:{server.port}", url
    finally:
        server.close()


def test_photos_kept_as_blobs_are_found_out(driver: WebDriver, sabotaged: tuple[str, str], tmp_path: Path):
    address, url = sabotaged
    (picture := tmp_path / "picture.jpg").write_bytes(a_jpeg(1200, 900))
    found_out = pytest.raises(AssertionError, match="A photo was not kept")
    with a_phone(driver, address, a_visit_to_make(url)) as phone, found_out:
        makes_the_visit_offline(phone, picture)
