"""Where something of the own library is used: the drafts and versions in which it stands, and which of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations import access
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.models import Beginning, Checklist, Kept, Person, Template, Version


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One draft or version in which something of the library stands, in one place or several."""

    checklist_id: UUID
    checklist: str
    number: int
    is_draft: bool
    touchpoint: str
    """The key of the first touchpoint in which it stands."""
    taken: tuple[int, ...]
    """The versions in which it was taken from the library."""


def of(session: Session, kept: Kept, *, reader: Person) -> list[Whereabouts]:
    """Every draft and version that holds `kept`, by checklist, the newest version first."""
    visible = access.checklists(reader).with_only_columns(Checklist.id)
    found = session.scalars(
        select(Version)
        .join(Version.checklist)
        .where(Version.checklist_id.in_(visible), Version.document.contains(str(kept.id)))
        .order_by(func.lower(Checklist.name), Checklist.id, Version.number.desc())
        .options(undefer(Version.document), contains_eager(Version.checklist))
    )
    return [one for version in found if (one := _in(version, str(kept.id)))]


def begun_with(session: Session, template: Template, *, reader: Person) -> list[tuple[Checklist, int]]:
    """The checklists that were begun with `template`, by name, each with the version that it was begun with."""
    rows = session.execute(
        access.checklists(reader)
        .join(Beginning, Beginning.checklist_id == Checklist.id)
        .where(Beginning.template_id == template.id)
        .order_by(func.lower(Checklist.name), Checklist.id)
        .add_columns(Beginning.number)
    )
    return [(row[0], row[1]) for row in rows]


def beginning(session: Session, checklist: Checklist) -> Beginning | None:
    """What a checklist was begun with; None where it was begun otherwise."""
    return session.get(Beginning, checklist.id)


def _in(version: Version, kept_id: str) -> Whereabouts | None:
    places = list(_places(canonical.read(version.document), kept_id))
    if not places:
        return None
    return Whereabouts(
        version.checklist_id,
        version.checklist.name,
        version.number,
        version.is_draft,
        places[0][0],
        tuple(sorted({number for _touchpoint, number in places})),
    )


def _places(document: Document, kept_id: str) -> Iterator[tuple[str, int]]:
    """The key of each touchpoint in which it stands as a whole thing, and the version that was taken."""
    for touchpoint in document.touchpoints:
        if touchpoint.origin is not None and touchpoint.origin.id == kept_id:
            yield touchpoint.key, touchpoint.origin.version
        for question in touchpoint.questions:
            if question.origin is not None and question.origin.id == kept_id and question.origin.key is None:
                yield touchpoint.key, question.origin.version
