"""The checklist document: touchpoints, their questions, and how answers are marked.

A document is frozen values all the way down. A draft's document may still lack wordings;
what publication demands beyond this structure is in `evaluations.designing.checking`.
"""

from evaluations.document.tree.asking import (
    Date,
    Instruction,
    Narrative,
    Photo,
    Place,
    ShortText,
    Signature,
    Time,
)
from evaluations.document.tree.choosing import Option, Rating, SeveralChoices, SingleChoice, YesNo
from evaluations.document.tree.measuring import Duration, Measured, Money, Number, PointBand
from evaluations.document.tree.names import Channel, Effect, Kind, Lens, Phase, Stage
from evaluations.document.tree.question import Critical, Question, Scored
from evaluations.document.tree.values import (
    Day,
    Exact,
    Key,
    Language,
    Measure,
    Part,
    Percent,
    Points,
    Weight,
    Wording,
    Worth,
)
from evaluations.document.tree.whole import AnyQuestion, Bands, Document, Scoring, Touchpoint

__all__ = [
    "AnyQuestion",
    "Bands",
    "Channel",
    "Critical",
    "Date",
    "Day",
    "Document",
    "Duration",
    "Effect",
    "Exact",
    "Instruction",
    "Key",
    "Kind",
    "Language",
    "Lens",
    "Measure",
    "Measured",
    "Money",
    "Narrative",
    "Number",
    "Option",
    "Part",
    "Percent",
    "Phase",
    "Photo",
    "Place",
    "PointBand",
    "Points",
    "Question",
    "Rating",
    "Scored",
    "Scoring",
    "SeveralChoices",
    "ShortText",
    "Signature",
    "SingleChoice",
    "Stage",
    "Time",
    "Touchpoint",
    "Weight",
    "Wording",
    "Worth",
    "YesNo",
]
