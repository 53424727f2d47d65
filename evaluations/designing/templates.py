"""Templates: whole checklists to begin others with, for whichever client, each with its versions.

What belongs to a client is kept as it stands; texts that name one are told, so that somebody may look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import drafting, drafts, keeping
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Language, Wording
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
    spoken = tuple(languages)
    touchpoints = tuple(
        touchpoint.model_copy(
            update={"questions": tuple(_spoken(question, spoken) for question in touchpoint.questions)}
            | _wordings(touchpoint, spoken)
        )
        for touchpoint in document.touchpoints
    )
    whole = _wordings(document, spoken) | {"languages": spoken, "touchpoints": touchpoints}
    return drafting.changed(document, **whole)


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
    touchpoint: str | None
    question: str | None
    field: str
    language: Language
    text: str


def naming(document: Document, clients: Iterable[str]) -> tuple[Naming, ...]:
    """The texts of `document` in which one of these clients' names stands as a word, in journey order."""
    names = sorted({name.strip() for name in clients if name.strip()}, key=len, reverse=True)
    if not names:
        return ()
    sought = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    known = {name.casefold(): name for name in names}
    return tuple(
        Naming(known.get(hit[1].casefold(), hit[1]), touchpoint, question, field, language, text)
        for touchpoint, question, field, wording in texts_of(document)
        for language, text in wording.items()
        if (hit := sought.search(text))
    )


def texts_of(document: Document) -> Iterator[tuple[str | None, str | None, str, Wording]]:
    """Every wording with the touchpoint and the question in which it stands, and its field."""
    for field, wording in _all_wordings(document):
        yield None, None, field, wording
    for touchpoint in document.touchpoints:
        for field, wording in _all_wordings(touchpoint):
            yield touchpoint.key, None, field, wording
        for question in touchpoint.questions:
            for field, wording in _all_wordings(question):
                yield touchpoint.key, question.key, field, wording
            for field in NESTED:
                for part in getattr(question, field, ()):
                    for _field, wording in _all_wordings(part):
                        yield touchpoint.key, question.key, field, wording


WORDINGS = (
    *("title", "briefing", "name", "guidance", "text", "help"),
    *("lo_text", "hi_text", "constraint_message", "unit", "caption"),
)
"""The fields of a document's parts that hold a wording per language."""
NESTED = ("options", "pictures")
"""The fields of a question whose parts have wordings of their own."""


def _all_wordings(part: object) -> Iterator[tuple[str, Wording]]:
    for field in WORDINGS:
        if wording := getattr(part, field, None):
            yield field, wording


def _wordings(part: object, languages: Sequence[Language]) -> dict[str, Wording]:
    return {
        field: {language: text for language, text in wording.items() if language in languages}
        for field, wording in _all_wordings(part)
    }


def _spoken(question: AnyQuestion, languages: Sequence[Language]) -> AnyQuestion:
    update: dict[str, object] = dict(_wordings(question, languages))
    for field in NESTED:
        if parts := getattr(question, field, ()):
            update[field] = tuple(part.model_copy(update=_wordings(part, languages)) for part in parts)
    return question.model_copy(update=update)


def _sound(description: str) -> str:
    description = description.strip().replace("\r\n", "\n")
    if len(description) > LONGEST_DESCRIPTION:
        raise Invalid("text_too_long", field="description", longest=LONGEST_DESCRIPTION)
    return description
