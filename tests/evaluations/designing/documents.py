"""Small documents for the tests of designing, naming only what matters."""

from typing import Any

from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Option,
    Phase,
    Rating,
    SingleChoice,
    Touchpoint,
    YesNo,
)


def yes_no(key: str = "greeted", **values: Any) -> YesNo:
    """A yes/no question in English."""
    return YesNo(key=key, **({"text": {"en": f"Was it {key}?"}} | values))


def rating(key: str = "warmth", **values: Any) -> Rating:
    """A rating in English, 1 to 5, with words at both ends."""
    words = {"text": f"How was the {key}?", "lo_text": "Low", "hi_text": "High"}
    return Rating(key=key, **({name: {"en": text} for name, text in words.items()} | values))


def choice(key: str = "queue", *points: int, **values: Any) -> SingleChoice:
    """A single choice in English with an option per number of points: option_1, option_2 ..."""
    options = tuple(
        Option(key=f"option_{place}", text={"en": f"Option {place}"}, points=worth)
        for place, worth in enumerate(points or (5, 0), 1)
    )
    return SingleChoice(key=key, **({"text": {"en": f"Which {key}?"}, "options": options} | values))


def touchpoint(key: str, *questions: AnyQuestion, **values: Any) -> Touchpoint:
    """A touchpoint in English, during the purchase."""
    return Touchpoint(key=key, questions=questions, **({"name": {"en": key.title()}} | values))


def document(*touchpoints: Touchpoint, **values: Any) -> Document:
    """A document that has all it needs besides touchpoints."""
    wordings = {"title": {"en": "Spring"}, "briefing": {"en": "Come as a customer."}}
    return Document(touchpoints=touchpoints, **(wordings | values))


def journey() -> Document:
    """Signage before; greeting and till during; a mail after."""
    return document(
        touchpoint("signage", yes_no("lit"), phase=Phase.BEFORE),
        touchpoint("greeting", yes_no("greeted"), rating("warmth")),
        touchpoint("till", choice("queue", 5, 3, 0)),
        touchpoint("mail", yes_no("arrived"), phase=Phase.AFTER),
    )


def keys(doc: Document) -> list[str]:
    """The keys of its touchpoints, in order."""
    return [touchpoint.key for touchpoint in doc.touchpoints]


def asked(doc: Document) -> list[str]:
    """The keys of its questions, in order."""
    return [question.key for question in doc.questions()]
