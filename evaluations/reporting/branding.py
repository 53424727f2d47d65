"""How a client's reports look, and what they show: what is settled with the client, and with the programme."""

from __future__ import annotations

from dataclasses import dataclass

from evaluations.models import Client, Paper, Programme
from evaluations.reporting.colours import TEAL

LOGO_TYPE = "image/png"


@dataclass(frozen=True, slots=True)
class Shows:
    """What a client gets to see beside the results themselves, in every page and file alike."""

    photos: bool = True
    comments: bool = True
    previous: bool = True
    targets: bool = True
    """Settled with the programme, like the targets themselves."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What makes a report the client's own."""

    name: str
    colour: str = TEAL
    logo: bytes | None = None
    """A PNG."""
    paper: Paper = Paper.A4
    footer: str = ""
    shows: Shows = Shows()
    language: str | None = None
    """What the programme's reports are always made in; None is the checklist's first."""


def of(client: Client, programme: Programme | None = None) -> Brand:
    """The brand of `client`, with what `programme` settles where one is meant."""
    return Brand(
        name=client.name,
        colour=client.colour,
        logo=client.logo if client.logo_sha256 else None,
        paper=client.paper,
        footer=client.footer,
        shows=shows(client, programme),
        language=programme.report_language if programme else None,
    )


def shows(client: Client, programme: Programme | None = None) -> Shows:
    """What `client` gets to see of the results of `programme`."""
    return Shows(
        photos=client.shows_photos,
        comments=client.shows_comments,
        previous=client.shows_previous,
        targets=programme.shows_targets if programme else True,
    )
