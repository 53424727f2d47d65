"""What the question check found in the draft on the desk: what stands, what was dismissed, and where each is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import url_for

from evaluations.designing import checking, dismissing, reasoning, retiring
from evaluations.designing.dismissing import Judged
from evaluations.designing.problems import Allowed, Problem
from evaluations.document.tree import Document, Kind
from evaluations.models import Version
from evaluations.queries import checklists as queries
from shopper.database import db
from shopper.wordings.designing import problem_words, reason_words

FIELDS = {
    "no_way_out": "na_allowed",
    "assumes": "na_allowed",
    "explanation_without_minimum": "explain_min",
    "critical_without_points": "critical_effect",
    "critical_never_fires": "critical_effect",
    "critical_out_of_range": "critical_minimum",
    "critical_needs_range": "critical_minimum",
    "critical_needs_answers": "critical_effect",
    "critical_on_unknown_answer": "critical_effect",
    "cannot_be_critical": "critical_effect",
    "internal_is_critical": "critical_effect",
    "zeroes_nothing": "critical_effect",
    "internal_earns_points": "internal",
    "bonus_lost": "bonus",
    "rating_without_ends": "lo_text-{language}",
    "scale_leans": "text-{language}",
    "agree_scale": "text-{language}",
    "end_missing": "lo_text-{language}",
    "help_missing": "help-{language}",
    "unit_missing": "unit-{language}",
    "constraint_message_missing": "constraint_message-{language}",
    "option_missing": "options-{place}-text-{language}",
    "option_twice": "options-{place}-text-{language}",
    "options_overlap": "options-{place}-text-{language}",
    "options_gap": "options-{place}-text-{language}",
    "choice_too_short": "option-add",
    "more_choices_than_options": "min_choices",
    "band_unreachable": "bands-{place}-up_to",
    "bands_not_ascending": "bands-{place}-up_to",
    "last_band_not_open": "band-add",
    "touchpoint_without_score": "add",
    "touchpoint_empty": "add",
    "target_without_score": "target",
    "hardly_counts": "weight",
    "weight_without_score": "weight",
    "name_missing": "name-{language}",
    "touchpoint_twice": "name-{language}",
    "guidance_missing": "guidance-{language}",
    "title_missing": "title-{language}",
    "briefing_missing": "briefing-{language}",
    "no_briefing": "briefing-{language}",
    "weights_all_zero": "total",
}
"""The field at which each finding is mended, by the name of its box; elsewhere it is the wording of the question."""
IN_SETTINGS = frozenset(
    {
        "target_without_score",
        "hardly_counts",
        "weight_without_score",
        "name_missing",
        "guidance_missing",
        "touchpoint_twice",
    }
)
"""Findings that are mended in the settings of a touchpoint, which unfold."""
OF_THE_WHOLE = frozenset({"title_missing", "briefing_missing", "no_briefing", "weights_all_zero"})


@dataclass(frozen=True)
class Findings:
    """What was found, for the pages of the designer."""

    document: Document
    checklist_id: UUID
    judged: Judged

    @property
    def errors(self) -> list[Problem]:
        """What stands in the way of publishing."""
        return [problem for problem in self.judged.standing if problem.blocks]

    @property
    def warnings(self) -> list[Problem]:
        """What gives pause and was not dismissed."""
        return [problem for problem in self.judged.standing if not problem.blocks]

    @cached_property
    def places(self) -> dict[tuple[str | None, str | None], list[Problem]]:
        """What stands, by touchpoint and question."""
        found: dict[tuple[str | None, str | None], list[Problem]] = {}
        for problem in self.judged.standing:
            found.setdefault((problem.touchpoint, problem.question), []).append(problem)
        return found

    def at(self, touchpoint: str, question: str | None = None) -> list[Problem]:
        """What stands at a question, or at a touchpoint itself."""
        return self.places.get((touchpoint, question), [])

    def grouped(self, problems: list[Problem]) -> list[tuple[str, str, list[Problem]]]:
        """What says the same together: its words, why it matters, and every place."""
        found: dict[tuple[str, str], list[Problem]] = {}
        for problem in problems:
            found.setdefault((problem_words(problem), problem.code), []).append(problem)
        return [(words, reason_words(code), alike) for (words, code), alike in found.items()]

    def name(self, problem: Problem) -> str:
        """A finding as a form names it."""
        return dismissing.fingerprint(problem, self.document)

    def address(self, problem: Problem) -> str | None:
        """The very field at which it is mended, where there is one."""
        where, field = self.checklist_id, self._field(problem)
        if problem.question:
            return url_for("checklists.question", checklist_id=where, key=problem.question, _anchor=field)
        if problem.touchpoint:
            unfolds = problem.code in IN_SETTINGS or _is_of_condition(problem)
            return url_for(
                "checklists.touchpoint",
                checklist_id=where,
                key=problem.touchpoint,
                settings="open" if unfolds else None,
                _anchor=field,
            )
        if problem.code in OF_THE_WHOLE:
            return url_for("checklists.settings", checklist_id=where, _anchor=field)
        return url_for("checklists.library", checklist_id=where) if problem.code == "no_touchpoints" else None

    def _field(self, problem: Problem) -> str | None:
        otherwise = "text-{language}" if problem.question else ""
        if _is_of_condition(problem):
            otherwise = "condition" if problem.question else "touchpoint-settings"
        language = problem.values.get("language", self.document.languages[0])
        place = int(problem.values.get("place", 1)) - 1
        return FIELDS.get(problem.code, otherwise).format(language=language, place=place) or None


def _is_of_condition(problem: Problem) -> bool:
    return problem.code.startswith("depends_") or problem.code in (reasoning.NEVER, reasoning.ALWAYS)


def findings_of(draft: Version, document: Document, given: Mapping[str, Kind] | None = None) -> Findings:
    """Check the document of a draft, beside what was dismissed and what its programmes allow."""
    allowed = [Allowed(*each) for each in queries.allowed_minutes(db, draft.checklist_id)]
    found = checking.problems(document, given, allowed)
    if given is not None:
        found = (*found, *retiring.lost(db, draft.checklist, document))
    dismissals = dismissing.of_checklists(db, [draft.checklist_id])[draft.checklist_id]
    return Findings(document, draft.checklist_id, dismissing.judged(found, document, dismissals))
