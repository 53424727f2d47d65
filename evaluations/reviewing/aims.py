"""What a programme aims at: its own target for the total, in place of the checklist's."""

from __future__ import annotations

from decimal import Decimal

from evaluations.document.tree import Document
from evaluations.models import Programme


def aimed(document: Document, programme: Programme) -> Document:
    """`document` with the programme's own target for the total, where it has one."""
    if programme.target is None:
        return document
    scoring = document.scoring.model_copy(update={"target": Decimal(programme.target)})
    return document.model_copy(update={"scoring": scoring})
