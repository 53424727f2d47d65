"""Whatever a client gets of the demo agency: no word of it tells who a shopper was, nor what is internal.

One pass over one copy of the demo. Whoever makes another kind of artefact for clients adds its reader to `ARTEFACTS`.
"""

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter

from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.document import canonical
from evaluations.document.tree import Kind
from evaluations.models import (
    Change,
    Evaluation,
    Export,
    ExportKind,
    ExportState,
    Location,
    Mail,
    Person,
    Remark,
    Report,
    ReportState,
    Review,
    Role,
    Scorecard,
    Version,
    Visit,
)
from evaluations.queries import capture, portal
from evaluations.reporting import exporting
from evaluations.reporting.exporting import Wanted
from shopper.app import settle
from shopper.config import Config
from shopper.mail.posting import FolderPost
from shopper.worker import Stores, Worker
from tests.made_demo import the_demo
from tests.shopper.browsing import Visitor, visitor_of

MOST_OF_A_KIND = 3
"""Pages of one address rule that are read for each reader: the newest."""
LEAST_LETTERS = 5
LEAST_TOLD = 30
"""Letters of an answer that nobody else gives by chance."""
WRITTEN = (Kind.SHORT_TEXT, Kind.NARRATIVE)
LINK = re.compile(r'(?:href|src)="(/portal[^"#]*)')
Told = Iterator[tuple[str, str]]
"""Where it stands, and what is said there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A demo agency of one's own, with those who read its results."""

    app: Flask
    config: Config
    session: Session
    readers: Sequence[Person]
    worker: Worker


@pytest.fixture
def scene(wandering: Flask, tmp_path: Path) -> Iterator[Scene]:
    made = the_demo()
    shutil.copy(made.instance / "shopper.db", tmp_path / "shopper.db")
    (tmp_path / "photos").symlink_to(made.photos)
    config = Config(
        instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'shopper.db'}", secret="for tests"
    )
    before, extensions = dict(wandering.config), dict(wandering.extensions)
    engine = connect(config.database_url)
    settle(wandering, config, engine)
    wandering.extensions.pop("scene", None)
    wandering.testing = True
    post = FolderPost(tmp_path / "mail", "Shopper <shopper@localhost>")
    with Session(engine, expire_on_commit=False) as session:
        readers = session.scalars(
            select(Person).where(Person.roles == frozenset({Role.CLIENT})).order_by(Person.email)
        )
        yield Scene(
            wandering,
            config,
            session,
            readers.all(),
            Worker(engine, Stores.of(config), post, address="http://x"),
        )
    engine.dispose()
    for kept, was in ((wandering.config, before), (wandering.extensions, extensions)):
        kept.clear()
        kept.update(was)


def pages(scene: Scene) -> Told:
    """Every page of the portal, as far as links lead, for every client user, and what its pictures carry."""
    for reader in scene.readers:
        visitor = visitor_of(scene.app).signs_in(reader)
        yield from _walk(visitor, scene.app.url_map.bind("localhost"), reader.email)


def _walk(visitor: Visitor, rules: MapAdapter, who: str) -> Told:
    waiting, seen, of_a_kind = ["/portal/"], {"/portal/"}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        rule, _values = rules.match(urlsplit(address).path, return_rule=True)
        of_a_kind[rule.rule] += 1
        if of_a_kind[rule.rule] > MOST_OF_A_KIND:
            continue
        answer = visitor.get(address)
        assert answer.status_code in (200, 303), address
        headers = " ".join(
            f"{name}: {unquote(value)}" for name, value in answer.headers if name != "Set-Cookie"
        )
        text = answer.get_data().decode("utf-8", "replace")
        answer.close()
        yield f"{address} of {who}", f"{headers}\n{text}"
        found = LINK.findall(text) if answer.mimetype == "text/html" else []
        fresh = [link.replace("&amp;", "&") for link in dict.fromkeys(found) if link not in seen]
        seen.update(found)
        waiting += fresh


