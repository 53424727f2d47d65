"""The main job, from a script of touchpoints to a PDF scorecard in the client's hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pikepdf
from pypdf import PdfReader

from evaluations.clock import now
from shopper.demo import pictures
from tests.browser.office import Designer, Editor, Scheduler
from tests.browser.outside import ClientUser, Shopper
from tests.browser.product import Product

FIRE_EXIT = "Was the way to the exit free?"
SPANISH_EXIT = "¿Estaba libre el camino a la salida?"
HELP = "Did an employee offer you help before you asked for it?"


def test_a_visit_goes_from_the_script_to_a_scorecard_in_the_clients_hands(
    product: Product, somebody: Callable[..., object], tmp_path: Path
):
    passwords = {
        role: product.adds(f"{role}@example.org", role.title(), role)
        for role in ("designer", "scheduler", "editor", "shopper")
    }
    photos = _photos(tmp_path)

    designer: Designer = somebody(Designer)
    designer.signs_in("designer@example.org", passwords["designer"])
    designer.starts_from_the_script("Spring visit", "Visita de primavera")
    designer.weighs("80")
    designer.removes("Signage")
    designer.moves_earlier("E-mail capture")
    designer.gives_weight("Greeting and offer of help", "3")
    designer.asks("Store layout", FIRE_EXIT, SPANISH_EXIT, critical=True)
    designer.previews("Photograph the view that met you at the entrance.")
    content_hash = designer.publishes()

    scheduler: Scheduler = somebody(Scheduler)
    scheduler.signs_in("scheduler@example.org", passwords["scheduler"])
    scheduler.adds_a_client("Marisol", "Centre", {"C01": "Calle Serrano"})
    today = now().date()
    scheduler.plans_a_wave("Spring wave", today.isoformat(), (today + timedelta(days=20)).isoformat())
    scheduler.assigns("Shopper")

    shopper: Shopper = somebody(Shopper)
    shopper.signs_in("shopper@example.org", passwords["shopper"])
    shopper.opens("Calle Serrano")
    shopper.checks_in()
    shopper.photographs(photos)
    shopper.page.reload()
    shopper.page.get_by_role("navigation", name="Touchpoints").wait_for()
    asked = shopper.answers(no_to=HELP, because="Nobody came while I compared two sizes.", photos=photos[:1])
    assert asked >= 25
    shopper.finds_the_page_accessible()
    receipt = shopper.hands_in()
    shopper.finds_the_page_accessible()
    assert len(receipt) == 4

    editor: Editor = somebody(Editor)
    editor.signs_in("editor@example.org", passwords["editor"])
    editor.opens("Calle Serrano")
    assert editor.sees_photos() >= len(photos)
    editor.sees("Nobody came while I compared two sizes.")
    editor.remarks(1, "Please take one from further back.")
    editor.sends_back("Almost there.")

    shopper.opens("Calle Serrano")
    shopper.sees("Almost there.")
    shopper.sees("Please take one from further back.")
    shopper.clicks("Begin")
    shopper.sees("Please take one from further back.")
    shopper.goes_to_the_hand_in()
    assert shopper.hands_in() != receipt

    editor.opens("Calle Serrano")
    editor.approves()

    password = product.adds("client@example.org", "Clea", "client", "--client", "Marisol")
    client: ClientUser = somebody(ClientUser)
    client.signs_in("client@example.org", password)
    client.finds("Calle Serrano")
    assert "Shopper" not in client.page.locator("main").inner_text()
    report = client.downloads_the_report(tmp_path)
    _is_a_proper_report(report, content_hash)


def _photos(folder: Path) -> list[Path]:
    files = []
    for scene in ("layout", "shelf", "till"):
        file = folder / f"{scene}.jpg"
        file.write_bytes(pictures.draw(scene, "MARISOL", Random(7)))
        files.append(file)
    return files


def _is_a_proper_report(file: Path, content_hash: str) -> None:
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "Calle Serrano" in text
    assert "Nobody came while I compared two sizes." in " ".join(text.split())
    assert content_hash[:12] in text.replace("\n", "")
    assert "Shopper" not in text.replace("Shopper ", "", 1)
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert (
            sum(1 for each in pdf.objects if getattr(each, "get", lambda _k: None)("/Subtype") == "/Image")
            >= 4
        )
