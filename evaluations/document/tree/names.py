"""The names that a document may use: of kinds, phases, stages, channels, lenses and effects."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Stage(StrEnum):
    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"
    USE = "use"
    LOYALTY = "loyalty"


class Channel(StrEnum):
    STORE = "store"
    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    MESSAGE = "message"
    SOCIAL = "social"
    POST = "post"
    PRINT = "print"
    EVENT = "event"
    PERSON = "person"


class Lens(StrEnum):
    RELEVANCE = "relevance"
    USEFULNESS = "usefulness"
    SIMPLICITY = "simplicity"
    ATTRACTIVENESS = "attractiveness"
    CONSISTENCY = "consistency"


class Kind(StrEnum):
    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    SEVERAL_CHOICES = "several_choices"
    RATING = "rating"
    NUMBER = "number"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    TIME = "time"
    SHORT_TEXT = "short_text"
    NARRATIVE = "narrative"
    PHOTO = "photo"
    SIGNATURE = "signature"
    PLACE = "place"
    INSTRUCTION = "instruction"


class Effect(StrEnum):
    """What a critical question does when it fires."""

    FAILS_VISIT = "fails_visit"
    ZEROES_TOUCHPOINT = "zeroes_touchpoint"
    CAPS_TOTAL = "caps_total"
