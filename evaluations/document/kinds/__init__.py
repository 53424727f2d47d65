"""The kinds of question: each reads, refuses and marks its answers, and names them in words.

One small class per kind in one table, `KINDS`. The functions are the way in: they treat what every kind
has in common (not applicable, not observed, left blank).
"""

from evaluations.document.kinds.reader import Finding, Reader, trimmed
from evaluations.document.kinds.reading import (
    KINDS,
    answer_words,
    breaks_constraint,
    demands_comment,
    demands_photo,
    figure_of,
    finding,
    fires,
    is_bonus,
    mark,
    read_answer,
    readable,
    take_answer,
    worth,
)

__all__ = [
    "KINDS",
    "Finding",
    "Reader",
    "answer_words",
    "breaks_constraint",
    "demands_comment",
    "demands_photo",
    "figure_of",
    "finding",
    "fires",
    "is_bonus",
    "mark",
    "read_answer",
    "readable",
    "take_answer",
    "trimmed",
    "worth",
]
