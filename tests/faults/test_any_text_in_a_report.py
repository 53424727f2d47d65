"""At length: any text at all in every field of a report; it is made, and stays on its pages."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from evaluations.photos.store import PhotoStore
from shopper import reports
from tests.faults.length import SEED, rounds
from tests.shopper.hostile import TEXTS, a_hostile_visit, overflows

WRITTEN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)
FOLDERS = count()


@pytest.mark.parametrize("kind", list(TEXTS)[: rounds(1, len(TEXTS))])
def test_no_known_text_breaks_a_report(session: Session, tmp_path: Path, kind: str) -> None:
    photos = PhotoStore(tmp_path)
    assert (
        overflows(reports.render(session, photos, a_hostile_visit(session, photos, TEXTS[kind]), "es")) == []
    )


@settings(max_examples=rounds(1, 300), deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(text=WRITTEN)
def test_no_text_breaks_a_report(session: Session, tmp_path: Path, text: str) -> None:
    photos = PhotoStore(tmp_path / str(next(FOLDERS)))
    assert overflows(reports.render(session, photos, a_hostile_visit(session, photos, text), "en")) == [], (
        SEED
    )
