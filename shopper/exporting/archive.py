"""All PDFs of a filter in one ZIP file, written to the disk piece by piece, with a list of what is in it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from evaluations.clock import local_day
from evaluations.errors import NotFound
from evaluations.fieldwork.importing.columns import guarded
from evaluations.models import Report, ReportState, Scorecard
from shopper.exporting.making import Making
from shopper.language import gettext as _
from shopper.wordings.exporting import LONGEST_NAME, fit

COPIED_AT_ONCE = 256 * 1024


def make(making: Making) -> None:
    """Write every PDF that is there, and at the end the list, which says of the others why they are missing."""
    taken: Counter[str] = Counter()
    lines: list[list[str]] = []
    with ZipFile(making.file, "w", ZIP_STORED) as archive:  # a PDF is compressed already
        for card, report in making.results():
            name = _unlike(taken, entry_name(card))
            is_there = report is not None and _add(archive, name, making, card, report)
            lines.append(_line(card, report, name if is_there else ""))
        list_name = _("Contents") + ".csv"
        archive.writestr(ZipInfo(list_name, _zip_time(making.export.owed_at)), _listed(lines))


def entry_name(card: Scorecard) -> str:
    """What a PDF is called: the day, the place and the edition, so that a list of them sorts by day."""
    visit = card.evaluation.visit
    location = visit.location
    day = local_day(visited_at(card), location.time_zone)
    edition = _("edition %(number)s", number=card.edition)
    return f"{day:%Y-%m-%d} {fit(f'{location.name} ({location.code})')[:LONGEST_NAME]} {edition}"


def visited_at(card: Scorecard) -> datetime:
    """When the place was visited, as near as it is known."""
    evaluation = card.evaluation
    return evaluation.visited_at or evaluation.submitted_at or card.scored_at


def _unlike(taken: Counter[str], name: str) -> str:
    """`name` as a file that no other entry is called, whatever the case of its letters."""
    taken[name.casefold()] += 1
    count = taken[name.casefold()]
    return f"{name} ({count}).pdf" if count > 1 else f"{name}.pdf"


def _add(archive: ZipFile, name: str, making: Making, card: Scorecard, report: Report) -> bool:
    """Copy one PDF into the archive; False when it could not be made, or is gone."""
    if report.state is not ReportState.READY or report.sha256 is None:
        return False
    try:
        path = making.reports.open(report.sha256)
    except NotFound:
        return False
    with path.open("rb") as source, archive.open(ZipInfo(name, _zip_time(visited_at(card))), "w") as target:
        while piece := source.read(COPIED_AT_ONCE):
            target.write(piece)
    return True


def _zip_time(moment: datetime) -> tuple[int, int, int, int, int, int]:
    year = min(max(1980, moment.year), 2107)  # a ZIP has no others, and a phone's clock may show any
    return (year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def _line(card: Scorecard, report: Report | None, name: str) -> list[str]:
    visit = card.evaluation.visit
    location, wave = visit.location, visit.wave
    day = local_day(visited_at(card), location.time_zone)
    missing = "" if name else _("This PDF could not be made.")
    return [
        name or missing,
        location.name,
        location.code,
        location.city,
        wave.programme.name,
        wave.name,
        day.isoformat(),
        str(card.edition),
        (report.sha256 or "") if report and name else "",
    ]


def _listed(lines: list[list[str]]) -> bytes:
    heading = [
        _("File"),
        _("Location"),
        _("Code"),
        _("City"),
        _("Programme"),
        _("Wave"),
        _("Visited"),
        _("Edition"),
        "SHA-256",
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")