def reports(scene: Scene) -> Told:
    """The newest PDF of each client, with its title and its metadata; its pictures are those of the pages."""
    for card in _newest(scene):
        body = scene.worker.stores.reports.open(_made(scene, card).sha256 or "").read_bytes()
        yield from _of_pdf(f"report of {card.evaluation_id}", body)


def _newest(scene: Scene) -> list[Scorecard]:
    found = []
    for reader in _of_each_client(scene):
        row = portal.visits(scene.session, reader).rows[0]
        found.append(portal.scorecard(scene.session, reader, row.evaluation_id))
    return found


def _of_each_client(scene: Scene) -> list[Person]:
    """One reader of each client, who sees all of it."""
    whole = [reader for reader in scene.readers if not reader.areas and not reader.locations]
    return list({reader.client_id: reader for reader in whole}.values())


def _made(scene: Scene, card: Scorecard) -> Report:
    query = select(Report).where(Report.scorecard_id == card.id, Report.state == ReportState.READY)
    return scene.session.scalars(query).first() or pytest.fail(f"no report of {card.id}")


def _of_pdf(name: str, body: bytes) -> Told:
    document = pypdfium2.PdfDocument(body)
    try:
        yield name, " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(body)) as opened:
        yield f"metadata of {name}", f"{opened.docinfo} {opened.open_metadata()}"


def exports(scene: Scene) -> Told:
    """Each kind of file that is taken away: its name, the names in it, and its contents."""
    for export in scene.session.scalars(select(Export).where(Export.state == ExportState.READY)):
        body = scene.worker.stores.exports.open(export.sha256 or "").read_bytes()
        name = f"{export.kind} {export.file_name}"
        yield name, export.file_name
        if export.kind is ExportKind.WORKBOOK:
            yield from _of_workbook(name, body)
        elif export.kind is ExportKind.LOCATION_REPORT:
            yield from _of_pdf(name, body)
        else:
            yield from _of_archive(name, body)


def _of_archive(name: str, body: bytes) -> Told:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        yield f"comment of {name}", archive.comment.decode("latin-1")
        for member in archive.infolist():
            yield f"names in {name}", f"{member.filename} {member.comment!r} {member.extra!r}"
            if not member.filename.endswith(".pdf"):  # those are the reports that were read already
                yield f"{member.filename} in {name}", archive.read(member).decode("utf-8-sig")


def _of_workbook(name: str, body: bytes) -> Told:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    for sheet in book.sheet_names:
        yield (
            f"{sheet} of {name}",
            "\n".join(" ".join(map(str, row)) for row in book.get_sheet_by_name(sheet).to_python()),
        )
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for part in parts.namelist():
            if part.startswith("docProps"):
                yield f"{part} of {name}", parts.read(part).decode()


def mails(scene: Scene) -> Told:
    """Every mail to a client user, as it was written and as it went out."""
    ids = [reader.id for reader in scene.readers]
    for mail in scene.session.scalars(select(Mail).where(Mail.person_id.in_(ids))):
        yield f"mail {mail.subject}", f"{mail.subject}\n{mail.text}"
    for file in sorted((scene.config.instance / "mail").glob("*.eml")):
        yield f"sent {file.name}", file.read_text(errors="replace")


ARTEFACTS: tuple[Callable[[Scene], Told], ...] = (pages, reports, exports, mails)


def secrets(session: Session) -> dict[str, str]:
    """Every word that no client may read, in small letters, with what it is."""
    found: dict[str, str] = {}
    addresses = session.execute(select(Location.name, Location.address, Location.city))
    places = {word.lower() for row in addresses for text in row for word in re.findall(r"\w+", text)}
    for person in session.scalars(select(Person).where(Person.roles == frozenset({Role.SHOPPER}))):
        local, _at, _domain = person.email.partition("@")
        parts = [part for part in person.name.split() if part.lower() not in places]
        for word in (person.name, *parts, person.email, str(person.id), person.id.hex):
            found[word] = f"shopper {person.name}"
        if not local.isalpha():  # "shopper" alone is a word of ours
            found[local] = f"shopper {person.name}"
    found |= {
        str(device): "a shopper's device" for device in session.scalars(select(Change.device_id).distinct())
    }
    found |= dict.fromkeys(session.scalars(select(Remark.text)), "a remark")
    found |= dict.fromkeys(session.scalars(select(Review.note)), "an editor's note")
    found |= dict.fromkeys(session.scalars(select(Visit.note)), "a note to the shopper")
    return {
        word.lower(): what
        for word, what in (found | _internal(session)).items()
        if len(word) >= LEAST_LETTERS
    }


