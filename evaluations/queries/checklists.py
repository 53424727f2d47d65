"""What designers and schedulers read of checklists: the list, the draft, the versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, undefer

from evaluations import access
from evaluations.errors import NotFound
from evaluations.models import Checklist, Person, Programme, Role, Version, Wave, Withdrawal
from evaluations.queries.usage import Use, uses


@dataclass(frozen=True, slots=True)
class Listed:
    """A checklist as the list shows it: its draft, its newest published version, or both."""

    checklist: Checklist
    draft: Version | None
    published: Version | None


@dataclass(frozen=True, slots=True)
class Published:
    """A published version as its checklist's page shows it."""

    version: Version
    use: Use


def listed(session: Session, reader: Person) -> list[Listed]:
    """Every checklist that `reader` sees, by name, with its draft and its newest version."""
    checklists = session.scalars(
        access.checklists(reader)
        .where(Checklist.archived_at.is_(None))
        .order_by(func.lower(Checklist.name), Checklist.id)
    ).all()
    versions = session.scalars(
        _versions(reader)
        .order_by(Version.number)
        .options(joinedload(Version.saved_by), joinedload(Version.withdrawal))
    ).all()
    drafts = {version.checklist_id: version for version in versions if version.is_draft}
    published = {version.checklist_id: version for version in versions if not version.is_draft}
    return [Listed(each, drafts.get(each.id), published.get(each.id)) for each in checklists]


def checklist(session: Session, checklist_id: UUID, *, reader: Person) -> Checklist:
    """One checklist, or `NotFound`."""
    return access.get(session, access.checklists(reader), Checklist, checklist_id)


def draft(session: Session, checklist_id: UUID, *, reader: Person) -> Version | None:
    """The draft of a checklist with its document, as it stands now; None where it has none."""
    return session.scalars(
        _versions(reader)
        .where(Version.checklist_id == checklist_id, Version.published_at.is_(None))
        .options(undefer(Version.document), joinedload(Version.checklist), joinedload(Version.saved_by))
        .execution_options(populate_existing=True)
    ).one_or_none()


def drafts(session: Session, reader: Person) -> list[Version]:
    """The drafts of all checklists in use with their documents, what was saved last comes first."""
    query = (
        _versions(reader)
        .join(Version.checklist)
        .where(Version.published_at.is_(None), Checklist.archived_at.is_(None))
        .options(undefer(Version.document), contains_eager(Version.checklist), joinedload(Version.saved_by))
        .order_by(Version.saved_at.desc(), Version.id.desc())
    )
    return list(session.scalars(query))


def version(session: Session, checklist_id: UUID, number: int, *, reader: Person) -> Version:
    """A published version with its document, or `NotFound`."""
    found = session.scalars(
        _versions(reader)
        .where(
            Version.checklist_id == checklist_id,
            Version.number == number,
            Version.published_at.is_not(None),
        )
        .options(
            undefer(Version.document),
            joinedload(Version.checklist),
            joinedload(Version.published_by),
            _with_withdrawal(),
        )
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def newest(session: Session, checklist_id: UUID, *, reader: Person) -> Version:
    """The newest wording of a checklist that is in use: published and not withdrawn, else its draft."""
    versions = _versions(reader).where(Version.checklist_id == checklist_id, ~Version.withdrawal.has())
    found = session.scalars(
        versions.order_by(Version.published_at.is_(None), Version.number.desc())
        .limit(1)
        .options(undefer(Version.document), joinedload(Version.checklist))
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def names_picture(session: Session, checklist_id: UUID, sha256: str, *, reader: Person) -> bool:
    """Whether a version of the checklist that `reader` sees names this picture; the draft is for designers alone."""
    query = _versions(reader).where(
        Version.checklist_id == checklist_id, Version.document.contains(f'"{sha256}"', autoescape=True)
    )
    if not reader.may_act_as(Role.DESIGNER):
        query = query.where(Version.published_at.is_not(None))
    return session.scalars(query.with_only_columns(Version.id).limit(1)).first() is not None


def published(session: Session, checklist_id: UUID, *, reader: Person) -> list[Published]:
    """The published versions of a checklist, the newest first, with what became of each."""
    found = session.scalars(
        _versions(reader)
        .where(Version.checklist_id == checklist_id, Version.published_at.is_not(None))
        .options(joinedload(Version.published_by), _with_withdrawal())
        .order_by(Version.number.desc())
    ).all()
    used = uses(session, checklist_id)
    return [Published(version, used.get(version.id, Use())) for version in found]


def wordings(session: Session, checklist_id: UUID, *, reader: Person) -> dict[int, Version]:
    """Every version of a checklist by its number, with its document; of the draft only what a designer may see."""
    query = (
        _versions(reader)
        .where(Version.checklist_id == checklist_id)
        .options(undefer(Version.document), joinedload(Version.withdrawal))
    )
    if not reader.may_act_as(Role.DESIGNER):
        query = query.where(Version.published_at.is_not(None))
    return {version.number: version for version in session.scalars(query.order_by(Version.number))}


def allowed_minutes(session: Session, checklist_id: UUID) -> list[tuple[str, int]]:
    """The programmes with waves on this checklist that say how long a visit may take: name and minutes."""
    query = (
        select(Programme.name, Programme.longest_minutes)
        .join(Programme.waves)
        .join(Wave.version)
        .where(Version.checklist_id == checklist_id, Programme.longest_minutes.is_not(None))
        .distinct()
        .order_by(Programme.longest_minutes, Programme.name)
    )
    return [(name, limit) for name, limit in session.execute(query) if limit is not None]


def _with_withdrawal() -> Any:
    return joinedload(Version.withdrawal).joinedload(Withdrawal.withdrawn_by)


def _versions(reader: Person) -> Select[Version]:
    visible = access.checklists(reader).with_only_columns(Checklist.id)
    return select(Version).where(Version.checklist_id.in_(visible))
