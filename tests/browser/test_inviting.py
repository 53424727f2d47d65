"""From an invitation by mail to the first sign-in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import expect

from tests.browser.people import PHONE, Somebody
from tests.browser.product import PATIENCE_S, Product
from tests.shopper.mails import opened

OWN = "a password of her own"


def the_link_mailed_to(instance: Path, email: str) -> str:
    """The link in the only mail that this person got; waits for the worker to post it."""

    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        for file in (instance / "mail").glob("*.eml"):
            mail = opened(file.read_bytes())
            link = re.search(r"/links/\S+", mail.get_content())
            if email in mail["To"] and link:
                return link[0]
        sleep(0.05)
    raise AssertionError(f"no mail came for {email}")


def test_somebody_who_was_invited_chooses_a_password_and_is_signed_in(
    product: Product, somebody: Callable[..., Somebody]
):
    password = product.adds("olga@example.org", "Olga Ruiz", "owner")
    olga = somebody(Somebody)
    olga.signs_in("olga@example.org", password)
    olga.page.goto("/office/people/new")
    olga.page.get_by_label("Name", exact=True).fill("Marta Gil")
    olga.page.get_by_label("E-mail").fill("marta@example.org")
    olga.page.get_by_label("Language").select_option("es")
    olga.page.get_by_label("Shopper: makes visits").check()
    olga.page.get_by_label("Send an invitation by mail").check()
    olga.finds_the_page_accessible()
    olga.clicks("Add the person")
    olga.sees("Marta Gil")

    link = the_link_mailed_to(Path(product.environment["SHOPPER_INSTANCE"]), "marta@example.org")
    marta = somebody(Somebody, viewport=PHONE, locale="es")
    marta.page.goto(link)
    marta.finds_the_page_accessible()
    marta.page.get_by_label("Contraseña, al menos 10 caracteres").fill(OWN)
    marta.page.get_by_label("Repita la contraseña").fill(OWN)
    marta.clicks("Guardarla y entrar")
    expect(marta.page.get_by_role("heading", level=1)).to_have_text("Mis visitas")

    again = somebody(Somebody, locale="es")
    again.page.goto(link)
    expect(again.page.locator("input[type=password]")).to_have_count(0)
    again.page.goto("/sign-in")
    again.page.get_by_label("Correo electrónico").fill("marta@example.org")
    again.page.get_by_label("Contraseña").fill(OWN)
    again.clicks("Iniciar sesión")
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Mis visitas")
