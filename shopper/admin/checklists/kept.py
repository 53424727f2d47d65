"""The versions of what the library keeps, each with what changed in it, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluations.document.tree import Document
from evaluations.models import KeptVersion
from shopper.admin.checklists.changes import Change, changes


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version, and what was done to the one before it."""

    version: KeptVersion
    changes: Sequence[Change]


def told_versions(
    versions: Sequence[KeptVersion], document_of: Callable[[str], Document]
) -> list[ToldVersion]:
    """`versions`, the newest first, each compared with the one before it."""
    documents = {each.number: document_of(each.content) for each in versions}
    return [
        ToldVersion(
            each,
            changes(documents[each.number - 1], documents[each.number])
            if each.number - 1 in documents
            else (),
        )
        for each in versions
    ]
