"""Evaluations as they come to the review desk, made by the product's own ways in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from evaluations.fieldwork import changes, submitting
from evaluations.models import (
    CurrentRegister,
    Evaluation,
    EvaluationState,
    Person,
    Photo,
    PhotoBand,
    Role,
    Visit,
    new_id,
)
from evaluations.photos import likeness
from evaluations.reviewing import decisions
from tests.builders import NOON, a_person, an_evaluation

_seq = count(1)
DEVICE = UUID("7d444840-9dc0-41d1-b245-5ffdce74fad2")


def a_change(evaluation: Evaluation, register: str, kind: str, value: Any, **given: Any) -> dict[str, Any]:
    """One change as a phone sends it."""
    change = {
        "id": str(new_id()),
        "eid": str(evaluation.id),
        "vid": evaluation.version.content_hash,
        "did": str(DEVICE),
        "seq": next(_seq),
        "kind": kind,
        "register": register,
        "value": value,
        "base": [],
        "wall_ms": 1_773_489_600_000,
        "tz_min": 60,
    }
    return change | given


def says(session: Session, evaluation: Evaluation, register: str, kind: str, value: Any) -> dict[str, Any]:
    """Let the shopper's phone write `value` over what it sees in `register`."""
    (change,) = sends(session, evaluation, [(register, kind, value)])
    return change


def sends(
    session: Session, evaluation: Evaluation, written: Iterable[tuple[str, str, Any]]
) -> list[dict[str, Any]]:
    """Let the phone send a batch: of each a register, a kind and the value over what it sees there."""
    batch = []
    for register, kind, value in written:
        row = session.get(CurrentRegister, (evaluation.id, register))
        heads = json.loads(row.heads) if row else []
        batch.append(a_change(evaluation, register, kind, value, base=heads))
    if not batch:
        return []
    result = changes.store(session, evaluation, batch, by=evaluation.shopper, at=NOON)
    assert [one.outcome for one in result.results] == ["stored"] * len(batch), result
    return batch


def answers(session: Session, evaluation: Evaluation, found: Mapping[str, Any]) -> None:
    """Answer each question with a value, or with "na" or "not_observed" as states."""
    written = []
    for key, value in found.items():
        state = value if value in ("na", "not_observed") else "answered"
        body = {"state": state, "value": None if state != "answered" else value}
        written.append((f"answer:{key}", "answer.set", body))
    sends(session, evaluation, written)


def comments(session: Session, evaluation: Evaluation, found: Mapping[str, str]) -> None:
    """Comment on questions."""
    sends(session, evaluation, [(f"comment:{key}", "comment.set", text) for key, text in found.items()])


def a_photo(
    session: Session,
    evaluation: Evaluation,
    question: str | None = None,
    photo_id: UUID | None = None,
    *,
    source: str = "camera",
    alike: str | None = None,
    caption: str = "",
    sha256: str | None = None,
) -> Photo:
    """A photo at a question, its bytes only claimed to be here unless `sha256` names them."""
    photo_id, sha256 = photo_id or uuid4(), sha256 or f"{next(_seq):064x}"
    size = {"width": 800, "height": 600}
    described = {"id": str(photo_id), "sha256": sha256, "bytes": 1000, "mime": "image/jpeg", "source": source}
    says(
        session,
        evaluation,
        f"photo:{photo_id}",
        "photo.attach",
        {"photo": described | size, "question": question, "caption": caption},
    )
    photo = Photo(
        id=photo_id,
        evaluation_id=evaluation.id,
        sent_by_id=evaluation.shopper_id,
        sha256=sha256,
        byte_count=1000,
        mime="image/jpeg",
        received_at=NOON,
        **size,
        likeness=alike,
        bands=[PhotoBand(band=band) for band in likeness.bands(alike)],
    )
    session.add(photo)
    session.flush()
    return photo


def hand_in(session: Session, evaluation: Evaluation, *, at: datetime = NOON) -> Evaluation:
    """Hand the present round in."""
    sent = submitting.read(
        {
            "part": "visit",
            "round": evaluation.round,
            "manifest": {"did": str(DEVICE), "changes": [], "photos": []},
        }
    )
    submitting.submit(session, evaluation, uuid4(), sent, by=evaluation.shopper, at=at)
    return evaluation


def held_by(evaluation: Evaluation, editor: Person) -> Evaluation:
    """Put the evaluation under review by `editor`."""
    evaluation.state = EvaluationState.IN_REVIEW
    evaluation.claimed_by, evaluation.claimed_at = editor, NOON
    return evaluation


def released(
    session: Session,
    visit: Visit,
    found: Mapping[str, Any],
    *,
    told: Mapping[str, str] | None = None,
    photographed: Sequence[str] = (),
    at: datetime = NOON,
    **given: Any,
) -> Evaluation:
    """A visit whose answers were handed in, approved and released, with a photo at each question named."""
    evaluation = an_evaluation(session, visit=visit, visited_at=at, **given)
    answers(session, evaluation, found)
    comments(session, evaluation, told or {})
    for question in photographed:
        a_photo(session, evaluation, question)
    evaluation.visited_at = at
    editor = a_person(session, Role.EDITOR)
    decisions.claim(session, hand_in(session, evaluation, at=at), by=editor, at=at)
    decisions.approve(session, evaluation, by=editor, at=at, note="As far as it goes.")
    session.flush()
    return evaluation
