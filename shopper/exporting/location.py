"""The report of one location over the results that were asked for, as one PDF."""

from __future__ import annotations

from evaluations.models import Scorecard
from shopper.exporting.making import Making
from shopper.reports import location


def make(making: Making) -> None:
    """Render the report of what is held; without a result that is still its reader's there is none."""
    cards = [making.session.get_one(Scorecard, scorecard_id) for scorecard_id, _report in making.held]
    body = location.render(making.session, making.photos, cards, making.wanted.language, making.address)
    making.file.write_bytes(body)
