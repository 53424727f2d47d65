"""Two designers at the same thing: what both wrote is put together, and where they clash one of them chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import flash, request

from evaluations.designing.merging import Clash, Fields, Merged, merged
from evaluations.errors import Invalid
from shopper.admin.checklists.desk import Desk
from shopper.admin.checklists.seal import NONE, seal_of
from shopper.language import gettext as _
from shopper.wordings.designing import FIELDS

TAKE = "take-"
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form was made from, as the form carries it."""

    seal: str
    base: str = ""


def origin_of(desk: Desk, base: str = "") -> Origin:
    """The origin of a form that shows how things stand now."""
    return Origin(seal_of(desk.draft), base)


def origin_sent() -> Origin:
    """The origin that the sent form names: what was refused is still made from the same."""
    return Origin(request.form.get("edition", ""), request.form.get("base", ""))


@dataclass(frozen=True, slots=True)
class Joint:
    """What both wrote, together; and who else wrote when."""

    merged: Merged
    who: str = ""
    at: datetime | None = None

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Where both wrote something else in the same place."""
        return self.merged.clashes

    def tell(self) -> None:
        """Say that what somebody else wrote was kept too."""
        if self.merged.taken:
            names = ", ".join(dict.fromkeys(str(FIELDS[name]) for name in self.merged.taken))
            flash(_("%(who)s changed this too (%(fields)s). Both are kept.", who=self.who, fields=names))


def joined(
    desk: Desk,
    base: Fields | None,
    mine: Fields,
    theirs: Fields,
    make: Callable[[Fields], object],
    **thing: str,
) -> Joint:
    """`mine` as it was sent, put together with `theirs`, which stands in the draft now.

    What `make` refuses of both together is shown as clashing wherever it differs.
    """
    if desk.seen == NONE:
        raise desk.overtaken()
    if base is None and not desk.is_overtaken:
        base = theirs
    mine = _as_chosen(base, mine)
    both = merged(base, mine, theirs)
    try:
        make(both.fields)
    except Invalid:
        if not both.taken:
            raise
        both = merged(None, mine, theirs)
    if not both.clashes and not both.taken:
        return Joint(both)
    saves = desk.saves(**thing)
    who, at = (saves[0].who, saves[0].at) if saves else (desk.draft.saved_by.name, desk.draft.saved_at)
    return Joint(both, who, at)


def _as_chosen(base: Fields | None, mine: Fields) -> Fields:
    """`mine`, but wherever the sent form chose theirs, what it showed as theirs."""
    chosen = dict(mine)
    for name, choice in request.form.items():
        field, _dash, language = name.removeprefix(TAKE).partition("-")
        if not name.startswith(TAKE) or choice != THEIRS or base is None or field not in mine:
            continue
        if not language:
            chosen[field] = base.get(field)
        elif isinstance(base.get(field), dict) and isinstance(chosen[field], dict):
            text = base[field].get(language, "")
            rest = {key: words for key, words in chosen[field].items() if key != language}
            chosen[field] = rest | ({language: text} if text else {})
    return chosen
