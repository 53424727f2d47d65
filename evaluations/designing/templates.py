"""Templates: whole checklists to begin others with, for whichever client, each with its versions.

What belongs to a client is kept as it stands; texts that name one are told, so that somebody may look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import drafting, drafts, keeping, texts
from evaluations.designing.texts import Text
from evaluations.document import canonical
from evaluations.document.tree import Document, Language
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import Beginning, Person, Template, TemplateVersion, Version
from evaluations.photos import pictures

MOST = 200
LONGEST_DESCRIPTION = 500


def document_of(template: Template) -> Document:
    """The checklist that `template` holds."""
    return canonical.read(template.document)


def document_for(document: Document, languages: Sequence[Language]) -> Document:
    """`document` in these languages alone; what is said in others stays behind."""
    if not languages:
        raise Invalid("template_without_language", field="languages")
    said = texts.spoken(document, languages)
    fields = {name: getattr(said, name) for name in Document.model_fields}
    return drafting.changed(document, **fields | {"languages": tuple(languages)})


def keep(
    session: Session, name: str, document: Document, *, description: str = "", by: Person, at: datetime
) -> Template:
    """A new template that holds `document`; refused when the name is taken or there are too many."""
    pictures.refuse_missing(session, document)
    template = Template(document=canonical.write(document), description=_sound(description))
    keeping.add(session, template, name, most=MOST, by=by, at=at)
    audit.record(session, "template.saved", template, by=by, at=at, name=template.name)
    return template


def replace(
    session: Session, template: Template, document: Document, edition: int, *, by: Person, at: datetime
) -> bool:
    """Make `document` the next version of `template`, of which `edition` was seen, and say whether it differs."""
    keeping.hold(session, template, edition)
    pictures.refuse_missing(session, document)
    if keeping.put(session, template, canonical.write(document), by=by, at=at) is None:
        return False
    audit.record(session, "template.changed", template, by=by, at=at, number=template.number)
    return True


def bring_back(
    session: Session, template: Template, number: int, edition: int, *, by: Person, at: datetime
) -> bool:
    """Let `template`, of which `edition` was seen, say again what its version `number` says, as its next version."""
    return replace(session, template, earlier(session, template, number), edition, by=by, at=at)


def earlier(session: Session, template: Template, number: int) -> Document:
    """What version `number` of `template` says."""
    query = select(TemplateVersion.content).where(
        TemplateVersion.kept_id == template.id, TemplateVersion.number == number
    )
    content = session.scalar(query)
    if content is None:
        raise NotFound()
    return canonical.read(content)


def describe(
    session: Session,
    template: Template,
    name: str,
    description: str,
    edition: int,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Give `template` another name or description in the office."""
    keeping.hold(session, template, edition)
    was, description = template.description, _sound(description)
    before = keeping.rename(session, template, name, by=by, at=at)
    if was != description:
        template.description = description
        if before is None:
            keeping.changed(template, by, at)
    if before is not None or was != description:
        audit.record(
            session,
            "template.renamed",
            template,
            by=by,
            at=at,
            before={"name": before or template.name, "description": was},
            after={"name": template.name, "description": description},
        )


def archive(session: Session, template: Template, *, by: Person, at: datetime) -> None:
    """Take `template` out of the list; checklists that were begun with it stay as they are."""
    if keeping.archive(session, template, by=by, at=at):
        audit.record(session, "template.archived", template, by=by, at=at, name=template.name)


def restore(
    session: Session, template: Template, name: str | None = None, *, by: Person, at: datetime
) -> None:
    """Put an archived one back, if need be under another `name`; refused when that is taken or there are too many."""
    if told := keeping.restore(session, template, name, most=MOST, by=by, at=at):
        audit.record(session, "template.restored", template, by=by, at=at, **told)


def begin(
    session: Session,
    name: str,
    source: Template | Version,
    languages: Sequence[Language],
    *,
    by: Person,
    at: datetime,
) -> Version:
    """A new checklist that begins with what a template, or a version of another checklist, says."""
    if isinstance(source, Template) and source.archived_at is not None:
        raise Conflict("kept_is_archived", name=source.name)
    document = document_for(canonical.read(source.document), languages)
    draft = drafts.start(session, name, document, by=by, at=at)
    session.flush()
    called = source.name if isinstance(source, Template) else source.checklist.name
    session.add(
        Beginning(
            checklist_id=draft.checklist_id,
            template_id=source.id if isinstance(source, Template) else None,
            name=called,
            number=source.number,
        )
    )
    return draft


@dataclass(frozen=True, slots=True)
class Naming:
    """A text that names a client: where it stands, and what it says."""

    client: str
    where: Text
    language: Language

    @property
    def text(self) -> str:
        """What it says."""
        return self.where.wording[self.language]


def naming(document: Document, clients: Iterable[str]) -> tuple[Naming, ...]:
    """The texts of `document` in which one of these clients' names stands as a word, in journey order."""
    names = sorted({name.strip() for name in clients if name.strip()}, key=len, reverse=True)
    if not names:
        return ()
    sought = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    known = {name.casefold(): name for name in names}
    return tuple(
        Naming(known.get(hit[1].casefold(), hit[1]), one, language)
        for one in texts.texts(document)
        for language, text in one.wording.items()
        if (hit := sought.search(text))
    )


def _sound(description: str) -> str:
    description = description.strip().replace("\r\n", "\n")
    if len(description) > LONGEST_DESCRIPTION:
        raise Invalid("text_too_long", field="description", longest=LONGEST_DESCRIPTION)
    return description
