"""The demo's checklist: the default script, weighted, with a briefing and targets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from evaluations.designing import drafts, publishing
from evaluations.designing.library import default_script
from evaluations.document.tree import Document, Scoring, Wording
from evaluations.models import Person, Version

WEIGHTS = {"signage": 10, "store_layout": 15, "greeting": 20, "staff": 30, "returns": 15, "email_capture": 10}
TARGETS = {"greeting": 85, "staff": 80, "returns": 75}
BRIEFING: Wording = {
    "en": (
        "Visit the shop as an ordinary customer and look for a light jacket for travelling.\n\n"
        "Stay for at least ten minutes, speak with one employee, ask how returns work and buy something small. "
        "Do not say that you are a mystery shopper. Write what you saw and heard, not what you think of it."
    ),
    "es": (
        "Visite la tienda como cualquier cliente y busque una chaqueta ligera para viajar.\n\n"
        "Quédese al menos diez minutos, hable con una persona de la tienda, pregunte por las devoluciones y compre "
        "algo pequeño. No diga que es cliente misterioso. Escriba lo que vio y oyó, no lo que opina."
    ),
}


def publish(session: Session, *, by: Person, at: datetime) -> Version:
    """Draft the checklist from the default script and publish it."""
    draft = drafts.start(session, "Marisol store visit", document(), by=by, at=at)
    session.flush()
    return publishing.publish(session, draft, draft.edition, by=by, at=at)


def document() -> Document:
    """The default script with the brand's weights, targets and briefing."""
    return Document(
        title={"en": "Marisol store visit", "es": "Visita a tienda Marisol"},
        languages=("en", "es"),
        briefing=BRIEFING,
        scoring=Scoring(total="weights", target=Decimal(80)),
        touchpoints=tuple(
            touchpoint.model_copy(
                update={
                    "weight": Decimal(WEIGHTS[touchpoint.key]),
                    "target": Decimal(TARGETS[touchpoint.key]) if touchpoint.key in TARGETS else None,
                }
            )
            for touchpoint in default_script()
        ),
    )
