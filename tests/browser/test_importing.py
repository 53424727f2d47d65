"""A scheduler brings four hundred locations in from a file that has seven bad rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.office import Scheduler
from tests.browser.people import Somebody
from tests.browser.product import Product

HEADING = "Código;Nombre;Zona;Población;Latitud;Longitud;Lunes;Domingo"
BAD = {
    5: lambda row: row.replace("Tienda 5", ""),
    40: lambda row: row.replace("42,34", "norte"),
    77: lambda row: row.replace("9:30-14", "9:30"),
    120: lambda row: row.replace("T120", "T119"),
    200: lambda row: row.replace("T200", ""),
    333: lambda row: row + ";una celda de más",
    400: lambda row: row.replace("-3,7", "-370"),
}
"""The location that each bad row is about, and what is wrong in it."""


def the_row(number: int) -> str:
    return f"T{number};Tienda {number};Norte / Zona {number % 9};Burgos;42,34;-3,7;9:30-14, 17-20:30;cerrado"


def test_seven_bad_rows_are_seen_mended_imported_and_undone(
    product: Product, somebody: Callable[..., Somebody], tmp_path: Path
):
    password = product.adds("sofia@example.org", "Sofía", "scheduler")
    scheduler = somebody(Scheduler)
    assert isinstance(scheduler, Scheduler)
    scheduler.signs_in("sofia@example.org", password)
    scheduler.adds_a_client("Marisol", "Norte", {})
    rows = {number: the_row(number) for number in range(1, 401)}
    bad = {number: BAD[number](row) if number in BAD else row for number, row in rows.items()}
    page = scheduler.page
    scheduler.clicks("Import locations")
    scheduler.finds_the_page_accessible()
    scheduler.sends_the_file(a_file(tmp_path / "bad.csv", bad))
    scheduler.finds_the_page_accessible()
    scheduler.clicks("Show what it would do")
    scheduler.sees("rows cannot be taken")
    told = page.get_by_role("region", name="Rows that cannot be taken").locator("tbody tr")
    assert [text.split("\t")[0] for text in told.all_inner_texts()] == [str(number + 1) for number in BAD]
    scheduler.finds_the_page_accessible()
    page.reload()
    expect(told).to_have_count(7)
    scheduler.sends_the_file(a_file(tmp_path / "good.csv", rows))
    expect(page.get_by_role("listitem").filter(has_text="new locations")).to_contain_text("400")
    expect(told).to_have_count(0)
    scheduler.clicks("Import now")
    scheduler.sees("The locations are imported.")
    scheduler.finds_the_page_accessible()
    scheduler.clicks("To the locations")
    scheduler.sees("1–50 of 400")
    page.go_back()
    page.locator("summary").filter(has_text="Undo the import").click()
    page.locator(".asks-sheet").get_by_role("button", name="Undo the import").click()
    scheduler.sees("Everything is as it was before the import.")
    scheduler.clicks("To the locations")
    expect(page.get_by_text("Tienda 1", exact=True)).to_have_count(0)


def a_file(path: Path, rows: dict[int, str]) -> Path:
    """The rows as a Spanish spreadsheet program writes them."""
    path.write_bytes("\r\n".join([HEADING, *rows.values()]).encode("cp1252"))
    return path
