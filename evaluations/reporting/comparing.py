"""Two editions of one visit side by side, as its client gets them: what moved, and what did not."""

from __future__ import annotations

from dataclasses import dataclass

from evaluations.reporting.parts import QuestionPart, TouchpointPart, VisitReport


@dataclass(frozen=True, slots=True)
class TouchpointPair:
    """One touchpoint in both editions; None where an edition does not show it."""

    before: TouchpointPart | None
    after: TouchpointPart | None

    @property
    def either(self) -> TouchpointPart:
        """The touchpoint as the later edition has it, else as the earlier one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - pairs are made of what one of the two has
        return found

    @property
    def moved(self) -> bool:
        """Whether its score, its band or what it is out of differs."""
        return _figures(self.before) != _figures(self.after)


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """One question that differs between the editions."""

    before: QuestionPart | None
    after: QuestionPart | None

    @property
    def either(self) -> QuestionPart:
        """The question as the later edition has it, else as the earlier one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101
        return found

    @property
    def mark_moved(self) -> bool:
        """Whether it earns or counts something else now."""
        return _mark(self.before) != _mark(self.after)

    @property
    def comment_moved(self) -> bool:
        """Whether something else is written to it."""
        return _comment(self.before) != _comment(self.after)

    @property
    def photos_added(self) -> int:
        """How many photos it has now that it had not."""
        return len(_photos(self.after) - _photos(self.before))

    @property
    def photos_gone(self) -> int:
        """How many photos it had that it has not now."""
        return len(_photos(self.before) - _photos(self.after))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of one visit: every touchpoint, and the questions that differ, in journey order."""

    before: VisitReport
    after: VisitReport
    touchpoints: tuple[TouchpointPair, ...]
    questions: tuple[QuestionPair, ...]

    @property
    def total_moved(self) -> bool:
        """Whether score, verdict or band differ."""
        return _total(self.before) != _total(self.after)

    @property
    def is_same(self) -> bool:
        """Whether nothing that the client sees differs."""
        return not (self.total_moved or self.questions or any(pair.moved for pair in self.touchpoints))


def compare(before: VisitReport, after: VisitReport) -> Comparison:
    """`before` and `after`, two editions of one visit, side by side."""
    ones = {part.touchpoint.key: part for part in before.touchpoints}
    others = {part.touchpoint.key: part for part in after.touchpoints}
    was = {question.question.key: question for question in before.questions}
    now = {question.question.key: question for question in after.questions}
    pairs = (QuestionPair(was.get(key), now.get(key)) for key in dict.fromkeys([*now, *was]))
    return Comparison(
        before,
        after,
        tuple(TouchpointPair(ones.get(key), others.get(key)) for key in dict.fromkeys([*others, *ones])),
        tuple(pair for pair in pairs if _told(pair.before) != _told(pair.after)),
    )


def _total(report: VisitReport) -> object:
    card = report.card
    return card.score, card.verdict, card.band, card.due, report.outcome


def _figures(part: TouchpointPart | None) -> object:
    return part and (part.score.score, part.score.band, part.score.earned, part.score.possible)


def _mark(part: QuestionPart | None) -> object:
    if part is None:
        return None
    mark = part.score
    return mark.earned, mark.possible, mark.counted, mark.failed, mark.finding, part.critical


def _comment(part: QuestionPart | None) -> str:
    return part.comment if part else ""


def _photos(part: QuestionPart | None) -> frozenset[str]:
    return frozenset(photo.sha256 for photo in part.photos) if part else frozenset()


def _told(part: QuestionPart | None) -> object:
    """All that is told of a question."""
    answer = part.answer if part else None
    return answer, _mark(part), _comment(part), _photos(part)
