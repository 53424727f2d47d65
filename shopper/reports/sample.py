"""A visit that nobody made, to show how a client's reports will look: kept in a database in memory."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.answers import Answer, answered
from evaluations.document.tree import Document, Scoring, Touchpoint, YesNo
from evaluations.models import (
    Checklist,
    Client,
    CurrentRegister,
    Evaluation,
    EvaluationState,
    Location,
    Person,
    Photo,
    Programme,
    Role,
    Scorecard,
    Version,
    Visit,
    Wave,
    new_id,
)
from evaluations.models.base import Identified
from evaluations.photos.derivatives import derive
from evaluations.photos.store import Derived, PhotoStore
from evaluations.reviewing import filing
from evaluations.scoring import scorecard
from shopper.demo import pictures

NOON = datetime(2026, 3, 14, 11, tzinfo=UTC)
STAYED = timedelta(minutes=26)
Words = Mapping[str, Any]


def approved(
    session: Session, photos: PhotoStore, client: Client, language: str, **settled: Any
) -> Scorecard:
    """The scorecard of a released visit of `client`; `settled` is what its programme settles."""
    words = _words()
    document = _document(words)
    person = _kept(
        session, Person(email="x@x.example", name="x", roles=frozenset({Role.SHOPPER}), created_at=NOON)
    )
    _kept(session, client)
    programme = _kept(
        session, Programme(client_id=client.id, name=words["programme"][language], created_at=NOON, **settled)
    )
    location = _kept(session, _location(client, words))
    version = _kept(session, _version(session, document, person))
    before = _wave(session, programme, version, words["before"][language], date(2026, 2, 1))
    _result(session, document, _visited(session, before, location, person), _answers(words, "before"))
    wave = _wave(session, programme, version, words["wave"][language], date(2026, 3, 1))
    evaluation = _visited(session, wave, location, person)
    for register, value in _found(session, photos, client, evaluation, words, language).items():
        session.add(
            CurrentRegister(
                evaluation_id=evaluation.id, register=register, value=json.dumps(value), heads="[]"
            )
        )
    session.flush()
    return _result(session, document, evaluation, _answers(words))


@cache
def _words() -> Words:
    return tomllib.loads(Path(__file__).with_name("sample.toml").read_text(encoding="utf-8"))


def _questions(words: Words) -> dict[str, Words]:
    """Every question by its key."""
    asked = [question for touchpoint in words["touchpoints"] for question in touchpoint["questions"]]
    return {f"q{number}": question for number, question in enumerate(asked, start=1)}


def _answers(words: Words, when: str = "answer") -> dict[str, Answer]:
    return {key: answered(question.get(when, "yes")) for key, question in _questions(words).items()}


def _document(words: Words) -> Document:
    keys = iter(_questions(words))
    touchpoints = tuple(
        Touchpoint(
            key=f"t{number}",
            name=one["name"],
            phase=one.get("phase", "during"),
            questions=tuple(YesNo(key=next(keys), text=question["text"]) for question in one["questions"]),
        )
        for number, one in enumerate(words["touchpoints"], start=1)
    )
    return Document(
        title=words["title"],
        languages=("en", "es"),
        touchpoints=touchpoints,
        scoring=Scoring(target=Decimal(80)),
    )


def _found(
    session: Session, photos: PhotoStore, client: Client, evaluation: Evaluation, words: Words, language: str
) -> dict[str, Any]:
    """Every register of the visit with its value."""
    found: dict[str, Any] = {
        f"answer:{key}": answer.model_dump(mode="json") for key, answer in _answers(words).items()
    }
    left = NOON + STAYED
    found |= {"visit:check_in": {"at_ms": _ms(NOON)}, "visit:check_out": {"at_ms": _ms(left)}}
    for key, question in _questions(words).items():
        if "comment" in question:
            found[f"comment:{key}"] = question["comment"][language]
        if "photo" in question:
            facts = _photo(session, photos, evaluation, question["photo"], client.name)
            found[f"photo:{facts['id']}"] = {"photo": facts, "question": key, "caption": ""}
    return found


def _photo(
    session: Session, photos: PhotoStore, evaluation: Evaluation, scene: str, sign: str
) -> dict[str, Any]:
    body, derived = _drawn(scene, sign.upper()[:12])
    described = {"mime": derived.mime, "width": derived.width, "height": derived.height}
    photo = Photo(
        id=new_id(),
        evaluation_id=evaluation.id,
        sent_by_id=evaluation.shopper_id,
        sha256=photos.put(body, derived.pictures),
        byte_count=len(body),
        received_at=NOON,
        **described,
    )
    session.add(photo)
    return {"id": str(photo.id), "sha256": photo.sha256, "bytes": len(body), "source": "camera", **described}


@lru_cache(maxsize=12)
def _drawn(scene: str, sign: str) -> tuple[bytes, Derived]:
    """A photo of a shop with this sign; drawing takes longer than the page."""
    body = pictures.draw(scene, sign, Random(scene))  # noqa: S311 - pictures
    return body, derive(body)


def _location(client: Client, words: Words) -> Location:
    where = {name: words[name] for name in ("address", "city")}
    name = words["location"]
    return Location(
        client_id=client.id, code="1", name=name, time_zone="Europe/Madrid", created_at=NOON, **where
    )


def _version(session: Session, document: Document, person: Person) -> Version:
    checklist = _kept(session, Checklist(name="x", created_at=NOON, created_by_id=person.id))
    text = canonical.write(document)
    return Version(
        checklist_id=checklist.id, number=1, document=text, content_hash=canonical.content_hash(text),
        saved_at=NOON, saved_by_id=person.id,
    )  # fmt: skip


def _wave(session: Session, programme: Programme, version: Version, name: str, starts_on: date) -> Wave:
    dates = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=27), "created_at": NOON}
    return _kept(session, Wave(programme_id=programme.id, version_id=version.id, name=name, **dates))


def _visited(session: Session, wave: Wave, location: Location, person: Person) -> Evaluation:
    window = {"window_from": wave.starts_on, "window_to": wave.ends_on, "created_at": NOON}
    visit = _kept(session, Visit(wave_id=wave.id, location_id=location.id, **window))
    dates = dict.fromkeys(("created_at", "visited_at", "submitted_at", "approved_at", "released_at"), NOON)
    whose = {"visit_id": visit.id, "shopper_id": person.id, "version_id": wave.version_id}
    return _kept(session, Evaluation(state=EvaluationState.RELEASED, **whose, **dates))


def _result(
    session: Session, document: Document, evaluation: Evaluation, answers: Mapping[str, Answer]
) -> Scorecard:
    card = filing.file(session, evaluation, scorecard.score(document, answers), at=NOON)
    card.released_at = NOON
    session.flush()
    return card


def _kept(session: Session, thing: Identified) -> Any:
    thing.id = thing.id or new_id()
    session.add(thing)
    session.flush()
    return thing


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
