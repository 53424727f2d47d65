"""One evaluation on an editor's desk: everything that its page says, and in what order to look at it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.tree import Document
from evaluations.fieldwork.proof import Doubt, Proof, doubts, proof
from evaluations.models import Decision, Evaluation, FollowUpState, Location, Review, Submission
from evaluations.queries import capture, follow_ups, withheld
from evaluations.queries.capture import Conflict, Contents, Watch
from evaluations.queries.delays import Delays, delays
from evaluations.queries.follow_ups import FollowUps
from evaluations.queries.withheld import Withheld
from evaluations.reviewing import corrections, queue, reckoning, rounds, sheet
from evaluations.reviewing.corrections import Correction
from evaluations.reviewing.openness import OpenItem, Openness, openness, still_open
from evaluations.reviewing.rounds import Before
from evaluations.reviewing.sheet import Sheet
from evaluations.reviewing.twins import Twin, twins


@dataclass(frozen=True, slots=True)
class Facts:
    """When and where the visit was made, as far as the phone said."""

    proof: Proof
    outcome: str | None
    was_made: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an editor sees of one evaluation."""

    document: Document
    sheet: Sheet
    facts: Facts
    doubts: tuple[Doubt, ...]
    """What of the proof of visit wants a look."""
    hand_in: Submission | None
    """The newest hand-in."""
    receipt_changes: int
    receipt_photos: int
    openness: Openness
    conflicts: Mapping[str, Conflict]
    """By the question's key; those of the visit itself by their register."""
    delays: Delays
    """How long after seeing it the shopper answered each question."""
    watches: tuple[Watch, ...]
    """What blind timers measured that belongs to no question."""
    reviews: tuple[Review, ...]
    asked: Review | None
    """The newest return."""
    looked_at_again: Review | None
    """Why it is in review although it was approved; None unless it is."""
    corrections: Mapping[str, Sequence[Correction]]
    """What editors put right, by the question's key."""
    changed: Mapping[str, Before]
    is_compared: bool
    """Whether there are two hand-ins to compare."""
    follow_ups: FollowUps
    """What is asked after the visit, by the question's key, once the visit was handed in."""
    later_open: tuple[OpenItem, ...]
    """What was open at the newest hand-in of each of them, and still is."""
    twins: Mapping[UUID, tuple[Twin, ...]]
    """By photo: others that are nearly the same."""
    withheld: Withheld
    """What is kept from the client."""

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """What was open at the newest hand-in and still is."""
        return self.openness.items

    @property
    def open_at(self) -> dict[str, list[OpenItem]]:
        """What is open at each question."""
        items: dict[str, list[OpenItem]] = {}
        for item in (*self.open_items, *self.later_open):
            if item.question is not None:
                items.setdefault(item.question, []).append(item)
        return items

    @property
    def arrived(self) -> tuple[str, ...]:
        """The follow-ups that were handed in and wait for a decision, in journey order."""
        waiting = {key for key, row in self.follow_ups.items() if row.state is FollowUpState.SUBMITTED}
        return tuple(question.key for question in self.document.questions() if question.key in waiting)

    @property
    def doubled(self) -> tuple[str, ...]:
        """The questions with a photo that is nearly the same as another one, in journey order."""
        return tuple(
            found.question.key
            for touchpoint in self.sheet.touchpoints
            for found in touchpoint.questions
            if any(photo.id in self.twins for photo in found.photos)
        )

    @property
    def remarks(self) -> dict[str, str]:
        """What the newest return asked for, by question."""
        return {} if self.asked is None else {one.question_key: one.text for one in self.asked.remarks}

    @property
    def asked_in(self) -> int | None:
        """The round that the newest return closed."""
        return None if self.asked is None else self.asked.round

    @property
    def note(self) -> str:
        """The note of the newest return."""
        return "" if self.asked is None else self.asked.note


def open_up(session: Session, evaluation: Evaluation) -> Desk:
    """Everything about `evaluation` that its review page shows."""
    document = canonical.read(evaluation.version.document)
    found = capture.contents(session, evaluation)
    hand_ins = queue.hand_ins(session, evaluation)
    newest = hand_ins[-1] if hand_ins else None
    later = follow_ups.of(session, evaluation) if follow_ups.asked_later(document) else {}
    made = follow_ups.of_the_visit(document, found)
    receipt = json.loads(newest.receipt) if newest else {"changes": [], "photos": []}
    reviews = tuple(queue.decisions(session, evaluation))
    return Desk(
        document=document,
        sheet=sheet.lay_out(
            document,
            follow_ups.as_decided(document, found, later),
            reckoning.previewed(evaluation, found, later),
        ),
        facts=_facts(found, evaluation.visit.location),
        doubts=doubts(found, evaluation.visit.location) if newest else (),
        hand_in=newest,
        receipt_changes=len(receipt["changes"]),
        receipt_photos=len(receipt["photos"]),
        openness=openness(document, newest, made),
        follow_ups=later,
        later_open=_open_later(session, evaluation, found) if later else (),
        conflicts={one.question or one.register: one for one in found.conflicts},
        delays=delays(session, evaluation, made),
        watches=tuple(one for one in found.watches if one.question is None),
        reviews=reviews,
        asked=next((one for one in reversed(reviews) if one.decision is Decision.RETURNED), None),
        looked_at_again=_reopened(reviews) if evaluation.reopened_at else None,
        corrections=corrections.of(session, evaluation),
        changed=rounds.changed_since(session, hand_ins[-2], document, made) if len(hand_ins) > 1 else {},
        is_compared=len(hand_ins) > 1,
        withheld=withheld.of(session, evaluation.id),
        twins=twins(session, [photo for placed in found.photos.values() for photo in placed]),
    )


def _reopened(reviews: tuple[Review, ...]) -> Review | None:
    return next((one for one in reversed(reviews) if one.decision is Decision.REOPENED), None)


def _open_later(session: Session, evaluation: Evaluation, found: Contents) -> tuple[OpenItem, ...]:
    newest = queue.hand_ins_later(session, evaluation).values()
    return tuple(item for one in newest for item in still_open(one, found))


def conflicting_answers(conflict: Conflict) -> tuple[Answer | None, ...]:
    """The answers that differ; None for one that was cleared."""
    if not conflict.register.startswith("answer:"):
        return ()
    return tuple(None if value is None else Answer.model_validate(value) for value in conflict.values)


def _facts(found: Contents, location: Location) -> Facts:
    return Facts(
        proof=proof(found, location),
        outcome=found.outcome.value if found.outcome else None,
        was_made=found.was_made,
        note=found.outcome_note,
    )
