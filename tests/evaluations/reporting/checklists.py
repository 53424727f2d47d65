"""A checklist for reports: every kind of question at six touchpoints of a purchase, in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evaluations.document.tree import (
    AnyQuestion,
    Bands,
    Channel,
    Critical,
    Document,
    Effect,
    Narrative,
    Option,
    Phase,
    Photo,
    Rating,
    Scoring,
    ShortText,
    SingleChoice,
    Touchpoint,
    Wording,
    YesNo,
)

TRUE_NAMES = (
    ("signage", "Signage seen from the street", "Rótulos vistos desde la calle", Phase.BEFORE),
    ("layout", "Store layout", "Distribución de la tienda", Phase.DURING),
    ("greeting", "Greeting and offer of help", "Saludo y ofrecimiento de ayuda", Phase.DURING),
    ("staff", "Friendliness and knowledge of staff", "Amabilidad y conocimiento del personal", Phase.DURING),
    ("returns", "Returns explanation", "Explicación de las devoluciones", Phase.DURING),
    ("email", "E-mail capture", "Recogida del correo electrónico", Phase.AFTER),
)


def said(en: str, es: str) -> Wording:
    """A wording in both languages."""
    return {"en": en, "es": es}


def the_questions(key: str, count: int = 6) -> list[AnyQuestion]:
    """`count` questions about one touchpoint, the first of them of every kind."""
    made = [*_scored(key), *_told(key)]
    return (made + [_one_more(key, number) for number in range(len(made), count)])[:count]


def _scored(key: str) -> list[AnyQuestion]:
    easy = said(
        "Was it easy to find without having to ask anybody?",
        "¿Fue fácil de encontrar sin tener que preguntar a nadie?",
    )
    warm = said(
        "How welcome did you feel in the first minute?", "¿Cuán bienvenido se sintió en el primer minuto?"
    )
    ends = {"lo_text": said("not at all", "nada"), "hi_text": said("very", "mucho")}
    clean = said(
        "Were floor, shelves and counter clean and free of boxes?",
        "¿Estaban limpios y sin cajas el suelo, los estantes y el mostrador?",
    )
    return [
        YesNo(key=f"{key}_seen", text=easy, explain_on=("no",)),
        Rating(key=f"{key}_warm", text=warm, na_allowed=True, **ends),
        _wait(f"{key}_wait"),
        YesNo(key=f"{key}_clean", text=clean, not_observed_allowed=True, na_allowed=True),
    ]


def _wait(key: str) -> SingleChoice:
    never = said("Nobody did", "Nadie lo hizo")
    no_queue = said("There was no queue at that hour", "No había cola a esa hora")
    return SingleChoice(
        key=key,
        text=said(
            "How long was it until a member of staff spoke to you?",
            "¿Cuánto tardó alguien del personal en hablarle?",
        ),
        options=(
            Option(key="minute", text=said("Less than a minute", "Menos de un minuto"), points=Decimal(10)),
            Option(key="five", text=said("One to five minutes", "De uno a cinco minutos"), points=Decimal(5)),
            Option(key="never", text=never, points=Decimal(0), failing=True),
            Option(key="none", text=no_queue, na=True),
        ),
    )


def _told(key: str) -> list[AnyQuestion]:
    photo = said("Photograph what you saw first.", "Fotografíe lo primero que vio.")
    stood_out = said("What stood out?", "¿Qué le llamó la atención?")
    story = said("Tell in the past tense what happened.", "Cuente en pasado lo que ocurrió.")
    return [
        Photo(key=f"{key}_photo", text=photo),
        ShortText(key=f"{key}_name", text=stood_out, required=False),
        Narrative(key=f"{key}_story", text=story, required=False),
    ]


def _one_more(key: str, number: int) -> YesNo:
    text = said(
        f"Was detail {number} as the brand promises it to every customer?",
        f"¿Era el detalle {number} como la marca lo promete a cada cliente?",
    )
    return YesNo(key=f"{key}_more{number}", text=text)


def the_document(
    names: Sequence[tuple[str, str, str, Phase]] = TRUE_NAMES, count: int = 6, **scoring: Any
) -> Document:
    """A checklist of these touchpoints, by weights, with targets, bands and one critical question."""
    touchpoints = []
    for place, (key, en, es, phase) in enumerate(names):
        questions = the_questions(key, count)
        if key == "returns" and count > 3:
            questions[3] = questions[3].model_copy(
                update={"critical": Critical(on=("no",), effect=Effect.FAILS_VISIT)}
            )
        touchpoints.append(
            Touchpoint(
                key=key,
                name={"en": en, "es": es},
                phase=phase,
                channel=Channel.EMAIL if key == "email" else Channel.STORE,
                weight=Decimal((12, 8, 20, 25, 20, 15)[place % 6]),
                target=Decimal(85) if place % 2 else None,
                questions=tuple(questions),
            )
        )
    return Document(
        title={"en": "Store visit, spring", "es": "Visita a la tienda, primavera"},
        languages=("en", "es"),
        scoring=Scoring(**({"total": "weights", "target": Decimal(80), "bands": Bands()} | scoring)),
        touchpoints=tuple(touchpoints),
    )
