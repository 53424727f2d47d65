"""What is said when a shopper is sent to a location again too soon."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash

from evaluations.fieldwork import programmes
from evaluations.models import Person, Visit
from shopper.database import db
from shopper.filters import day
from shopper.language import gettext as _
from shopper.language import ngettext

MOST_NAMED = 5


def warn_of_returns(visits: Sequence[Visit], shopper: Person) -> None:
    """Say to whoever assigned these visits which of them come too soon after another of the same shopper."""
    found = programmes.too_soon(db, visits)
    for one in found[:MOST_NAMED]:
        flash(
            _(
                "%(name)s is at %(place)s again too soon: the other visit is of %(day)s, "
                "with %(days)s days to lie between.",
                name=shopper.name,
                place=one.location,
                day=day(one.before),
                days=one.days,
            ),
            "warning",
        )
    if (rest := len(found) - MOST_NAMED) > 0:
        flash(
            ngettext("The same is so at %(n)s more place.", "The same is so at %(n)s more places.", rest),
            "warning",
        )
