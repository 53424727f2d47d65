"""Files to take away: what their kinds are called, and why one cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evaluations.models import ExportKind
from shopper.language import gettext, lazy

WORDS = {
    "nothing_to_export": lazy("There is no released visit that fits, so there is nothing to download."),
}
KINDS = {
    ExportKind.ARCHIVE: lazy("PDF reports, in one ZIP file"),
    ExportKind.WORKBOOK: lazy("Workbook of all visits and answers (XLSX)"),
    ExportKind.CSV: lazy("Text files of all visits and answers (CSV, in one ZIP file)"),
    ExportKind.LOCATION_REPORT: lazy("The report of a location (PDF)"),
}
TYPES = {
    ExportKind.ARCHIVE: "application/zip",
    ExportKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.CSV: "application/zip",
    ExportKind.LOCATION_REPORT: "application/pdf",
}
ENDINGS = {
    ExportKind.ARCHIVE: "zip",
    ExportKind.WORKBOOK: "xlsx",
    ExportKind.CSV: "zip",
    ExportKind.LOCATION_REPORT: "pdf",
}
NOT_IN_NAMES = '/\\:*?"<>|'
LONGEST_NAME = 150


def file_name(kind: ExportKind, parts: Sequence[str], day: date) -> str:
    """What a file is called that holds results of `parts`, such as a client and a wave."""
    what = gettext("reports") if kind is ExportKind.ARCHIVE else gettext("results")
    named = [*parts] if kind is ExportKind.LOCATION_REPORT else [*parts, what]
    return f"{fit(' '.join(named))[:LONGEST_NAME]} {day.isoformat()}.{ENDINGS[kind]}"


def fit(name: str) -> str:
    """`name` with only the signs that every system takes in the name of a file."""
    fitting = (" " if sign in NOT_IN_NAMES or not sign.isprintable() else sign for sign in name)
    return " ".join("".join(fitting).split())
