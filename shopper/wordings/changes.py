"""What was done to a wording of a checklist, and how much of it: added, removed, reworded, re-scored, moved."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from shopper.language import lazy, ngettext


class What(StrEnum):
    """What a change means."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESCORED = "rescored"
    CHANGED = "changed"
    MOVED = "moved"


WHATS = {
    What.ADDED: lazy("added"),
    What.REMOVED: lazy("removed"),
    What.REWORDED: lazy("reworded"),
    What.RESCORED: lazy("re-scored"),
    What.CHANGED: lazy("changed"),
    What.MOVED: lazy("moved"),
}
COUNTED: dict[tuple[What, bool], Callable[[int], str]] = {
    (What.ADDED, True): lambda n: ngettext("%(n)s touchpoint added", "%(n)s touchpoints added", n),
    (What.ADDED, False): lambda n: ngettext("%(n)s question added", "%(n)s questions added", n),
    (What.REMOVED, True): lambda n: ngettext("%(n)s touchpoint removed", "%(n)s touchpoints removed", n),
    (What.REMOVED, False): lambda n: ngettext("%(n)s question removed", "%(n)s questions removed", n),
    (What.REWORDED, True): lambda n: ngettext("%(n)s touchpoint reworded", "%(n)s touchpoints reworded", n),
    (What.REWORDED, False): lambda n: ngettext("%(n)s question reworded", "%(n)s questions reworded", n),
    (What.RESCORED, True): lambda n: ngettext("%(n)s touchpoint re-scored", "%(n)s touchpoints re-scored", n),
    (What.RESCORED, False): lambda n: ngettext("%(n)s question re-scored", "%(n)s questions re-scored", n),
    (What.CHANGED, True): lambda n: ngettext("%(n)s touchpoint changed", "%(n)s touchpoints changed", n),
    (What.CHANGED, False): lambda n: ngettext("%(n)s question changed", "%(n)s questions changed", n),
    (What.MOVED, True): lambda n: ngettext("%(n)s touchpoint moved", "%(n)s touchpoints moved", n),
    (What.MOVED, False): lambda n: ngettext("%(n)s question moved", "%(n)s questions moved", n),
}
"""By what was done, and whether to a touchpoint: how many of them, in words."""
