"""Drafts: the one wording of a checklist that may still change, saved as a whole under an optimistic lock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from evaluations import audit
from evaluations.designing import history
from evaluations.designing.comparing import differences
from evaluations.designing.keys import question_keys, touchpoint_keys
from evaluations.designing.library import default_script
from evaluations.document import canonical
from evaluations.document.tree import Document, Kind, Language, Wording
from evaluations.errors import Conflict, Invalid
from evaluations.models import Beginning, Checklist, Dismissal, Person, Version
from evaluations.photos import pictures

LONGEST_NAME = 120


TITLE_OF_THE_STORY: Wording = {"en": "Store visit", "es": "Visita a una tienda"}
"""What shoppers read above the ready story in a language in which nobody has named it yet."""


def blank(name: str, languages: tuple[Language, ...], said_in: str = "") -> Document:
    """A document with a title, in the language that it is `said_in` or else its first, and nothing else."""
    return Document(title=_titled(name, languages, said_in), languages=languages)


def scripted(
    name: str, languages: tuple[Language, ...], said_in: str = "", *, afterwards: bool = False
) -> Document:
    """A document that holds the library's default script: the story of a visit to a store, and of the days after it."""
    others = {each: TITLE_OF_THE_STORY[each] for each in languages}
    title = others | _titled(name, languages, said_in)
    touchpoints = default_script(afterwards=afterwards)
    return Document(title=title, languages=languages, touchpoints=touchpoints)


def _titled(name: str, languages: tuple[Language, ...], said_in: str) -> Wording:
    return {next((each for each in languages if each == said_in), languages[0]): name}


def start(session: Session, name: str, document: Document, *, by: Person, at: datetime) -> Version:
    """A new checklist whose first draft is `document`; gives that draft."""
    pictures.refuse_missing(session, document)
    checklist = Checklist(name=_sound_name(name), created_at=at, created_by_id=by.id)
    draft = Version(checklist=checklist, number=1, document=sound_text(document))
    draft.saved_at, draft.saved_by = at, by
    session.add_all([checklist, draft])
    audit.record(session, "checklist.started", checklist, by=by, at=at, name=checklist.name)
    return draft


def rename(session: Session, checklist: Checklist, name: str, *, by: Person, at: datetime) -> None:
    """Give the checklist another name in the office; its title, which shoppers read, is in the document."""
    before, checklist.name = checklist.name, _sound_name(name)
    if before != checklist.name:
        audit.record(
            session, "checklist.renamed", checklist, by=by, at=at, before=before, after=checklist.name
        )


def open_draft(session: Session, checklist: Checklist, *, by: Person, at: datetime) -> Version:
    """The checklist's draft; where it has none, a new one that starts as a copy of the newest version in use.

    Where every version is withdrawn none is opened by itself: one of them is restored knowingly.
    """
    # Two designers who open one at once get the same.
    session.refresh(checklist, with_for_update={"of": Checklist})
    newest = _newest(session, checklist.id)
    if newest.is_draft:
        return newest
    begun_from = newest_in_use(session, checklist)
    if begun_from is None:
        raise Conflict("version_is_withdrawn", number=newest.number)
    return _copied(session, begun_from, newest.number + 1, by=by, at=at)


def newest_in_use(session: Session, checklist: Checklist) -> Version | None:
    """The newest published version that is not withdrawn: what the next draft begins as a copy of."""
    return session.scalars(
        select(Version)
        .where(
            Version.checklist_id == checklist.id, Version.published_at.is_not(None), ~Version.withdrawal.has()
        )
        .order_by(Version.number.desc())
        .limit(1)
        .options(undefer(Version.document))
    ).one_or_none()


def _newest(session: Session, checklist_id: UUID) -> Version:
    return session.scalars(
        select(Version)
        .where(Version.checklist_id == checklist_id)
        .order_by(Version.number.desc())
        .limit(1)
        .options(undefer(Version.document))
    ).one()


def _copied(session: Session, version: Version, number: int, *, by: Person, at: datetime) -> Version:
    draft = Version(
        checklist=version.checklist, number=number, document=version.document, based_on=version.number
    )
    draft.saved_at, draft.saved_by = at, by
    session.add(draft)
    audit.record(session, "draft.opened", draft, by=by, at=at, copied_from=version.content_hash)
    return draft


