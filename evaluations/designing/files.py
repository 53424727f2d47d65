"""Checklists from files and into files: our own JSON, and XLSForm workbooks."""

from __future__ import annotations

import io
import json
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from evaluations import audit
from evaluations.designing import drafting, drafts, unpacking
from evaluations.designing.depending import misplaced, named_in
from evaluations.designing.media import Media, file_of
from evaluations.designing.plain.table import is_table, read_table
from evaluations.designing.xlsform import reading, writing
from evaluations.designing.xlsform.findings import Finding
from evaluations.designing.xlsform.opening import open_workbook
from evaluations.designing.xlsform.reading import Reading
from evaluations.document import canonical
from evaluations.document.tree import Document, Language
from evaluations.errors import Invalid, NotFound, TooLarge
from evaluations.models import AuditEntry, Checklist, Person, Role, Version
from evaluations.photos import pictures
from evaluations.photos.store import PhotoStore, Size
from evaluations.tables.opening import open_table
from evaluations.tables.table import MEBIBYTE, MOST_BYTES, Table

IMPORTED = "checklist.imported"
LONGEST_FILE_NAME = 200
ENDINGS = frozenset({".json", ".xlsx"})


def read(body: bytes, file_name: str, *, language: Language, held: Container[str] = frozenset()) -> Reading:
    """The checklist in a file, or the faults for which there is none: JSON, an XLSForm, or a row per question.

    It may lie in a ZIP with its pictures beside it; `held` are the hashes of those that are kept already.
    `language` is that of the words of a workbook which does not say it. What is no such file at all is refused.
    """
    package = unpacking.unpack(body) if body.startswith(b"PK") else None
    if package is None:
        return _read(body, file_name, language, Media(held))
    media = Media(held, package.beside)
    found = _read(package.body, package.name, language, media)
    left_out = (Finding("file_left_out", column=name) for name in media.left_out)
    return replace(found, notes=(*found.notes, *left_out), pictures=media.drawn)


