"""A phone whose browser is WebKit, as every iPhone's is: Debian's WebKitGTK, on a screen that nobody sees."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.phone import PASSWORD
from tests.browser.scenes import Scene
from tests.browser.signal import Signal

DRIVER = Path("/usr/bin/WebKitWebDriver")
SCREEN = Path("/usr/bin/Xvfb")
BROWSER = "lib*/**/webkit2gtk-4*/MiniBrowser"
PATIENCE_S = 30
AT_TIMES_GONE = (StaleElementReferenceException,)
"""A page draws itself anew while it is looked at."""
Seen = TypeVar("Seen")


def missing() -> str:
    """What of it is not on this machine, in words; empty where all of it is."""
    found = [name for path, name in ((DRIVER, "webkit2gtk-driver"), (SCREEN, "xvfb")) if not path.exists()]
    return f"no WebKit on this machine ({' and '.join(found)} missing)" if found else ""


@contextmanager
def a_screen() -> Iterator[str]:
    """A display that nobody sees, under the first free number."""
    reading, writing = os.pipe()
    command = [SCREEN, "-displayfd", str(writing), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(
        command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        screen.terminate()
        screen.wait(PATIENCE_S)


@contextmanager
def webkit() -> Iterator[WebDriver]:
    """A WebKit that remembers nothing of what was before."""
    with a_screen() as display:
        service = Service(executable_path=str(DRIVER), env=os.environ | {"DISPLAY": display})
        service.start()
        try:
            line = RemoteConnection(client_config=ClientConfig(remote_server_addr=service.service_url))
            driver = Remote(line, options=_options(), file_detector=UselessFileDetector())
            yield driver
            driver.quit()
        finally:
            service.stop()


def _options() -> Options:
    """No page that was left is kept alive: by `https` none of ours is, since they say `no-store`."""
    options = Options()
    options.binary_location = str(next(Path("/usr").glob(BROWSER)))
    for word in ("--automation", "--enable-page-cache=false"):
        options.add_argument(word)
    return options


class WebKitPhone:
    """A shopper with it, whose signal comes and goes."""

    def __init__(self, driver: WebDriver, scene: Scene, signal: Signal) -> None:
        self.driver = driver
        self.scene = scene
        self._signal = signal

    def _until(self, what: Callable[[WebDriver], Seen]) -> Seen:
        wait = WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.1, ignored_exceptions=AT_TIMES_GONE)
        try:
            return wait.until(what)
        except WebDriverException as error:
            raise AssertionError(f"it does not come; the page says: {self.words}") from error

    @property
    def words(self) -> str:
        """All that the page says."""
        said: str = self.driver.execute_script("return document.body.innerText")
        return said

    def sees(self, words: str) -> None:
        """Wait until these words are on the page."""
        self._until(lambda _driver: words in self.words)

    def _finds(self, selector: str, words: str = "") -> WebElement:
        def shown(driver: WebDriver) -> WebElement | None:
            every = driver.find_elements(By.CSS_SELECTOR, selector)
            return next((one for one in every if one.is_displayed() and words in one.text), None)

        return self._until(shown)

    def presses(self, words: str) -> None:
        """Press a button, or choose an answer, by its words."""
        self._until(lambda _driver: self._press(words))

    def _press(self, words: str) -> bool:
        self._finds("button, label.row", words).click()
        return True

    def signs_in(self) -> None:
        """Sign in by the page."""
        self.driver.get(f"{self._signal.address}/sign-in")
        self._finds("[name=email]").send_keys(self.scene.email)
        self._finds("[name=password]").send_keys(PASSWORD)
        self.presses("Sign in")
        self.sees("Make ready for offline")

    def opens(self) -> None:
        """Open the visit, and wait until its screens are there."""
        self.driver.get(f"{self._signal.address}/field/visits/{self.scene.visit}")
        self._finds("[data-bar] button")

    def turns_to(self, place: str) -> None:
        """Go to a question by its key, or to the hand-in."""
        self.driver.execute_script("location.hash = arguments[0]", place)

    def answers(self, question: str, words: str) -> None:
        """Choose an answer."""
        self.turns_to(question)
        self._finds(f".question[data-question={question}]")
        self.presses(words)

    def types(self, question: str, text: str) -> None:
        """Type into the box of a question."""
        self.turns_to(question)
        self._finds(f".question[data-question={question}] .answer textarea").send_keys(text)

    def takes(self, question: str, picture: Path) -> None:
        """Pick a picture from the gallery, and wait until its tile stands."""
        self.turns_to(question)
        self._finds(f".question[data-question={question}]")
        self.driver.find_element(By.CSS_SELECTOR, "input[type=file][multiple]").send_keys(str(picture))
        self._finds(".tile[data-state]")

    def loses_signal(self) -> None:
        """No network from now on."""
        self._signal.lose()
        self._notices("offline")

    def finds_signal(self) -> None:
        """The network is back."""
        self._signal.find()
        self._notices("online")

    def _notices(self, event: str) -> None:
        self.driver.execute_script("dispatchEvent(new Event(arguments[0]))", event)

    def hands_in(self) -> None:
        """Press the big button of the hand-in."""
        self.turns_to("/hand-in")
        self.presses("Hand in")
