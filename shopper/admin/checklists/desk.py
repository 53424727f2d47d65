"""The draft on the designer's desk: loaded for a request, shown as the journey with its questions, kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask_login import current_user

from evaluations.clock import now
from evaluations.designing import checking, drafting, drafts, history, patches
from evaluations.designing.clipping import clipping_of
from evaluations.designing.meanwhile import Save, saves_since
from evaluations.designing.outline import outline, possible_in
from evaluations.designing.problems import Problem
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Phase, Touchpoint
from evaluations.errors import Conflict, NotFound, Refusal
from evaluations.models import Version
from evaluations.queries import checklists as queries
from shopper import security
from shopper.admin.checklists.found import findings_of
from shopper.admin.checklists.seal import NONE, seen_edition
from shopper.database import db
from shopper.errors import words_of
from shopper.filters import ago, wording
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.wordings.designing import problem_words
from shopper.wordings.steps import clipping_words, step_words

Page = tuple[str, int]
DEPENDS = "depends_"
"""How the codes of conditions that can never hold begin."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What can be pasted, in words."""

    words: str
    holds_touchpoints: bool


@dataclass
class Desk:
    """A draft with its document, read."""

    draft: Version
    document: Document

    def keep(self, document: Document) -> bool:
        """Save `document`, which was made from the one on the desk, and say whether it differs."""
        before = self.document
        kept = self.keep_texts(document)
        self._tell_of_conditions(before)
        return kept

    def keep_texts(self, document: Document) -> bool:
        """The same where nothing but texts differs, at which no condition looks."""
        if self.seen == NONE:
            raise self.overtaken()
        kept = drafts.save(db, self.draft, document, self.draft.edition, by=current_user.person, at=now())
        self.document = document
        return kept

    def _tell_of_conditions(self, before: Document) -> None:
        """Say which conditions are impossible that were not `before`: of what was moved, or depends on what was."""
        known = {_thing(problem) for problem in _of_conditions(before)}
        for problem in _of_conditions(self.document):
            if _thing(problem) not in known:
                flash(f"“{_name_of(problem, self.document)}”: {problem_words(problem)}", "warning")

    def remove(self, document: Document, **thing: str) -> bool:
        """Save `document`, in which `thing` is missing, unless somebody changed it after the page was made."""
        touching = self.saves(**thing)
        if touching:
            raise Conflict("draft_changed", who=touching[0].who, when=touching[0].at)
        return self.keep(document)

    @property
    def seen(self) -> int:
        """The edition that the sent page was made from; `NONE` where it does not say, or is of another draft."""
        return seen_edition(self.draft)

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody saved after the sent page was made."""
        return self.seen != self.draft.edition

    def saves(self, **thing: str) -> list[Save]:
        """The saves after the sent page was made that touched `thing`, the newest first."""
        if not self.is_overtaken or self.seen == NONE:
            return []
        return [save for save in saves_since(db, self.draft, self.seen) if save.touched(**thing)]

    def overtaken(self) -> Conflict:
        """The refusal of what was made on another state of the draft."""
        return Conflict("draft_changed", who=self.draft.saved_by.name, when=self.draft.saved_at)

    def steps(self) -> dict[str, str]:
        """What an undo and a redo of the reader would do, in words; nothing where there is nothing to do."""
        person = current_user.person
        found = {
            "undo": history.to_undo(db, self.draft, person),
            "redo": history.to_redo(db, self.draft, person),
        }
        return {
            name: step_words(patches.read(step.patch), self.document) for name, step in found.items() if step
        }

    def copied(self) -> Copied | None:
        """What the reader has copied, if anything."""
        found = clipping_of(db, current_user.person)
        return Copied(clipping_words(found), found.holds_touchpoints) if found else None

    def touchpoint(self, key: str) -> Touchpoint:
        """A touchpoint of the draft, or `NotFound`."""
        return drafting.touchpoint_of(self.document, key)

    def question(self, key: str) -> AnyQuestion:
        """A question of the draft, or `NotFound`."""
        question = self.document.question(key)
        if question is None:
            raise NotFound()
        return question

    def journey(self) -> Iterator[tuple[Phase, list[Touchpoint]]]:
        """The three phases, each with its touchpoints in order."""
        for phase in Phase:
            yield phase, [each for each in self.document.touchpoints if each.phase is phase]


def _of_conditions(document: Document) -> list[Problem]:
    return [problem for problem in checking.errors(document) if problem.code.startswith(DEPENDS)]


def _thing(problem: Problem) -> tuple[str | None, str | None]:
    """What a problem is about, wherever that stands: a question by its key, or a touchpoint by its own."""
    return (problem.question, None) if problem.question else (None, problem.touchpoint)


def _name_of(problem: Problem, document: Document) -> str:
    question = document.question(problem.question or "")
    if question is not None:
        return wording(question.text, document) or _("A question without wording")
    named = drafting.touchpoint_of(document, problem.touchpoint or "").name
    return wording(named, document) or _("A touchpoint without a name")


def desk_of(checklist_id: UUID) -> Desk:
    """The draft of a checklist, or `NotFound`; for whoever saves it, nobody else does until that is done."""
    draft = queries.draft(db, checklist_id, reader=current_user.person)
    if draft is None:
        raise NotFound()
    if request.method == "POST" and "edition" in request.form:
        drafts.lock(db, draft)
    return Desk(draft, canonical.read(draft.document))


def changed_meanwhile(desk: Desk, form: Form, refusal: Conflict) -> None:
    """Put what stands now on the desk, keep what was typed in `form`, and say what happened."""
    fresh = desk_of(desk.draft.checklist_id)
    desk.draft, desk.document = fresh.draft, fresh.document
    advice = _("What you typed is still here: save again to put it in place.")
    form.form_errors.append(f"{conflict_words(refusal)} {advice}")


def conflict_words(refusal: Refusal) -> str:
    """What a refusal says; of a stale save also how long ago the other one was."""
    if refusal.code != "draft_changed":
        return words_of(refusal)
    return _(
        "%(who)s saved this draft %(ago)s, after you had opened it. Nothing was overwritten.",
        who=refusal.values["who"],
        ago=ago(refusal.values["when"], now()),
    )


def show(
    template: str, desk: Desk, *, here: Touchpoint | None = None, status: int = 200, **more: Any
) -> Page:
    """A page of the designer: the journey at the side, `template`'s own part in the middle."""
    security.let_frame()
    findings = more.pop("findings", None) or findings_of(desk.draft, desk.document)
    found = findings.judged.standing
    page = render_template(
        f"admin/checklists/{template}.html",
        desk=desk,
        draft=desk.draft,
        steps=desk.steps(),
        copied=desk.copied(),
        checklist=desk.draft.checklist,
        document=desk.document,
        outline=outline(desk.document),
        possible_in=possible_in,
        here=here,
        now=now(),
        errors_in={problem.touchpoint for problem in found if problem.blocks},
        findings=findings,
        lame={
            _thing(problem): problem_words(problem) for problem in found if problem.code.startswith(DEPENDS)
        },
        **more,
    )
    return page, status
