"""Whole visits by the shipped scripts in Chromium: the page is killed and reloaded and the signal goes, at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade
from evaluations.document.tree import Narrative, Photo
from evaluations.models import Submission
from tests.browser.conftest import chromium as chromium
from tests.browser.conftest import installation as installation
from tests.browser.conftest import phones as phones
from tests.browser.phone import WINDOW, HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.browser.signal import signal_to
from tests.builders import a_document, a_question
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import SEED, rounds
from tests.faults.server import Server

VISITS = rounds(5, 200)
MISHAPS = 2
"""In each visit, besides what happens to its signal."""
STORY = "Jo came over and asked what I was looking for."
ANSWERS = {"lit": "Yes", "clean": "No", "greeted": "Yes"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that the shopper does, and how it shows that it was done."""

    question: str
    do: Callable[[HandledPhone], None]
    shown: Callable[[HandledPhone], Locator]
    lasts_when_shown: bool = False

    def until_it_shows(self, phone: HandledPhone) -> None:
        """Return once it shows; an answer did already, and the next question may stand in its place."""
        if self.question not in ANSWERS:
            expect(self.shown(phone).first).to_be_visible()

    def is_done(self, phone: HandledPhone) -> bool:
        """Whether it is there when the shopper looks."""
        phone.turns_to(self.question)
        return self.shown(phone).count() > 0


def deeds(picture: Path) -> list[Deed]:
    """Three answers, a story and a photo."""

    def answer(key: str, words: str) -> Deed:
        row = f".question[data-question={key}] label.row:has(input:checked)"
        return Deed(
            key,
            lambda phone: phone.answers(key, words),
            lambda phone: phone.page.locator(row, has_text=words),
        )

    def told(phone: HandledPhone) -> Locator:
        box = phone.page.locator(".answer textarea")
        return box if box.input_value() == STORY else phone.page.locator(".nowhere")

    def types(phone: HandledPhone) -> None:
        phone.turns_to("story")
        phone.page.locator(".answer textarea").fill(STORY)

    return [
        *(answer(key, words) for key, words in ANSWERS.items()),
        Deed("story", types, told),
        Deed(
            "window",
            lambda phone: phone.takes("window", [picture]),
            lambda phone: phone.tiles,
            lasts_when_shown=True,
        ),
    ]


def a_visit_to_make(url: str) -> Scene:
    """A visit with three questions, a story and photos."""
    questions = [a_question(key, f"Was it {key}?") for key in ANSWERS]
    story = Narrative(key="story", text={"en": "What happened?"}, max_length=500)
    window = Photo(key="window", text={"en": "The window."}, max_count=3)
    return a_scene(url, a_document(*questions, story, window, languages=("en",)))


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit, given to a shopper."""
    return a_visit_to_make(installation[1])


def suffers(phone: HandledPhone, deed: Deed, draw: Random, *, finds_signal: bool) -> None:
    """The page is killed at once, or when the deed shows, or is loaded again; what is gone then is done again."""
    how = draw.choice(["killed at once", "killed when it shows", "loaded again"])
    if how != "killed at once":
        deed.until_it_shows(phone)
    if how != "loaded again":
        phone.is_killed()
    if finds_signal:
        phone.finds_signal()
    phone.opens()
    if deed.is_done(phone):
        return
    assert not (deed.lasts_when_shown and how != "killed at once"), "it was shown as kept, and is gone"
    deed.do(phone)


def all_is_safe(phone: HandledPhone, scene: Scene) -> None:
    """What is called safe is on the server."""
    phone.is_told("Safe on the server")
    found = scene.contents()
    assert {key: found.answers[key].value for key in ANSWERS} == {
        key: words.lower() for key, words in ANSWERS.items()
    }
    assert found.answers["story"].value == STORY
    assert (found.photo_counts, found.owed, found.conflicts) == ({"window": 1}, (), ())


def submissions(scene: Scene) -> int:
    engine = connect(scene.url)
    with Session(engine) as session:
        count = session.query(Submission).filter_by(evaluation_id=scene.evaluation).count()
    engine.dispose()
    return count


@pytest.mark.parametrize("number", range(VISITS))
def test_a_visit_that_everything_happens_to_arrives_whole_and_once(
    phones: Callable[..., HandledPhone], scene: Scene, tmp_path: Path, number: int, tell: Callable[..., None]
):
    draw, picture = Random(SEED + number), tmp_path / "picture.jpg"
    picture.write_bytes(a_jpeg(1200, 900))
    to_do = draw.sample(all_of_them := deeds(picture), len(deeds(picture)))
    bad = set(draw.sample(range(len(to_do)), MISHAPS))
    phone = phones()
    phone.begins()
    gone = draw.randrange(len(to_do))
    for place, deed in enumerate(to_do):
        if place == gone:
            phone.loses_signal()
        deed.do(phone)
        if place in bad:
            suffers(phone, deed, draw, finds_signal=place == gone)
            continue
        deed.until_it_shows(phone)
        if place == gone:
            phone.finds_signal()
    assert all(deed.is_done(phone) for deed in all_of_them)
    all_is_safe(phone, scene)
    phone.hands_in()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    assert scene.contents().photo_counts == {"window": 1}
    assert submissions(scene) == 1
    tell(seed=SEED + number)


@pytest.fixture
def sabotaged(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server whose service worker takes photos over, to send them at its own good time."""
    url = f"sqlite:///{tmp_path / 'shopper.db'}"
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    server = Server(tmp_path, url, "tests.faults.sabotaged:create_app_whose_worker_takes_photos()")
    try:
        server.start()
        yield server, url
    finally:
        server.close()


def test_a_service_worker_that_takes_photos_over_is_found_out(
    chromium: Browser, sabotaged: tuple[Server, str], tmp_path: Path
):
    server, url = sabotaged
    scene = a_visit_to_make(url)
    (picture := tmp_path / "picture.jpg").write_bytes(a_jpeg(1200, 900))
    with signal_to(f"http://127.0.0.1:{server.port}") as signal:
        context = chromium.new_context(base_url=signal.address, **WINDOW)
        phone = HandledPhone(context, scene.visit, signal)
        phone.has_signed_in(scene.email)
        phone.opens()
        expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
        phone.opens_another_page()  # the worker takes over with a page that is opened anew
        phone.begins()
        for deed in deeds(picture):
            deed.do(phone)
            deed.until_it_shows(phone)
        with pytest.raises(AssertionError, match="window"):
            all_is_safe(phone, scene)
        context.close()
