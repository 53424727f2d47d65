"""The real application in this process, on a SQLite file of its own, with what befalls a server."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session
from werkzeug.test import Client, EnvironBuilder

from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.fieldwork import planning
from evaluations.models import Evaluation, EvaluationState, Person, Role, VisitState
from evaluations.photos.store import PhotoStore, Size
from evaluations.reviewing import decisions
from shopper.app import create_app
from shopper.config import Config
from tests.builders import (
    a_document,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
    today_there,
)
from tests.shopper.browsing import visitor_of


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status, and the JSON, or None where it was none."""

    status: int
    json: Any = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a phone sends."""

    method: str
    address: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """A visit as its shopper was given it: whose, which, and the cookie by which the shopper is known."""

    visit: UUID
    eid: UUID
    vid: str
    shopper: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Backup:
    """The database as a file, and the photos that were there."""

    file: bytes
    photos: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds of one visit, row by row: a doubled one is there twice."""

    changes: list[tuple[str, str, str | None]]
    """Id, body, disposition."""
    photos: list[tuple[str, str]]
    heads: dict[str, list[str]]
    receipts: list[tuple[str, int]]
    """Part and round."""
    authors: set[str]

    @property
    def ids(self) -> set[str]:
        """The ids of all changes and photos."""
        return {id for id, *_rest in self.changes} | {id for id, _sha256 in self.photos}


class ServerDied(Exception):
    """The process ended just before it committed."""