def _internal(session: Session) -> dict[str, str]:
    """What internal questions ask, and what was answered to them in words."""
    found: dict[str, str] = {}
    for version in session.scalars(select(Version)):
        document = canonical.read(version.document)
        hidden = [question for question in document.questions() if question.internal]
        for question in hidden:
            found |= dict.fromkeys((*question.text.values(), *question.help.values()), "an internal question")
        if not hidden:
            continue
        for evaluation in session.scalars(select(Evaluation).where(Evaluation.version_id == version.id)):
            contents = capture.contents(session, evaluation)
            for question in hidden:
                answer = contents.answers.get(question.key)
                told = [contents.comments.get(question.key, "")]
                if answer is not None and question.kind in WRITTEN:
                    told.append(str(answer.value or ""))
                long = [text for text in told if len(text) >= LEAST_TOLD]
                found |= dict.fromkeys(long, "what was answered to an internal question")
    return found


def says(text: str, word: str) -> bool:
    """Whether the word stands in the text as a word; looking for it plainly first is a hundred times quicker."""
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def make_internal(session: Session) -> None:
    """Let the story of every checklist be internal, or else its first text: the demo has nothing internal."""
    for version in session.scalars(select(Version)):
        document = canonical.read(version.document)
        asked = [question for question in document.questions() if question.kind in WRITTEN]
        key = min(asked, key=lambda question: question.kind is not Kind.NARRATIVE).key
        touchpoints = tuple(
            touchpoint.model_copy(
                update={
                    "questions": tuple(
                        question.model_copy(update={"internal": question.key == key})
                        for question in touchpoint.questions
                    )
                }
            )
            for touchpoint in document.touchpoints
        )
        text = canonical.write(document.model_copy(update={"touchpoints": touchpoints}))
        session.execute(update(Version).where(Version.id == version.id).values(document=text))


def owe(scene: Scene) -> None:
    """Have made what is taken away: for each client the newest visit's report and its location in every form."""
    with Session(writing(scene.session.get_bind())) as session:
        make_internal(session)
        session.execute(delete(Report).where(Report.state != ReportState.READY))
        for number, reader in enumerate(_of_each_client(scene)):
            person = session.get_one(Person, reader.id)
            row = portal.visits(session, person).rows[0]
            card = portal.scorecard(session, person, row.evaluation_id)
            visit = card.evaluation.visit
            wanted = Wanted(language=reader.language, wave=visit.wave_id, location=visit.location_id)
            for kind in ExportKind if number == 0 else (ExportKind.ARCHIVE, ExportKind.WORKBOOK):
                exporting.ask(session, kind, wanted, by=person, file_name=f"{row.location}.{kind}", at=now())
        session.commit()
    while scene.worker.do_next():
        continue
    scene.session.rollback()  # what it read before is another time


def test_nothing_that_a_client_gets_tells_of_a_shopper_or_of_what_is_internal(scene: Scene) -> None:
    owe(scene)
    hidden = secrets(scene.session)
    kinds = Counter(what.partition(" ")[0] for what in hidden.values())
    assert kinds["shopper"] > 30
    assert min(kinds["an"], kinds["what"]) > 3
    read, told = Counter[str](), []
    for artefact in ARTEFACTS:
        for where, text in artefact(scene):
            read[artefact.__name__] += 1
            small = text.lower()
            told += [f"{where}: {what} ({word})" for word, what in hidden.items() if says(small, word)]
    assert sorted(set(told)) == []
    assert {name: count > 3 for name, count in read.items()} == {one.__name__: True for one in ARTEFACTS}
