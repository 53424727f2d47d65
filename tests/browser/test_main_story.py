"""The main job, from a script of touchpoints to a PDF scorecard in the client's hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import pikepdf
import pytest
from pypdf import PdfReader

from shopper.demo import pictures
from tests.browser.office import Designer, Editor, Scheduler
from tests.browser.outside import ClientUser, Shopper
from tests.browser.people import Somebody
from tests.browser.product import Product
from tests.builders import today_there

PLACE = "Calle Serrano"
NAMES = {
    "designer": "Dario Lenz",
    "scheduler": "Sofía Prieto",
    "editor": "Edward Lowe",
    "shopper": "Sam Reyes",
}
FIRE_EXIT = "Was the way to the exit free?"
SPANISH_EXIT = "¿Estaba libre el camino a la salida?"
HELP = "Did an employee offer you help before you asked for it?"
NOBODY = "Nobody came while I compared two sizes."
REMARK = "Please take one from further back."

Person = TypeVar("Person", bound=Somebody)
Enters = Callable[[type[Person]], Person]


@pytest.fixture
def enters(product: Product, somebody: Callable[..., Somebody]) -> Enters:
    """Adds a person by the command line and signs them in; their role is the name of their class."""

    def enter(kind: type[Person], *more: str) -> Person:
        role = {"ClientUser": "client"}.get(kind.__name__, kind.__name__.lower())
        password = product.adds(f"{role}@example.org", NAMES.get(role, "Clea Font"), role, *more)
        person = somebody(kind)
        person.signs_in(f"{role}@example.org", password)
        assert isinstance(person, kind)
        return person

    return enter


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two pictures on the shopper's phone."""
    files = []
    for scene in ("layout", "shelf"):
        file = tmp_path / f"{scene}.jpg"
        file.write_bytes(pictures.draw(scene, "MARISOL", Random(7)))
        files.append(file)
    return files


def test_a_visit_goes_from_the_script_to_a_scorecard_in_the_clients_hands(
    enters: Enters, photos: list[Path], tmp_path: Path
):
    content_hash = designs(enters(Designer))
    shopper = enters(Shopper)
    plans(enters(Scheduler))
    receipt = visits(shopper, photos)

    editor: Editor = enters(Editor)
    editor.opens(PLACE)
    assert editor.sees_photos() == len(photos)
    editor.sees(NOBODY)
    editor.remarks(1, REMARK)
    editor.sends_back("Almost there.")
    assert mends(shopper) != receipt
    editor.opens(PLACE)
    editor.approves()

    client = enters(ClientUser, "--client", "Marisol")
    client.finds(PLACE)
    assert NAMES["shopper"] not in client.page.content()
    is_a_proper_report(client.downloads_the_report(tmp_path), content_hash, len(photos))


def designs(designer: Designer) -> str:
    """From the ready script to a published version; answers its content hash."""
    designer.starts_from_the_script("Spring visit", "Visita de primavera")
    designer.weighs("80")
    designer.removes("Signage")
    designer.moves_earlier("E-mail capture")
    designer.gives_weight("Greeting and offer of help", "3")
    designer.asks("Store layout", FIRE_EXIT, SPANISH_EXIT, critical=True)
    designer.previews("Photograph the view that met you at the entrance.")
    return designer.publishes()


def plans(scheduler: Scheduler) -> None:
    """A client with a location, a wave on the published version, and its visit given to the shopper."""
    scheduler.adds_a_client("Marisol", "Centre", {"C01": PLACE})
    today = today_there()
    scheduler.plans_a_wave("Spring wave", today.isoformat(), (today + timedelta(days=20)).isoformat())
    scheduler.assigns(NAMES["shopper"])


def visits(shopper: Shopper, photos: list[Path]) -> str:
    """The visit on the phone, left once and come back to, until the receipt."""
    shopper.opens(PLACE)
    shopper.checks_in()
    shopper.photographs(photos)
    shopper.leaves_and_comes_back()
    shopper.sees_photos(len(photos))
    asked = shopper.answers(no_to={HELP: NOBODY, "Was an emergency exit blocked?": ""}, photos=photos[:1])
    assert asked >= 25
    shopper.finds_the_page_accessible()
    receipt = shopper.hands_in()
    shopper.finds_the_page_accessible()
    return receipt


def mends(shopper: Shopper) -> str:
    """The returned visit: the remark stands on top and at its question; answers the new receipt."""
    shopper.opens(PLACE)
    shopper.sees("Almost there.")
    shopper.clicks("Begin")
    shopper.sees(REMARK)
    shopper.goes_to_the_hand_in()
    shopper.sees("The editor asks for this, and nothing was changed there yet.")
    return shopper.hands_in(as_it_is=True)


def is_a_proper_report(file: Path, content_hash: str, photos: int) -> None:
    """The PDF is tagged, tells what was found, names its version, and not who the shopper was."""
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert PLACE in text
    assert NOBODY in text
    assert content_hash in text.replace(" ", "")
    assert NAMES["shopper"] not in text
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert sum(1 for stream in streams if stream.get("/Subtype") == "/Image") >= photos