class House:
    """One installation. Everything that phones send goes through the whole application."""

    def __init__(self, folder: Path, template: Path, visits: int = 2) -> None:
        self._folder = folder
        self._reader: sqlite3.Connection | None = None
        self._puts(template.read_bytes())
        config = Config(folder, f"sqlite:///{self.file}", "a secret for tests")
        self.engine = connect(config.database_url)
        event.listen(self.engine, "do_connect", self._connect)
        event.listen(self.engine, "commit", self._die_if_told)
        self.photos = PhotoStore(config.photos)
        self._backed_up = folder / "backed-up"
        """The photos that are in a backup only."""
        self._dies = False
        self.tally: Counter[int] = Counter()
        """How often each status was answered."""
        self.day = 0
        """How many days have passed, as the tests let them pass."""
        self.receipted: dict[str, int] = {}
        """The days of all receipts, by their digests; whether or not the answer reached anybody."""
        self.app = create_app(config, self.engine)
        self._client = Client(self.app, use_cookies=False)
        self.visits, self.editor = self._furnish(visits)
        self.pristine = self.backup()

    def _puts(self, database: bytes) -> None:
        """Go on with `database`, in a file that nothing of what went before can still have open."""
        self.file = self._folder / f"{uuid4().hex}.sqlite"
        self.file.write_bytes(database)

    def _connect(self, _dialect: object, _record: object, arguments: list[str], _more: object) -> None:
        """One engine for whichever file there is now: what it compiled once need not be again."""
        arguments[0] = str(self.file)

    def _furnish(self, visits: int) -> tuple[list[Given], UUID]:
        """Visits, each given to a shopper of its own who is signed in; and an editor who also schedules."""
        document = a_document(a_question("greeted"), a_question("warm", required=False))
        with Session(writing(self.engine)) as session:
            version, today = a_version(session, document), today_there()
            wave = a_wave(session, version=version, starts_on=today, ends_on=today)
            found = [an_evaluation(session, visit=a_visit(session, wave)) for _ in range(visits)]
            editor = a_person(session, Role.EDITOR, Role.SCHEDULER)
            vid = version.content_hash or ""
            people = [(one.visit_id, one.id, one.shopper_id) for one in found]
            editor_id = editor.id
            session.commit()
        given = [Given(visit, eid, vid, str(one), self._cookie(one)) for visit, eid, one in people]
        return given, editor_id

    def _cookie(self, shopper: UUID) -> str:
        visitor = visitor_of(self.app).signs_in(shopper)
        cookie = visitor.get_cookie("shopper")
        assert cookie is not None
        return f"shopper={cookie.value}"

    def answers(self, request: Request, *, cut: bool = False, dies_after: bool = False) -> Reply:
        """What the application makes of a request; of a `cut` one half of the body never comes.

        `dies_after`: the process ends as soon as the answer is on its way; an honest one has nothing left to do.
        """
        body = request.body[: len(request.body) // 2] if cut else request.body
        builder = EnvironBuilder(request.address, method=request.method, data=body, headers=request.headers)
        environ = builder.get_environ() | {"CONTENT_LENGTH": str(len(request.body))}
        response = self._client.open(environ)
        is_json = response.mimetype == "application/json"
        reply = Reply(response.status_code, json.loads(response.get_data()) if is_json else None)
        self.tally[reply.status] += 1
        if reply.status == 200 and isinstance(reply.json, dict) and "digest" in reply.json["data"]:
            self.receipted.setdefault(reply.json["data"]["digest"], self.day)
        self._dies = dies_after
        try:
            response.close()
        except ServerDied:
            assert dies_after
        finally:
            self._dies = False
        return reply

    def dies_at(self, request: Request) -> None:
        """The server ends while it works at `request`, just before it would commit; nobody gets an answer."""
        self._dies = True
        try:
            with suppress(ServerDied):  # it may commit something after the request's end, too
                self.answers(request)
        finally:
            self._dies = False

    def _die_if_told(self, _connection: Connection) -> None:
        if self._dies:
            raise ServerDied

    # ---- backups

    def backup(self) -> Backup:
        """The installation as it is now."""
        self._closes()
        return Backup(
            self.file.read_bytes(), frozenset(path.name for path in self._photo_folders(self.photos.root))
        )

    def is_restored(self, backup: Backup) -> None:
        """The installation is again as it was, with the photos that were there, whatever came and went since."""
        self._closes()
        self.file.unlink()
        self._puts(backup.file)
        for folder in self._photo_folders(self.photos.root):
            if not self._is_whole(folder.name):
                shutil.rmtree(folder)  # a whole one is in the backups
            elif folder.name not in backup.photos:
                self._moves(folder, self._backed_up)
        for folder in self._photo_folders(self._backed_up):
            if folder.name in backup.photos:
                self._moves(folder, self.photos.root)

    def loses_photos(self) -> None:
        """The folder of photos is gone, and nobody put it back; what backups hold of it is elsewhere."""
        for folder in self._photo_folders(self.photos.root):
            self._moves(folder, self._backed_up)

    def has_a_bad_disk(self, harm: int) -> None:
        """Of each photo a file is gone or cut to nothing; which, and how, `harm` says."""
        for folder in self._photo_folders(self.photos.root):
            whole = self._backed_up / folder.parent.name / folder.name
            if not whole.exists() and self._is_whole(folder.name):
                shutil.copytree(folder, whole)
            file = self.photos.files(folder.name)[harm % len(Size)]
            file.unlink(missing_ok=True)
            if harm // len(Size) % 2:
                file.touch()

    @staticmethod
    def _moves(folder: Path, to: Path) -> None:
        there = to / folder.parent.name / folder.name
        if there.exists():  # the same bytes, since the folder is named after them
            shutil.rmtree(folder)
            return
        there.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(there)

    def _closes(self) -> None:
        """Let go of the file, so that all of it is in one place."""
        self.engine.dispose()
        if self._reader:
            self._reader.close()
        self._reader = None

    @staticmethod
    def _photo_folders(root: Path) -> list[Path]:
        return list(root.glob("??/*"))

    # ---- the office

    def sends_back(self, given: Given) -> None:
        """An editor returns what was handed in, if anything was."""
        with self._office(given) as (session, evaluation, editor):
            if evaluation.state is EvaluationState.SUBMITTED:
                decisions.claim(session, evaluation, by=editor, at=now())
                decisions.send_back(session, evaluation, {"greeted": "By whom?"}, by=editor, at=now())

    def calls_off(self, given: Given) -> None:
        """A scheduler cancels the visit, if it is still to be made."""
        with self._office(given) as (session, evaluation, editor):
            is_open = VisitState.CANCELLED in evaluation.visit.state.next
            if is_open and EvaluationState.ABANDONED in evaluation.state.next:
                planning.cancel_visit(session, evaluation.visit, reason="Closed down", by=editor, at=now())

    @contextmanager
    def _office(self, given: Given) -> Iterator[tuple[Session, Evaluation, Person]]:
        with Session(writing(self.engine)) as session:
            yield session, session.get_one(Evaluation, given.eid), session.get_one(Person, self.editor)
            session.commit()

    # ---- what is there, read past the application

    def holds(self, given: Given) -> Held:
        """What another connection sees of a visit: only what was committed, and photos whose bytes are there."""
        eid = given.eid.hex
        self._reader = self._reader or sqlite3.connect(self.file)
        changes, photos, heads, receipts, authors = (
            self._reader.execute(query, [eid]).fetchall()
            for query in (
                "SELECT id, body, disposition FROM changes WHERE evaluation_id = ?",
                "SELECT id, sha256 FROM photos WHERE evaluation_id = ?",
                "SELECT register, heads FROM current_registers WHERE evaluation_id = ?",
                "SELECT part, round FROM submissions WHERE evaluation_id = ?",
                "SELECT DISTINCT author_id FROM changes WHERE evaluation_id = ?",
            )
        )
        return Held(
            [(str(UUID(id)), body, said) for id, body, said in changes],
            [(str(UUID(id)), sha256) for id, sha256 in photos if self._is_whole(sha256)],
            {name: json.loads(ids) for name, ids in heads},
            receipts,
            {str(UUID(author)) for (author,) in authors},
        )

    def _is_whole(self, sha256: str) -> bool:
        original, *others = self.photos.files(sha256)
        return (
            original.is_file()
            and hashlib.sha256(original.read_bytes()).hexdigest() == sha256
            and all(file.is_file() and file.read_bytes() for file in others)
        )
