"""Faults put in on purpose, on the phone and in the server: what does not notice them proves nothing.

A phone's fault is a `Handset` that does one thing wrong. A server's fault alters the application of one house.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from flask import Response, g, request
from sqlalchemy import Insert, select
from sqlalchemy.orm import Session

from evaluations.errors import Conflict
from evaluations.fieldwork import changes, projection, registers, submitting
from evaluations.models import Evaluation
from shopper import database
from shopper.field import owner, sync
from tests.faults.sync.air import Fate
from tests.faults.sync.handset import Handset
from tests.faults.sync.house import House, Reply, Request

ServerFault = Callable[[House, pytest.MonkeyPatch], None]


class DeletesOnSending(Handset):
    """It gives a change up when it has sent it, whatever the answer."""

    def sends_changes(self, fate: Fate = Fate.GOES) -> str:
        verdict = super().sends_changes(fate)
        sent = [id for id, record in self.storage.records.items() if record.sealed and record.mine]
        for id in sent:
            del self.storage.records[id]
        return verdict


class BelievesAnyPage(Handset):
    """It takes any answer with status 200 for a success."""

    def sends_a_photo(self, fate: Fate = Fate.GOES) -> str:
        due = [picture for picture in self.storage.pictures.values() if picture.state == "kept"]
        verdict = super().sends_a_photo(fate)
        if due and self.last is not None and self.last.status == 200:
            due[0].state = "acknowledged"
        return verdict


class ForgetsWhenCalledOff(Handset):
    """It throws the visit away when it is told that it is gone."""

    def fetches_package(self, fate: Fate = Fate.GOES) -> None:
        super().fetches_package(fate)
        if self.last is not None and self.last.status == 410:
            self.is_wiped()


class ForgetsWhenSignedOut(Handset):
    """It throws everything away when the session has ended."""

    def sends_changes(self, fate: Fate = Fate.GOES) -> str:
        verdict = super().sends_changes(fate)
        if verdict == "signed out":
            self.is_wiped()
        return verdict


class ReusesPhotoIds(Handset):
    """The second photo at a question takes the id of the first."""

    def photographs(self, key: str, body: bytes) -> str:
        before = list(self.storage.pictures.values())
        photo_id = super().photographs(key, body)
        if before:
            again = self.storage.pictures.pop(photo_id)
            again.id, self.taken[before[-1].id] = before[-1].id, again.sha256
            self.storage.pictures[again.id] = again
            del self.taken[photo_id]
        return photo_id


class SendsForAnybody(Handset):
    """It does not say whose work it sends."""

    def _carry(self, request: Request, fate: Fate) -> Reply | None:
        headers = {name: value for name, value in request.headers.items() if name != owner.HEADER}
        return super()._carry(Request(request.method, request.address, request.body, headers), fate)


class TellsOfNothing(Handset):
    """It never says what it holds, so that a restored server is not noticed."""

    def announces(self, _fate: Fate = Fate.GOES) -> str:
        return "accepted"


# ---- the server


def without_constraint(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing keeps a change from being stored twice."""

    class Trusting(Insert):
        inherit_cache = False

        def on_conflict_do_nothing(self, **_target: Any) -> Trusting:
            return self

    monkeypatch.setattr(changes, "insert_into", lambda _session, model: Trusting(model))
    house.engine.dispose()
    with closing(sqlite3.connect(house.file)) as connection:
        for order in (
            "CREATE TABLE loose AS SELECT * FROM changes",
            "DROP TABLE changes",
            "ALTER TABLE loose RENAME TO changes",
        ):
            connection.execute(order)
    house.pristine = house.backup()


def commits_afterwards(house: House, _monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers first, and commits when the answer is on its way."""

    def later(response: Response) -> Response:
        session = g.pop("session", None)
        if session is not None:
            commits = request.method not in database.SAFE and response.status_code < 400
            response.call_on_close(lambda: _end(session, commits))
        return response

    house.app.after_request_funcs[None].remove(database._commit)
    house.app.after_request_funcs[None].append(later)


def _end(session: Session, commits: bool) -> None:
    with session:
        if commits:
            session.commit()


def last_write_wins(_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What arrives last is the value, whoever saw what."""

    def fold(name: str, written: Any) -> registers.Register:
        return registers.fold(name, list(written)[-1:])

    monkeypatch.setattr(projection, "fold", fold)


def takes_from_anybody(_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not ask whose evaluation it is."""

    def any_evaluation(session: Any, _reader: Any, eid: Any) -> Evaluation:
        return session.scalars(select(Evaluation).where(Evaluation.id == eid)).one()

    monkeypatch.setattr(sync.queries, "own_evaluation", any_evaluation)


def conflicts_block_hand_in(_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """While two phones differ, nobody may hand in."""
    honest = submitting.open_items

    def refuse(evaluation: Any, found: Any, left_out: Any = ()) -> Any:
        if found.conflicts:
            raise Conflict("conflict")
        return honest(evaluation, found, left_out)

    monkeypatch.setattr(submitting, "open_items", refuse)
