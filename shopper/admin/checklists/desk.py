"""The draft on the designer's desk: loaded for a request, shown as the journey with its questions, kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from evaluations.clock import now
from evaluations.designing import checking, drafting, drafts
from evaluations.designing.outline import outline, possible_in
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Document, Phase, Touchpoint
from evaluations.errors import Conflict, NotFound, Refusal
from evaluations.models import Version
from evaluations.queries import checklists as queries
from shopper import security
from shopper.database import db
from shopper.errors import words_of
from shopper.filters import ago
from shopper.forms import Form
from shopper.language import gettext as _

Page = tuple[str, int]


@dataclass
class Desk:
    """A draft with its document, read."""

    draft: Version
    document: Document

    def keep(self, document: Document) -> bool:
        """Save `document` in place of what the page showed, and say whether it differs."""
        kept = drafts.save(db, self.draft, document, seen_edition(), by=current_user.person, at=now())
        self.document = document
        return kept

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


def desk_of(checklist_id: UUID) -> Desk:
    """The draft of a checklist, or `NotFound`."""
    draft = queries.draft(db, checklist_id, reader=current_user.person)
    if draft is None:
        raise NotFound()
    return Desk(draft, canonical.read(draft.document))


def seen_edition() -> int:
    """The edition of the draft that the sent page was made from; none that exists when it does not say."""
    typed = request.form.get("edition", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


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
    found = checking.problems(desk.document)
    page = render_template(
        f"admin/checklists/{template}.html",
        desk=desk,
        draft=desk.draft,
        checklist=desk.draft.checklist,
        document=desk.document,
        outline=outline(desk.document),
        possible_in=possible_in,
        here=here,
        now=now(),
        errors_in={problem.touchpoint for problem in found if problem.blocks},
        error_count=sum(problem.blocks for problem in found),
        **more,
    )
    return page, status
