"""A visit as its report tells it: everything that a template needs, as frozen values in journey order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from evaluations.document.answers import Answer, AnswerState
from evaluations.document.kinds import Finding
from evaluations.document.tree import AnyQuestion, Document, Kind, Touchpoint
from evaluations.inference.means import Estimate
from evaluations.models import Outcome, was_made
from evaluations.queries.withheld import BLOCK
from evaluations.reporting.branding import Brand
from evaluations.reporting.in_context import WaveContext
from evaluations.scoring.bands import Band
from evaluations.scoring.card import FiredCritical, QuestionScore, Scorecard, TouchpointScore
from evaluations.scoring.coverage import Coverage, coverage

WORDS_BESIDE = 220
WORDS_ON_A_PAGE = 900
"""In characters."""


@dataclass(frozen=True, slots=True)
class ReportPhoto:
    """A photo at its question; its width and height are as seen."""

    id: UUID
    sha256: str
    width: int
    height: int
    caption: str
    source: str = "unknown"

    @property
    def is_tall(self) -> bool:
        """Whether it is upright rather than wide."""
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question with what was found; `number` counts through the whole checklist."""

    number: int
    question: AnyQuestion
    score: QuestionScore
    answer: Answer | None = None
    comment: str = ""
    photos: tuple[ReportPhoto, ...] = ()
    photos_kept: int = 0
    """How many more there are that are kept from the client."""
    critical: FiredCritical | None = None
    """Set when the answer was critical."""

    @property
    def text(self) -> str:
        """The shopper's own words where the question asks for them."""
        is_told = self.question.kind in (Kind.SHORT_TEXT, Kind.NARRATIVE)
        is_answered = self.answer is not None and self.answer.state is AnswerState.ANSWERED
        return str(self.answer.value).strip() if is_told and is_answered and self.answer else ""

    @property
    def is_told_below(self) -> bool:
        """Whether its words need the whole width below the question."""
        return bool(self.text) or len(self.comment) > WORDS_BESIDE

    @property
    def is_long(self) -> bool:
        """Whether there is so much to read that it may go on overleaf."""
        return len(self.comment) + len(self.text) > WORDS_ON_A_PAGE

    @property
    def is_sided(self) -> bool:
        """Whether a photo stands beside the question; several stand in a row below it."""
        return len(self.photos) == 1 and not self.text


@dataclass(frozen=True, slots=True)
class TouchpointPart:
    """One touchpoint with its score, and what the location reached there in the wave before."""

    number: int
    touchpoint: Touchpoint
    score: TouchpointScore
    questions: tuple[QuestionPart, ...]
    previous: int | None = None
    """In millionths of a per cent."""
    mean: Estimate | None = None
    """Over all locations of the wave."""

    @property
    def is_met(self) -> bool:
        """Whether anything in it was asked: a condition may hide all of it."""
        return not self.questions or any(one.score.finding is not Finding.HIDDEN for one in self.questions)


@dataclass(frozen=True, slots=True)
class PreviousWave:
    """What the same location reached in the wave before: means over its visits, in millionths."""

    name: str
    visits: int
    millionths: int | None
    touchpoints: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """One visit of the same location that was made before, with its newest result."""

    evaluation_id: UUID
    wave: str
    visited_at: datetime
    millionths: int | None
    band: Band | None
    has_failed: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a visit is read beside: what its location reached before, and all locations of its wave."""

    previous: PreviousWave | None = None
    earlier: tuple[EarlierVisit, ...] = ()
    context: WaveContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """Everything that the report of one visit says. Who the shopper was is no part of it."""

    client: str
    brand: Brand
    location: str
    code: str
    address: str
    city: str
    areas: tuple[str, ...]
    """From the largest to the one that the location is in."""
    time_zone: str
    programme: str
    wave: str
    document: Document
    version_number: int
    content_hash: str
    edition: int
    check_code: str
    visited_at: datetime
    left_at: datetime | None
    scored_at: datetime
    card: Scorecard
    touchpoints: tuple[TouchpointPart, ...]
    around: Surroundings = Surroundings()
    outcome: Outcome | None = None
    outcome_note: str = ""
    """What the shopper wrote about it."""
    front: tuple[ReportPhoto, ...] = ()
    """Photos of a place that was closed, which belong to no question."""
    wrong: tuple[QuestionPart, ...] = ()
    well: tuple[QuestionPart, ...] = ()
    found: tuple[QuestionPart, ...] = ()
    """What there is to show where nothing went wrong."""
    is_trial: bool = False
    """Whether nobody made this visit: a checklist is being tried."""

    @property
    def previous(self) -> PreviousWave | None:
        """What the location reached in the wave before; None also where the client is not shown it."""
        return self.around.previous

    @property
    def earlier(self) -> tuple[EarlierVisit, ...]:
        """The location's visits before this one, the newest first; none also where the client is not shown them."""
        return self.around.earlier

    @property
    def context(self) -> WaveContext | None:
        """All locations of the wave."""
        return self.around.context

    @property
    def was_made(self) -> bool:
        """Whether the visit took place."""
        return was_made(self.outcome)

    @property
    def coverage(self) -> Coverage:
        """How much of the checklist the score rests on."""
        return coverage(self.document, self.card)

    @property
    def duration(self) -> timedelta | None:
        """How long the visit took, where both ends are known and in order."""
        if self.left_at is None or self.left_at < self.visited_at:
            return None
        return self.left_at - self.visited_at

    @property
    def durations(self) -> tuple[QuestionPart, ...]:
        """The questions whose answers are times that the shopper took."""
        return tuple(
            part
            for part in self.questions
            if part.question.kind is Kind.DURATION
            and part.answer is not None
            and part.answer.state is AnswerState.ANSWERED
        )

    @property
    def questions(self) -> tuple[QuestionPart, ...]:
        """Every question, in journey order."""
        return tuple(question for part in self.touchpoints for question in part.questions)

    @property
    def has_blocks(self) -> bool:
        """Whether words are withheld in any of its texts."""
        told = (text for one in self.questions for text in (one.text, one.comment))
        captions = (photo.caption for photo in self.photos)
        return any(BLOCK in text for text in (*told, *captions, self.outcome_note))

    @property
    def photos(self) -> tuple[ReportPhoto, ...]:
        """Every photo: those of a closed place, then in journey order."""
        return self.front + tuple(photo for question in self.questions for photo in question.photos)

    def touchpoint_of(self, question: QuestionPart) -> TouchpointPart:
        """The touchpoint that holds `question`."""
        return next(part for part in self.touchpoints if part.score.key == question.score.touchpoint)
