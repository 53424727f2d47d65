"""The demo's two checklists: the default script counted by points, and one for opticians counted by weights."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from evaluations.designing import drafts, library, own_questions, own_touchpoints, publishing, templates
from evaluations.designing.library import Entry, default_script
from evaluations.document.tree import Document, Scoring, Touchpoint, Wording, YesNo
from evaluations.models import Person, Version
from shopper.demo.places import Brand

TARGETS = {"greeting": 80, "staff": 75, "returns": 70, "eye_test": 80, "checkout": 85}
WEIGHTS = {
    "website": 10,
    "call_centre": 15,
    "cleanliness": 10,
    "eye_test": 35,
    "checkout": 20,
    "loyalty_offer": 10,
}
FASHION: Wording = {
    "en": (
        "Visit the shop as an ordinary customer and look for something that you could really use.\n\n"
        "Stay for at least ten minutes, speak with one employee, put one question about the product, ask how returns "
        "work and buy something small. Do not say that you are a mystery shopper. Write what you saw and heard, not "
        "what you think of it."
    ),
    "es": (
        "Visite la tienda como cualquier cliente y busque algo que de verdad pueda necesitar.\n\n"
        "Quédese al menos diez minutos, hable con una persona de la tienda, haga una pregunta sobre el producto, "
        "pregunte por las devoluciones y compre algo pequeño. No diga que es cliente misterioso. Escriba lo que vio "
        "y oyó, no lo que opina."
    ),
}
OPTICIANS: Wording = {
    "en": (
        "Look for a light titanium frame on the website, call for an appointment, and have your eyes tested.\n\n"
        "Do not order glasses. Buy something small, such as a case or a cleaning spray, and keep the receipt."
    ),
    "es": (
        "Busque en la web una montura ligera de titanio, pida cita por teléfono y gradúese la vista.\n\n"
        "No encargue gafas. Compre algo pequeño, como una funda o un espray de limpieza, y guarde el tique."
    ),
}

PURPOSE = "From the website to the till, with an eye test on the way."
ARRIVED = YesNo(
    key="email_arrived",
    text={
        "en": "Has an e-mail of the shop reached you within a week?",
        "es": "¿Le llegó algún correo de la tienda en una semana?",
    },
    help={
        "en": "Look among the unwanted mail too. Not applicable where nobody asked for your address.",
        "es": "Mire también entre el correo no deseado. No aplica si nadie le pidió la dirección.",
    },
    points=Decimal(5),
    na_allowed=True,
    due_days=7,
)
"""What becomes of the address is seen a week later."""


def publish(session: Session, brand: Brand, *, by: Person, at: datetime) -> Version:
    """Draft the brand's checklist and publish it; what others may begin with or ask goes into the own library."""
    document = fashion() if brand.trade == "clothes" else opticians()
    if brand.trade == "glasses":
        own_touchpoints.keep(session, "Eye test", eye_test(), by=by, at=at)
        templates.keep(session, "Optician with an eye test", document, description=PURPOSE, by=by, at=at)
    else:
        own_questions.keep(session, "Did the promised e-mail arrive?", ARRIVED, by=by, at=at)
    draft = drafts.start(session, document.title["en"], document, by=by, at=at)
    session.flush()
    return publishing.publish(session, draft, draft.edition, by=by, at=at)


def fashion() -> Document:
    """The default script with the brand's targets and briefing, and what a week shows; every point counts alike."""
    return Document(
        title={"en": "Marisol store visit", "es": "Visita a tienda Marisol"},
        languages=("en", "es"),
        briefing=FASHION,
        scoring=Scoring(total="points", target=Decimal(75)),
        touchpoints=tuple(_followed(_placed(touchpoint)) for touchpoint in default_script()),
    )


def opticians() -> Document:
    """From the website to the till, with an eye test that the agency wrote itself, weighted."""
    return Document(
        title={"en": "Ópticas Miranda visit", "es": "Visita a Ópticas Miranda"},
        languages=("es", "en"),
        briefing=OPTICIANS,
        scoring=Scoring(total="weights", target=Decimal(80)),
        touchpoints=tuple(
            _placed(library.placed(eye_test() if key == "eye_test" else library.find(key), taken=()))
            for key in WEIGHTS
        ),
    )


def eye_test() -> Entry:
    """The agency's own touchpoint."""
    text = Path(__file__).with_name("eye_test.toml").read_text(encoding="utf-8")
    return library.read(text)[0]


def _followed(touchpoint: Touchpoint) -> Touchpoint:
    if touchpoint.key != "email_capture":
        return touchpoint
    return touchpoint.model_copy(update={"questions": (*touchpoint.questions, ARRIVED)})


def _placed(touchpoint: Touchpoint) -> Touchpoint:
    target, weight = TARGETS.get(touchpoint.key), WEIGHTS.get(touchpoint.key, 1)
    return touchpoint.model_copy(
        update={"weight": Decimal(weight), "target": None if target is None else Decimal(target)}
    )