def _read(body: bytes, file_name: str, language: Language, media: Media) -> Reading:
    if len(body) > MOST_BYTES:
        raise TooLarge("file_too_large", limit=MOST_BYTES // MEBIBYTE)
    title = title_of(file_name)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _sound(canonical.read(body.removeprefix(b"\xef\xbb\xbf")), media)
    if not body.startswith(b"PK"):
        return _of_text(open_table(body), title, language)
    sheets = open_workbook(body)
    if any(sheet.name.strip().casefold() == "survey" for sheet in sheets):
        return reading.read(sheets, title=title, language=language, media=media)
    read = [(sheet.name, sheet.records) for sheet in sheets if sheet.records]
    if read and is_table(read[0][1][0][1]):
        return read_table(read[0][1], name=read[0][0], title=title, language=language)
    return Reading(None, (Finding("no_survey"),), ())


def _sound(document: Document, media: Media) -> Reading:
    """The checklist that a file of our own holds, unless a condition or a picture in it is not what it can be."""
    found = misplaced(drafting.in_journey_order(document))
    faults = [Finding(problem.code, values=named_in(problem, document)) for problem in found]
    for sha256 in pictures.named_in(document):
        try:
            media.hashed(sha256)
        except Invalid as refusal:
            faults.append(Finding(refusal.code, values=refusal.values))
    return Reading(None if faults else document, tuple(faults), ())


def _of_text(table: Table, title: str, language: Language) -> Reading:
    """What a text file with a row per question holds."""
    if not is_table(table.header):
        return Reading(None, (Finding("no_question_column"),), ())
    records = [(1, list(table.header)), *((row.number, list(row.cells)) for row in table.rows)]
    return read_table(records, name="", title=title, language=language)


def start(
    session: Session, name: str, found: Reading, *, file_name: str, by: Person, at: datetime
) -> Version:
    """A new checklist whose first draft is what was read; what was left out of the file is kept with it.

    The pictures that came along must be durable already.
    """
    if found.document is None:
        raise Invalid("file_has_faults", count=len(found.faults))
    pictures.record(session, found.pictures, by=by, at=at)
    draft = drafts.start(session, name, drafting.in_journey_order(found.document), by=by, at=at)
    notes = [note.as_json() for note in found.notes]
    audit.record(
        session,
        "checklist.imported",
        draft.checklist,
        by=by,
        at=at,
        file=file_name[:LONGEST_FILE_NAME],
        left_out=notes,
    )
    return draft


def notes_of(session: Session, checklist: Checklist) -> tuple[str, Sequence[Finding]] | None:
    """The file that a checklist came from, and what of it was left out; None where it came from none."""
    told = session.scalars(
        select(AuditEntry.details).where(AuditEntry.subject_id == checklist.id, AuditEntry.act == IMPORTED)
    ).first()
    if told is None:
        return None
    details = json.loads(told)
    return details["file"], [Finding.from_json(one) for one in details["left_out"]]


def designer(session: Session, email: str) -> Person:
    """The designer with this e-mail address, who may still sign in."""
    query = select(Person).where(Person.email == email.strip().lower(), Person.is_active)
    found = session.scalars(query).one_or_none()
    if found is None or not found.may_act_as(Role.DESIGNER):
        raise Invalid("no_such_designer", field="by", email=email)
    return found


def exported(
    session: Session, store: PhotoStore, checklist_id: UUID, number: int | None, *, file_name: str
) -> bytes:
    """A version of a checklist, the newest unless it is numbered, as the file that `file_name` says by its ending."""
    query = select(Version).where(Version.checklist_id == checklist_id).options(undefer(Version.document))
    if number is not None:
        query = query.where(Version.number == number)
    version = session.scalars(query.order_by(Version.number.desc()).limit(1)).one_or_none()
    if version is None:
        raise NotFound()
    ending = PurePath(file_name).suffix.lower()
    is_packed = ending == ".zip"
    if is_packed:
        ending = PurePath(file_name).with_suffix("").suffix.lower() or ".xlsx"
    if ending not in ENDINGS:
        raise Invalid("file_ending_unknown", ending=ending)
    document = canonical.read(version.document)
    if not is_packed and pictures.named_in(document):
        raise Invalid("checklist_has_pictures", ending=f"{ending}.zip")
    name = version.checklist.name
    body = (
        as_json(document) if ending == ".json" else as_workbook(document, name=name, version=version.number)
    )
    return packed(document, body, f"checklist{ending}", store) if is_packed else body


def packed(document: Document, body: bytes, name: str, store: PhotoStore) -> bytes:
    """The file `body` of `document` in a ZIP under this name, with its pictures beside it."""
    beside = {
        file_of(sha256): store.open(sha256, Size.ORIGINAL).read_bytes()
        for sha256 in pictures.named_in(document)
    }
    return unpacking.pack(name, body, beside)


def title_of(file_name: str) -> str:
    """The name of a file as a title: without its folder and ending."""
    stem = PurePath(file_name.replace("\\", "/").replace("\0", "")).stem.replace("_", " ")
    return (
        " ".join("".join(sign for sign in stem if sign.isprintable()).split())[: drafts.LONGEST_NAME]
        or "XLSForm"
    )


def template(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of these rows, the first being the heading of a table with a row per question."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        page.set_column(0, 5, 28)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
    return file.getvalue()


def as_json(document: Document) -> bytes:
    """`document` as our own JSON, from which it is read again exactly."""
    return canonical.write(document).encode()


def as_workbook(document: Document, *, name: str, version: int) -> bytes:
    """`document` as an XLSForm workbook, from which it is read again exactly."""
    form_id = "_".join(word for word in "".join(c if c.isalnum() else " " for c in name.lower()).split())
    return writing.workbook(document, form_id=form_id[:60] or "checklist", version=str(version))
