"""Chromium, a running product, and people who use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.people import Somebody
from tests.browser.phone import WINDOW, HandledPhone
from tests.browser.product import Product, running
from tests.browser.scenes import Scene
from tests.browser.signal import signal_to

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""The same engine without a window: all stories took 397 s with it, and 446 s with the whole browser."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


expect.set_options(timeout=15_000)  # how long a condition is waited for: a busy machine is no defect

RESULTS = Path(__file__).parents[2] / ".setup" / "stories"
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a story failed, so that its windows are kept as pictures."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all stories."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, str]]:
    """A running product with its server and worker, and where its database is: one for all stories of a worker."""
    folder = tmp_path_factory.mktemp("installation")
    url = f"sqlite:///{folder / 'shopper.db'}"
    with running(folder, url) as product:
        yield product, url


@pytest.fixture
def product(installation: tuple[Product, str]) -> Product:
    """An empty installation with its server and worker."""
    installation[0].forgets_everything()
    return installation[0]


@pytest.fixture
def database_url(installation: tuple[Product, str]) -> str:
    """The address of the installation's database."""
    return installation[1]


@pytest.fixture
def somebody(
    request: pytest.FixtureRequest, chromium: Browser, product: Product
) -> Iterator[Callable[..., Somebody]]:
    """Makes people, each with a browser window of their own; no page of theirs may fail in its console."""
    people: list[Somebody] = []

    def make(cls: type[Somebody], **window: object) -> Somebody:
        person = cls(chromium, product.address, **window)
        people.append(person)
        return person

    yield make
    if FAILED in request.node.stash:
        for person in people:
            RESULTS.mkdir(parents=True, exist_ok=True)
            person.page.screenshot(path=RESULTS / f"{type(person).__name__.lower()}.png", full_page=True)
    for person in people:
        person.leaves()
    for person in people:
        assert person.complaints == []


@pytest.fixture
def enters(product: Product, somebody: Callable[..., Somebody]) -> Callable[..., Somebody]:
    """Adds a designer by the command line and signs them in."""

    def enter(kind: type[Somebody], name: str = "Ana Lago", **window: object) -> Somebody:
        email = f"{name.split()[0].lower()}@example.org"
        password = product.adds(email, name, "designer")
        person = somebody(kind, **window)
        person.signs_in(email, password)
        return person

    return enter


@pytest.fixture
def phones(
    chromium: Browser, installation: tuple[Product, str], scene: Scene
) -> Iterator[Callable[..., HandledPhone]]:
    """Makes phones that the shopper of the scene is signed in on; none of their pages may fail in its console."""
    made: list[HandledPhone] = []
    with ExitStack() as signals:

        def make(**window: object) -> HandledPhone:
            signal = signals.enter_context(signal_to(installation[0].address))
            context = chromium.new_context(base_url=signal.address, **(WINDOW | window))
            made.append(HandledPhone(context, scene.visit, signal))
            made[-1].has_signed_in(scene.email)
            return made[-1]

        yield make
        for phone in made:
            phone.context.close()
    for phone in made:
        assert phone.complaints == []
