"""What a step at a draft did, in a few words: for the button that undoes it, and for what is said when it is undone."""

from __future__ import annotations

from collections.abc import Sequence

from evaluations.designing.comparing import Difference, Sort
from evaluations.designing.orders import Overtaken
from evaluations.designing.patches import Patch, Turn
from evaluations.document import canonical
from evaluations.document.tree import Document, Wording
from evaluations.models import Clipping
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.language import lazy, ngettext
from shopper.wordings.designing import field_words

WORDS = {
    "many_unfit": lazy("Nothing was changed: not all of the ticked questions can be so."),
    "no_common_language": lazy(
        "Nothing was pasted: this checklist has no language in common with what was copied."
    ),
    "nothing_ticked": lazy("Tick at least one question first."),
    "step_overtaken": lazy("Somebody else has changed the same place since."),
    "ticked_are_gone": lazy("Nothing was done: of what was ticked, %(count)s are gone meanwhile."),
    "ticked_is_changed": lazy(
        "Nothing was done: %(who)s changed “%(question)s” after you had opened the page. Look at it, then do it again."
    ),
}
UNFIT = {
    "points_of_parts": lazy("Its points are those of its options or bands."),
    "earns_no_points": lazy("Its kind earns no points."),
    "has_no_no": lazy("It is not answered by yes or no."),
    "takes_no_answer": lazy("It takes no answer."),
}
LONGEST = 60


def step_words(patch: Patch, document: Document) -> str:
    """What `patch` does: "points of “Were you greeted?”", "adding 3 questions"."""
    changes = _that_matter(patch)
    sorts = {(change.sort, _kind(change)) for change in changes}
    if len(sorts) != 1:
        return ngettext("%(n)s change", "%(n)s changes", len(changes))
    [(sort, kind)] = sorts
    if kind == "settings":
        return _("%(fields)s of the checklist", fields=field_words(changes[0]))
    if len(changes) == 1:
        return _of_one(sort, kind, changes[0], _name(changes[0], patch, document))
    return _of_many(sort, kind, changes)


def clipping_words(clipping: Clipping) -> str:
    """What was copied, and where."""
    touchpoints = canonical.read(clipping.document).touchpoints
    if clipping.holds_touchpoints:
        what = ngettext("%(n)s touchpoint", "%(n)s touchpoints", len(touchpoints))
    else:
        what = ngettext("%(n)s question", "%(n)s questions", len(touchpoints[0].questions))
    return _("%(what)s from “%(checklist)s”", what=what, checklist=clipping.copied_from)


def overtaken_words(overtaken: Overtaken, patch: Patch, document: Document) -> str:
    """The thing that somebody else changed since."""
    if overtaken.question:
        return _name(Difference(Sort.CHANGED, "", overtaken.question), patch, document)
    if overtaken.touchpoint:
        return _name(Difference(Sort.CHANGED, overtaken.touchpoint), patch, document)
    return _("Settings of the checklist")


def _that_matter(patch: Patch) -> list[Difference]:
    """The changes without the questions that came or went with their touchpoint, and without places that follow."""
    whole = {key for key, turn in patch.touchpoints.items() if None in (turn.before, turn.after)}
    told = {(change.touchpoint, change.question) for change in patch.changes if change.sort is not Sort.MOVED}
    return [
        change
        for change in patch.changes
        if not (change.question and change.touchpoint in whole)
        and not (change.sort is Sort.MOVED and (change.touchpoint, change.question) in told)
    ]


def _kind(change: Difference) -> str:
    if change.question:
        return "question"
    return "touchpoint" if change.touchpoint else "settings"


def _name(change: Difference, patch: Patch, document: Document) -> str:
    turns = patch.questions if change.question else patch.touchpoints
    turn = turns.get(change.question or change.touchpoint or "")
    said = wording(_wording(turn, change, document), document)
    if not said:
        return _("A question without wording") if change.question else _("A touchpoint without a name")
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"


def _wording(turn: Turn | None, change: Difference, document: Document) -> Wording:
    """As it stands now, else as it was last."""
    question = document.question(change.question) if change.question else None
    stops = [each for each in document.touchpoints if not change.question and each.key == change.touchpoint]
    part = question or next(iter(stops), None) or (turn and (turn.after or turn.before))
    found: Wording = getattr(part, "text" if change.question else "name", {})
    return found


def _of_one(sort: Sort, kind: str, change: Difference, thing: str) -> str:
    if sort is Sort.CHANGED:
        return _("%(fields)s of “%(thing)s”", fields=field_words(change), thing=thing)
    if kind == "touchpoint":
        return {
            Sort.ADDED: _("adding the touchpoint “%(thing)s”", thing=thing),
            Sort.REMOVED: _("removing the touchpoint “%(thing)s”", thing=thing),
            Sort.MOVED: _("moving the touchpoint “%(thing)s”", thing=thing),
        }[sort]
    return {
        Sort.ADDED: _("adding “%(thing)s”", thing=thing),
        Sort.REMOVED: _("removing “%(thing)s”", thing=thing),
        Sort.MOVED: _("moving “%(thing)s”", thing=thing),
    }[sort]


def _of_many(sort: Sort, kind: str, changes: Sequence[Difference]) -> str:
    count = len(changes)
    if sort is Sort.CHANGED:
        fields = field_words(
            Difference(sort, fields=tuple(name for change in changes for name in change.fields))
        )
        if kind == "touchpoint":
            return ngettext(
                "%(fields)s of %(n)s touchpoint", "%(fields)s of %(n)s touchpoints", count, fields=fields
            )
        return ngettext("%(fields)s of %(n)s question", "%(fields)s of %(n)s questions", count, fields=fields)
    if kind == "touchpoint":
        return {
            Sort.ADDED: ngettext("adding %(n)s touchpoint", "adding %(n)s touchpoints", count),
            Sort.REMOVED: ngettext("removing %(n)s touchpoint", "removing %(n)s touchpoints", count),
            Sort.MOVED: ngettext("moving %(n)s touchpoint", "moving %(n)s touchpoints", count),
        }[sort]
    return {
        Sort.ADDED: ngettext("adding %(n)s question", "adding %(n)s questions", count),
        Sort.REMOVED: ngettext("removing %(n)s question", "removing %(n)s questions", count),
        Sort.MOVED: ngettext("moving %(n)s question", "moving %(n)s questions", count),
    }[sort]