def restore(
    session: Session, version: Version, *, knowingly: bool = False, by: Person, at: datetime
) -> Version:
    """A new draft that says what the published `version` says; refused while another draft is open.

    One that is withdrawn is restored `knowingly` or not at all.
    """
    session.refresh(version.checklist, with_for_update={"of": Checklist})
    newest = _newest(session, version.checklist_id)
    if newest.is_draft:
        raise Conflict("draft_is_open", number=newest.number)
    if version.withdrawal is not None and not knowingly:
        raise Conflict("version_is_withdrawn", number=version.number)
    return _copied(session, version, newest.number + 1, by=by, at=at)


def lock(session: Session, draft: Version) -> None:
    """Let nobody else save `draft` until this transaction ends, and read it as it stands now."""
    session.refresh(draft, with_for_update={"of": Version})


def hold(session: Session, draft: Version, edition: int) -> None:
    """Lock the draft's row and make sure that it is still a draft, and the edition that was seen."""
    lock(session, draft)
    if not draft.is_draft:
        raise Conflict("version_is_published", number=draft.number)
    if draft.edition != edition:
        raise Conflict("draft_changed", who=draft.saved_by.name, when=draft.saved_at)


def save(
    session: Session, draft: Version, document: Document, edition: int, *, by: Person, at: datetime
) -> bool:
    """Keep `document` as the draft's new edition, and say whether there was anything to keep.

    `edition` is the one that the change was made on: when somebody saved meanwhile it is refused
    with `draft_changed`, which says who and when, and nothing is overwritten. A picture that is not
    here is refused by its name. The save can be undone; while somebody goes on in the same place it
    stays one step, and one entry in the audit trail.
    """
    hold(session, draft, edition)
    text = sound_text(document)
    if text == draft.document:
        return False
    pictures.refuse_missing(session, document)
    before = canonical.read(draft.document)
    is_going_on = history.remember(session, draft, before, document, by=by, at=at)
    replace(draft, text, by=by, at=at)
    if not is_going_on:
        changes = changes_between(before, document)
        audit.record(session, "draft.saved", draft, by=by, at=at, edition=draft.edition, changes=changes)
    return True


def replace(draft: Version, text: str, *, by: Person, at: datetime) -> None:
    """Put `text`, which is sound, in place of what the held draft says, as its next edition."""
    draft.document, draft.edition = text, draft.edition + 1
    draft.saved_at, draft.saved_by = at, by


def changes_between(before: Document, after: Document) -> Any:
    """What differs, as the audit trail tells it."""
    return [change.as_json() for change in differences(before, after)]


def discard(session: Session, draft: Version, edition: int, *, by: Person, at: datetime) -> None:
    """Remove a draft; a checklist that was never published goes with it."""
    hold(session, draft, edition)
    checklist = draft.checklist
    last = draft.number == 1
    audit.record(
        session, "draft.discarded", checklist, by=by, at=at, number=draft.number, document=draft.document
    )
    history.forget(session, draft)
    session.delete(draft)
    session.flush()
    if last:
        session.execute(delete(Beginning).where(Beginning.checklist_id == checklist.id))
        session.execute(delete(Dismissal).where(Dismissal.checklist_id == checklist.id))
        session.delete(checklist)


def kinds_given(session: Session, checklist: Checklist) -> dict[str, Kind]:
    """The kind of every question key in the published versions: what a key may never change."""
    texts = session.scalars(
        select(Version.document)
        .where(Version.checklist_id == checklist.id, Version.published_at.is_not(None))
        .order_by(Version.number.desc())
    )
    return {question.key: question.kind for text in texts for question in canonical.read(text).questions()}


def keys_given(session: Session, checklist: Checklist) -> frozenset[str]:
    """Every key of a question or a touchpoint in the published versions: what nothing else may be called by again.

    Results are compared over the waves by these keys, those of touchpoints like those of questions.
    """
    texts = session.scalars(
        select(Version.document).where(
            Version.checklist_id == checklist.id, Version.published_at.is_not(None)
        )
    )
    documents = [canonical.read(text) for text in texts]
    return frozenset().union(*(question_keys(document) | touchpoint_keys(document) for document in documents))


def sound_text(document: Document) -> str:
    """`document` as it is stored; whatever made it, nothing is that could not be read again."""
    text = canonical.write(document)
    canonical.read(text)
    return text


def _sound_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("checklist_without_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("checklist_name_too_long", field="name", limit=LONGEST_NAME)
    return name
