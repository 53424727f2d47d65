"""The briefing on paper as an answer: what it says is put together here, and set in a process that can be ended."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from evaluations.confined import Confined
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import Invalid
from evaluations.models import Paper, Version, Visit
from shopper.filters import day, wording
from shopper.language import current_language, speaking
from shopper.language import gettext as _
from shopper.opening import opening_hours

SECONDS = 60
"""Twenty times what an ordinary one takes; a busy machine may need most of it for the first."""
MEMORY_BYTES = 2_000 * 1024 * 1024
FILE_BYTES = 32 * 1024 * 1024
MOST_WAITING = 3
"""So many requests may wait for their turn; who comes then is asked to come again, and the others are served."""
SETTER = Confined(
    "shopper.reports.briefing",
    seconds=SECONDS,
    memory_bytes=MEMORY_BYTES,
    too_slow="briefing_too_long",
    damaged="briefing_failed",
    file_bytes=FILE_BYTES,
)
"""This process's own; its child starts with the first briefing and ends when nobody asks."""
_places = threading.BoundedSemaphore(MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Told:
    """What a briefing says besides its checklist, in the language that it is in."""

    language: str
    heading: str
    state: str
    """Which wording it is: "Version 3", "Draft of version 4"."""
    paper: str = Paper.A4.value
    is_draft: bool = False
    shows_marking: bool = False
    """Whether points, weights, targets and critical rules are printed: not for shoppers."""
    above: str = ""
    facts: list[tuple[str, list[str]]] = field(default_factory=list)
    note: str = ""
    """What this one visit needs beyond the briefing."""

    def as_frame(self) -> bytes:
        """The same, to be sent to the process that sets it."""
        return json.dumps(asdict(self)).encode()


def of_version(version: Version, *, language: str, paper: str, marked: bool) -> Told:
    """What the briefing of a checklist says, for the office."""
    document = canonical.read(version.document)
    with speaking(language):
        state = (
            _("Draft of version %(number)s", number=version.number)
            if version.is_draft
            else _("Version %(number)s", number=version.number)
        )
        heading = wording(document.title, document) or version.checklist.name
    return Told(
        language=language,
        heading=heading,
        state=state,
        paper=paper if paper in set(Paper) else Paper.A4.value,
        is_draft=version.is_draft,
        shows_marking=marked,
    )


def of_visit(visit: Visit, version: Version, *, language: str) -> Told:
    """What the briefing of one visit says to its shopper: what stands on the visit's page, and no more."""
    document = canonical.read(version.document)
    location, client = visit.location, visit.wave.programme.client
    with speaking(language):
        window = (
            day(visit.window_to)
            if visit.window_from == visit.window_to
            else _("%(first)s to %(last)s", first=day(visit.window_from), last=day(visit.window_to))
        )
        where = ", ".join(part for part in (location.address, location.city) if part)
        hours = [f"{days}: {said}" for days, said in opening_hours(location)]
        said = (
            (_("Where"), [line for line in (where, location.contact) if line]),
            (_("Opening hours"), hours),
            (_("When"), [window]),
            (_("At the latest"), [day(visit.window_to)] if visit.window_from < visit.window_to else []),
        )
        state = wording(document.title, document)
    return Told(
        language=language,
        heading=location.name,
        above=client.name,
        state=state,
        paper=client.paper.value,
        facts=[(label, lines) for label, lines in said if lines],
        note=visit.note,
    )


def as_pdf(told: Told, document: str, pictures: Mapping[str, bytes]) -> bytes:
    """The briefing as a PDF, with the JPEGs that the document names. It takes seconds: hold nothing meanwhile."""
    shown = [frame for name, body in pictures.items() for frame in (name.encode(), body)]
    with _a_place():
        _told, [body] = SETTER.ask(told.as_frame(), document.encode(), *shown)
    return body


def language_for(document: Document, asked: str) -> str:
    """The language asked for, else the reader's own, as far as the document speaks it."""
    return next(
        (one for one in (asked, current_language()) if one in document.languages), document.languages[0]
    )


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise Invalid("briefings_wait")
    try:
        yield
    finally:
        _places.release()
